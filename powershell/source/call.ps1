# One use of a function in a pipeline: a call for each object that comes, or one when none does.

function Open-Run($Cmdlet, [string]$Name, $Bound) {
    try { $client = Get-Client } catch { $Cmdlet.ThrowTerminatingError($_) }
    @{
        Cmdlet = $Cmdlet; Name = $Name; Client = $client; Mailbox = $null
        # What is bound later was brought by the pipeline. Never told by comparing values.
        Given = @($Bound.Keys); Open = @{}; Written = @{}; YesToAll = $false; NoToAll = $false
        AsJob = $Bound.ContainsKey('AsJob') -and $Bound['AsJob']
        Jobs = [System.Collections.Generic.List[object]]::new()
    }
}

function Add-RunInput($Run, $Piped, $Bound) {
    trap { break }
    if ($Run.AsJob) { Add-JobInput $Run $Piped $Bound; return }
    if ($null -eq $Run.Mailbox) { $Run.Mailbox = [System.Collections.Concurrent.BlockingCollection[string]]::new() }
    $parameters = @{}
    $brought = @{}
    foreach ($key in $Bound.Keys) {
        if ($script:Common.Contains($key) -or $key -ceq 'AsJob') { continue }
        # Plain objects have no type that would keep a piped instance out of -CimSession.
        if ($key -ceq 'CimSession' -and $key -cnotin $Run.Given -and (Test-Instance $Bound[$key])) { continue }
        Assert-Value $Run $key $Bound[$key]
        $value = ConvertTo-Wire $Bound[$key]
        # What the CIM cmdlets take from the pipeline is an object or a name, and theirs as if it was given.
        if ($key -cin $Run.Given -or $Run.Name -clike '*-Cim*') { $parameters[$key] = $value } else { $brought[$key] = $value }
    }
    if ($brought.Count -gt 0) { Add-Origin $parameters $brought $Piped }
    Add-WhatIf $Run $parameters
    $script:Serial++
    $id = "$script:Prefix.$script:Serial"
    $message = @{
        id = $id; cmdlet = $Run.Name; scope = $script:Scope; parameters = $parameters; credit = $script:Credit
        confirmPreference = [string]$ConfirmPreference
        verbose = $VerbosePreference -ne 'SilentlyContinue'; debug = $DebugPreference -ne 'SilentlyContinue'
    }
    if ($brought.Count -gt 0) { $message['input'] = $brought }
    Send-Call $Run $id $message
    # Several piped objects are worked on at a time; one after the other where the user says so, or may be asked.
    $window = $brought.Count -eq 0 ? 1 : (Get-Window $Run $Bound)
    Receive-Run $Run ($Run.Open.Count -lt $window ? 0 : -1) ($window - 1)
}

function Test-Instance($Value) {
    $names = @($Value)[0].psobject.TypeNames
    return $null -ne $names -and $names.Contains('Microsoft.Management.Infrastructure.CimInstance')
}

function Get-Window($Run, $Bound) {
    if ($Bound['Confirm']) { return 1 }
    $limit = $Bound['ThrottleLimit']
    if ($limit -gt 0) { return [Math]::Min($limit, $script:OpenAtATime) }
    # What comes before a question of the server has its answer before the next one is asked.
    return $Run.Name -clike 'Get-*' ? $script:OpenAtATime : ($Bound['Force'] ? $script:OpenAtATime : 4)
}

function Send-Call($Run, [string]$Id, $Message) {
    $null = $Run.Client.Mail.TryAdd($Id, $Run.Mailbox)
    $Run.Open[$Id] = $null
    $Run.Written[$Id] = 0
    try {
        try { Send-Line $Run.Client $Message }
        catch {
            # A process that had nothing to do for long ends; what it was sent after that it has not taken.
            if (-not ($Run.Client.Process.HasExited -and $Run.Client.Process.ExitCode -eq 75 -and $Run.Open.Count -eq 1)) { throw }
            $Run.Client = Get-Client
            $null = $Run.Client.Mail.TryAdd($Id, $Run.Mailbox)
            Send-Line $Run.Client $Message
        }
    } catch {
        Remove-Call $Run $Id
        $Run.Cmdlet.ThrowTerminatingError($_)
    }
}

function Remove-Call($Run, [string]$Id) {
    $gone = $null
    $null = $Run.Client.Mail.TryRemove($Id, [ref]$gone)
    $Run.Open.Remove($Id)
    $Run.Written.Remove($Id)
}

