$both = New-CimSession -ComputerName dhcpserver.contoso.com, dhcpserver2.contoso.com -Name Pair
"$($both.Count) $($both[0].Name) $($both[0].ComputerName) $($both[0].Protocol) $($both[0].Id.GetType().Name)"
Get-DhcpServerVersion -CimSession $both | ForEach-Object { "$($_.MajorVersion).$($_.MinorVersion) of $($_.PSComputerName)" } | Sort-Object
"listed: $(@(Get-CimSession -Name Pair).Count), of one computer: $(@(Get-CimSession -ComputerName dhcpserver2.contoso.com).Count)"
# A piped instance goes back over its session.
$scope = Get-DhcpServerv4Scope -CimSession $both[1] | Select-Object -First 1
Get-DhcpServerv4Scope -CimSession $both[0] -ScopeId 10.10.10.0 | Set-DhcpServerv4Scope -Description 'by the pipeline' -PassThru | ForEach-Object Description
Remove-CimSession -CimSession $both
"left: $(@(Get-CimSession).Count)"
try { Get-DhcpServerVersion -CimSession $both[0] -ErrorAction Stop } catch { $_.Exception.Message }
Get-DhcpServerVersion -CimSession dhcpserver.contoso.com | ForEach-Object PSComputerName
# In a text.
"$($both[0])"; [string]$both[1]; $both -join ', '; 'of ' + $both[0]; '{0}' -f $both[1]
