Get-DhcpServerv4OptionValue -ScopeId 10.10.10.0 | Sort-Object OptionId | ForEach-Object {
    '{0,3} {1,-16} {2,-9} {3}' -f $_.OptionId, $_.Name, $_.Type, ($_.Value -join ', ')
}
