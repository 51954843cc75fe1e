$byAddress = @{}
Get-DhcpServerv4Scope | Get-DhcpServerv4Reservation | ForEach-Object { $byAddress[$_.IPAddress.IPAddressToString] = $_ }
foreach ($address in '10.10.10.40', '10.10.10.41') {
    if ($byAddress.ContainsKey($address)) { "$address belongs to $($byAddress[$address].Name) ($($byAddress[$address].Type))" } else { "$address is free" }
}
