Add-DhcpServerv4Failover -Name SFO-SIN -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0, 10.20.20.0 -Force
Get-DhcpServerv4Failover -ErrorAction SilentlyContinue |
    Select-Object Name, PartnerServer, State, Mode, LoadBalancePercent, @{ n = 'MaxClientLeadTime'; e = { "$($_.MaxClientLeadTime)" } }, @{ n = 'ScopeId'; e = { @($_.ScopeId | ForEach-Object IPAddressToString) } } |
    ConvertTo-Json -Depth 5 -Compress
