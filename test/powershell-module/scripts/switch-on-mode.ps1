Add-DhcpServerv4Failover -Name LB -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -LoadBalancePercent 70 -Force
Add-DhcpServerv4Failover -Name HS -PartnerServer dhcpserver2.contoso.com -ScopeId 10.20.20.0 -ServerRole Active -ReservePercent 10 -Force
foreach ($relation in Get-DhcpServerv4Failover | Sort-Object Name) {
    switch ($relation.Mode) {
        'LoadBalance' { "$($relation.Name) shares $($relation.LoadBalancePercent):$(100 - $relation.LoadBalancePercent)" }
        'HotStandby' { "$($relation.Name) is $($relation.ServerRole), keeps $($relation.ReservePercent) %" }
        default { "unknown: $_" }
    }
}
