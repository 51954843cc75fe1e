# Scopes kept in a file, compared with what is there now, and put back.
Get-DhcpServerv4Scope | Export-Clixml scopes.xml
Set-DhcpServerv4Scope -ScopeId 10.10.10.0 -Name 'Changed' -LeaseDuration 2.00:00:00
$kept = Import-Clixml scopes.xml
"$($kept.Count) $($kept[0].psobject.TypeNames[0])"
"$($kept[0].ScopeId.GetType().Name) $($kept[0].LeaseDuration.GetType().Name)"
Compare-Object $kept (Get-DhcpServerv4Scope) -Property ScopeId, Name, LeaseDuration | Sort-Object SideIndicator | ForEach-Object { "$($_.SideIndicator) $($_.ScopeId) $($_.Name) $($_.LeaseDuration)" }
# A deserialised object goes by its properties.
$kept | Where-Object Name -EQ 'SFO clients' | ForEach-Object { Set-DhcpServerv4Scope -ScopeId $_.ScopeId -Name $_.Name -LeaseDuration $_.LeaseDuration }
(Get-DhcpServerv4Scope -ScopeId 10.10.10.0 | ForEach-Object { "$($_.Name) $($_.LeaseDuration)" })
$kept | Select-Object ScopeId, Name | Set-DhcpServerv4Scope -Description 'from the file'
(Get-DhcpServerv4Scope).Description -join ','
($kept | Out-String -Width 140).Trim()
Remove-Item scopes.xml
