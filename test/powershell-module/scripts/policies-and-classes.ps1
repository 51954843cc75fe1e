# Classes and a policy of a scope, made where missing, and told.
$data = 'PXEClient:Arch:00007'
if (-not (Get-DhcpServerv4Class -Type Vendor | Where-Object Name -EQ 'PXE UEFI')) { Add-DhcpServerv4Class -Name 'PXE UEFI' -Type Vendor -Data $data }
$policy = @{ ScopeId = '10.10.10.0'; Name = 'PXE'; Condition = 'OR'; VendorClass = 'EQ', 'PXE UEFI*'; Description = 'boot' }
foreach ($round in 1, 2) {
    try { Add-DhcpServerv4Policy @policy -ErrorAction Stop; "made" } catch { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category)" }
}
Set-DhcpServerv4OptionValue -ScopeId 10.10.10.0 -PolicyName PXE -OptionId 66 -Value 'boot.contoso.com'
Set-DhcpServerv4OptionValue -ScopeId 10.10.10.0 -PolicyName PXE -OptionId 67 -Value 'boot\x64\wdsmgfw.efi'
Get-DhcpServerv4Policy -ScopeId 10.10.10.0 | Select-Object Name, ProcessingOrder, Enabled, Condition, @{ n = 'VendorClass'; e = { $_.VendorClass -join ' ' } } | Format-List
Get-DhcpServerv4OptionValue -ScopeId 10.10.10.0 -PolicyName PXE | Sort-Object OptionId | ForEach-Object { "$($_.OptionId) $($_.Name) $($_.Value) $($_.PolicyName)" }
Get-DhcpServerv4Class -Type Vendor | Where-Object Name -Like 'PXE*' | ForEach-Object { "$($_.Name) $($_.Data) $($_.AsciiData)" }
Remove-DhcpServerv4Policy -ScopeId 10.10.10.0 -Name PXE
@(Get-DhcpServerv4Policy -ScopeId 10.10.10.0).Count
