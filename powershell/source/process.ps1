# The process that makes the calls: one for this PowerShell, shared by its runspaces, started by the first call.

function Get-Client {
    $client = Get-Shared 'Client'
    if ($null -ne $client -and -not $client.Process.HasExited) { return $client }
    $gate = [string]::Intern("Cimlet client $script:Version")
    [System.Threading.Monitor]::Enter($gate)
    try {
        $client = Get-Shared 'Client'
        if ($null -ne $client -and -not $client.Process.HasExited) { return $client }
        $client = Open-Client
        Add-Shared 'Client' $client
        return $client
    } finally { [System.Threading.Monitor]::Exit($gate) }
}

function Open-Client {
    $wanted = $env:CIMLET_NODE ? $env:CIMLET_NODE : 'node'
    $node = @(Get-Command -Name $wanted -CommandType Application -ErrorAction Ignore)
    if ($node.Count -eq 0) {
        throw (Get-Failure 'NodeNotFound' ObjectNotFound "The DhcpServer module works through Node.js, and there is no program '$wanted' in the PATH. Install Node.js 20.19 or newer, or set `$env:CIMLET_NODE to its path.")
    }
    $start = [System.Diagnostics.ProcessStartInfo]::new($node[0].Source)
    $start.ArgumentList.Add((Get-StartFile))
    $start.ArgumentList.Add('serve')
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    # .NET would write a byte order mark, or the console's code page.
    $start.StandardInputEncoding = $start.StandardOutputEncoding = $start.StandardErrorEncoding = [System.Text.UTF8Encoding]::new($false)
    try { $process = [System.Diagnostics.Process]::Start($start) }
    catch { throw (Get-Failure 'NodeNotFound' ObjectNotFound "'$($node[0].Source)' cannot be started: $($_.Exception.InnerException.Message) Set `$env:CIMLET_NODE to the path of Node.js 20.19 or newer.") }
    $process.StandardInput.AutoFlush = $true
    $client = [hashtable]::Synchronized(@{
            Process = $process
            # An unread pipe would block the process.
            Words   = $process.StandardError.ReadToEndAsync()
            Reader  = [System.Threading.SemaphoreSlim]::new(1, 1)
            Writer  = [object]::new()
            # A read that a stopped call left behind: the next line is its result, and must not be lost.
            Reading = $null
            Mail    = [System.Collections.Concurrent.ConcurrentDictionary[string, System.Collections.Concurrent.BlockingCollection[string]]]::new()
            Said    = ''
        })
    Send-Line $client @{ protocol = $script:Protocol }
    return $client
}

# The first file of cimlet: in its package, of which this module is a part; else where the file beside the manifest says; else beside the command.
function Get-StartFile {
    $folder = [System.IO.DirectoryInfo]::new($PSScriptRoot)
    # The link's own path says nothing of the package.
    $folder = $folder.ResolveLinkTarget($true) ?? $folder
    $candidates = [System.Collections.Generic.List[string]]::new()
    $candidates.Add([System.IO.Path]::GetFullPath([System.IO.Path]::Combine($folder.FullName, '..', '..', 'start.cjs')))
    $note = [System.IO.Path]::Combine($folder.FullName, 'cimlet.path')
    if ([System.IO.File]::Exists($note)) { $candidates.Add([System.IO.File]::ReadAllText($note).Trim()) }
    foreach ($command in Get-Command -Name cimlet -CommandType Application -ErrorAction Ignore) {
        $file = [System.IO.FileInfo]::new($command.Source)
        $file = $file.ResolveLinkTarget($true) ?? $file
        $candidates.Add([System.IO.Path]::GetFullPath([System.IO.Path]::Combine($file.DirectoryName, '..', 'powershell', 'start.cjs')))
    }
    foreach ($candidate in $candidates) { if ([System.IO.File]::Exists($candidate)) { return $candidate } }
    throw (Get-Failure 'CimletNotFound' ObjectNotFound "The module Cimlet.DhcpServer is a part of cimlet, and cimlet was not found at $($candidates -join ', '). Install it with: npm install -g cimlet")
}

