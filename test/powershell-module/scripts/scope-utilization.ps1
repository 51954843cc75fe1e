# How full is each scope?
foreach ($scope in Get-DhcpServerv4Scope) {
    $stats = Get-DhcpServerv4ScopeStatistics -ScopeId $scope.ScopeId
    $total = [int]$stats.AddressesFree + [int]$stats.AddressesInUse
    '{0,-12} {1,4} of {2} in use' -f $scope.Name, $stats.AddressesInUse, $total
}
