# Nobody can be asked in a runspace without a host: nothing is removed until -Force or -Confirm:$false says so.
$on = @{ ComputerName = 'dhcpserver.contoso.com' }
Add-DhcpServerv4Failover @on -Name Pair -ScopeId 10.10.10.0 -PartnerServer dhcpserver2.contoso.com -Force
try { Remove-DhcpServerv4Failover @on -Name Pair } catch { "1 $($_.FullyQualifiedErrorId)" }
"2 $((Get-DhcpServerv4Failover @on).Name)"
Remove-DhcpServerv4Failover @on -Name Pair -WhatIf
"3 $((Get-DhcpServerv4Failover @on).Name)"
Remove-DhcpServerv4Failover @on -Name Pair -Confirm:$false
"4 $(@(Get-DhcpServerv4Failover @on).Count)"
