# Values on their way to the process, and texts on their way back.

# System.Text.Json, not ConvertFrom-Json: it is fifteen times as fast, and takes no text for a date.
function Read-Text([string]$Json) { [System.Text.Json.JsonSerializer]::Deserialize($Json, [string]) }
function Read-TextList([string]$Json) { , [System.Text.Json.JsonSerializer]::Deserialize($Json, [string[]]) }
function Read-TextTable([string]$Json) { , [System.Text.Json.JsonSerializer]::Deserialize($Json, [string[][]]) }
function Read-Map([string]$Json) {
    $map = [System.Text.Json.JsonSerializer]::Deserialize($Json, [System.Collections.Generic.Dictionary[string, string]])
    $table = @{}
    foreach ($key in $map.Keys) { $table[$key] = $map[$key] }
    $table
}

function ConvertTo-Wire($Value) {
    if ($null -eq $Value) { return $null }
    $bare = $Value -is [psobject] ? $Value.psobject.BaseObject : $Value
    if ($bare -is [string]) { return [string]$bare }
    if ($bare -is [switch]) { return [bool]$bare }
    if ($bare -is [bool]) { return $bare }
    if ($bare -is [System.Collections.IDictionary]) {
        $table = @{}
        foreach ($key in $bare.Keys) { $table["$key"] = ConvertTo-Wire $bare[$key] }
        return @{ table = $table }
    }
    if ($bare -is [array] -or $bare -is [System.Collections.IList]) { return , @(foreach ($one in $bare) { ConvertTo-Wire $one }) }
    if ($bare -is [timespan]) { return $bare.ToString('c', $script:Invariant) }
    if ($bare -is [datetime]) { return $bare.ToUniversalTime().ToString('o', $script:Invariant) }
    if ($bare -is [pscredential]) { return @{ userName = $bare.UserName; password = $bare.GetNetworkCredential().Password } }
    if ($bare -is [securestring]) { return [System.Net.NetworkCredential]::new('', $bare).Password }
    if ($bare -is [enum]) { return [string]$bare }
    $names = $Value.psobject.TypeNames
    if ($names.Contains('Microsoft.Management.Infrastructure.CimSession')) {
        return @{ session = ($Value.InstanceId -eq [guid]::Empty ? '' : [string]$Value.InstanceId); computer = [string]$Value.ComputerName }
    }
    if ($names.Contains('Microsoft.Management.Infrastructure.CimInstance')) { return @{ instance = ConvertTo-WireInstance $Value } }
    if ($names.Contains('Microsoft.Management.Infrastructure.CimClass')) {
        return @{ class = @{ namespace = $Value.CimSystemProperties.Namespace; className = $Value.CimClassName } }
    }
    if ($names.Contains('Microsoft.Management.Infrastructure.Options.CimSessionOptions')) { return @{ option = [string]$Value.key } }
    return [string]::Format($script:Invariant, '{0}', $bare)
}

# An instance on its way back: what its class declares, as it is now.
function ConvertTo-WireInstance($Instance) {
    $origin = Get-Origin $Instance
    $builder = $script:Builders["$($origin.Namespace)/$($origin.ClassName)"]
    $properties = [System.Collections.Generic.List[object]]::new()
    foreach ($column in ($null -ne $builder ? $builder.Declared : @())) {
        $member = $Instance.psobject.Properties[$column[0]]
        # Embedded instances are values of calls, not keys of instances.
        if ($null -eq $member -or $column[1].StartsWith('instance') -or $column[1].StartsWith('reference')) { continue }
        $properties.Add(@($column[0], $column[1], (ConvertTo-WireText $member.Value $column[1])))
    }
    $wire = @{ namespace = $origin.Namespace; className = $origin.ClassName; properties = $properties.ToArray() }
    if ($origin.ComputerName) { $wire['computer'] = $origin.ComputerName }
    if ($origin.Session) { $wire['session'] = $origin.Session }
    $wire
}

function ConvertTo-WireText($Value, [string]$Type) {
    if ($null -eq $Value) { return $null }
    if ($Type.EndsWith('[]')) {
        $element = $Type.Substring(0, $Type.Length - 2)
        return ConvertTo-Json -InputObject @(foreach ($one in $Value) { ConvertTo-WireText $one $element }) -Compress
    }
    if ($Value -is [bool]) { return $Value ? '1' : '0' }
    if ($Value -is [timespan]) { return "t$($Value.Ticks)" }
    if ($Value -is [datetime]) { return "d$([long](($Value.ToUniversalTime().Ticks - [datetime]::UnixEpoch.Ticks) / 10))" }
    return [string]::Format($script:Invariant, '{0}', $Value)
}

