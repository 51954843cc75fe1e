# Settings of two servers, property by property.
Set-DhcpServerv4DnsSetting -ComputerName dhcpserver2.contoso.com -DynamicUpdates Never -NameProtection $false
Set-DhcpServerSetting -ComputerName dhcpserver2.contoso.com -ConflictDetectionAttempts 2
foreach ($what in 'DhcpServerv4DnsSetting', 'DhcpServerSetting', 'DhcpServerAuditLog') {
    $one, $other = 'dhcpserver.contoso.com', 'dhcpserver2.contoso.com' | ForEach-Object { & "Get-$what" -ComputerName $_ }
    foreach ($property in $one.psobject.Properties.Where({ $_.Name -notmatch '^(?:PSComputerName|Cim)' })) {
        if ("$($property.Value)" -ne "$($other.($property.Name))") { "$what.$($property.Name): $($property.Value) and $($other.($property.Name))" }
    }
}
$names = (Get-DhcpServerv4DnsSetting -ComputerName dhcpserver.contoso.com | Get-Member -MemberType Properties).Name
Compare-Object (Get-DhcpServerv4DnsSetting -ComputerName dhcpserver.contoso.com) (Get-DhcpServerv4DnsSetting -ComputerName dhcpserver2.contoso.com) -Property $names.Where({ $_ -ne 'PSComputerName' }) | Sort-Object SideIndicator | ForEach-Object { "$($_.SideIndicator) $($_.DynamicUpdates) $($_.NameProtection)" }
