# IPv6 in one table.
Add-DhcpServerv6Scope -Prefix 2001:db8:1:: -Name 'Floor 1' -PreferredLifetime 4.00:00:00 -ValidLifetime 6.00:00:00
Add-DhcpServerv6ExclusionRange -Prefix 2001:db8:1:: -StartRange 2001:db8:1::1 -EndRange 2001:db8:1::ff
Add-DhcpServerv6Reservation -Prefix 2001:db8:1:: -IPAddress 2001:db8:1::200 -ClientDuid 00-01-00-01-1A-2B-3C-4D -Iaid 7 -Name plotter
Set-DhcpServerv6OptionValue -Prefix 2001:db8:1:: -DnsServer 2001:db8::53 -Force
$scope = Get-DhcpServerv6Scope
"$($scope.Prefix) $($scope.Prefix.GetType().Name) $($scope.Prefix.AddressFamily) $($scope.ValidLifetime) $($scope.Preference)"
$scope | Get-DhcpServerv6ExclusionRange | ForEach-Object { "$($_.StartRange)-$($_.EndRange)" }
Get-DhcpServerv6Reservation -Prefix 2001:db8:1:: | ForEach-Object { "$($_.IPAddress) $($_.ClientDuid) $($_.Iaid) $($_.Name)" }
Get-DhcpServerv6OptionValue -Prefix 2001:db8:1:: | ForEach-Object { "$($_.OptionId) $($_.Name) $($_.Value)" }
"$((Get-DhcpServerv6FreeIPAddress -Prefix 2001:db8:1::) -as [ipaddress] -is [ipaddress])"
$scope | Remove-DhcpServerv6Scope -Force
@(Get-DhcpServerv6Scope).Count
