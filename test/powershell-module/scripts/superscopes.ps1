Add-DhcpServerv4Superscope -SuperscopeName Campus -ScopeId 10.10.10.0, 10.20.20.0
$super = Get-DhcpServerv4Superscope -SuperscopeName Campus
"$($super.SuperscopeName): $($super.ScopeId -join ' ')"
(Get-DhcpServerv4Scope | Where-Object SuperscopeName -EQ Campus).Name
Remove-DhcpServerv4Superscope -SuperscopeName Campus
@(Get-DhcpServerv4Scope | Where-Object { $_.SuperscopeName }).Count
