# What turns rows of texts into objects: a script block for each class, written once, when the first header of the class comes.

function Get-Builder([string]$Header) {
    $builder = $script:Builders[$Header]
    if ($null -ne $builder) { return $builder }
    $texts = Read-TextList $Header
    $namespace, $className, $rest = $texts
    $shape = $script:Shapes[$className]
    $declared = [System.Collections.Generic.List[object]]::new()
    for ($i = 0; $i -lt @($rest).Count; $i += 2) { $declared.Add(@($rest[$i], $rest[$i + 1], ($i / 2))) }
    # The type extension of Windows has its own first; its provider has the others by name. Other classes keep their order.
    $first, $addresses, $aliases, $asciiOf = $null -eq $shape ? @(@(), @(), @{}, @{}) : @($shape.First, $shape.Addresses, $shape.Aliases, $shape.AsciiOf)
    $columns = @(
        foreach ($name in $first) { $declared.Where({ $_[0] -ceq $name }) }
        if ($null -ne $shape) { $declared.Where({ $_[0] -cnotin $first }) | Sort-Object { $_[0] } } else { $declared }
    )
    $code = [System.Text.StringBuilder]::new('param($json, $class) foreach ($v in [System.Text.Json.JsonSerializer]::Deserialize($json, [string[][]])) { ')
    $null = $code.Append("`$o = Get-BareInstance `$class `$v[$($declared.Count)] `$v[$($declared.Count + 1)]; `$p = `$o.psobject.Properties")
    foreach ($alias in $aliases.GetEnumerator()) {
        $null = $code.Append("; `$p.Add([psaliasproperty]::new($(ConvertTo-Quoted $alias.Key), $(ConvertTo-Quoted $alias.Value)), `$true)")
    }
    foreach ($pair in $asciiOf.GetEnumerator()) {
        $null = $code.Append("; `$p.Add([psscriptproperty]::new($(ConvertTo-Quoted $pair.Key), { ConvertTo-AsciiText `$this.$($pair.Value) }), `$true)")
    }
    foreach ($column in $columns) {
        $type = $column[0] -cin $addresses ? ($column[1] -creplace '^string', 'ipaddress') : $column[1]
        $null = $code.Append("; `$p.Add([psnoteproperty]::new($(ConvertTo-Quoted $column[0]), $(Get-ValueCode $type $column[2])), `$true)")
    }
    if (-not $script:InstancesAreReal) { $null = $code.Append("; `$p.Add([psnoteproperty]::new('PSComputerName', `$v[$($declared.Count)]))") }
    $null = $code.Append('; $o }')
    $make = $ExecutionContext.SessionState.Module.NewBoundScriptBlock([scriptblock]::Create($code.ToString()))
    $builder = @{
        Make = $make; Namespace = $namespace; ClassName = $className; Declared = $declared; Addresses = $addresses; Shells = @{}; Classes = @{}
        TypeNames = @("Microsoft.Management.Infrastructure.CimInstance#$namespace/$className", "Microsoft.Management.Infrastructure.CimInstance#$className", 'Microsoft.Management.Infrastructure.CimInstance')
    }
    $script:Builders[$Header] = $script:Builders["$namespace/$className"] = $builder
    $builder
}

# The characters of bytes that are written 0x4d534654.
function ConvertTo-AsciiText([string]$Bytes) {
    $Bytes -cmatch '^0x(?:[0-9A-Fa-f]{2})*$' ? [System.Text.Encoding]::ASCII.GetString([Convert]::FromHexString($Bytes.Substring(2))) : $null
}

# Names come from the server.
function ConvertTo-Quoted([string]$Text) {
    "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text) + "'"
}

# `? :` and no function call for plain types: `if` as an expression costs twice as much, and a call more than all else.
function Get-ValueCode([string]$Type, [int]$Column) {
    $text = "`$v[$Column]"
    $value = switch -CaseSensitive ($Type) {
        'string' { return $text }
        'boolean' { "$text -ceq '1'" }
        'char16' { "[char]$text" }
        'ipaddress' { "(ConvertFrom-WireAddress $text)" }
        'interval' { "[timespan]::FromTicks([long]::Parse($text.Substring(1)))" }
        'datetime' { "(ConvertFrom-WireTime $text)" }
        default {
            if ($Type.EndsWith('[]') -or $null -eq $script:NetTypes[$Type]) { "(ConvertFrom-WireText '$Type' $text)" }
            else { "[$($script:NetTypes[$Type].FullName)]::Parse($text, `$script:Invariant)" }
        }
    }
    "(`$null -eq $text ? `$null : $value)"
}
