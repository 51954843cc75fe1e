<#
.SYNOPSIS
    Protects scopes by failover where they are not, and writes what is there now to a CSV and an HTML file.
.EXAMPLE
    ./failover-report.ps1 -Server dhcp1.contoso.com -Partner dhcp2.contoso.com -Path ./report
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)][string[]]$Server,
    [Parameter(Mandatory)][string]$Partner,
    [string]$Path = 'failover-report',
    [ValidateRange(0, 100)][uint32]$Percent = 50
)

$problems = [System.Collections.Generic.List[object]]::new()

function Get-UnprotectedScope([string]$On) {
    $protected = @(Get-DhcpServerv4Failover -ComputerName $On -ErrorAction Stop | ForEach-Object { $_.ScopeId })
    Get-DhcpServerv4Scope -ComputerName $On -ErrorAction Stop | Where-Object { $_.State -eq 'Active' -and $_.ScopeId -notin $protected }
}

$rows = foreach ($name in $Server) {
    try {
        $short = $name.Split('.')[0]
        $open = @(Get-UnprotectedScope -On $name)
        if ($open.Count -gt 0 -and $PSCmdlet.ShouldProcess($name, "Protect $($open.Count) scopes")) {
            $pair = @{ ComputerName = $name; Name = "$short-$($Partner.Split('.')[0])"; Force = $true; ErrorAction = 'Stop' }
            try {
                Add-DhcpServerv4Failover @pair -PartnerServer $Partner -ScopeId $open.ScopeId -LoadBalancePercent $Percent -MaxClientLeadTime (New-TimeSpan -Hours 1)
            } catch {
                # There is one of that name already: the scopes join it.
                if ($_.FullyQualifiedErrorId -notlike 'DHCP 20114,*') { throw }
                Add-DhcpServerv4FailoverScope @pair -ScopeId $open.ScopeId
            }
        }
        foreach ($relationship in Get-DhcpServerv4Failover -ComputerName $name -ErrorAction Stop) {
            foreach ($scope in $relationship.ScopeId) {
                $use = Get-DhcpServerv4ScopeStatistics -ComputerName $name -ScopeId $scope -ErrorAction Stop
                [pscustomobject]@{
                    Server       = $short
                    Relationship = $relationship.Name
                    Partner      = $relationship.PartnerServer
                    Mode         = $relationship.Mode
                    State        = $relationship.State
                    Scope        = $scope
                    Free         = $use.Free
                    Percent      = '{0:0.0}' -f $use.PercentageInUse
                }
            }
        }
    } catch [Microsoft.Management.Infrastructure.CimException] {
        $problems.Add([pscustomobject]@{ Server = $name; Error = $_.FullyQualifiedErrorId; Message = $_.Exception.Message })
        Write-Warning "${name}: $($_.Exception.Message)"
    }
}

$rows | Sort-Object Server, Scope | Export-Csv "$Path.csv"
$style = '<style>td, th { padding: 0 1em; text-align: left }</style>'
$rows | Sort-Object Server, Scope | ConvertTo-Html -Title 'Failover' -Head $style -PostContent ($problems | ConvertTo-Html -Fragment) | Set-Content "$Path.html"
"$(@($rows).Count) scopes, $($problems.Count) problems"