function Send-Line($Client, [System.Collections.IDictionary]$Message) {
    $line = ConvertTo-Json -InputObject $Message -Compress -Depth 20 -WarningAction Ignore
    if ($line.Length -gt $script:LongestLine / 4 -and [System.Text.Encoding]::UTF8.GetByteCount($line) -gt $script:LongestLine) {
        throw (Get-Failure 'RequestTooLarge' LimitsExceeded "The values of the call are too large: more than $($script:LongestLine / 1MB) MB. Make several calls of it.")
    }
    [System.Threading.Monitor]::Enter($Client.Writer)
    try { $Client.Process.StandardInput.WriteLine($line) }
    catch { throw (Get-Death $Client) }
    finally { [System.Threading.Monitor]::Exit($Client.Writer) }
}

# The next line for this mailbox, or null after `Patience` milliseconds. Whoever waits reads for all, one at a time: a script has no thread.
function Read-Reply($Client, $Mailbox, [int]$Patience = -1) {
    # An exception of .NET ends one statement only, and a loop goes on.
    trap { break }
    $line = $null
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    for (;;) {
        if ($Mailbox.TryTake([ref]$line)) { return $line }
        if ($Client.Reader.Wait($Mailbox.Count -gt 0 ? 0 : 2)) {
            try {
                while ($Mailbox.Count -eq 0) {
                    $reading = $Client.Reading
                    if ($null -eq $reading) { $reading = $Client.Reading = $Client.Process.StandardOutput.ReadLineAsync() }
                    # Short waits: a script that is blocked inside .NET cannot be stopped with Ctrl-C.
                    if (-not $reading.Wait($Patience -lt 0 ? 100 : $Patience)) {
                        if ($Patience -ge 0 -and $clock.ElapsedMilliseconds -ge $Patience) { return $null }
                        continue
                    }
                    $Client.Reading = $null
                    $text = $reading.Result
                    if ($null -eq $text) { throw (Get-Death $Client) }
                    $at = $text.IndexOf(' ')
                    $id = $at -lt 0 ? '' : $text.Substring(0, $at)
                    if ($id -ceq '0') { Read-News $Client $text; continue }
                    $owner = $null
                    # One that nobody waits for is of a call that was stopped.
                    if (-not $Client.Mail.TryGetValue($id, [ref]$owner)) { continue }
                    if ([object]::ReferenceEquals($owner, $Mailbox)) { return $text }
                    $owner.Add($text)
                }
            } finally { $null = $Client.Reader.Release() }
        } elseif ($Mailbox.TryTake([ref]$line, 5)) { return $line }
        if ($Patience -ge 0 -and $clock.ElapsedMilliseconds -ge $Patience) { return $null }
    }
}

# A line that is of no call: who speaks, or what it could not understand.
function Read-News($Client, [string]$Line) {
    # Something printed into the pipe is none of ours.
    try { $news = Read-Map $Line.Substring(4) } catch { return }
    if ($Line[2] -ceq 'e') { $Client.Said = $news['message'] }
    elseif ($Line[2] -ceq 'h' -and $news['protocol'] -cne [string]$script:Protocol) {
        $Client.Said = "It speaks protocol $($news['protocol']), and this module $script:Protocol. Install cimlet and its module from one package."
        $Client.Process.Kill()
        # What it has written already is not read.
        throw (Get-Death $Client)
    }
}

# Why there are no more lines.
function Get-Death($Client) {
    $null = $Client.Process.WaitForExit(2000)
    $words = $Client.Words.Wait(500) ? $Client.Words.Result.Trim() : ''
    $code = $Client.Process.HasExited ? $Client.Process.ExitCode : $null
    if ($code -eq 90) { return Get-Failure 'NodeTooOld' NotInstalled "$words It is the program '$($Client.Process.StartInfo.FileName)'. Install a newer one, or set `$env:CIMLET_NODE to the path of one." }
    $last = @($Client.Said, $words) -ne '' -join "`n"
    $last = $last ? " Its last words: $($last.Substring([Math]::Max(0, $last.Length - 600)))" : ''
    $how = $null -eq $code ? '' : " (exit code $code)"
    Get-Failure 'CimletDied' ConnectionError "The process that carries the calls has ended$how. Calls that were running may have taken effect; sessions are gone. The next call starts a new one.$last"
}

function Get-Failure([string]$Id, [System.Management.Automation.ErrorCategory]$Category, [string]$Message) {
    [System.Management.Automation.ErrorRecord]::new([System.InvalidOperationException]::new($Message), $Id, $Category, $null)
}
