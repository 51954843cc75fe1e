# A report as people write it: all scopes of all servers with their use, to CSV and HTML, and one line for each server that fails.
$servers = 'dhcpserver.contoso.com', 'dhcpserver2.contoso.com', 'gone.contoso.com'
$rows = foreach ($server in $servers) {
    try {
        foreach ($scope in Get-DhcpServerv4Scope -ComputerName $server -ErrorAction Stop) {
            $use = Get-DhcpServerv4ScopeStatistics -ComputerName $server -ScopeId $scope.ScopeId -ErrorAction Stop
            [pscustomobject]@{ Server = $server; Scope = $scope.ScopeId; Name = $scope.Name; Lease = $scope.LeaseDuration; Free = $use.Free }
        }
    } catch { Write-Warning "${server}: $($_.FullyQualifiedErrorId)" }
}
$rows | Select-Object Server, Scope, Name, Lease | Export-Csv report.csv
$rows | ConvertTo-Html -Property Scope, Name -Fragment | Set-Content report.html
$rows | Sort-Object Name | Format-Table Server, Scope, Name
