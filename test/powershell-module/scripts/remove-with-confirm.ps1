# Removal of what is empty only, each step with its own error.
Add-DhcpServerv4Scope -Name Empty -StartRange 172.16.5.10 -EndRange 172.16.5.20 -SubnetMask 255.255.255.0 -State InActive
foreach ($scope in Get-DhcpServerv4Scope) {
    $leases = @(Get-DhcpServerv4Lease -ScopeId $scope.ScopeId).Count
    if ($leases -gt 0) { "$($scope.Name): kept, $leases leases"; continue }
    Remove-DhcpServerv4Scope -ScopeId $scope.ScopeId -Confirm:$false
    "$($scope.Name): removed, $?"
}
Remove-DhcpServerv4Scope -ScopeId 10.10.10.0 -ErrorAction SilentlyContinue -ErrorVariable refused -Confirm:$false
"$($refused.Count) $($refused[0].FullyQualifiedErrorId)"
"$(@(Get-DhcpServerv4Scope).Count) left"
