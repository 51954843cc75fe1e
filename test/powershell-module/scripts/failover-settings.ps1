Add-DhcpServerv4Failover -Name Pair -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -SharedSecret abc -Force
$change = @{ MaxClientLeadTime = '02:00:00'; AutoStateTransition = $true; StateSwitchInterval = '00:45:00'; LoadBalancePercent = 30 }
Set-DhcpServerv4Failover -Name Pair @change
$after = Get-DhcpServerv4Failover -Name Pair
foreach ($key in $change.Keys | Sort-Object) { "$key $($after.$key)" }
"authenticated: $($after.EnableAuth), there: $((Get-DhcpServerv4Failover -ComputerName dhcpserver2.contoso.com -Name Pair).LoadBalancePercent)"
