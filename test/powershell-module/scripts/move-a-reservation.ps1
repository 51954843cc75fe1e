$printer = Get-DhcpServerv4Reservation -ScopeId 10.10.10.0 | Where-Object Name -Match '^printer'
$printer | Remove-DhcpServerv4Reservation
Add-DhcpServerv4Reservation -ScopeId $printer.ScopeId -IPAddress 10.10.10.90 -ClientId $printer.ClientId -Name $printer.Name -Description $printer.Description
Get-DhcpServerv4Reservation -ScopeId 10.10.10.0 | Format-List IPAddress, ClientId, Name, Description
