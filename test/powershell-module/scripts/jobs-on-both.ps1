$jobs = 'dhcpserver.contoso.com', 'dhcpserver2.contoso.com' | ForEach-Object { Get-DhcpServerv4Scope -ComputerName $_ -AsJob }
$null = $jobs | Wait-Job
"$(($jobs.State | Select-Object -Unique) -join ' '): $(@($jobs | Receive-Job).Count) scopes"
$jobs | Remove-Job
@(Get-Job).Count