# A text of the process as the .NET value of its CIM type.
function ConvertFrom-WireText([string]$Type, $Text) {
    if ($null -eq $Text) { return $null }
    if ($Type.EndsWith('[]')) { return ConvertFrom-WireList $Type.Substring(0, $Type.Length - 2) $Text }
    switch -CaseSensitive ($Type) {
        'string' { return $Text }
        'boolean' { return $Text -ceq '1' }
        'char16' { return [char]$Text }
        'interval' { return ConvertFrom-WireTime $Text }
        'datetime' { return ConvertFrom-WireTime $Text }
        'ipaddress' { return ConvertFrom-WireAddress $Text }
        'instance' { return ConvertFrom-Embedded $Text }
        'reference' { return ConvertFrom-Embedded $Text }
        default { return ($script:NetTypes[$_])::Parse($Text, $script:Invariant) }
    }
}

function ConvertFrom-WireList([string]$Type, [string]$Json) {
    $texts = [System.Text.Json.JsonSerializer]::Deserialize($Json, [string[]])
    switch -CaseSensitive ($Type) {
        'string' { return , $texts }
        # The type extension of Windows unrolls a list of one.
        'ipaddress' { if ($texts.Length -eq 1) { return ConvertFrom-WireAddress $texts[0] }; return , [ipaddress[]]@(foreach ($text in $texts) { ConvertFrom-WireAddress $text }) }
        default {
            $values = @(foreach ($text in $texts) { ConvertFrom-WireText $Type $text })
            $element = $script:NetTypes[$Type] ?? [object]
            if ($values -contains $null) { $element = [object] }
            $array = [array]::CreateInstance($element, $values.Count)
            for ($i = 0; $i -lt $values.Count; $i++) { $array[$i] = $values[$i] }
            return , $array
        }
    }
}

$script:NetTypes = @{
    boolean = [bool]; char16 = [char]; interval = [timespan]; string = [string]; real32 = [float]; real64 = [double]
    uint8 = [byte]; sint8 = [sbyte]; uint16 = [uint16]; sint16 = [int16]; uint32 = [uint32]; sint32 = [int]; uint64 = [uint64]; sint64 = [long]
}

# An address that is none is shown as the server has it.
function ConvertFrom-WireAddress([string]$Text) {
    $address = $null
    if ([ipaddress]::TryParse($Text, [ref]$address)) { return $address }
    return $Text
}

function ConvertFrom-WireTime([string]$Text) {
    $number = [long]0
    if (-not [long]::TryParse($Text.Substring(1), [System.Globalization.NumberStyles]'AllowLeadingSign', $script:Invariant, [ref]$number)) { return $Text }
    if ($Text[0] -ceq 't') { return [timespan]::FromTicks($number) }
    return [datetime]::UnixEpoch.AddTicks($number * 10).ToLocalTime()
}

function ConvertFrom-Embedded([string]$Json) {
    $header, $row = [System.Text.Json.JsonSerializer]::Deserialize($Json, [string[]])
    $builder = Get-Builder $header
    & $builder.Make "[$row]" $builder
}

# An object without a class: names, types and values in turn.
function ConvertFrom-FieldList([string]$Json, [string[]]$TypeNames) {
    $texts = Read-TextList $Json
    $object = [psobject]::new()
    for ($i = 0; $i -lt $texts.Length; $i += 3) {
        $object.psobject.Properties.Add([psnoteproperty]::new($texts[$i], (ConvertFrom-WireText $texts[$i + 1] $texts[$i + 2])))
    }
    for ($i = 0; $i -lt $TypeNames.Length; $i++) { $object.psobject.TypeNames.Insert($i, $TypeNames[$i]) }
    $object
}

# What a method gave, at its end or while it was running.
function Get-MethodResult([string]$Json) {
    $kind = $Json.StartsWith('["ParameterName","string"') ? 'CimMethodStreamedResult' : 'CimMethodResult'
    ConvertFrom-FieldList $Json @("Microsoft.Management.Infrastructure.$kind")
}
