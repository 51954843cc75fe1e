# A page of all scopes, with the fuller ones marked, and the same as CSV.
$style = '<style>.full { color: red }</style>'
$rows = Get-DhcpServerv4Scope | ForEach-Object {
    $statistics = Get-DhcpServerv4ScopeStatistics -ScopeId $_.ScopeId
    [pscustomobject]@{ ScopeId = $_.ScopeId; Name = $_.Name; Free = $statistics.Free; InUse = $statistics.InUse; Percent = '{0:N1}' -f $statistics.PercentageInUse; State = $_.State }
}
$rows | ConvertTo-Html -Title Scopes -Head $style -PreContent '<h2>Scopes</h2>' -Property ScopeId, Name, Free, InUse, Percent | ForEach-Object { $_ -replace '<td>(1\.\d)</td>', '<td class="full">$1</td>' } | Set-Content scopes.html
$rows | Export-Csv scopes.csv -NoTypeInformation
Get-DhcpServerv4Scope | Select-Object -Property ScopeId, SubnetMask, Name, LeaseDuration, State -ExcludeProperty State | ConvertTo-Csv