# What would go wrong on the server, or silently.
function Assert-Value($Run, [string]$Name, $Value) {
    if ($Value -is [string] -and $Value -ceq 'System.Security.SecureString') {
        # What [string] makes of a SecureString; Windows' cmdlet takes it for the secret.
        $Run.Cmdlet.ThrowTerminatingError((Get-Failure 'SecureStringAsText' InvalidArgument "-$Name takes a text, and was given a SecureString, of which PowerShell makes the text 'System.Security.SecureString'. Write -$Name (ConvertFrom-SecureString `$secret -AsPlainText)."))
    }
    if ($Name -ceq 'ComputerName' -and @($Value).Where({ [string]::IsNullOrWhiteSpace($_) }).Count -gt 0) {
        $Run.Cmdlet.ThrowTerminatingError((Get-Failure 'EmptyComputerName' InvalidArgument "-ComputerName is empty. `$env:COMPUTERNAME exists on Windows only: write the server's name."))
    }
}

# A piped instance goes back to where it came from, when nothing else says where to go.
function Add-Origin($Parameters, $Brought, $Piped) {
    foreach ($name in 'CimSession', 'ComputerName') { if ($Parameters.ContainsKey($name)) { return } }
    if ($null -eq $Piped -or -not $Piped.psobject.TypeNames.Contains('Microsoft.Management.Infrastructure.CimInstance')) { return }
    $origin = Get-Origin $Piped
    if ($origin.Session) { $Parameters['CimSession'] = @(@{ session = $origin.Session; computer = $origin.ComputerName }) }
    elseif ($origin.ComputerName) { $Parameters['CimSession'] = @(@{ session = ''; computer = $origin.ComputerName }) }
}

# Functions of a module do not see the preferences of their caller, the real module's neither; but -WhatIf of the function around a removal has to hold.
function Add-WhatIf($Run, $Parameters) {
    if ($Parameters.ContainsKey('WhatIf') -or -not $Run.Cmdlet.MyInvocation.MyCommand.Parameters.ContainsKey('WhatIf')) { return }
    if ($WhatIfPreference -or $Run.Cmdlet.SessionState.PSVariable.GetValue('WhatIfPreference')) { $Parameters['WhatIf'] = $true }
}

# Writes what has come, until no more than `Until` calls are open, or nothing more is there and `Patience` is over.
function Receive-Run($Run, [int]$Patience, [int]$Until) {
    trap { break }
    while ($Run.Open.Count -gt 0 -and ($Patience -ge 0 -or $Run.Open.Count -gt $Until)) {
        try { $line = Read-Reply $Run.Client $Run.Mailbox $Patience }
        catch [System.InvalidOperationException] {
            foreach ($id in @($Run.Open.Keys)) { Remove-Call $Run $id }
            $Run.Cmdlet.ThrowTerminatingError($_)
        }
        if ($null -eq $line) { return }
        $at = $line.IndexOf(' ')
        $id = $line.Substring(0, $at)
        $json = $line.Substring($at + 3)
        switch -CaseSensitive ($line[$at + 1]) {
            'o' { & $Run.Open[$id].Make $json $Run.Open[$id]; Add-Credit $Run $id; break }
            'c' { $Run.Open[$id] = Get-Builder $json; break }
            's' { $pair = Read-Texts $json; $pair[0] -ceq 'string' ? $pair[1] : ($pair[1] -as [double]); Add-Credit $Run $id; break }
            'r' { Get-MethodResult $json; Add-Credit $Run $id; break }
            'y' { Get-ClassObject (Read-Texts $json); Add-Credit $Run $id; break }
            'n' { Get-SessionObject (Read-Map $json); Add-Credit $Run $id; break }
            'k' { Get-OptionObject (Read-Map $json); Add-Credit $Run $id; break }
            'e' { Write-Failure $Run (Read-Map $json); break }
            'w' { $Run.Cmdlet.WriteWarning((Read-Text $json)); break }
            'v' { $Run.Cmdlet.WriteVerbose((Read-Text $json)); break }
            'd' { $Run.Cmdlet.WriteDebug((Read-Text $json)); break }
            'i' { Write-WhatIf $Run (Read-Text $json); break }
            'p' { Write-Advance $Run (Read-Map $json); break }
            'q' { Read-Answer $Run $id (Read-Texts $json); break }
            'x' { Remove-Call $Run $id; break }
        }
    }
}

# Half of the credit at a time: the process goes on while the rest is worked on.
function Add-Credit($Run, [string]$Id) {
    if (-not $Run.Written.ContainsKey($Id)) { return }
    $Run.Written[$Id]++
    if ($Run.Written[$Id] % ($script:Credit / 2) -eq 0) { Send-Line $Run.Client @{ id = $Id; credit = $script:Credit / 2 } }
}

function Complete-Run($Run) {
    if ($Run.AsJob) { return Invoke-RunJob $Run }
    if ($null -ne $Run.Mailbox) { Receive-Run $Run -1 0 }
}

# Also after Ctrl-C, `Select-Object -First` and errors that end the call.
function Close-Run($Run) {
    if ($null -eq $Run -or $Run.Open.Count -eq 0) { return }
    foreach ($id in @($Run.Open.Keys)) {
        Remove-Call $Run $id
        try { Send-Line $Run.Client @{ cancel = $id } } catch { Write-Debug 'The process has ended, and its calls with it.' }
    }
}
