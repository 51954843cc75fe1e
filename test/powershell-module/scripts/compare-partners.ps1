Add-DhcpServerv4Failover -Name Pair -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -Force
$here = Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com
$there = Get-DhcpServerv4Scope -ComputerName dhcpserver2.contoso.com
Compare-Object $here $there -Property ScopeId, Name -IncludeEqual | Sort-Object Name | ForEach-Object { "$($_.SideIndicator) $($_.ScopeId) $($_.Name)" }
