# Leases by state and scope, sums and averages.
$leases = Get-DhcpServerv4Scope | ForEach-Object { Get-DhcpServerv4Lease -ScopeId $_.ScopeId -AllLeases }
$leases | Group-Object AddressState, ScopeId | Sort-Object Name | ForEach-Object { "$($_.Count) $($_.Name)" }
$table = $leases | Group-Object ScopeId -AsHashTable -AsString
($table.Keys | Sort-Object) -join ','
$use = Get-DhcpServerv4Scope | Get-DhcpServerv4ScopeStatistics | Measure-Object -Property Free, InUse -Sum -Average -Maximum
$use | Sort-Object Property | ForEach-Object { "$($_.Property) $($_.Sum) $($_.Average) $($_.Maximum)" }
$total = Get-DhcpServerv4Statistics
"$($total.TotalScopes) $($total.TotalAddresses) $($total.AddressesInUse) $([math]::Round($total.PercentageInUse, 2))"
