# The two cmdlets of the module's script: a file below the folder that PowerShell stands in, piped scopes in one file, one session.
$null = New-Item -ItemType Directory out
Set-Location out
$session = New-CimSession dhcpserver.contoso.com
Export-DhcpServer -CimSession $session -File whole.xml -Leases
Get-DhcpServerv4Scope -CimSession $session | Export-DhcpServer -File scopes.xml
foreach ($file in 'whole.xml', 'scopes.xml') {
    [xml]$text = Get-Content $file
    "$file $(@($text.DHCPServer.IPv4.Scopes.Scope).Count) $($text.DHCPServer.IPv4.Scopes.Scope.ScopeId -join ' ')"
}
try { Export-DhcpServer -ComputerName dhcpserver.contoso.com -File whole.xml -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
Import-DhcpServer -ComputerName dhcpserver2.contoso.com -File whole.xml -BackupPath C:\Backup -WhatIf -Force
"there: $(@(Get-DhcpServerv4Scope -ComputerName dhcpserver2.contoso.com).Count)"
Import-DhcpServer -ComputerName dhcpserver2.contoso.com -File whole.xml -BackupPath C:\Backup -Leases -Force
"there: $(@(Get-DhcpServerv4Scope -ComputerName dhcpserver2.contoso.com).Count), leases: $(@(Get-DhcpServerv4Scope -ComputerName dhcpserver2.contoso.com | Get-DhcpServerv4Lease -ComputerName dhcpserver2.contoso.com).Count -eq @(Get-DhcpServerv4Scope -CimSession $session | Get-DhcpServerv4Lease).Count)"
Set-Location ..
Remove-Item -Recurse out
