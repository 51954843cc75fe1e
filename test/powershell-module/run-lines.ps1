# For each line of standard input, which is JSON of a text: runs the text as a script with the module, and says which errors came, as JSON of an array of ids.
param([Parameter(Mandatory)][string]$Manifest, [Parameter(Mandatory)][string]$Folder)
$ErrorActionPreference = 'Stop'
[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = [cultureinfo]::GetCultureInfo('en-US')
$runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault())
$runspace.ThreadOptions = 'ReuseThread'
$runspace.Open()
function Get-IdOf($Record) {
    if ($Record -is [System.Management.Automation.ErrorRecord]) { return $Record.FullyQualifiedErrorId }
    if ($Record.Exception.InnerException.ErrorRecord) { return $Record.Exception.InnerException.ErrorRecord.FullyQualifiedErrorId }
    "$($Record.GetType().Name)"
}
function Invoke-Line([string]$Text, [bool]$Local = $true) {
    $shell = [powershell]::Create($runspace)
    try {
        $stopped = $null
        try { $null = $shell.AddScript($Text, $Local).Invoke() } catch { $stopped = $_ }
        @($shell.Streams.Error | ForEach-Object { Get-IdOf $_ }) + @(if ($stopped) { Get-IdOf $stopped })
    } finally { $shell.Dispose() }
}
$failed = Invoke-Line "[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = [cultureinfo]::GetCultureInfo('en-US'); Import-Module '$Manifest'; `$ProgressPreference = 'SilentlyContinue'; Set-Location '$Folder'" $false
if ($failed) { throw "$failed" }
while ($null -ne ($json = [Console]::In.ReadLine())) {
    [Console]::Out.WriteLine((ConvertTo-Json @(Invoke-Line (ConvertFrom-Json $json)) -Compress))
    # What a line exported is not in the way of the next one.
    foreach ($file in [System.IO.Directory]::GetFiles($Folder, '*xml')) { [System.IO.File]::Delete($file) }
}
