# What the module's functions share. Everything else of it lives in the process of cimlet, or in the AppDomain: the only place that
# runspaces of one PowerShell share without a type of their own.
Set-StrictMode -Version 3.0

$script:Protocol = 1
$script:LongestLine = 16MB
# Requests of piped objects that are open at a time, as the engine of Windows has several jobs at work.
$script:OpenAtATime = 16
# Lines of results that may lie here unread, for each call.
$script:Credit = 16
$script:Scope = [runspace]::DefaultRunspace.InstanceId.ToString('N')
$script:Prefix = [guid]::NewGuid().ToString('N').Substring(0, 12)
$script:Serial = 0
$script:Manifest = [System.IO.Path]::Combine($PSScriptRoot, 'Cimlet.DhcpServer.psd1')
$script:Builders = @{}
$script:Inside = [System.Reflection.BindingFlags]'Public,NonPublic,Instance,Static'
$script:Invariant = [cultureinfo]::InvariantCulture
$script:Common = [System.Collections.Generic.HashSet[string]]::new([string[]][System.Management.Automation.Cmdlet]::CommonParameters, [StringComparer]::OrdinalIgnoreCase)

# Update-TypeData by its type: by its name it would load all of Microsoft.PowerShell.Utility, which is more than the rest of the import.
$script:UpdateTypeData = 'Microsoft.PowerShell.Commands.UpdateTypeDataCommand' -as [type]
$script:UpdateTypeData = $null -eq $script:UpdateTypeData ? 'Update-TypeData' : [System.Management.Automation.CmdletInfo]::new('Update-TypeData', $script:UpdateTypeData)

# What the process shares between runspaces, once made.
function Get-Shared([string]$Name) { [AppDomain]::CurrentDomain.GetData("Cimlet $script:Version $Name") }
function Add-Shared([string]$Name, $Value) { [AppDomain]::CurrentDomain.SetData("Cimlet $script:Version $Name", $Value) }

# Made by the first that asks for it, in whichever runspace; nobody else makes it meanwhile.
function Get-SharedOnce([string]$Name, [scriptblock]$Make) {
    $known = Get-Shared $Name
    if ($null -ne $known) { return , $known }
    $gate = [string]::Intern("Cimlet $script:Version")
    [System.Threading.Monitor]::Enter($gate)
    try {
        $known = Get-Shared $Name
        if ($null -eq $known) {
            $known = & $Make
            Add-Shared $Name $known
        }
        return , $known
    } finally { [System.Threading.Monitor]::Exit($gate) }
}
