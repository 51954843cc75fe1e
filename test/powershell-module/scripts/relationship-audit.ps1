# An audit of relationships: calculated properties, and findings as a list.
Add-DhcpServerv4Failover -Name Balanced -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -LoadBalancePercent 70 -MaxClientLeadTime 2:00:00 -SharedSecret pass -Force
Add-DhcpServerv4Failover -Name Standby -PartnerServer dhcpserver2.contoso.com -ScopeId 10.20.20.0 -ServerRole Active -ReservePercent 10 -AutoStateTransition $true -StateSwitchInterval 0:45:00 -Force
$findings = [System.Collections.Generic.List[string]]::new()
foreach ($relationship in Get-DhcpServerv4Failover | Sort-Object Name) {
    if (-not $relationship.EnableAuth) { $findings.Add("$($relationship.Name): no shared secret") }
    if (-not $relationship.AutoStateTransition) { $findings.Add("$($relationship.Name): no automatic transition") }
    if ($relationship.MaxClientLeadTime -gt [timespan]'01:00:00') { $findings.Add("$($relationship.Name): lead time $($relationship.MaxClientLeadTime.TotalMinutes) min") }
    if ($relationship.State -ne 'Normal') { $findings.Add("$($relationship.Name): $($relationship.State)") }
}
$findings
Get-DhcpServerv4Failover | Sort-Object Name | Select-Object Name, Mode, @{ n = 'Split'; e = { if ($_.Mode -eq 'LoadBalance') { "$($_.LoadBalancePercent)/$(100 - $_.LoadBalancePercent)" } else { "$($_.ServerRole) $($_.ReservePercent)%" } } }, @{ n = 'Scopes'; e = { $_.ScopeId -join ';' } } | Format-Table -AutoSize
