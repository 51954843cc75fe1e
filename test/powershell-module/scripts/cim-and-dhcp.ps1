# The CIM cmdlets beside the module's own.
$session = New-CimSession dhcpserver.contoso.com -Name main
$where = @{ CimSession = $session; Namespace = 'root/Microsoft/Windows/DHCP' }
(Get-CimInstance @where -ClassName DhcpServerv4Scope -Filter "Name LIKE 'S%'" | Sort-Object Name).Name -join ','
(Get-CimInstance @where -Query 'SELECT Name FROM DhcpServerv4Scope WHERE State = "Active"' | Measure-Object).Count
Get-CimInstance @where -ClassName DhcpServerv4Scope -Property Name | Select-Object -First 1 | ForEach-Object { "$($_.Name) '$($_.State)'" }
(Get-CimClass @where -ClassName DhcpServerv4Fail*).CimClassName | Sort-Object
(Get-CimClass @where -ClassName PS_DhcpServerv4Failover).CimClassMethods.Name -join ','
$answer = Invoke-CimMethod @where -ClassName PS_DhcpServerVersion -MethodName Get
"$($answer.ReturnValue) $($answer.cmdletOutput.MajorVersion)"
$os = Get-CimInstance Win32_OperatingSystem -CimSession $session -ErrorAction SilentlyContinue
"$($os.CSName) $($os.LastBootUpTime -is [datetime])"
(Get-CimSession -Name main | ForEach-Object { "$($_.Id) $($_.Name) $($_.ComputerName) $($_.Protocol)" })
Get-CimSession -Name main | Remove-CimSession
try { Get-CimInstance @where -ClassName DhcpServerv4Scope -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
try { Get-CimInstance -ComputerName dhcpserver.contoso.com -Namespace root/Microsoft/Windows/DHCP -ClassName NoSuchClass -ErrorAction Stop } catch { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category)" }
