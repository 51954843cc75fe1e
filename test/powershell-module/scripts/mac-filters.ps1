Add-DhcpServerv4Filter -List Deny -MacAddress 'F0-DE-F1-*' -Description 'old laptops'
Add-DhcpServerv4Filter -List Allow -MacAddress 'F0-DE-F1-7A-00-5E' -Description 'but for this one'
Set-DhcpServerv4FilterList -Deny $true
$lists = Get-DhcpServerv4FilterList
"allow $($lists.Allow) deny $($lists.Deny)"
Get-DhcpServerv4Filter | Sort-Object List, MacAddress | ForEach-Object { "$($_.List): $($_.MacAddress) ($($_.Description))" }
Get-DhcpServerv4Filter -List Deny | Remove-DhcpServerv4Filter
@(Get-DhcpServerv4Filter).Count
