# -OutVariable, -ErrorVariable with +, -PipelineVariable, -WarningVariable, and their order in a pipeline.
$null = Get-DhcpServerv4Scope -OutVariable scopes
"$($scopes.GetType().Name) $($scopes.Count) $($scopes[0].Name)"
$null = Get-DhcpServerv4Scope -ScopeId 10.20.20.0 -OutVariable +scopes
"$($scopes.Count) $($scopes[-1].Name)"
Get-DhcpServerv4Scope -ScopeId 1.1.1.0 -ErrorAction SilentlyContinue -ErrorVariable wrong
Get-DhcpServerv4Scope -ScopeId 2.2.2.0 -ErrorAction SilentlyContinue -ErrorVariable +wrong
"$($wrong.Count) $(($wrong | ForEach-Object { $_.TargetObject }) -join ',')"
Get-DhcpServerv4Scope -PipelineVariable scope | ForEach-Object { Get-DhcpServerv4ScopeStatistics -ScopeId $_.ScopeId } | ForEach-Object { "$($scope.Name): $($_.Free) free" }
Get-DhcpServerv4Scope -PipelineVariable outer | ForEach-Object { Get-DhcpServerv4ExclusionRange -ScopeId $_.ScopeId -PipelineVariable inner } | ForEach-Object { "$($outer.Name) $($inner.StartRange)" }
Get-DhcpServerv4Scope -ScopeId 3.3.3.0 -ErrorAction Ignore
"$? $($Error.Count)"
Get-DhcpServerv4Scope -ScopeId 3.3.3.0 2>$null
"$?"
$mixed = Get-DhcpServerv4Scope -ScopeId 10.10.10.0, 4.4.4.0 2>&1
($mixed | ForEach-Object { $_.GetType().Name -replace 'PSCustomObject', 'CimInstance' }) -join ','
