$begin = { $total = 0; $names = @() }
Get-DhcpServerv4Scope | ForEach-Object -Begin $begin -Process {
    $total += (Get-DhcpServerv4ScopeStatistics -ScopeId $_.ScopeId).AddressesFree
    $names += $_.Name
} -End { "$total free in $($names -join ' and ')" }
$most = Get-DhcpServerv4ScopeStatistics | Sort-Object AddressesFree -Descending | Select-Object -First 1
"most in $($most.ScopeId)"
