$report = foreach ($server in Get-DhcpServerInDC) {
    try {
        $version = Get-DhcpServerVersion -ComputerName $server.DnsName -ErrorAction Stop
        [pscustomobject]@{ Server = $server.DnsName; Address = [string]$server.IPAddress; Version = "$($version.MajorVersion).$($version.MinorVersion)"; Scopes = @(Get-DhcpServerv4Scope -ComputerName $server.DnsName).Count }
    } catch { Write-Warning "$($server.DnsName): $_" }
}
$report | Sort-Object Server | Format-Table -AutoSize
