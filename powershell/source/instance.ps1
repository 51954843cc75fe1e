# [CimInstance] without its native library, where the assembly is one that this was tried with; plain objects with the same type names elsewhere.
#
# A wrong guess could end PowerShell: the type's methods call functions whose addresses it takes from a table. So nothing is guessed. The table is
# only made where the assembly is, to the bit, one of those that the tests ran with (its module version id is new with every build), in a
# 64-bit process, outside of Windows; and every field and type that is used is looked up before the first object is made.

function Test-RealInstance {
    if ($env:CIMLET_OBJECTS -eq 'plain' -or $IsWindows -or -not [Environment]::Is64BitProcess) { return $false }
    $type = 'Microsoft.Management.Infrastructure.CimInstance' -as [type]
    if ($null -eq $type -or [string]$type.Module.ModuleVersionId -cnotin $script:KnownAssemblies) { return $false }
    $native = $type.Assembly.GetType('Microsoft.Management.Infrastructure.Native.MI_Instance')
    $table = $type.Assembly.GetType('Microsoft.Management.Infrastructure.Native.MI_Instance+MI_InstanceFT')
    $text = $type.Assembly.GetType('Microsoft.Management.Infrastructure.Native.MI_String')
    if ($null -eq $native -or $null -eq $table -or $null -eq $text) { return $false }
    $fields = @(
        foreach ($name in 'nativeInstance', '_CimSessionInstanceID', '_CimSessionComputerName') { $type.GetField($name, $script:Inside) }
        $native.BaseType.GetField('mft', $script:Inside)
        foreach ($name in 'allocatedData', 'isDirect') { $native.BaseType.BaseType.GetField($name, $script:Inside) }
        $text.GetField('ptr', $script:Inside)
        foreach ($name in $script:Answers.Keys) { $table.GetField($name, $script:Inside) }
    )
    return $fields.Count -eq 7 + $script:Answers.Count -and $fields -notcontains $null
}

# Sessions need no native half at all: nothing but their methods would use it, and these fail with an exception. The import looked at the assembly;
# what is used of it is looked up here, before the first call.
function Assert-RealSession {
    $type = $script:SessionType
    foreach ($member in $type.GetField('_disposeThreadSafetyLock', $script:Inside), $type.GetProperty('ComputerName').GetSetMethod($true), $type.GetProperty('InstanceId').GetSetMethod($true)) {
        if ($null -eq $member) { throw (Get-Failure 'UnknownAssembly' NotImplemented 'Microsoft.Management.Infrastructure is not the assembly that it says to be. Set $env:CIMLET_OBJECTS to plain before the import.') }
    }
}

# What the native functions answer. From 128 on: the text whose address stands there in the block behind the members. Below: a result, of which 12,
# no such property, is the one that every caller takes as it is.
$script:Answers = @{
    GetClassName = 128; GetNameSpace = 136; GetServerName = 144; GetElementCount = 0; Delete = 0; Destruct = 0
    GetElement = 12; GetElementAt = 12; GetClass = 12; Clone = 12
}

function Get-BareInstance($Class, [string]$Computer, [string]$Session) {
    if (-not $script:InstancesAreReal) {
        $object = [psobject]::new()
        for ($i = 0; $i -lt 3; $i++) { $object.psobject.TypeNames.Insert($i, $Class.TypeNames[$i]) }
        if ($Session) { $script:PlainSessions.Add($object, $Session) }
        return $object
    }
    $shell = $Class.Shells[$Computer]
    if ($null -eq $shell) { $shell = $Class.Shells[$Computer] = Get-NativeShell $Class.Namespace $Class.ClassName $Computer }
    $object = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($script:InstanceType)
    $script:NativeField.SetValue($object, $shell)
    if ($Computer) { $script:ComputerField.SetValue($object, $Computer) }
    if ($Session) { $script:SessionField.SetValue($object, [guid]$Session) }
    [GC]::SuppressFinalize($object)
    $object
}

