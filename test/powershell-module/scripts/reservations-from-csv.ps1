@'
scope;ip;mac;name
10.10.10.0;10.10.10.60;0015.5d0a.0a3c;tv-1
10.10.10.0;10.10.10.61;00:15:5D:0A:0A:3D;tv-2
10.99.0.0;10.99.0.5;00-15-5d-00-00-01;lost
'@ | Set-Content list.csv
foreach ($row in Import-Csv list.csv -Delimiter ';') {
    $mac = (($row.mac -replace '[^0-9a-fA-F]') -split '(..)' -ne '') -join '-'
    try {
        Add-DhcpServerv4Reservation -ScopeId $row.scope -IPAddress $row.ip -ClientId $mac -Name $row.name -ErrorAction Stop
        "$($row.name): reserved for $mac"
    } catch {
        "$($row.name): $($_.CategoryInfo.Category)"
    }
}
(Get-DhcpServerv4Reservation -ScopeId 10.10.10.0).Count
Remove-Item list.csv
