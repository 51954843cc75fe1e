# Two servers side by side.
$module = (Get-Module Cimlet.DhcpServer).Path
$results = 'dhcpserver.contoso.com', 'dhcpserver2.contoso.com', 'gone.contoso.com' | ForEach-Object -ThrottleLimit 3 -Parallel {
    Import-Module $using:module
    $server = $_
    try {
        $version = Get-DhcpServerVersion -ComputerName $server -ErrorAction Stop
        $scopes = @(Get-DhcpServerv4Scope -ComputerName $server -ErrorAction Stop)
        [pscustomobject]@{ Server = $server; Version = "$($version.MajorVersion).$($version.MinorVersion)"; Scopes = $scopes.Count; Problem = $null }
    } catch { [pscustomobject]@{ Server = $server; Version = $null; Scopes = 0; Problem = 'failed' } }
}
$results | Sort-Object Server | Format-Table -AutoSize
