# The end of what the first call loads: how objects are made is decided, and PowerShell is told of their members.

$script:InstancesAreReal = Test-RealInstance
$script:PlainSessions = [System.Runtime.CompilerServices.ConditionalWeakTable[object, object]]::new()
if ($null -ne $script:SessionType) { Assert-RealSession }
if ($script:InstancesAreReal) {
    $script:InstanceType = [Microsoft.Management.Infrastructure.CimInstance]
    $script:NativeField = $script:InstanceType.GetField('nativeInstance', $script:Inside)
    $script:ComputerField = $script:InstanceType.GetField('_CimSessionComputerName', $script:Inside)
    $script:SessionField = $script:InstanceType.GetField('_CimSessionInstanceID', $script:Inside)
}
Add-HiddenMember
Add-CompletedProperty
