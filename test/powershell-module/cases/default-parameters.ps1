# A script that was written on the server names no computer.
$PSDefaultParameterValues['*-DhcpServer*:ComputerName'] = 'dhcpserver2.contoso.com'
Add-DhcpServerv4Scope -Name Lab -StartRange 192.168.7.10 -EndRange 192.168.7.99 -SubnetMask 255.255.255.0 -LeaseDuration 1.00:00:00
$scope = Get-DhcpServerv4Scope
"$($scope.ScopeId) $($scope.LeaseDuration.TotalHours) $($scope.PSComputerName)"
Set-DhcpServerv4Scope -ScopeId 192.168.7.0 -LeaseDuration (New-TimeSpan -Hours 12)
(Get-DhcpServerv4Scope -ScopeId 192.168.7.0).LeaseDuration.ToString()
