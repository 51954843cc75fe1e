# One use of a function in a pipeline: a call for each object that comes, or one when none does.

function Initialize-Run($Cmdlet, [string]$Name, $Bound) {
    try { $client = Get-Client } catch { $Cmdlet.ThrowTerminatingError($_) }
    @{
        Cmdlet = $Cmdlet; Name = $Name; Client = $client; Mailbox = $null
        # What is bound later was brought by the pipeline. Never told by comparing values.
        Given = @($Bound.Keys); Open = @{}; Gathered = $null; Written = @{}; YesToAll = $false; NoToAll = $false
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
        # A file of this machine is below the folder that PowerShell stands in, which the process does not know of.
        $value = $key -ceq 'File' ? $Run.Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Bound[$key]) : (ConvertTo-Wire $Bound[$key])
        # What the CIM cmdlets take from the pipeline is an object or a name, and theirs as if it was given.
        if ($key -cin $Run.Given -or $Run.Name -clike '*-Cim*') { $parameters[$key] = $value } else { $brought[$key] = $value }
    }
    if ($brought.Count -gt 0) { Add-Origin $Run $parameters $Piped }
    Add-WhatIf $Run $parameters
    if ($brought.Count -gt 0 -and $Run.Name -cin $script:Gathering) {
        if ($null -eq $Run.Gathered) { $Run.Gathered = $parameters }
        foreach ($key in $brought.Keys) { $Run.Gathered[$key] = @(@($Run.Gathered[$key]) + @($brought[$key])).Where({ $null -ne $_ }) }
        return
    }
    Send-Request $Run $parameters $brought
    # Several piped objects are worked on at a time; one after the other where the user says so, or may be asked.
    $window = $brought.Count -eq 0 ? 1 : (Get-Window $Run $Bound)
    Receive-Run $Run ($Run.Open.Count -lt $window ? 0 : -1) ($window - 1)
}

function Send-Request($Run, $Parameters, $Brought) {
    $script:Serial++
    $id = "$script:Prefix.$script:Serial"
    $message = @{
        id = $id; cmdlet = $Run.Name; scope = $script:Scope; parameters = $Parameters; credit = $script:Credit
        confirmPreference = [string]$ConfirmPreference
        verbose = $VerbosePreference -ne 'SilentlyContinue'; debug = $DebugPreference -ne 'SilentlyContinue'
    }
    if ($Brought.Count -gt 0) { $message['input'] = $Brought }
    Send-Call $Run $id $message
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
        Clear-Call $Run $Id
        $Run.Cmdlet.ThrowTerminatingError($_)
    }
}

function Clear-Call($Run, [string]$Id) {
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
function Add-Origin($Run, $Parameters, $Piped) {
    foreach ($name in 'CimSession', 'ComputerName') { if ($Parameters.ContainsKey($name)) { return } }
    if ($null -eq $Piped -or -not $Piped.psobject.TypeNames.Contains('Microsoft.Management.Infrastructure.CimInstance')) { return }
    $origin = Get-Origin $Piped
    if (-not $origin.Session -and -not $origin.ComputerName) { return }
    $session = @{ session = $origin.Session; computer = $origin.ComputerName }
    $Parameters['CimSession'] = $Run.Cmdlet.MyInvocation.MyCommand.Parameters['CimSession'].ParameterType.IsArray ? @($session) : $session
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
            foreach ($id in @($Run.Open.Keys)) { Clear-Call $Run $id }
            $Run.Cmdlet.ThrowTerminatingError($_)
        }
        if ($null -eq $line) { return }
        # Here only what is ours can fail: what stands behind in the pipeline has failures of its own.
        try {
            $at = $line.IndexOf(' ')
            $id = $line.Substring(0, $at)
            $kind = $line[$at + 1]
            $news = Read-Payload $Run $id $kind $line.Substring($at + 3)
        } catch {
            $Run.Cmdlet.ThrowTerminatingError((Get-Failure 'BrokenReply' ProtocolError "The process that carries the calls wrote a line that cannot be understood: $($_.Exception.Message) The call may have taken effect. Are cimlet and its module of one version?"))
        }
        switch -CaseSensitive ($kind) {
            'o' { if ($null -ne $news) { $news }; Add-Credit $Run $id; break }
            { $_ -cin 's', 'r', 'y', 'n', 'k' } { $news; Add-Credit $Run $id; break }
            'c' { $Run.Open[$id] = $news; break }
            'e' { Write-Failure $Run $news; break }
            'w' { $Run.Cmdlet.WriteWarning($news); break }
            'v' { $Run.Cmdlet.WriteVerbose($news); break }
            'd' { $Run.Cmdlet.WriteDebug($news); break }
            'i' { Write-WhatIf $Run $news; break }
            'p' { Write-Advance $Run $news; break }
            'q' { Read-Answer $Run $id $news; break }
            'x' { Clear-Call $Run $id; break }
        }
    }
}

# What stands behind the kind of a line. Rows become objects; lists come whole.
function Read-Payload($Run, [string]$Id, [char]$Kind, [string]$Json) {
    switch -CaseSensitive ($Kind) {
        'o' { & $Run.Open[$Id].Make $Json $Run.Open[$Id]; break }
        'c' { Get-Builder $Json; break }
        's' { $pair = Read-TextList $Json; $pair[0] -ceq 'string' ? $pair[1] : ($pair[1] -as [double]); break }
        'r' { Get-MethodResult $Json; break }
        'y' { Get-ClassObject (Read-TextList $Json); break }
        'n' { Get-SessionObject (Read-Map $Json); break }
        'k' { Get-OptionObject (Read-Map $Json); break }
        { $_ -cin 'e', 'p' } { Read-Map $Json; break }
        { $_ -cin 'w', 'v', 'd', 'i' } { Read-Text $Json; break }
        'q' { Read-TextList $Json; break }
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
    if ($null -ne $Run.Gathered) { Send-Request $Run $Run.Gathered @{} }
    if ($null -ne $Run.Mailbox) { Receive-Run $Run -1 0 }
}

# Also after Ctrl-C, `Select-Object -First` and errors that end the call.
function Close-Run($Run) {
    if ($null -eq $Run -or $Run.Open.Count -eq 0) { return }
    foreach ($id in @($Run.Open.Keys)) {
        Clear-Call $Run $id
        try { Send-Line $Run.Client @{ cancel = $id } } catch { Write-Debug 'The process has ended, and its calls with it.' }
    }
}
