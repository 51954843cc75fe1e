$server = @{ ComputerName = 'dhcpserver.contoso.com' }
Get-DhcpServerv4Failover @server -Name None -ErrorAction SilentlyContinue -ErrorVariable found
"1 $($found.Count) $($found[0].FullyQualifiedErrorId) $($found[0].CategoryInfo.Category) $($found[0].CategoryInfo.Activity) $($found[0].CategoryInfo.Reason)"
"2 $($found[0].Exception.GetType().FullName) $($found[0].Exception.NativeErrorCode)"
try { Get-DhcpServerv4Failover @server -Name None -ErrorAction Stop; 'not reached' }
catch [Microsoft.Management.Infrastructure.CimException] { "3 $($_.FullyQualifiedErrorId)" }
Get-DhcpServerv4Failover @server -Name None 2>$null
"4 $?"
$all = Get-DhcpServerv4Scope @server -ScopeId 10.10.10.0, 1.2.3.0, 10.20.20.0 2>&1
"5 $(($all.ForEach({ $_ -is [System.Management.Automation.ErrorRecord] ? 'error' : [string]$_.ScopeId }) | Sort-Object) -join ', ')"
$session = New-CimSession dhcpserver.contoso.com
Get-DhcpServerv4Failover -CimSession $session -Name None -ErrorAction SilentlyContinue -ErrorVariable far
"6 $($far[0].GetType().Name) $($far[0].OriginInfo.PSComputerName)"
try { Add-DhcpServerv4Failover @server -Name A -ScopeId 10.10.10.0 -PartnerServer b -LoadBalancePercent 1 -ReservePercent 1 } catch { "7 $($_.FullyQualifiedErrorId)" }
try { Add-DhcpServerv4Failover @server -Name A -ScopeId 10.10.10.0 -PartnerServer b -LoadBalancePercent 101 } catch { "8 $($_.FullyQualifiedErrorId)" }
try { Get-DhcpServerVersion -ComputerName $env:NO_SUCH_VARIABLE } catch { "9 $($_.Exception.Message)" }
$secret = [securestring]::new(); $secret.AppendChar('x')
try { Add-DhcpServerv4Failover @server -Name A -ScopeId 10.10.10.0 -PartnerServer b -SharedSecret $secret -Force } catch { "10 $($_.FullyQualifiedErrorId)" }
