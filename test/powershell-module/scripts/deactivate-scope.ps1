Set-DhcpServerv4Scope -ScopeId 10.20.20.0 -State InActive
$groups = Get-DhcpServerv4Scope | Group-Object State -AsHashTable -AsString
"active: $($groups['Active'].Name); inactive: $($groups['Inactive'].Name)"
Get-DhcpServerv4Scope | Where-Object { $_.State -eq 'Inactive' } | Set-DhcpServerv4Scope -State Active
@(Get-DhcpServerv4Scope | Where-Object State -NE Active).Count
