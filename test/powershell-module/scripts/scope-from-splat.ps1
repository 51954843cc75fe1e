$scope = @{
    Name = 'VLAN 133'; StartRange = '10.2.133.10'; EndRange = '10.2.133.240'; SubnetMask = '255.255.255.0'
    Description = 'Lab'; LeaseDuration = '04:00:00'; State = 'Active'
}
Add-DhcpServerv4Scope @scope
Set-DhcpServerv4OptionValue -ScopeId 10.2.133.0 -Router 10.2.133.1 -DnsDomain corp.contoso.com
$made = Get-DhcpServerv4Scope -ScopeId 10.2.133.0
"$($made.Name): $($made.StartRange) - $($made.EndRange), $($made.LeaseDuration.TotalHours) hours, $($made.State)"
Get-DhcpServerv4OptionValue -ScopeId 10.2.133.0 -OptionId 3, 15 | Sort-Object OptionId | ForEach-Object { "$($_.OptionId) $($_.Value -join ',')" }