# Class, namespace, computer and session of an instance.
function Get-Origin($Instance) {
    if ($script:InstancesAreReal -and $Instance.psobject.BaseObject -is $script:InstanceType) {
        $native = $Instance.psobject.BaseObject
        $system = $script:InstanceType.GetProperty('CimSystemProperties').GetValue($native)
        $session = $script:SessionField.GetValue($native)
        return @{ Namespace = $system.Namespace; ClassName = $system.ClassName; ComputerName = $script:ComputerField.GetValue($native); Session = $session -eq [guid]::Empty ? '' : [string]$session }
    }
    $namespace, $className = '', ''
    foreach ($name in $Instance.psobject.TypeNames) {
        if ($name -cmatch '^Microsoft\.Management\.Infrastructure\.CimInstance#(.+)/([^/]+)$') { $namespace, $className = $Matches[1], $Matches[2]; break }
    }
    $session = $null
    $null = $script:PlainSessions.TryGetValue($Instance, [ref]$session)
    @{ Namespace = $namespace; ClassName = $className; ComputerName = [string]$Instance.psobject.Properties['PSComputerName']?.Value; Session = [string]$session }
}

# The native half of all instances of a class from one computer, kept for the life of the process: a block of zeros with the texts' addresses in it.
function Get-NativeShell([string]$Namespace, [string]$ClassName, [string]$Computer) {
    $native = $script:InstanceType.Assembly.GetType('Microsoft.Management.Infrastructure.Native.MI_Instance', $true)
    $table = Get-SharedOnce 'InstanceTable' { Get-InstanceTable $script:InstanceType.Assembly }
    $block = [System.Runtime.InteropServices.Marshal]::AllocHGlobal(256)
    for ($i = 0; $i -lt 256; $i += 8) { [System.Runtime.InteropServices.Marshal]::WriteInt64($block, $i, 0) }
    $at = 128
    foreach ($text in $ClassName, $Namespace, $Computer) {
        [System.Runtime.InteropServices.Marshal]::WriteIntPtr($block, $at, [System.Runtime.InteropServices.Marshal]::StringToCoTaskMemUTF8($text))
        $at += 8
    }
    $shell = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($native)
    $native.BaseType.GetField('mft', $script:Inside).SetValue($shell, $table)
    $native.BaseType.BaseType.GetField('allocatedData', $script:Inside).SetValue($shell, $block)
    $native.BaseType.BaseType.GetField('isDirect', $script:Inside).SetValue($shell, $true)
    $shell
}

# Delegates of the fields' own types, which have out parameters: script blocks do not serve.
function Get-InstanceTable($Assembly) {
    $type = $Assembly.GetType('Microsoft.Management.Infrastructure.Native.MI_Instance+MI_InstanceFT', $true)
    $textField = $Assembly.GetType('Microsoft.Management.Infrastructure.Native.MI_String', $true).GetField('ptr', $script:Inside)
    $readAddress = [System.Runtime.InteropServices.Marshal].GetMethod('ReadIntPtr', [type[]]@([IntPtr], [int]))
    $table = [Activator]::CreateInstance($type, $true)
    foreach ($answer in $script:Answers.GetEnumerator()) {
        $field = $type.GetField($answer.Key, $script:Inside)
        $self = $field.FieldType.GetMethod('Invoke').GetParameters()[0].ParameterType.GetField('ptr', $script:Inside)
        $field.SetValue($table, (Get-NativeFunction $field.FieldType $script:InstanceType {
                    param($il, $code)
                    if ($answer.Value -ge 128) {
                        $il.Emit($code::Ldarg_1)
                        $il.Emit($code::Ldarga_S, [byte]0)
                        $il.Emit($code::Ldfld, $self)
                        $il.Emit($code::Ldc_I4, [int]$answer.Value)
                        $il.Emit($code::Call, $readAddress)
                        $il.Emit($code::Stfld, $textField)
                    } elseif ($answer.Key -ceq 'GetElementCount') {
                        $il.Emit($code::Ldarg_1)
                        $il.Emit($code::Ldc_I4_0)
                        $il.Emit($code::Stind_I4)
                    }
                    $il.Emit($code::Ldc_I4, [int]($answer.Value -ge 128 ? 0 : $answer.Value))
                    $il.Emit($code::Ret)
                }))
    }
    [Activator]::CreateInstance([System.Lazy`1].MakeGenericType($type), @(, $table))
}
