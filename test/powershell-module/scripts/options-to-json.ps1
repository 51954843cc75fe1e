# Options of server and scopes as JSON, and back on the other server.
Set-DhcpServerv4OptionValue -DnsDomain contoso.com -Router 10.10.10.1
Set-DhcpServerv4OptionValue -ScopeId 10.10.10.0 -OptionId 42 -Value 10.10.10.5, 10.10.10.6
$data = [ordered]@{}
$data['server'] = @(Get-DhcpServerv4OptionValue -All | Sort-Object OptionId | Select-Object OptionId, Name, Type, Value)
foreach ($scope in Get-DhcpServerv4Scope) { $data["$($scope.ScopeId)"] = @(Get-DhcpServerv4OptionValue -ScopeId $scope.ScopeId | Sort-Object OptionId | Select-Object OptionId, Value) }
$json = $data | ConvertTo-Json -Depth 4 -Compress
$json
foreach ($option in ($json | ConvertFrom-Json).server) { Set-DhcpServerv4OptionValue -ComputerName dhcpserver2.contoso.com -OptionId $option.OptionId -Value $option.Value }
Get-DhcpServerv4OptionValue -ComputerName dhcpserver2.contoso.com | Sort-Object OptionId | ForEach-Object { "$($_.OptionId) $($_.Name) $($_.Type) $($_.Value -join ',') $($_.Value.GetType().Name)" }
