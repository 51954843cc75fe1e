$leases = Get-DhcpServerv4Scope | Get-DhcpServerv4Lease
$leases | Group-Object AddressState | Sort-Object Name | ForEach-Object { "$($_.Name): $($_.Count)" }
$active = @($leases | Where-Object { [string]$_.AddressState -match '^Active' })
"$($active.Count) begin with Active; $(@($leases | Where-Object LeaseExpiryTime -LT (Get-Date).AddDays(9)).Count) expire within nine days or never"
