$both = New-CimSession dhcpserver.contoso.com, dhcpserver2.contoso.com
$job = Get-DhcpServerVersion -CimSession $both -AsJob
$null = Wait-Job $job
"$($job.PSJobTypeName) $($job.State) $($job.HasMoreData) $($job.Location)"
"$($job.ChildJobs.Count) $(($job.ChildJobs | ForEach-Object Location | Sort-Object) -join ' ') $(($job.ChildJobs.State | Select-Object -Unique) -join ' ')"
(Receive-Job $job | ForEach-Object PSComputerName | Sort-Object) -join ' '
"left: $($job.HasMoreData)"
Remove-Job $job
$failed = Get-DhcpServerv4Failover -CimSession $both -Name None -AsJob -ThrottleLimit 1
$null = Wait-Job $failed
"$($failed.State) $(($failed.ChildJobs.State | Select-Object -Unique) -join ' ')"
Receive-Job $failed -ErrorAction SilentlyContinue -ErrorVariable errors
"$($errors.Count) $($errors[0].FullyQualifiedErrorId)"
try { Remove-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0 -AsJob -WhatIf } catch { $_.FullyQualifiedErrorId }
"waiting: $(@(Get-Job | Where-Object State -EQ Running).Count)"
