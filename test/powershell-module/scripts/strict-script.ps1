#Requires -Version 7.0
# Strict mode, splatting with a PSBoundParameters copy, ?? and ?., switch, and a here-string report.
Set-StrictMode -Version Latest
function Add-Pair {
    [CmdletBinding()]
    param([Parameter(Mandatory)][string]$Name, [string[]]$ScopeId, [ValidateSet('Active', 'Standby')][string]$ServerRole, [timespan]$MaxClientLeadTime)
    $given = @{} + $PSBoundParameters
    $given.Remove('Verbose') | Out-Null
    Add-DhcpServerv4Failover @given -PartnerServer dhcpserver2.contoso.com -Force
}
Add-Pair -Name A -ScopeId 10.10.10.0 -MaxClientLeadTime 0:30:00
Add-Pair -Name B -ScopeId 10.20.20.0 -ServerRole Standby
foreach ($pair in Get-DhcpServerv4Failover | Sort-Object Name) {
    $share = switch ($pair.Mode) {
        'LoadBalance' { "$($pair.LoadBalancePercent)%" }
        'HotStandby' { "$($pair.ServerRole), reserve $($pair.ReservePercent)%" }
        default { throw "unknown mode $_" }
    }
    @"
$($pair.Name)
  share:    $share
  interval: $($pair.StateSwitchInterval ?? 'none')
  role:     $($pair.ServerRole ?? 'none')
  lead:     $($pair.MaxClientLeadTime.TotalMinutes)
"@
}
$missing = Get-DhcpServerv4Failover -Name C -ErrorAction SilentlyContinue
"$(${missing}?.Name ?? 'no C')"
try { (Get-DhcpServerv4Failover -Name A).NoSuch } catch { $_.FullyQualifiedErrorId }
