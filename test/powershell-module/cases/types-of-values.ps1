$scope = Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0
foreach ($name in 'ScopeId', 'SubnetMask', 'LeaseDuration', 'ActivatePolicies', 'MaxBootpClients', 'Delay', 'Name') { "$name $($scope.$name.GetType().Name) $($scope.$name)" }
"null: $($null -eq $scope.SuperscopeName)"
$scope.psobject.TypeNames[0..1]
Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name P -ScopeId 10.10.10.0, 10.20.20.0 -PartnerServer dhcpserver2.contoso.com -Force
$pair = Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com
"$($pair.ScopeId.GetType().Name) $($pair.ScopeId.Count) $($pair.ScopeId -contains '10.20.20.0') $($pair.LoadBalancePercent.GetType().Name) $($pair.MaxClientLeadTime) $($null -eq $pair.StateSwitchInterval)"
$pair.CimInstanceProperties['ScopeId'].Value.GetType().Name
"$($pair.CimInstanceProperties['LoadBalancePercent'].CimType) $($pair.CimInstanceProperties.Count -gt 10) $($pair.CimClass.CimClassName) $($pair.CimSystemProperties.Namespace)"
$pair.ToString()
Get-DhcpServerv4ScopeStatistics -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0 | ForEach-Object { "$($_.ScopeId) $($_.Free -eq $_.AddressesFree) $($_.InUse.GetType().Name)" }
