foreach ($duration in '1.00:00:00', '00:30:00', (New-TimeSpan -Days 2 -Hours 6), [timespan]::MaxValue) {
    Set-DhcpServerv4Scope -ScopeId 10.10.10.0 -LeaseDuration $duration
    $got = (Get-DhcpServerv4Scope -ScopeId 10.10.10.0).LeaseDuration
    "$($got.TotalMinutes) minutes, $($got -ge [timespan]::FromDays(1))"
}
