# Reservations from a CSV, each line with a result of its own.
@'
Scope,IP,Mac,Name
10.10.10.0,10.10.10.50,00-1A-2B-3C-4D-5E,printer-1
10.10.10.0,10.10.10.50,00-1A-2B-3C-4D-5F,printer-2
10.99.99.0,10.99.99.5,00-1A-2B-3C-4D-60,printer-3
10.20.20.0,10.10.10.51,00-1A-2B-3C-4D-61,printer-4
10.20.20.0,not-an-address,00-1A-2B-3C-4D-62,printer-5
'@ | Set-Content reservations.csv
$results = foreach ($row in Import-Csv reservations.csv) {
    $result = [ordered]@{ Name = $row.Name; Result = 'added'; Category = '' }
    try {
        Add-DhcpServerv4Reservation -ScopeId $row.Scope -IPAddress $row.IP -ClientId $row.Mac -Name $row.Name -ErrorAction Stop
    } catch {
        $result.Result = $_.FullyQualifiedErrorId
        $result.Category = $_.CategoryInfo.Category
    }
    [pscustomobject]$result
}
$results | Format-Table -AutoSize
$results | Group-Object { $_.Result -eq 'added' } | ForEach-Object { "$($_.Name): $($_.Count)" }
(Get-DhcpServerv4Reservation -ScopeId 10.10.10.0).Name -join ','
Remove-Item reservations.csv
