Add-DhcpServerv4Failover -Name A -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -Force
Add-DhcpServerv4Failover -Name B -PartnerServer dhcpserver2.contoso.com -ScopeId 10.20.20.0 -Force
Remove-DhcpServerv4Failover -Name A -Confirm:$false -Force
Get-DhcpServerv4Failover | Remove-DhcpServerv4Failover -WhatIf -Force
(Get-DhcpServerv4Failover).Name
Get-DhcpServerv4Failover | Remove-DhcpServerv4Failover -Force
@(Get-DhcpServerv4Failover).Count
