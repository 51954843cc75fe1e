# What an instance has besides its properties: CimClass, CimInstanceProperties and its text. Members of the type table go before those of the type.

function Get-InstanceMember($Instance, [string]$Member) {
    $origin = Get-Origin $Instance
    $builder = $script:Builders["$($origin.Namespace)/$($origin.ClassName)"]
    $declared = $null -eq $builder ? @() : $builder.Declared
    switch ($Member) {
        'CimSystemProperties' { return Get-SystemField $origin.Namespace $origin.ClassName $origin.ComputerName }
        'CimClass' {
            $known = $script:Classes["$($origin.Namespace)/$($origin.ClassName)"]
            if ($null -ne $known) { return $known }
            # One for all instances: `Select-Object *` and Export-Clixml ask each of them.
            $known = $null -eq $builder ? $null : $builder.Classes[[string]$origin.ComputerName]
            if ($null -ne $known) { return $known }
            $none = Get-NamedList @()
            $properties = foreach ($column in $declared) { Get-NamedObject 'CimPropertyDeclaration' ([ordered]@{ Name = $column[0]; Value = $null; CimType = (Get-CimTypeName $column[1]); Flags = 'None'; Qualifiers = $none; ReferenceClassName = $null }) }
            $class = Get-ClassField $origin.Namespace $origin.ClassName $null $origin.ComputerName $none (Get-NamedList @($properties)) $none
            if ($null -ne $builder) { $builder.Classes[[string]$origin.ComputerName] = $class }
            return $class
        }
        'CimInstanceProperties' {
            # Without a call for each: all properties of all instances come here when a pipeline asks for `*`.
            $list = Get-NamedList @()
            $members = $Instance.psobject.Properties
            foreach ($column in $declared) {
                $value = $members[$column[0]]?.Value
                # Only the type extension makes addresses of them.
                if ($null -ne $value -and $column[0] -cin $builder.Addresses) { $value = $column[1].EndsWith('[]') ? [string[]]@($value) : [string]$value }
                if ($list.Contains($column[0])) { continue }
                $type = $script:CimTypeNames[$column[1]] ?? (Get-CimTypeName $column[1])
                $list.Add([pscustomobject]@{
                        PSTypeName = 'Microsoft.Management.Infrastructure.CimProperty'
                        Name = $column[0]; Value = $value; CimType = $type; Flags = $null -eq $value ? 'NullValue' : 'None'; IsValueModified = $false
                    })
            }
            return , $list
        }
    }
}

function Get-NamedObject([string]$Type, $Fields) {
    $object = [pscustomobject]$Fields
    $object.psobject.TypeNames.Insert(0, "Microsoft.Management.Infrastructure.$Type")
    $object
}

function Get-NamedList([object[]]$Items) {
    $list = [Activator]::CreateInstance((Get-OwnType List))
    foreach ($item in $Items) { if ($null -ne $item -and -not $list.Contains([string]$item.Name)) { $list.Add($item) } }
    , $list
}

function Get-SystemField([string]$Namespace, [string]$ClassName, [string]$Computer) {
    Get-NamedObject 'CimSystemProperties' ([ordered]@{ Namespace = $Namespace; ServerName = $Computer; ClassName = $ClassName; Path = $null })
}

$script:CimTypeNames = @{}

# MI's name of a type: `uint32[]` is UInt32Array.
function Get-CimTypeName([string]$Type) {
    $known = $script:CimTypeNames[$Type]
    if ($null -ne $known) { return $known }
    $element = $Type -creplace '\[\]$', ''
    $name = switch -CaseSensitive -Regex ($element) {
        '^uint' { 'UInt' + $element.Substring(4) }
        '^sint' { 'SInt' + $element.Substring(4) }
        '^interval$' { 'DateTime' }
        '^datetime$' { 'DateTime' }
        default { $element.Substring(0, 1).ToUpperInvariant() + $element.Substring(1) }
    }
    $name = $Type.EndsWith('[]') ? "${name}Array" : $name
    $known = $name -as ('Microsoft.Management.Infrastructure.CimType' -as [type])
    $script:CimTypeNames[$Type] = $known ?? $name
    $script:CimTypeNames[$Type]
}

# Calls nothing with the instance as a value: while a transcript is written, PowerShell takes the text of every value that it binds, and would come back
# here until its stack is full.
$script:InstanceText = [scriptblock]::Create(@'
$class = ''
foreach ($name in $this.psobject.TypeNames) { if ($name -cmatch '^Microsoft\.Management\.Infrastructure\.CimInstance#(?:.+/)?([^/]+)$') { $class = $Matches[1]; break } }
$name = $this.psobject.Properties['Name']
if ($null -ne $name -and $null -ne $name.Value) { $class + ' (Name = "' + $name.Value + '")' } else { $class }
'@)

function Add-HiddenMember {
    # PowerShell runs copies of these blocks outside of the module: they find their way back by the runspace.
    $modules = Get-SharedOnce 'Modules' { [System.Collections.Concurrent.ConcurrentDictionary[int, psmoduleinfo]]::new() }
    $modules[[runspace]::DefaultRunspace.Id] = $ExecutionContext.SessionState.Module
    $way = "& ([AppDomain]::CurrentDomain.GetData('Cimlet $script:Version Modules')[[runspace]::DefaultRunspace.Id])"
    $data = [System.Management.Automation.Runspaces.TypeData]::new('Microsoft.Management.Infrastructure.CimInstance')
    $names = $script:InstancesAreReal ? @('CimClass', 'CimInstanceProperties') : @('CimClass', 'CimInstanceProperties', 'CimSystemProperties')
    foreach ($name in $names) {
        $member = [System.Management.Automation.Runspaces.ScriptPropertyData]::new($name, [scriptblock]::Create("$way { param(`$o) Get-InstanceMember `$o '$name' } `$this"))
        $member.IsHidden = $true
        $data.Members.Add($name, $member)
    }
    $data.Members.Add('ToString', [System.Management.Automation.Runspaces.ScriptMethodData]::new('ToString', $script:InstanceText))
    & $script:UpdateTypeData -TypeData $data -Force
    if ($null -eq $script:SessionType) { & $script:UpdateTypeData -TypeName 'Microsoft.Management.Infrastructure.CimSession' -MemberType ScriptMethod -MemberName ToString -Value { "CimSession: $($this.ComputerName)" } -Force }
    & $script:UpdateTypeData -TypeName 'Microsoft.Management.Infrastructure.CimClass' -MemberType ScriptMethod -MemberName ToString -Value { "$($this.CimSystemProperties.Namespace):$($this.CimClassName)" } -Force
    # What is shown of the parts of a class is their names.
    foreach ($part in 'CimPropertyDeclaration', 'CimMethodDeclaration', 'CimMethodParameterDeclaration', 'CimQualifier', 'CimProperty') {
        & $script:UpdateTypeData -TypeName "Microsoft.Management.Infrastructure.$part" -MemberType ScriptMethod -MemberName ToString -Value { $this.Name } -Force
    }
}

# What Tab offers behind `Get-Something |` is what the type table has, since no object is there yet. Objects have these properties themselves, which go before.
function Add-CompletedProperty {
    $types = foreach ($class in $script:PropertyNames.GetEnumerator()) {
        $data = [System.Management.Automation.Runspaces.TypeData]::new("Microsoft.Management.Infrastructure.CimInstance#$($class.Key)")
        foreach ($name in $class.Value.Split(' ')) { $data.Members.Add($name, [System.Management.Automation.Runspaces.NotePropertyData]::new($name, $null)) }
        $data
    }
    & $script:UpdateTypeData -TypeData $types -Force
}
