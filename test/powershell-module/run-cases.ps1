# Runs scripts, each in a runspace of its own and with a fresh lab, and prints for each a line of JSON: its name, and all that it gave as one text.
param([Parameter(Mandatory)][string]$Manifest, [Parameter(Mandatory)][string]$Folder, [string]$Filter = '*.ps1', [string]$Only)
$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'
foreach ($file in Get-ChildItem $Folder -Filter $Filter | Where-Object { -not $Only -or $_.BaseName -in $Only.Split(',') }) {
    # The lab lives in the module's process, which the next call starts anew.
    foreach ($process in [System.Diagnostics.Process]::GetProcesses()) {
        try { if ($process.Parent.Id -eq $PID) { $process.Kill(); $null = $process.WaitForExit(5000) } } catch { Write-Debug "$_" }
    }
    $place = [System.IO.Directory]::CreateTempSubdirectory('case-').FullName
    $space = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $space.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $space
    $null = $shell.AddScript('param($module, $place) Set-Location $place; $PSStyle.OutputRendering = "PlainText"; Import-Module $module').AddArgument($Manifest).AddArgument($place).Invoke()
    $shell.Commands.Clear()
    $null = $shell.AddScript([System.IO.File]::ReadAllText($file.FullName)).AddCommand('Out-String').AddParameter('Width', 120)
    $out = try { -join $shell.Invoke() } catch { "terminated: $($_.Exception.InnerException.ErrorRecord.FullyQualifiedErrorId)`n" }
    $text = @(
        ($out -replace '(?m)[ \t\r]+$' -replace '\n{2,}', "`n").Trim()
        foreach ($record in $shell.Streams.Error) { "error: $($record.FullyQualifiedErrorId)" }
        foreach ($record in $shell.Streams.Warning) { "warning: $record" }
        foreach ($record in $shell.Streams.Verbose) { "verbose: $record" }
        foreach ($written in Get-ChildItem $place -File | Sort-Object Name) { "file $($written.Name):"; (Get-Content -Raw $written).TrimEnd() }
    ) -join "`n"
    $shell.Dispose()
    $space.Dispose()
    Remove-Item -Recurse -Force $place
    [ordered]@{ name = $file.BaseName; text = $text.Trim() } | ConvertTo-Json -Compress
}
