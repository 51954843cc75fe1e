# What Windows' own module does not refuse either.
$pair = @{ ComputerName = 'dhcpserver.contoso.com'; PartnerServer = 'dhcpserver2.contoso.com'; Force = $true }
foreach ($more in @{ MaxClientLeadTime = 60 }, @{ AutoStateTransition = $false; StateSwitchInterval = '1:00:00' }, @{ StateSwitchInterval = 0 }) {
    try { Add-DhcpServerv4Failover @pair -Name P -ScopeId 10.10.10.0 @more -ErrorAction Stop; 'done' }
    catch [Microsoft.Management.Infrastructure.CimException] { "from the server: $($_.FullyQualifiedErrorId -match '^(DHCP|WIN32) \d+,')" }
    catch { "refused here: $($_.FullyQualifiedErrorId)" }
    Remove-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name P -Force -ErrorAction Ignore
}
