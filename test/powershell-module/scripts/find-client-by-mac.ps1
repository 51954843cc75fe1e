function Find-DhcpClient {
    param([Parameter(Mandatory, ValueFromPipeline)][string]$Mac)
    begin { $leases = Get-DhcpServerv4Scope | Get-DhcpServerv4Lease }
    process {
        $id = ($Mac -replace '[:.]', '-').ToLower()
        $found = $leases | Where-Object { $_.ClientId -eq $id }
        if ($found) { "$Mac is $($found.HostName) at $($found.IPAddress.IPAddressToString)" } else { "$Mac is unknown" }
    }
}
'00:15:5D:0A:0A:1F', 'AA-BB-CC-DD-EE-FF' | Find-DhcpClient
