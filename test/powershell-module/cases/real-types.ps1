function Show-Name([Microsoft.Management.Infrastructure.CimInstance]$Instance) { $Instance.Name }
function Show-Session([CimSession[]]$Session) { $Session.ComputerName }
$scopes = Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com
"$($scopes[0] -is [CimInstance]) $($scopes[0].GetType().FullName)"
Show-Name $scopes[1]
Show-Session (New-CimSession dhcpserver.contoso.com), dhcpserver2.contoso.com
$scopes[0].Dispose()
$scopes[0].Name
