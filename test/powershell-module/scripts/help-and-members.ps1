# What somebody looks at who does not know the module.
(Get-Command -Module Cimlet.DhcpServer -Noun DhcpServerv4Failover*).Name -join ' '
(Get-Command Get-DhcpServerv4Scope).CommandType
(Get-Command -Verb Get -Noun DhcpServer* -ParameterName ScopeId -Module Cimlet.DhcpServer).Count -gt 10
$help = Get-Help Add-DhcpServerv4Failover
$help.Synopsis
(Get-Help Add-DhcpServerv4Failover -Parameter MaxClientLeadTime).name
(Get-Help Add-DhcpServerv4Failover -Examples | Out-String) -match 'PartnerServer'
(Get-DhcpServerv4Scope | Get-Member -MemberType Properties -Name S* | ForEach-Object Name) -join ' '
(Get-DhcpServerv4Scope | Get-Member | ForEach-Object TypeName | Select-Object -Unique)
(Get-DhcpServerv4Scope | Get-Member -Name LeaseDuration, Delay | ForEach-Object { ($_.Definition -replace '=.*') }) -join ', '
(Get-Command Remove-DhcpServerv4Scope).Parameters['Force'].SwitchParameter
(Get-Command Add-DhcpServerv4Failover).ParameterSets.Name -join ' '
(Get-Alias -Definition Get-CimInstance).Name
