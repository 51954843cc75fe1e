$sessions = New-CimSession -ComputerName dhcpserver.contoso.com, dhcpserver2.contoso.com
try {
    foreach ($session in $sessions) { "$($session.ComputerName): $(@(Get-DhcpServerv4Scope -CimSession $session).Count) scopes" }
} finally {
    $sessions | Remove-CimSession
}
@(Get-CimSession).Count
