# Where a comma stands before decimals and a point between days and months, values are the same.
[cultureinfo]::CurrentCulture = 'de-DE'
Add-DhcpServerv4Lease -ComputerName dhcpserver.contoso.com -IPAddress 10.10.10.50 -ScopeId 10.10.10.0 -ClientId aa-bb-cc-dd-ee-01 -LeaseExpiryTime ([datetime]'2030-02-01T10:30:00Z')
$lease = Get-DhcpServerv4Lease -ComputerName dhcpserver.contoso.com -IPAddress 10.10.10.50
"$($lease.IPAddress) $($lease.LeaseExpiryTime.ToUniversalTime().ToString('o')) $($lease.LeaseExpiryTime.Kind)"
Set-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0 -LeaseDuration 1.12:00:00
(Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0).LeaseDuration.TotalDays
