# Tables and lists as they are shown, and what is chosen of them.
Get-DhcpServerv4Scope | Format-Table
Get-DhcpServerv4Scope | Format-List ScopeId, Name
Get-DhcpServerv4ScopeStatistics
Get-DhcpServerv4Statistics | Format-List TotalScopes, TotalAddresses
Get-DhcpServerv4Scope -ScopeId 10.10.10.0 | Format-Wide Name -Column 1
(Get-DhcpServerSetting | Out-String -Width 120).Trim()
Get-DhcpServerv4Scope | Format-Table -Property Name, @{ Label = 'Days'; Expression = { $_.LeaseDuration.Days }; Alignment = 'Right'; Width = 6 }
