Get-DhcpServerv4Scope | Where-Object Name -Like '* clients' | ForEach-Object {
    Set-DhcpServerv4Scope -ScopeId $_.ScopeId -Name ($_.Name -replace 'clients$', 'users') -Description "was $($_.Name)"
}
Get-DhcpServerv4Scope | Select-Object ScopeId, Name, Description | Format-Table
