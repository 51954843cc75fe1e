# Says what real PowerShell does with lines:  pwsh -NoProfile -NonInteractive -File record.ps1 -Module FOLDER/DhcpServer
# A line of JSON in is { id, line, show }; a line of JSON out is { id, expected }. `expected`: `calls` are the bound parameters of each call as texts, `errors` the
# fully qualified ids, `parse` the id of a parse error (nothing runs then), `notRun` a line that would end or hang a shell or reach files, `out` what comes out:
# objects as texts (`show: "text"`), their properties as texts (`"properties"`), or the formatted text (a width).
param([string]$Module)
$ErrorActionPreference = 'Stop'
$env:PATH = ''
Import-Module Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management
$PSModuleAutoLoadingPreference = 'None'
$culture = [cultureinfo]::GetCultureInfo('en-US')
[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $culture
[cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::DefaultThreadCurrentUICulture = $culture
$Module = (Resolve-Path -LiteralPath $Module).ProviderPath
# A folder of its own beside the module, which whoever made the module deletes.
$work = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($Module), "work-$PID")).FullName
Set-Location $work
$state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
$runspace = [runspacefactory]::CreateRunspace($state)
$runspace.ThreadOptions = 'ReuseThread'
$runspace.Open()
$calls = [System.Collections.Generic.List[object]]::new()
$runspace.SessionStateProxy.SetVariable('StubCalls', $calls)

function Invoke-Line([string]$Text, [bool]$Local) {
  $shell = [powershell]::Create($runspace)
  try {
    $output = [System.Collections.Generic.List[object]]::new()
    $stopped = $null
    [void]$shell.AddScript($Text, $Local)
    try { foreach ($one in $shell.Invoke()) { $output.Add($one) } } catch { $stopped = $_ }
    @{ Output = $output; Errors = @($shell.Streams.Error); Stopped = $stopped }
  } finally { $shell.Dispose() }
}
# With the aliases that PowerShell has on Windows only.
$setup = Invoke-Line "[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = [cultureinfo]::GetCultureInfo('en-US'); Import-Module '$Module'; Import-Module Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management; `$PSStyle.OutputRendering = 'PlainText'; `$ProgressPreference = 'SilentlyContinue'; `$PSModuleAutoLoadingPreference = 'None'; Set-Alias sort Sort-Object; Set-Alias compare Compare-Object; Set-Alias tee Tee-Object; Set-Location '$work'" $false
if ($setup.Stopped -or $setup.Errors.Count) { throw "setup: $($setup.Stopped) $($setup.Errors)" }

