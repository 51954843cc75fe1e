# Leases that end soon, by time and by name.
$now = Get-Date
$leases = Get-DhcpServerv4Lease -ScopeId 10.10.10.0
$leases | Where-Object { $null -ne $_.LeaseExpiryTime -and $_.LeaseExpiryTime -lt $now.AddDays(30) } | Sort-Object HostName | ForEach-Object { "$($_.HostName) $($_.LeaseExpiryTime.Kind) $(($_.LeaseExpiryTime - $now).Days -ge 0)" }
$leases | Where-Object AddressState -Like '*Reservation*' | ForEach-Object { "$($_.IPAddress) $($_.ClientId) $($_.AddressState)" }
($leases | Where-Object { $_.HostName -match '^(?<host>[^.]+)\.(?<domain>.+)$' } | ForEach-Object { "$($Matches.host)@$($Matches.domain)" } | Sort-Object) -join ' '
$leases | Select-Object IPAddress, @{ n = 'Mac'; e = { ($_.ClientId -replace '-', ':').ToUpper() } } | Sort-Object { [version]"$($_.IPAddress)" } | ConvertTo-Json -Compress -Depth 1 -WarningAction Ignore | ForEach-Object { ($_ | ConvertFrom-Json).Mac -join ' ' }
Get-DhcpServerv4Lease -IPAddress 10.10.10.20, 10.20.20.99 -ErrorAction SilentlyContinue | ForEach-Object { "$($_.IPAddress)" }
($leases | Measure-Object).Count -eq @($leases).Count
