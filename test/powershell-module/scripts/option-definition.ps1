Add-DhcpServerv4OptionDefinition -OptionId 150 -Name 'TFTP servers' -Type IPv4Address -MultiValued -Description 'for phones'
Set-DhcpServerv4OptionValue -ScopeId 10.10.10.0 -OptionId 150 -Value 10.10.10.80, 10.10.10.81
$option = Get-DhcpServerv4OptionValue -ScopeId 10.10.10.0 -OptionId 150
"$($option.Name): $($option.Value[0]) and $($option.Value.Count - 1) more"
Remove-DhcpServerv4OptionValue -ScopeId 10.10.10.0 -OptionId 150
try { Get-DhcpServerv4OptionValue -ScopeId 10.10.10.0 -OptionId 150 -ErrorAction Stop } catch { 'gone' }
