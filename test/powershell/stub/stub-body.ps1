# What the stub's functions do: they note what was bound, and give the objects of their class. Nothing is kept from one call to the next.
$script:data = Get-Content -Raw -LiteralPath (Join-Path $PSScriptRoot 'objects.json') | ConvertFrom-Json -AsHashtable -DateKind String
$script:objects = @{}

function Add-StubCall($Name, $Set, $Bound) {
  $global:StubCalls.Add([pscustomobject]@{ Name = $Name; Set = $Set; Bound = [System.Collections.Generic.Dictionary[string, object]]::new($Bound) })
}

function ConvertTo-StubValue($Kind, $Value) {
  switch ($Kind) {
    'ipaddress' { return [ipaddress]$Value }
    'timespan' { return [timespan]$Value }
    'datetime' { return [datetime]::ParseExact($Value, 's', [cultureinfo]::InvariantCulture) }
    'bool' { return [bool]$Value }
    'string' { return [string]$Value }
    default { return [System.Management.Automation.LanguagePrimitives]::ConvertTo($Value, [type]$Kind) }
  }
}

function New-StubObject($Class, $Values) {
  $made = [pscustomobject]@{ PSTypeName = "Stub.$($Class.className)" }
  foreach ($property in $Class.properties) {
    $value = $Values[$property.of]
    if ($null -ne $value -and $property.isArray) {
      $type = [type]$property.kind
      $array = [array]::CreateInstance($type, @($value).Count)
      for ($at = 0; $at -lt $array.Length; $at++) { $array.SetValue((ConvertTo-StubValue $property.kind @($value)[$at]), $at) }
      # A script property unrolls an array of one, and has nothing for an empty one.
      if (-not $property.unrolled -or $array.Length -gt 1) { $value = $array } elseif ($array.Length -eq 1) { $value = $array[0] } else { $value = $null }
    } elseif ($null -ne $value) { $value = ConvertTo-StubValue $property.kind $value }
    $made.PSObject.Properties.Add([psnoteproperty]::new($property.name, $value))
  }
  $made.PSObject.Properties.Add([psnoteproperty]::new('PSComputerName', 'localhost'))
  $made
}

foreach ($class in $script:data.classes) { $script:objects[$class.className] = @($class.objects | ForEach-Object { New-StubObject $class $_ }) }
$script:objects['String'] = @('10.1.0.1', '10.1.0.2')

function Write-StubObject($Name, $Bound) {
  $output = $script:data.outputs[$Name]
  if (-not $output -or -not $script:objects.ContainsKey($output)) { return }
  if ($Name -notlike 'Get-*' -and $output -ne 'String' -and -not $Bound['PassThru']) { return }
  foreach ($one in $script:objects[$output]) { $one.PSObject.Copy() }
}
