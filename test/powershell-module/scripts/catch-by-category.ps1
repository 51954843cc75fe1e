# Errors told from each other by id, category and target.
$attempts = [ordered]@{
    'no scope'        = { Get-DhcpServerv4Scope -ScopeId 172.16.0.0 -ErrorAction Stop }
    'no relationship' = { Get-DhcpServerv4Failover -Name Nowhere -ErrorAction Stop }
    'no reservation'  = { Remove-DhcpServerv4Reservation -IPAddress 10.10.10.77 -ErrorAction Stop }
    'scope twice'     = { Add-DhcpServerv4Scope -Name Again -StartRange 10.10.10.1 -EndRange 10.10.10.9 -SubnetMask 255.255.255.0 -ErrorAction Stop }
    'no option'       = { Get-DhcpServerv4OptionValue -OptionId 250 -ErrorAction Stop }
    'no such set'     = { Get-DhcpServerv4Reservation -ScopeId 10.10.10.0 -IPAddress 10.10.10.9 -ErrorAction Stop }
    'no number'       = { Set-DhcpServerv4Scope -ScopeId 10.10.10.0 -Delay many -ErrorAction Stop }
}
foreach ($attempt in $attempts.GetEnumerator()) {
    try { $null = & $attempt.Value; "$($attempt.Key): nothing" }
    catch [Microsoft.Management.Infrastructure.CimException] { "$($attempt.Key): CIM $($_.FullyQualifiedErrorId) | $($_.CategoryInfo.Category) | $($_.CategoryInfo.Activity) | $($_.CategoryInfo.TargetName)" }
    catch [System.Management.Automation.ParameterBindingException] { "$($attempt.Key): binding $($_.FullyQualifiedErrorId) | $($_.CategoryInfo.Category)" }
    catch { "$($attempt.Key): other $($_.FullyQualifiedErrorId)" }
}
