# What Get-Help reads.
$help = Get-Help Set-CimInstance -Full
"$($help.Name): $($help.Synopsis)"
(Get-Help Get-CimInstance -Examples | Out-String -Width 200).Contains("-Filter ""Name LIKE 'SIN%'""")
"$((Get-Help Add-DhcpServerv4Failover -Parameter LoadBalancePercent).type.name) $(@((Get-Help Add-DhcpServerv4Failover).examples.example).Count)"
(Get-Help Export-DhcpServer).relatedLinks.navigationLink.uri
