Set-DhcpServerv4DnsSetting -ScopeId 10.10.10.0 -DynamicUpdates Always -DeleteDnsRROnLeaseExpiry $true
$scope = Get-DhcpServerv4DnsSetting -ScopeId 10.10.10.0
"$($scope.DynamicUpdates) $($scope.DeleteDnsRROnLeaseExpiry)"
(Get-DhcpServerv4DnsSetting).DynamicUpdates
