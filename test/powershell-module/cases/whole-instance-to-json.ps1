# Without Select-Object: the properties, and what the type itself has.
$scope = Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0
$back = $scope | ConvertTo-Json -Depth 2 -WarningAction Ignore | ConvertFrom-Json
"$($back.Name) $($back.State) $($back.LeaseDuration.Days) $($back.MaxBootpClients) $($back.ScopeId.Address) $($null -eq $back.SuperscopeName)"
"$($back.PSComputerName)"
# The same of a selection is as in Windows.
$scope | Select-Object Name, State, @{ n = 'ScopeId'; e = { [string]$_.ScopeId } } | ConvertTo-Json -Compress
# The class and its properties.
$scope.CimClass.CimClassProperties.Count -eq $scope.CimInstanceProperties.Count
($scope.CimInstanceProperties | Where-Object Name -In 'Name', 'Delay', 'LeaseDuration' | ForEach-Object { "$($_.Name):$($_.CimType):$($_.Value)" } | Sort-Object) -join ' '
"$($scope.CimClass.CimSystemProperties.ClassName) $($scope.CimClass.CimClassProperties['ScopeId'].CimType) $($scope.CimSystemProperties.ClassName)"
