Add-DhcpServerv4Failover -Name Pair -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -Force
$tries = 0
do {
    $state = (Get-DhcpServerv4Failover -Name Pair).State
    $tries++
} until ($state -eq 'Normal' -or $tries -ge 10)
"$state after $tries"
