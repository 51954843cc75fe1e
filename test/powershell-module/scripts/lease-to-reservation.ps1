Get-DhcpServerv4Lease -IPAddress 10.10.10.30 | Add-DhcpServerv4Reservation -Description 'was a lease'
$kept = Get-DhcpServerv4Reservation -IPAddress 10.10.10.30
"$($kept.IPAddress) $($kept.ClientId) $($kept.Description)"
(Get-DhcpServerv4Lease -IPAddress 10.10.10.30).AddressState
