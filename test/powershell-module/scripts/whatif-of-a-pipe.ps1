# What would be removed, said for each object, and nothing done.
Add-DhcpServerv4Reservation -ScopeId 10.10.10.0 -IPAddress 10.10.10.60 -ClientId aa-bb-cc-dd-ee-01 -Name old-1
Add-DhcpServerv4Reservation -ScopeId 10.10.10.0 -IPAddress 10.10.10.61 -ClientId aa-bb-cc-dd-ee-02 -Name keep
Get-DhcpServerv4Reservation -ScopeId 10.10.10.0 | Where-Object Name -Like 'old-*' | Remove-DhcpServerv4Reservation -WhatIf
"reservations: $(@(Get-DhcpServerv4Reservation -ScopeId 10.10.10.0).Count)"
$WhatIfPreference = $true
Get-DhcpServerv4Scope -ScopeId 10.20.20.0 | Remove-DhcpServerv4Scope -Force
Set-DhcpServerv4Scope -ScopeId 10.20.20.0 -State InActive
$WhatIfPreference = $false
"scopes: $((Get-DhcpServerv4Scope).State -join ',')"
Get-DhcpServerv4Reservation -ScopeId 10.10.10.0 | Where-Object Name -Like 'old-*' | Remove-DhcpServerv4Reservation -Confirm:$false
"reservations: $((Get-DhcpServerv4Reservation -ScopeId 10.10.10.0).Name)"
