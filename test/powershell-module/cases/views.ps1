# In what the module shows, by the views of Windows' module.
(Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0 | Out-String -Width 120).Trim()
Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name P -ScopeId 10.10.10.0 -PartnerServer dhcpserver2.contoso.com -Force
(Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com | Out-String).Trim()
