$name = 'Guests'
foreach ($round in 1..2) {
    $existing = Get-DhcpServerv4Scope | Where-Object { $_.Name -eq $name }
    if (-not $existing) {
        Add-DhcpServerv4Scope -Name $name -StartRange 172.16.0.50 -EndRange 172.16.0.99 -SubnetMask 255.255.255.0 -State Active -ErrorAction Stop
        $id = (Get-DhcpServerv4Scope | Where-Object { $_.Name -eq $name }).ScopeId
        "created $id"
    } else {
        "there already: $($existing.ScopeId)"
    }
}
