# Sessions, and the options for them. The process knows a session by its InstanceId, whichever runspace has the object.

function Get-SessionObject($Session) {
    $object = Get-BareSession $Session.computerName
    $members = $object.psobject.Properties
    if ($null -ne $script:SessionType) { $object.GetType().GetProperty('InstanceId').GetSetMethod($true).Invoke($object, @([guid]$Session.instanceId)) | Out-Null }
    else { $members.Add([psnoteproperty]::new('InstanceId', [guid]$Session.instanceId)) }
    $members.Add([psnoteproperty]::new('Id', [uint32]$Session.id))
    $members.Add([psnoteproperty]::new('Name', $Session.name))
    $members.Add([psnoteproperty]::new('Protocol', $Session.protocol))
    (Get-SharedOnce 'Computers' { [System.Collections.Concurrent.ConcurrentDictionary[string, bool]]::new() })[$Session.computerName] = $true
    $object
}

# Microsoft's own type without its native half, which only its methods use: -is, parameters of the type and its members work.
function Get-BareSession([string]$Computer) {
    if ($null -ne $script:SessionType) { return & $script:SessionMaker $Computer }
    $object = [psobject]::new()
    $object.psobject.TypeNames.Insert(0, 'Microsoft.Management.Infrastructure.CimSession')
    $object.psobject.Properties.Add([psnoteproperty]::new('ComputerName', $Computer))
    $object
}

function Get-OptionObject($Options) {
    $object = [pscustomobject](@{ PSTypeName = 'Microsoft.Management.Infrastructure.Options.WSManSessionOptions' } + $Options)
    $object.psobject.TypeNames.Insert(1, 'Microsoft.Management.Infrastructure.Options.CimSessionOptions')
    $object
}
