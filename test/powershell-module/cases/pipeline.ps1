$server = 'dhcpserver.contoso.com'
# By property name, one call for each object; what is not a parameter is left alone.
'10.10.10.0', '10.20.20.0' | ForEach-Object { [pscustomobject]@{ ScopeId = $_; Colour = 'red' } } | Get-DhcpServerv4Scope -ComputerName $server | ForEach-Object Name | Sort-Object
Import-Csv -Path (New-Item rows.csv -Value "ScopeId,StartRange,EndRange`n10.10.10.0,10.10.10.200,10.10.10.205`n10.20.20.0,10.20.20.200,10.20.20.205" | ForEach-Object FullName) |
    Add-DhcpServerv4ExclusionRange -ComputerName $server
Get-DhcpServerv4ExclusionRange -ComputerName $server | Sort-Object { [string]$_.ScopeId } | ForEach-Object { "$($_.ScopeId) $($_.StartRange)-$($_.EndRange)" }
Get-DhcpServerv4Scope -ComputerName $server | Where-Object Name -Match '^SIN' | Set-DhcpServerv4Scope -Name 'SIN renamed' -PassThru | ForEach-Object Name
Get-DhcpServerv4Scope -ComputerName $server | Select-Object -First 1 | ForEach-Object { "$($_.ScopeId)" }
(Get-DhcpServerv4Scope -ComputerName $server | Measure-Object).Count
Remove-Item rows.csv