function Get-StopId($Caught) {
  $inner = $Caught.Exception.InnerException
  if ($inner -is [System.Management.Automation.IContainsErrorRecord]) { return $inner.ErrorRecord.FullyQualifiedErrorId }
  if ($inner) { $inner.GetType().Name } else { $Caught.FullyQualifiedErrorId }
}
function Get-Text($Value) {
  if ($null -eq $Value) { return $null }
  if ($Value -is [System.Collections.IList]) { return , @(foreach ($one in $Value) { Get-Text $one }) }
  if ($Value -is [datetime]) { return $Value.ToString('MM/dd/yyyy HH:mm:ss', [cultureinfo]::InvariantCulture) }
  [string]::Format([cultureinfo]::InvariantCulture, '{0}', $Value)
}
function Get-BoundText($Value) {
  if ($null -eq $Value) { return $null }
  if ($Value -is [System.Collections.IList]) { return , @(foreach ($one in $Value) { Get-BoundText $one }) }
  if ($Value -is [bool] -or $Value -is [switch]) { return ([bool]$Value).ToString().ToLowerInvariant() }
  if ($Value -is [datetime]) { return $Value.ToString('s') }
  if ($Value -is [pscredential]) { return "[$($Value.UserName)]" }
  [string]::Format([cultureinfo]::InvariantCulture, '{0}', $Value)
}
$common = [System.Collections.Generic.HashSet[string]]::new([string[]]('Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction', 'ErrorVariable', 'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable', 'WhatIf', 'Confirm', 'CimSession', 'ThrottleLimit', 'AsJob'), [System.StringComparer]::OrdinalIgnoreCase)
function Get-CallText($Call) {
  $parameters = [ordered]@{}
  foreach ($key in $Call.Bound.Keys) { if (-not $common.Contains($key)) { $parameters[$key] = Get-BoundText $Call.Bound[$key] } }
  [ordered]@{ cmdlet = $Call.Name; set = $Call.Set; params = $parameters }
}
# What must not run here: what would end or hang this process, start others, or reach files.
$harmless = '^(?:\w+-Dhcp\w*|(?:Get-)?Dhcp\w*|(?:Where|ForEach|Select|Sort|Measure|Group|Compare|Tee)-Object|Format-(?:Table|List)|ConvertTo-(?:Json|Csv)|ConvertFrom-(?:Json|Csv)|Out-(?:String|Null|Default|Host)|New-TimeSpan|Write-(?:Output|Host)|where|foreach|select|sort|measure|group|compare|tee|ft|fl|echo|write|[?%])$'
# Methods that make a value of a value.
$methods = '^(?:StartsWith|EndsWith|Contains|IndexOf|PadLeft|PadRight|Replace|Split|Substring|ToLower|ToUpper|ToString|Trim|TrimStart|TrimEnd|AddDays|AddHours|AddMinutes|AddSeconds|ContainsKey|FromDays|FromHours|FromMinutes|FromSeconds|FromMilliseconds|Parse|IsNullOrEmpty|IsNullOrWhiteSpace)$'
$allowed = [System.Collections.Generic.Dictionary[string, bool]]::new([System.StringComparer]::OrdinalIgnoreCase)
function Test-Unknown($Name) {
  if ($Name -match '[\\/:*?\[\]]') { return $false }
  if (-not $allowed.ContainsKey($Name)) {
    $allowed[$Name] = $null -eq $runspace.SessionStateProxy.InvokeCommand.GetCommand($Name, 'All') -and $null -eq $runspace.SessionStateProxy.InvokeCommand.GetCommand("Get-$Name", 'All')
  }
  $allowed[$Name]
}
$isDanger = {
  param($node)
  if ($node -is [System.Management.Automation.Language.CommandAst]) {
    $name = $node.GetCommandName()
    if ($null -eq $name) { return $true }
    $name = $name -replace '^(?:DhcpServer|Microsoft\.PowerShell\.(?:Core|Utility))\\'
    return -not ($name -match $harmless -or (Test-Unknown $name))
  }
  $node -is [System.Management.Automation.Language.ExitStatementAst] -or
  $node -is [System.Management.Automation.Language.LoopStatementAst] -or
  $node -is [System.Management.Automation.Language.TrapStatementAst] -or
  $node -is [System.Management.Automation.Language.FunctionDefinitionAst] -or
  $node -is [System.Management.Automation.Language.TypeDefinitionAst] -or
  $node -is [System.Management.Automation.Language.UsingStatementAst] -or
  ($node -is [System.Management.Automation.Language.InvokeMemberExpressionAst] -and -not ("$($node.Member)" -match $methods)) -or
  ($node -is [System.Management.Automation.Language.BinaryExpressionAst] -and $node.Operator -in 'DotDot', 'Multiply') -or
  ($node -is [System.Management.Automation.Language.VariableExpressionAst] -and $node.VariablePath.IsDriveQualified) -or
  ($node -is [System.Management.Automation.Language.FileRedirectionAst] -and -not ($node.Location -is [System.Management.Automation.Language.VariableExpressionAst] -and $node.Location.VariablePath.UserPath -eq 'null')) -or
  ($node -is [System.Management.Automation.Language.PipelineAst] -and $node.Background)
}

$reader = [System.IO.StreamReader]::new([System.Console]::OpenStandardInput(), [System.Text.UTF8Encoding]::new($false))
$writer = [System.IO.StreamWriter]::new([System.Console]::OpenStandardOutput(), [System.Text.UTF8Encoding]::new($false))
while ($null -ne ($json = $reader.ReadLine())) {
  $row = ConvertFrom-Json $json -AsHashtable -DateKind String
  $expected = [ordered]@{}
  $tokens = $parseErrors = $null
  $ast = [System.Management.Automation.Language.Parser]::ParseInput($row.line, [ref]$tokens, [ref]$parseErrors)
  if ($parseErrors.Count -gt 0) { $expected.parse = @($parseErrors[0].ErrorId) }
  elseif ($ast.Find($isDanger, $true)) { $expected.notRun = 'reach' }
  else {
    $calls.Clear()
    $result = Invoke-Line $row.line $true
    $expected.calls = @(foreach ($call in $calls) { Get-CallText $call })
    $errors = @(foreach ($one in $result.Errors) { $one.FullyQualifiedErrorId })
    if ($result.Stopped) { $errors += Get-StopId $result.Stopped }
    if ($errors.Count) { $expected.errors = $errors }
    if ($row.show -eq 'text') { $expected.out = @(foreach ($one in $result.Output) { Get-Text $one }) }
    elseif ($row.show -eq 'properties') {
      $expected.out = @(foreach ($one in $result.Output) {
          if ($one -is [System.Management.Automation.PSCustomObject] -or ($null -ne $one -and $one.PSObject.BaseObject -is [System.Management.Automation.PSCustomObject])) {
            $map = [ordered]@{}
            foreach ($property in $one.PSObject.Properties) { $map[$property.Name] = Get-Text $property.Value }
            $map
          } else { Get-Text $one }
        })
    } elseif ($row.show) {
      $runspace.SessionStateProxy.SetVariable('shown', $result.Output)
      $expected.out = (Invoke-Line "`$shown | Out-String -Width $($row.show)" $false).Output -join ''
    }
  }
  $writer.WriteLine((ConvertTo-Json ([ordered]@{ id = $row.id; expected = $expected }) -Depth 12 -Compress -EscapeHandling EscapeNonAscii -WarningAction Ignore))
  $writer.Flush()
}
