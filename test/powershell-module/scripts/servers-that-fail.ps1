$servers = 'dhcpserver.contoso.com', 'gone.contoso.com', 'dhcpserver2.contoso.com'
$failed = @()
foreach ($server in $servers) {
    $version = Get-DhcpServerVersion -ComputerName $server -ErrorAction SilentlyContinue -ErrorVariable problem
    if ($problem) { $failed += $server; continue }
    "$server $($version.MajorVersion)"
}
Write-Warning "failed: $($failed -join ', ')"
