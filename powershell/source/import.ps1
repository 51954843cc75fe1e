# What the import does, and no more: the names of the functions, the conversion to [CimSession], and completion. Functions are parsed when they are first
# looked at, and what makes the calls is loaded by the first of them. It starts no process.

$script:KnownAssemblies = @(
    # PowerShell 7.6
    '2e4781b9-ef62-4d18-b439-be80e242c55b'
)

# Sessions are of Microsoft's type where its assembly is one of these, to the bit: what they are is a matter of the functions' parameters.
$script:SessionType = $env:CIMLET_OBJECTS -eq 'plain' -or $IsWindows ? $null : ('Microsoft.Management.Infrastructure.CimSession' -as [type])
if ($null -ne $script:SessionType -and [string]$script:SessionType.Module.ModuleVersionId -cnotin $script:KnownAssemblies) { $script:SessionType = $null }
if ($null -ne $script:SessionType) { & $script:UpdateTypeData -TypeName $script:SessionType.FullName -TypeConverter (Get-OwnType Converter) -Force }

$script:IsLoaded = $false

function Import-CallPart {
    if ($script:IsLoaded) { return }
    $null = . ([System.IO.Path]::Combine($PSScriptRoot, 'Cimlet.DhcpServer.calls.ps1'))
    $script:IsLoaded = $true
}

function Open-Run($Cmdlet, [string]$Name, $Bound) {
    Import-CallPart
    Initialize-Run $Cmdlet $Name $Bound
}

foreach ($entry in $script:Completed.GetEnumerator()) {
    Register-ArgumentCompleter -CommandName $entry.Value -ParameterName $entry.Key -ScriptBlock {
        param($command, $parameter, $word, $ast, $bound)
        try {
            Import-CallPart
            Get-Completion $parameter $word $bound
        } catch { Write-Debug "$_" }
    }
}

# The generated functions. Where sessions are plain objects their parameters cannot have the type.
$functions = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($PSScriptRoot, 'Cimlet.DhcpServer.functions.ps1'))
if ($null -eq $script:SessionType) { $functions = $functions -creplace '\[Microsoft\.Management\.Infrastructure\.CimSession(\[\])?\]', '[psobject$1]' }
# PowerShell parses functions of its own when they are first looked at, and so can we, by what makes its blocks. It is not public: where it is not found,
# all are parsed here.
$delay = [scriptblock].GetMethod('CreateDelayParsedScriptBlock', $script:Inside, $null, [type[]]@([string], [bool]), $null)
if ($null -eq $delay) { . ([scriptblock]::Create($functions)) }
else {
    $delay = $delay.CreateDelegate([Func[string, bool, scriptblock]])
    $module = $ExecutionContext.SessionState.Module
    $items = $ExecutionContext.InvokeProvider.Item
    foreach ($function in $functions.Split("`n}`n")) {
        $head, $body = $function.Split(" {`n", 2, [StringSplitOptions]::None)
        if ($null -eq $body) { continue }
        $null = $items.Set("function:script:$($head.Substring($head.LastIndexOf(' ') + 1))", $module.NewBoundScriptBlock($delay.Invoke($body, $false)))
    }
    foreach ($alias in $script:Aliases.GetEnumerator()) { $null = $items.Set("alias:$($alias.Key)", $alias.Value) }
}
