# -AsJob: a job that is shown as CimJob, with a child job for each computer, at most ThrottleLimit of them at work. A child works in a
# PowerShell of its own, in a pool of runspaces that the process shares.

function Add-JobInput($Run, $Piped, $Bound) {
    if ($Bound['WhatIf'] -or $Bound['Confirm']) {
        $Run.Cmdlet.ThrowTerminatingError((Get-Failure 'AsJobAndQuestion' InvalidArgument '-AsJob cannot be used together with -WhatIf or -Confirm.'))
    }
    $call = @{ Given = @{}; Piped = $null }
    foreach ($key in $Bound.Keys) {
        # The object itself goes to the job: what it brought would count as given there, and ask.
        if ($key -cnotin $Run.Given) { $call.Piped = $Piped } elseif ($key -cnotin 'AsJob', 'ThrottleLimit') { $call.Given[$key] = $Bound[$key] }
    }
    $Run.Limit = $Bound['ThrottleLimit'] -gt 0 ? $Bound['ThrottleLimit'] : 32
    $Run.Jobs.Add($call)
}

# Each computer with the calls that are made on it, in the order in which they were first named.
function Get-JobTarget($Run) {
    $targets = [ordered]@{}
    $add = {
        param([string]$Computer, $Call)
        if (-not $targets.Contains($Computer)) { $targets[$Computer] = [System.Collections.Generic.List[object]]::new() }
        $targets[$Computer].Add($Call)
    }
    foreach ($call in $Run.Jobs) {
        $given = $call.Given
        if ($given['CimSession']) {
            foreach ($session in $given['CimSession']) {
                $one = @{ Given = $given.Clone(); Piped = $call.Piped }
                $one.Given['CimSession'] = $session
                # Plain parameters take names as they are; Microsoft's type has made sessions of them.
                & $add ($session -is [string] ? $session : $session.ComputerName) $one
            }
        } elseif ($given['ComputerName'] -is [array]) {
            foreach ($name in $given['ComputerName']) {
                $one = @{ Given = $given.Clone(); Piped = $call.Piped }
                $one.Given['ComputerName'] = $name
                & $add $name $one
            }
        } else {
            $origin = $null -ne $call.Piped -and $call.Piped.psobject.TypeNames.Contains('Microsoft.Management.Infrastructure.CimInstance') ? (Get-Origin $call.Piped).ComputerName : ''
            & $add ($given['ComputerName'] ? $given['ComputerName'] : ($origin ? $origin : 'localhost')) $call
        }
    }
    $targets
}

function Invoke-RunJob($Run) {
    trap { break }
    $pool = Get-SharedOnce 'Pool' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule([string[]]@($script:Manifest))
        $pool = [runspacefactory]::CreateRunspacePool($state)
        $null = $pool.SetMaxRunspaces(64)
        $pool.Open()
        $pool
    }
    $type = Get-OwnType Job
    $command = [string]$Run.Cmdlet.MyInvocation.Line.Trim()
    $targets = Get-JobTarget $Run
    $parent = Get-BareJob $type $command ($targets.Keys -join ',')
    # What the children share: what waits, how many are not done yet, and how their states are set.
    $shared = [hashtable]::Synchronized(@{
            Parent = $parent; Waiting = [System.Collections.Concurrent.ConcurrentQueue[object]]::new(); Left = $targets.Count
            Set = $type.BaseType.GetMethod('SetJobState', $script:Inside, $null, [type[]]@([System.Management.Automation.JobState]), $null)
        })
    foreach ($target in $targets.GetEnumerator()) {
        $child = Get-BareJob $type $command $target.Key
        $child.Shell = [powershell]::Create()
        $child.Shell.RunspacePool = $pool
        foreach ($stream in 'Error', 'Warning', 'Verbose', 'Debug', 'Progress', 'Information') { $child.Shell.Streams.$stream = $child.$stream }
        $null = $child.Shell.AddScript($script:JobScript.ToString()).AddArgument($child).AddArgument($shared).AddArgument($Run.Name).AddArgument($target.Value.ToArray())
        $parent.ChildJobs.Add($child)
        $shared.Waiting.Enqueue($child)
    }
    $null = $shared.Set.Invoke($parent, @([System.Management.Automation.JobState]::Running))
    for ($i = 0; $i -lt $Run.Limit; $i++) {
        $child = $null
        if (-not $shared.Waiting.TryDequeue([ref]$child)) { break }
        $null = $shared.Set.Invoke($child, @([System.Management.Automation.JobState]::Running))
        $null = $child.Shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $child.Output)
    }
    $Run.Cmdlet.JobRepository.Add($parent)
    $parent
}

function Get-BareJob([type]$Type, [string]$Command, [string]$Place) {
    $jobs = Get-SharedOnce 'Jobs' { [hashtable]::Synchronized(@{ Last = 0 }) }
    [System.Threading.Monitor]::Enter($jobs.SyncRoot)
    try { $number = $jobs.Last = $jobs.Last + 1 } finally { [System.Threading.Monitor]::Exit($jobs.SyncRoot) }
    $job = [Activator]::CreateInstance($Type, @($Command, "CIMJob$number"))
    $null = $Type.GetProperty('PSJobTypeName').GetSetMethod($true).Invoke($job, @('CimJob'))
    $job.Place = $Place
    $job
}

# Runs in the child's own PowerShell, which has the module.
$script:JobScript = {
    param($Job, $Shared, $Name, $Calls)
    try {
        foreach ($call in $Calls) {
            $given = $call.Given
            if ($null -eq $call.Piped) { & $Name @given } else { $call.Piped | & $Name @given }
        }
    } catch { $Job.Error.Add($_) }
    finally {
        $set = { param($one, $state) try { $null = $Shared.Set.Invoke($one, @([System.Management.Automation.JobState]$state)) } catch { Write-Debug 'It has been stopped meanwhile.' } }
        if ($Job.JobStateInfo.State -eq 'Running') { & $set $Job ($Job.Error.Count -gt 0 ? 'Failed' : 'Completed') }
        $next = $null
        while ($Shared.Parent.JobStateInfo.State -eq 'Running' -and $Shared.Waiting.TryDequeue([ref]$next)) {
            # One that was stopped before its turn has ended.
            if ($next.JobStateInfo.State -ne 'NotStarted') { $next = $null; $Shared.Left--; continue }
            & $set $next 'Running'
            $null = $next.Shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $next.Output)
            break
        }
        [System.Threading.Monitor]::Enter($Shared.SyncRoot)
        try { $Shared.Left = $Shared.Left - 1 } finally { [System.Threading.Monitor]::Exit($Shared.SyncRoot) }
        if ($Shared.Left -le 0 -and $Shared.Parent.JobStateInfo.State -eq 'Running') {
            $states = @($Shared.Parent.ChildJobs | ForEach-Object { $_.JobStateInfo.State })
            & $set $Shared.Parent ($states -contains 'Failed' ? 'Failed' : $states -contains 'Stopped' ? 'Stopped' : 'Completed')
        }
    }
}
