Add-DhcpServerv4Failover -Name SFO-SIN -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -Force
$failover = @()
foreach ($fo in (Get-DhcpServerv4Failover -ErrorAction Stop)) {
    $state = $null
    if ($fo.PSObject.Properties['State']) { $state = ([string]$fo.State).ToLower() }
    $failover += [ordered]@{ name = [string]$fo.Name; mode = $fo.Mode.ToString(); partner = [string]$fo.PartnerServer; state = $state; scopes = @($fo.ScopeId).Count }
}
ConvertTo-Json -InputObject @($failover) -Compress
