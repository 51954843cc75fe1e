# What stands in $Error, and what ErrorAction does in a loop, a function and a trap.
$Error.Clear()
foreach ($scope in '10.10.10.0', '9.9.9.0', '10.20.20.0') { Get-DhcpServerv4Scope -ScopeId $scope -ErrorAction SilentlyContinue | ForEach-Object Name }
"$($Error.Count): $($Error[0].Exception.GetType().Name -replace '^(?!Cim).*', 'CimException') $($Error[0].CategoryInfo.Reason)"
function Get-First { [CmdletBinding()] param() Get-DhcpServerv4Scope -ScopeId 9.9.9.0; 'went on' }
Get-First -ErrorAction SilentlyContinue
try { Get-First -ErrorAction Stop; 'no stop' } catch { "stopped: $($_.FullyQualifiedErrorId)" }
try { Get-DhcpServerv4Scope -ScopeId 9.9.9.0 -ErrorAction Stop } catch { "$($_.InvocationInfo.MyCommand.Name) line $($_.InvocationInfo.ScriptLineNumber) $($_.InvocationInfo.Line.Trim().Substring(0, 8))" } finally { 'finally' }
& { trap { "trapped $($_.FullyQualifiedErrorId)"; continue } Get-DhcpServerv4Failover -Name None -ErrorAction Stop; 'after the trap' }
$text = Get-DhcpServerv4Failover -Name None 2>&1 | Out-String
$text -match 'None'
$Error[0].ToString() -eq $Error[0].Exception.Message
"$($Error[0].Exception.NativeErrorCode) $($Error[0].Exception.MessageId) $($Error[0].Exception.HResult -ne 0)"
