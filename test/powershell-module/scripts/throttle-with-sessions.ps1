# Sessions of several servers in one call, and what is told from where.
$sessions = New-CimSession -ComputerName dhcpserver.contoso.com, dhcpserver2.contoso.com
Add-DhcpServerv4Scope -CimSession $sessions -Name Guests -StartRange 172.20.1.10 -EndRange 172.20.1.99 -SubnetMask 255.255.255.0 -ThrottleLimit 1
$all = Get-DhcpServerv4Scope -CimSession $sessions -ThrottleLimit 4
$all | Group-Object PSComputerName | Sort-Object Name | ForEach-Object { "$($_.Name): $($_.Count) scopes" }
$all | Where-Object { "$($_.ScopeId)" -eq '172.20.1.0' } | Set-DhcpServerv4Scope -Description 'for guests'
Get-DhcpServerv4Scope -CimSession $sessions -ScopeId 172.20.1.0 | Sort-Object PSComputerName | ForEach-Object { "$($_.PSComputerName): $($_.Description)" }
Get-DhcpServerv4Scope -CimSession $sessions[1] | Remove-DhcpServerv4Scope
"left: $(@(Get-DhcpServerv4Scope -CimSession $sessions[1]).Count) and $(@(Get-DhcpServerv4Scope -CimSession $sessions[0]).Count)"
Remove-CimSession $sessions
@(Get-CimSession).Count
try { Get-DhcpServerv4Scope -CimSession $sessions[0] -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
