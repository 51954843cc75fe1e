function Get-DhcpReport {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, ValueFromPipeline)][Alias('Server')][string[]]$ComputerName,
        [ValidateSet('Active', 'Inactive')][string]$State = 'Active'
    )
    process {
        foreach ($computer in $ComputerName) {
            Write-Verbose "Asking $computer"
            Get-DhcpServerv4Scope -ComputerName $computer | Where-Object State -EQ $State | Select-Object @{ n = 'Server'; e = { $_.PSComputerName } }, ScopeId, Name
        }
    }
}
'dhcpserver.contoso.com', 'dhcpserver2.contoso.com' | Get-DhcpReport -Verbose | ForEach-Object { "$($_.Server) $($_.ScopeId) $($_.Name)" }
