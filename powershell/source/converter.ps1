# Texts become sessions, in anybody's parameters: PowerShell's own conversion would want the native library. It stands since the import: texts are
# bound before a function runs.

# A computer's name -> [CimSession]. It knows nothing of this module, so that it may run in whichever runspace asks.
$script:SessionMaker = [scriptblock]::Create(@'
param($computer)
$type = [Microsoft.Management.Infrastructure.CimSession]
$session = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($type)
$type.GetProperty('ComputerName').SetValue($session, [string]$computer)
# Without it .Close() and .Dispose() would throw.
$type.GetField('_disposeThreadSafetyLock', [System.Reflection.BindingFlags]'NonPublic,Instance').SetValue($session, [object]::new())
$session
'@)

# Each method that is called here costs PowerShell milliseconds, the first time: so the bodies are tables.
function Get-ConverterType($Module) {
    $code = [System.Reflection.Emit.OpCodes]
    $converter = $Module.DefineType('Cimlet.SessionConverter', 'Public', [System.Management.Automation.PSTypeConverter])
    $block = $converter.DefineField('Block', [scriptblock], 'Public,Static')
    $source, $target, $culture, $case = [object], [type], [System.IFormatProvider], [bool]
    $methods = @(
        @('CanConvertFrom', [bool], @($source, $target), @(@($code::Ldarg_1), @($code::Isinst, [string]), @($code::Ldnull), @($code::Cgt_Un))),
        @('CanConvertTo', [bool], @($source, $target), @(, @($code::Ldc_I4_0))),
        @('ConvertTo', [object], @($source, $target, $culture, $case), @(, @($code::Ldnull))),
        @('ConvertFrom', [object], @($source, $target, $culture, $case), @(
                @($code::Ldsfld, $block), @($code::Ldc_I4_1), @($code::Newarr, [object]), @($code::Dup), @($code::Ldc_I4_0), @($code::Ldarg_1), @($code::Stelem_Ref),
                @($code::Callvirt, [scriptblock].GetMethod('InvokeReturnAsIs')), @($code::Call, [psobject].GetMethod('AsPSObject', [type[]]@([object]))),
                @($code::Callvirt, [psobject].GetProperty('BaseObject').GetMethod)
            ))
    )
    foreach ($method in $methods) {
        $name, $returns, $takes, $body = $method
        $il = $converter.DefineMethod($name, [System.Reflection.MethodAttributes]'Public,Virtual,HideBySig', $returns, [type[]]$takes).GetILGenerator()
        foreach ($step in $body) { if ($step.Count -eq 1) { $il.Emit($step[0]) } else { $il.Emit($step[0], $step[1]) } }
        $il.Emit($code::Ret)
    }
    $type = $converter.CreateType()
    $type.GetField('Block').SetValue($null, $script:SessionMaker)
    $type
}
