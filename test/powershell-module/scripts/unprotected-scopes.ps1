Add-DhcpServerv4Failover -Name Pair -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -Force
$protected = (Get-DhcpServerv4Failover).ScopeId.IPAddressToString
$open = Get-DhcpServerv4Scope | Where-Object { $_.State -eq 'Active' -and $_.ScopeId.IPAddressToString -notin $protected }
"open: $($open.ScopeId)"
Add-DhcpServerv4FailoverScope -Name Pair -ScopeId $open.ScopeId
"now: $((Get-DhcpServerv4Failover -Name Pair).ScopeId -join ' ')"
