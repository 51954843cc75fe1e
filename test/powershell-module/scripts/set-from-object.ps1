# Objects that are changed and go back: -InputObject, -CimInstance and the pipe.
$scope = Get-DhcpServerv4Scope -ScopeId 10.10.10.0
$scope.Description = 'changed on the object'
$scope | Set-DhcpServerv4Scope -Description $scope.Description -PassThru | ForEach-Object { "$($_.ScopeId) $($_.Description)" }
$instance = Get-CimInstance -Namespace root/Microsoft/Windows/DHCP -ClassName DhcpServerv4Scope -ComputerName dhcpserver.contoso.com | Where-Object Name -EQ 'SIN clients'
"$($instance.CimClass.CimClassName) $($instance.ScopeId) $($instance.ScopeId.GetType().Name) $($instance.PSComputerName)"
Add-DhcpServerv4Failover -Name Pair -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -Force
$pair = Get-DhcpServerv4Failover -Name Pair
$pair | Set-DhcpServerv4Failover -LoadBalancePercent 30
$pair | Add-DhcpServerv4FailoverScope -ScopeId 10.20.20.0
(Get-DhcpServerv4Failover -Name Pair | ForEach-Object { "$($_.LoadBalancePercent) $($_.ScopeId -join ',')" })
$pair | Remove-DhcpServerv4Failover -Force
@(Get-DhcpServerv4Failover).Count
