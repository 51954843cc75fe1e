# Types of our own that calls need.

# A function of a delegate's arguments that may touch what is private in the assembly of `Owner`.
function Get-NativeFunction([type]$DelegateType, [type]$Owner, [scriptblock]$Body) {
    $signature = $DelegateType.GetMethod('Invoke')
    $method = [System.Reflection.Emit.DynamicMethod]::new('Cimlet', $signature.ReturnType, [type[]]@($signature.GetParameters().ParameterType), $Owner.Module, $true)
    & $Body $method.GetILGenerator() ([System.Reflection.Emit.OpCodes])
    $method.CreateDelegate($DelegateType)
}

# What CimInstanceProperties and its like are: by name, by number, in a loop.
function Get-ListType($Module) {
    $code = [System.Reflection.Emit.OpCodes]
    $keyed = [System.Collections.ObjectModel.KeyedCollection[string, object]]
    $list = $Module.DefineType('Cimlet.NamedList', 'Public', $keyed)
    $il = $list.DefineMethod('GetKeyForItem', [System.Reflection.MethodAttributes]'Family,Virtual,HideBySig', [string], [type[]]@([object])).GetILGenerator()
    # All that is kept in one is a PSObject with a Name.
    $il.Emit($code::Ldarg_1)
    $il.Emit($code::Call, [psobject].GetMethod('AsPSObject', [type[]]@([object])))
    $il.Emit($code::Callvirt, [psobject].GetProperty('Properties').GetMethod)
    $il.Emit($code::Ldstr, 'Name')
    $il.Emit($code::Callvirt, [System.Management.Automation.PSMemberInfoCollection[System.Management.Automation.PSPropertyInfo]].GetProperty('Item').GetMethod)
    $il.Emit($code::Callvirt, [System.Management.Automation.PSMemberInfo].GetProperty('Value').GetMethod)
    $il.Emit($code::Castclass, [string])
    $il.Emit($code::Ret)
    $il = $list.DefineConstructor('Public', 'Standard', [type[]]@()).GetILGenerator()
    $il.Emit($code::Ldarg_0)
    $il.Emit($code::Call, [StringComparer].GetProperty('OrdinalIgnoreCase').GetMethod)
    $il.Emit($code::Call, $keyed.GetConstructor($script:Inside, $null, [type[]]@([System.Collections.Generic.IEqualityComparer[string]]), $null))
    $il.Emit($code::Ret)
    $list.CreateType()
}

# A job that is shown as Windows' CimJob. One with a Shell works; one without has child jobs that do.
function Get-JobType($Module) {
    $base = [System.Management.Automation.Job]
    $code = [System.Reflection.Emit.OpCodes]
    $job = $Module.DefineType('Cimlet.CimJob', 'Public', $base)
    $place = $job.DefineField('Place', [string], 'Public')
    $shell = $job.DefineField('Shell', [powershell], 'Public')
    $setState = $base.GetMethod('SetJobState', $script:Inside, $null, [type[]]@([System.Management.Automation.JobState]), $null)
    $children = $base.GetProperty('ChildJobs').GetMethod
    $childList = [System.Collections.Generic.IList[System.Management.Automation.Job]]
    $count = [System.Collections.Generic.ICollection[System.Management.Automation.Job]].GetProperty('Count').GetMethod
    $item = $childList.GetProperty('Item').GetMethod
    $begin = { param($name, $returns) $job.DefineMethod($name, [System.Reflection.MethodAttributes]'Public,Virtual,HideBySig', $returns, [type[]]@()).GetILGenerator() }

    $il = $job.DefineConstructor('Public', 'Standard', [type[]]@([string], [string])).GetILGenerator()
    foreach ($op in 'Ldarg_0', 'Ldarg_1', 'Ldarg_2') { $il.Emit($code::$op) }
    $il.Emit($code::Call, $base.GetConstructor($script:Inside, $null, [type[]]@([string], [string]), $null))
    $il.Emit($code::Ret)

    $il = & $begin get_Location ([string])
    $il.Emit($code::Ldarg_0)
    $il.Emit($code::Ldfld, $place)
    $il.Emit($code::Ret)

    $il = & $begin get_StatusMessage ([string])
    $il.Emit($code::Ldstr, '')
    $il.Emit($code::Ret)

    # for each child: act; the sum of what it leaves is on the stack
    $eachChild = {
        param($il, [scriptblock]$act)
        $index = $il.DeclareLocal([int])
        $test = $il.DefineLabel()
        $body = $il.DefineLabel()
        $il.Emit($code::Ldc_I4_0)
        $il.Emit($code::Stloc, $index)
        $il.Emit($code::Br, $test)
        $il.MarkLabel($body)
        $il.Emit($code::Ldarg_0)
        $il.Emit($code::Call, $children)
        $il.Emit($code::Ldloc, $index)
        $il.Emit($code::Callvirt, $item)
        & $act
        $il.Emit($code::Ldloc, $index)
        $il.Emit($code::Ldc_I4_1)
        $il.Emit($code::Add)
        $il.Emit($code::Stloc, $index)
        $il.MarkLabel($test)
        $il.Emit($code::Ldloc, $index)
        $il.Emit($code::Ldarg_0)
        $il.Emit($code::Call, $children)
        $il.Emit($code::Callvirt, $count)
        $il.Emit($code::Blt, $body)
    }

    $il = & $begin get_HasMoreData ([bool])
    $more = $il.DeclareLocal([int])
    $il.Emit($code::Ldc_I4_0)
    foreach ($name in 'Output', 'Error', 'Warning', 'Verbose', 'Debug', 'Information') {
        $stream = $base.GetProperty($name)
        $il.Emit($code::Ldarg_0)
        $il.Emit($code::Call, $stream.GetMethod)
        $il.Emit($code::Callvirt, $stream.PropertyType.GetProperty('Count').GetMethod)
        $il.Emit($code::Add)
    }
    $il.Emit($code::Stloc, $more)
    & $eachChild $il {
        $il.Emit($code::Callvirt, $base.GetProperty('HasMoreData').GetMethod)
        $il.Emit($code::Ldloc, $more)
        $il.Emit($code::Add)
        $il.Emit($code::Stloc, $more)
    }
    $il.Emit($code::Ldloc, $more)
    $il.Emit($code::Ldc_I4_0)
    $il.Emit($code::Cgt)
    $il.Emit($code::Ret)

    $il = & $begin StopJob ([void])
    & $eachChild $il { $il.Emit($code::Callvirt, $base.GetMethod('StopJob')) }
    $idle = $il.DefineLabel()
    $il.Emit($code::Ldarg_0)
    $il.Emit($code::Ldfld, $shell)
    $il.Emit($code::Brfalse, $idle)
    $il.Emit($code::Ldarg_0)
    $il.Emit($code::Ldfld, $shell)
    $il.Emit($code::Callvirt, [powershell].GetMethod('Stop', [type[]]@()))
    $il.MarkLabel($idle)
    $il.Emit($code::Ldarg_0)
    $il.Emit($code::Ldc_I4, [int][System.Management.Automation.JobState]::Stopped)
    $il.Emit($code::Call, $setState)
    $il.Emit($code::Ret)
    $job.CreateType()
}
