# A function of one's own around the cmdlets, with the pipeline by property name and its own -WhatIf.
function Set-LeaseDay {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Low')]
    param(
        [Parameter(Mandatory, ValueFromPipelineByPropertyName)][ipaddress]$ScopeId,
        [Parameter(ValueFromPipelineByPropertyName)][string]$Name,
        [ValidateRange(1, 30)][int]$Day = 1
    )
    process {
        if ($PSCmdlet.ShouldProcess("$Name ($ScopeId)", "lease of $Day days")) { Set-DhcpServerv4Scope -ScopeId $ScopeId -LeaseDuration (New-TimeSpan -Days $Day) -PassThru }
    }
}
Get-DhcpServerv4Scope | Set-LeaseDay -Day 3 -WhatIf
(Get-DhcpServerv4Scope | Set-LeaseDay -Day 3).LeaseDuration.Days -join ','
Get-DhcpServerv4Scope | Select-Object -Last 1 | Set-LeaseDay -Verbose | ForEach-Object { "$($_.LeaseDuration)" }
try { Get-DhcpServerv4Scope | Set-LeaseDay -Day 31 } catch { $_.FullyQualifiedErrorId }
