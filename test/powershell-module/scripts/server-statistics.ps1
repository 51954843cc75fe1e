$stats = Get-DhcpServerv4Statistics
"$($stats.TotalScopes) scopes, $($stats.AddressesInUse) of $($stats.TotalAddresses) addresses"
$sum = Get-DhcpServerv4Scope | Get-DhcpServerv4ScopeStatistics | Measure-Object -Property AddressesInUse -Sum
$sum.Sum -eq $stats.AddressesInUse
