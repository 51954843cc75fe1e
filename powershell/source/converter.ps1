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
# Outside of Windows the assembly has none of its texts in it, and "$session" would fail: it is given those that make texts of objects, once a process.
$texts = $type.Assembly.GetType('Microsoft.Management.Infrastructure.Strings')?.GetField('resourceMan', [System.Reflection.BindingFlags]'NonPublic,Static')
if ($null -eq $texts -or $type.Assembly.GetManifestResourceNames().Count -gt 0) { return $session }
$manager = [System.Resources.ResourceManager]
$known = $texts.GetValue($null)
if ($null -ne $known -and $known.GetType() -ne $manager) { return $session }
$code = [System.Reflection.Emit.OpCodes]
$assembly = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly([System.Reflection.AssemblyName]::new('Cimlet.Texts'), 'Run')
$builder = $assembly.DefineDynamicModule('Cimlet.Texts').DefineType('Cimlet.Texts', 'Public', $manager)
$field = $builder.DefineField('Known', [hashtable], 'Public,Static')
$null = $builder.DefineDefaultConstructor('Public')
$il = $builder.DefineMethod('GetString', [System.Reflection.MethodAttributes]'Public,Virtual,HideBySig', [string], [type[]]@([string], [cultureinfo])).GetILGenerator()
$end = $il.DefineLabel()
$il.Emit($code::Ldsfld, $field)
$il.Emit($code::Ldarg_1)
$il.Emit($code::Callvirt, [hashtable].GetProperty('Item').GetMethod)
$il.Emit($code::Isinst, [string])
$il.Emit($code::Dup)
$il.Emit($code::Brtrue, $end)
# What is not known is its own text.
$il.Emit($code::Pop)
$il.Emit($code::Ldarg_1)
$il.MarkLabel($end)
$il.Emit($code::Ret)
$made = $builder.CreateType()
$made.GetField('Known').SetValue($null, @{
        CimSessionToString = 'CimSession: {0}'; CimClassToString = '{0}:{1}'; CimNameAndValueToString = '{0} = {1}'
        CimInstanceToStringFullData = '{0}: {2} ({1})'; CimInstanceToStringNoCaption = '{0} ({1})'; CimInstanceToStringNoKeys = '{0}: {1}'
    })
$texts.SetValue($null, [Activator]::CreateInstance($made))
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
