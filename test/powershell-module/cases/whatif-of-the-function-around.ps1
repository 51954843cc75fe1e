function Remove-AllScope {
    [CmdletBinding(SupportsShouldProcess)]
    param([string]$Server)
    Get-DhcpServerv4Scope -ComputerName $Server | ForEach-Object { Remove-DhcpServerv4Scope -ComputerName $Server -ScopeId $_.ScopeId -Force }
}
Remove-AllScope -Server dhcpserver.contoso.com -WhatIf
"left: $((Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com).Count)"
Remove-AllScope -Server dhcpserver.contoso.com
"left: $(@(Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com).Count)"
