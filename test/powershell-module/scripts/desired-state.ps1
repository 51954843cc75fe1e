# Get, test and set, as a configuration tool calls them.
function Get-State([string]$Name) {
    $found = Get-DhcpServerv4Failover -Name $Name -ErrorAction SilentlyContinue
    @{ Exists = $null -ne $found; Mode = $found.Mode; Percent = $found.LoadBalancePercent }
}
function Test-State([string]$Name, [string]$Ensure, [uint32]$Percent) {
    $now = Get-State $Name
    if ($Ensure -eq 'Absent') { return -not $now.Exists }
    $now.Exists -and $now.Percent -eq $Percent
}
function Set-State([string]$Name, [string]$Ensure, [uint32]$Percent) {
    $now = Get-State $Name
    if ($Ensure -eq 'Absent') { Remove-DhcpServerv4Failover -Name $Name -Force }
    elseif ($now.Exists) { Set-DhcpServerv4Failover -Name $Name -LoadBalancePercent $Percent }
    else { Add-DhcpServerv4Failover -Name $Name -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -LoadBalancePercent $Percent -Force }
}
foreach ($wanted in @{ Ensure = 'Present'; Percent = 60 }, @{ Ensure = 'Present'; Percent = 40 }, @{ Ensure = 'Absent'; Percent = 0 }) {
    $before = Test-State Pair @wanted
    Set-State Pair @wanted
    "$($wanted.Ensure) $($wanted.Percent): $before -> $(Test-State Pair @wanted)"
}
