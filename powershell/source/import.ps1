# What the import does: it decides how objects are made, and tells PowerShell of them. It starts no process.

$script:InstancesAreReal = Test-RealInstance
$script:SessionsAreReal = Test-RealSession
$script:PlainSessions = [System.Runtime.CompilerServices.ConditionalWeakTable[object, object]]::new()
if ($script:InstancesAreReal) {
    $script:InstanceType = [Microsoft.Management.Infrastructure.CimInstance]
    $script:NativeField = $script:InstanceType.GetField('nativeInstance', $script:Inside)
    $script:ComputerField = $script:InstanceType.GetField('_CimSessionComputerName', $script:Inside)
    $script:SessionField = $script:InstanceType.GetField('_CimSessionInstanceID', $script:Inside)
}
if ($script:SessionsAreReal) { & $script:UpdateTypeData -TypeName Microsoft.Management.Infrastructure.CimSession -TypeConverter (Get-OwnType Converter) -Force }
Add-HiddenMember
Add-Completion

# The generated functions. Where sessions are plain objects their parameters cannot have the type.
$functions = [System.IO.Path]::Combine($PSScriptRoot, 'Cimlet.DhcpServer.functions.ps1')
if ($script:SessionsAreReal) { . $functions }
else {
    $text = [System.IO.File]::ReadAllText($functions) -creplace '\[Microsoft\.Management\.Infrastructure\.CimSession(\[\])?\]', '[psobject$1]'
    . ([scriptblock]::Create($text))
}
