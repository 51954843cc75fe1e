# One job for both servers, and what each child did; one whose call is refused has failed.
Set-DhcpServerv4Scope -ScopeId 10.10.10.0 -Description 'by hand'
$sessions = New-CimSession dhcpserver.contoso.com, dhcpserver2.contoso.com
$job = Get-DhcpServerv4Scope -CimSession $sessions -AsJob -ThrottleLimit 2
$null = Wait-Job $job
"$($job.State) $($job.PSJobTypeName) $($job.ChildJobs.Count)"
foreach ($child in $job.ChildJobs | Sort-Object Location) { "$($child.Location): $($child.State), $($child.Output.Count) objects, $($child.Error.Count) errors" }
$scopes = Receive-Job $job -ErrorAction SilentlyContinue -ErrorVariable failed
$scopes | Sort-Object { [version]"$($_.ScopeId)" } | ForEach-Object { "$($_.ScopeId) $($_.Description) of $($_.PSComputerName)" }
"failed: $($failed.Count) $($failed[0].FullyQualifiedErrorId)"
Remove-Job $job
$job = Get-DhcpServerv4Scope -CimSession $sessions -ScopeId 10.10.10.0 -AsJob
$null = Wait-Job $job
"$($job.State): $(($job.ChildJobs | Sort-Object Location | ForEach-Object { "$($_.State) $($_.Error.Count)" }) -join ', ')"
Remove-Job $job
@(Get-Job).Count
