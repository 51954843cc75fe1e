# `*` takes what the type has, too: the class, which all instances of a server share, and the properties with their types.
$scopes = Get-DhcpServerv4Scope
"$($scopes[0].CimClass) $([object]::ReferenceEquals($scopes[0].CimClass, $scopes[1].CimClass))"
$scopes[0].CimClass.CimClassProperties | Where-Object Name -In 'Delay', 'LeaseDuration', 'ScopeId' | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.CimType)" }
foreach ($property in $scopes[0].CimInstanceProperties | Where-Object Name -In 'Delay', 'SuperscopeName', 'Name' | Sort-Object Name) { "$($property.Name) '$($property.Value)' $($property.CimType) $($property.IsValueModified)" }
$scopes[1].CimInstanceProperties['Name'].Value
$scopes[0].Name = 'Changed here'
"$($scopes[0].CimInstanceProperties['Name'].Value) $($scopes[1].CimInstanceProperties['Name'].Value)"
$copies = $scopes | Select-Object -Property *
"$($copies.Count) $($copies[0].ScopeId) $($copies[0].Name)"
$other = Get-DhcpServerv4DnsSetting
"$($other.CimClass.CimClassName) $($other.CimInstanceProperties['DynamicUpdates'].Value)"
