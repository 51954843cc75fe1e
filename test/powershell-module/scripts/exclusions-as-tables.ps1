Add-DhcpServerv4ExclusionRange -ScopeId 10.20.20.0 -StartRange 10.20.20.240 -EndRange 10.20.20.250
$all = foreach ($scope in Get-DhcpServerv4Scope) {
    $ranges = @(Get-DhcpServerv4ExclusionRange -ScopeId $scope.ScopeId -ErrorAction SilentlyContinue | ForEach-Object { @{ from = "$($_.StartRange)"; to = "$($_.EndRange)" } })
    foreach ($range in $ranges) { "$($scope.ScopeId): $($range.from) to $($range.to)" }
}
$all
