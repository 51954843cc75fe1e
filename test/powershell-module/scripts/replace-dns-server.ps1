# Every scope that names the old server gets the new one in its place.
$old, $new = '10.10.10.4', '10.10.10.3'
foreach ($scope in Get-DhcpServerv4Scope) {
    $option = Get-DhcpServerv4OptionValue -ScopeId $scope.ScopeId -OptionId 6 -ErrorAction SilentlyContinue
    if ($null -eq $option) { "$($scope.Name): none"; continue }
    if ($option.Value -contains $old) {
        [string[]]$values = $option.Value | ForEach-Object { if ($_ -eq $old) { $new } else { $_ } }
        Set-DhcpServerv4OptionValue -ScopeId $scope.ScopeId -OptionId 6 -Value $values -Force
        "$($scope.Name): $((Get-DhcpServerv4OptionValue -ScopeId $scope.ScopeId -OptionId 6).Value -join ' ')"
    }
}
