Add-DhcpServerv6Scope -Prefix 2001:db8:1:: -Name 'Campus v6' -PreferredLifetime 4.00:00:00 -ValidLifetime 8.00:00:00
Add-DhcpServerv6ExclusionRange -Prefix 2001:db8:1:: -StartRange 2001:db8:1::1 -EndRange 2001:db8:1::ff
$scope = Get-DhcpServerv6Scope
"$($scope.Prefix.IPAddressToString) $($scope.Name) $($scope.ValidLifetime.TotalDays) days"
Get-DhcpServerv6ExclusionRange -Prefix $scope.Prefix | ForEach-Object { "$($_.StartRange) - $($_.EndRange)" }
