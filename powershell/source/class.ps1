# What Get-CimClass gives.

$script:Classes = @{}

function Get-ClassObject([string[]]$Texts) {
    $namespace, $className, $super, $server, $qualifiers, $properties, $methods = $Texts
    # A function's list would come as one object.
    $propertyTexts, $methodTexts = @((Read-TextTable $properties), (Read-TextTable $methods))
    $propertyList = foreach ($one in $propertyTexts) {
        Get-NamedObject 'CimPropertyDeclaration' ([ordered]@{
                Name = $one[0]; Value = (ConvertFrom-WireText $one[1] $one[5]); CimType = (Get-CimTypeName $one[1])
                Flags = ('Property', ($one[2] -replace ' ', ', ') -ne '' -join ', '); Qualifiers = (Get-QualifierList $one[4]); ReferenceClassName = $one[3]
            })
    }
    $methodList = foreach ($one in $methodTexts) {
        $parameterTexts = Read-TextTable $one[2]
        $parameterList = foreach ($parameter in $parameterTexts) {
            Get-NamedObject 'CimMethodParameterDeclaration' ([ordered]@{ Name = $parameter[0]; CimType = (Get-CimTypeName $parameter[1]); Qualifiers = (Get-QualifierList $parameter[4]); ReferenceClassName = $parameter[3] })
        }
        Get-NamedObject 'CimMethodDeclaration' ([ordered]@{ Name = $one[0]; ReturnType = (Get-CimTypeName $one[1]); Parameters = (Get-NamedList @($parameterList)); Qualifiers = (Get-QualifierList $one[3]) })
    }
    $class = Get-ClassField $namespace $className $super $server (Get-QualifierList $qualifiers) (Get-NamedList @($propertyList)) (Get-NamedList @($methodList))
    $script:Classes["$namespace/$className"] = $class
    $class
}

function Get-ClassField([string]$Namespace, [string]$ClassName, $Super, $Server, $Qualifiers, $Properties, $Methods) {
    $class = [pscustomobject]([ordered]@{
            CimClassName = $ClassName; CimSuperClassName = $Super; CimSuperClass = $null; CimClassProperties = $Properties
            CimClassQualifiers = $Qualifiers; CimClassMethods = $Methods; CimSystemProperties = (Get-SystemField $Namespace $ClassName $Server)
        })
    $class.psobject.TypeNames.Insert(0, 'Microsoft.Management.Infrastructure.CimClass')
    $class.psobject.TypeNames.Insert(0, "Microsoft.Management.Infrastructure.CimClass#$Namespace/$ClassName")
    $class
}

function Get-QualifierList([string]$Json) {
    $texts = Read-TextList $Json
    $items = for ($i = 0; $i -lt $texts.Length; $i += 3) {
        Get-NamedObject 'CimQualifier' ([ordered]@{ Name = $texts[$i]; Value = (ConvertFrom-WireText $texts[$i + 1] $texts[$i + 2]); CimType = (Get-CimTypeName $texts[$i + 1]) })
    }
    , (Get-NamedList @($items))
}
