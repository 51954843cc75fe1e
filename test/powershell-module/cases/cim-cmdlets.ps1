$session = New-CimSession dhcpserver.contoso.com
$at = @{ CimSession = $session; Namespace = 'root/Microsoft/Windows/DHCP' }
$class = Get-CimClass @at -ClassName DhcpServerv4Failover
"$($class.CimClassName) $($class.CimClassProperties['Name'].CimType) $($class.CimClassProperties['Name'].Flags) $($class.CimClassQualifiers['dynamic'].Value)"
$method = (Get-CimClass @at -ClassName PS_DhcpServerVersion).CimClassMethods['Get']
"$($method.Name) $($method.ReturnType)"
$scopes = Get-CimInstance @at -ClassName DhcpServerv4Scope
"$($scopes.Count) $($scopes[0].ScopeId)"
$again = $scopes[1] | Get-CimInstance
"$($again.ScopeId) $($again.Name)"
"$((Get-CimInstance -InputObject $scopes[0]).Name)"
(Get-CimInstance @at -Query "SELECT * FROM DhcpServerv4Scope WHERE Name LIKE 'SIN%'").Name
$result = Invoke-CimMethod @at -ClassName PS_DhcpServerVersion -MethodName Get | Where-Object ReturnValue -EQ 0
"$($result.ReturnValue.GetType().Name) $($result.PSTypeNames[0])"
