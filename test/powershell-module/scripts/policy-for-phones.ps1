Add-DhcpServerv4Class -Name 'Cisco phones' -Type Vendor -Data 'Cisco Systems, Inc. IP Phone'
Add-DhcpServerv4Policy -Name Voice -Condition OR -VendorClass EQ, 'Cisco phones'
Set-DhcpServerv4OptionValue -PolicyName Voice -OptionId 66 -Value 10.10.10.80
$policy = Get-DhcpServerv4Policy -Name Voice
"$($policy.Name) $($policy.Enabled) $($policy.Condition) $($policy.VendorClass -join ' ')"
(Get-DhcpServerv4OptionValue -PolicyName Voice -OptionId 66).Value
Remove-DhcpServerv4Policy -Name Voice
(Get-DhcpServerv4Policy).Name
