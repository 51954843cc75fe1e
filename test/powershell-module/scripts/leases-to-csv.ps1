Get-DhcpServerv4Scope |
    Get-DhcpServerv4Lease |
    Sort-Object { [version]$_.IPAddress.IPAddressToString } |
    Select-Object IPAddress, HostName, ClientId, @{ Name = 'Scope'; Expression = { $_.ScopeId } } |
    Export-Csv -Path leases.csv -NoTypeInformation
"$(@(Import-Csv leases.csv).Count) leases"
