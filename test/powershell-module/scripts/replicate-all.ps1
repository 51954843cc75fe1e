Add-DhcpServerv4Failover -Name Pair -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0, 10.20.20.0 -Force
Add-DhcpServerv4Reservation -ScopeId 10.10.10.0 -IPAddress 10.10.10.77 -ClientId 00-15-5d-0a-0a-4d -Name late
"before: $(@(Get-DhcpServerv4Reservation -ComputerName dhcpserver2.contoso.com -ScopeId 10.10.10.0 | Where-Object Name -EQ late).Count)"
foreach ($relation in Get-DhcpServerv4Failover) { Invoke-DhcpServerv4FailoverReplication -Name $relation.Name -Force }
"after: $(@(Get-DhcpServerv4Reservation -ComputerName dhcpserver2.contoso.com -ScopeId 10.10.10.0 | Where-Object Name -EQ late).Count)"
