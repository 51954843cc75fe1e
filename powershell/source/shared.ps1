# What every part of the module uses. What outlives a runspace lives in the process of cimlet, or in the AppDomain: the only place that runspaces of one
# PowerShell share without a type of their own.
Set-StrictMode -Version 3.0

$script:Inside = [System.Reflection.BindingFlags]'Public,NonPublic,Instance,Static'

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

# Types of our own, one set for the process, emitted when first needed. Not PowerShell classes: their methods belong to the runspace that loaded the
# module first, and fail in every other one once it is gone (jobs, ForEach-Object -Parallel, test runners). Expression trees would cost 250 ms.
function Get-OwnType([string]$Kind) {
    Get-SharedOnce "Type $Kind" {
        $module = Get-SharedOnce 'Types' {
            [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly([System.Reflection.AssemblyName]::new("Cimlet.Types.$script:Version"), 'Run').DefineDynamicModule('Cimlet.Types')
        }
        & "Get-${Kind}Type" $module
    }
}
