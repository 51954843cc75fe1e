$free = Get-DhcpServerv4FreeIPAddress -ScopeId 10.10.10.0 -NumAddress 3
$free -join ' '
$one = Get-DhcpServerv4FreeIPAddress -ScopeId 10.10.10.0 -StartAddress 10.10.10.40
"$one is a $($one.GetType().Name)"
