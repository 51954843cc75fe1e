# Whether an address lies in a scope: bytes, [version], and the types of PowerShell.
function Get-Number([ipaddress]$Address) {
    $bytes = $Address.GetAddressBytes()
    [array]::Reverse($bytes)
    [bitconverter]::ToUInt32($bytes, 0)
}
$scopes = Get-DhcpServerv4Scope
foreach ($address in '10.10.10.77', '10.20.20.200', '192.0.2.1') {
    $scope = $scopes | Where-Object { (Get-Number $address) -ge (Get-Number $_.StartRange) -and (Get-Number $address) -le (Get-Number $_.EndRange) }
    "$address is in $(if ($scope) { $scope.Name } else { 'none' })"
}
$scope = $scopes | Where-Object ScopeId -EQ '10.20.20.0'
"$($scope.ScopeId -eq [ipaddress]'10.20.20.0') $($scope.ScopeId.Equals([ipaddress]'10.20.20.0')) $($scope.ScopeId.IPAddressToString) $('10.20.20.0' -eq $scope.ScopeId) $($scope.ScopeId -is [ipaddress])"
"network $([ipaddress]($scope.StartRange.Address -band $scope.SubnetMask.Address))"
"$($scopes.ScopeId -contains '10.10.10.0') $($scopes.ScopeId.IPAddressToString -contains '10.10.10.0') $('10.10.10.0' -in $scopes.ScopeId)"
($scopes | Sort-Object { [version]$_.ScopeId.IPAddressToString } -Descending).Name -join ','
"$(([convert]::ToString((Get-Number $scope.SubnetMask), 2) -replace '0').Length) bits"
