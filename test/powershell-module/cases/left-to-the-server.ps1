# What Windows' own module does not refuse either.
$pair = @{ ComputerName = 'dhcpserver.contoso.com'; PartnerServer = 'dhcpserver2.contoso.com'; Force = $true }
foreach ($more in @{ MaxClientLeadTime = 60 }, @{ AutoStateTransition = $false; StateSwitchInterval = '1:00:00' }, @{ StateSwitchInterval = 0 }) {
    try { Add-DhcpServerv4Failover @pair -Name P -ScopeId 10.10.10.0 @more -ErrorAction Stop; 'done' }
    catch [Microsoft.Management.Infrastructure.CimException] { "from the server: $($_.FullyQualifiedErrorId -match '^(DHCP|WIN32) \d+,')" }
    catch { "refused here: $($_.FullyQualifiedErrorId)" }
    Remove-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name P -Force -ErrorAction Ignore
}
# Set: nothing to change, a partner taken for down with other changes, a percentage of either mode. What a piped relationship brings is no change.
$at = @{ ComputerName = 'dhcpserver.contoso.com' }
Add-DhcpServerv4Failover @pair -Name P -ScopeId 10.10.10.0
foreach ($more in @{}, @{ PassThru = $true }, @{ PartnerDown = $true; MaxClientLeadTime = '2:00:00' }, @{ LoadBalancePercent = 30; ReservePercent = 30 }) {
    try { Set-DhcpServerv4Failover @at -Name P @more -ErrorAction Stop; 'done' }
    catch [Microsoft.Management.Infrastructure.CimException] { "from the server: $($_.FullyQualifiedErrorId)" }
}
Get-DhcpServerv4Failover @at | Select-Object Name | Set-DhcpServerv4Failover @at -ErrorVariable piped -ErrorAction SilentlyContinue
"piped: $($piped.FullyQualifiedErrorId)"
Set-DhcpServerv4Failover @at -Name P -WhatIf -ErrorAction Stop
# What the module declares is refused here.
foreach ($more in @{ LoadBalancePercent = 101 }, @{ Mode = 'Other' }) {
    try { Set-DhcpServerv4Failover @at -Name P @more; 'done' } catch { "refused here: $($_.FullyQualifiedErrorId)" }
}
# Null for a list that nothing validates.
Add-DhcpServerv4OptionDefinition @at -Name Wing -OptionId 230 -Type Byte -DefaultValue $null -PassThru | ForEach-Object { "$($_.OptionId) $($_.Type)" }
Set-DhcpServerv4OptionDefinition @at -OptionId 230 -DefaultValue $null -PassThru | ForEach-Object { "$($_.OptionId) $($_.Name)" }
Add-DhcpServerv6OptionDefinition @at -Name Wing -OptionId 230 -Type Byte -DefaultValue $null -PassThru | ForEach-Object { "$($_.OptionId) $($_.Type)" }
# An export of null scopes is one of all. An import is not: it would delete what the server has.
$file = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "$([guid]::NewGuid()).xml")
Export-DhcpServer @at -File $file -ScopeId $null
@(([xml](Get-Content -Raw $file)).DHCPServer.IPv4.Scopes.Scope).Count
foreach ($more in @{ ScopeId = $null }, @{ Prefix = $null }) {
    try { Import-DhcpServer @at -File $file -BackupPath 'C:\backup' -Force @more -ErrorAction Stop; 'done' }
    catch { "refused: $($_.FullyQualifiedErrorId) $($_.Exception.Message)" }
}
Remove-Item $file
Remove-DhcpServerv4Failover @at -Name P -Force
