# Completion of -ComputerName, -Name and -ScopeId. It starts no process and opens no connection of its own: names of servers are those that
# sessions were opened to, and objects are asked for on an open session only, for two seconds at most.

function Get-Completion([string]$Parameter, [string]$Word, $Bound) {
    $known = (Get-SharedOnce 'Computers' { [System.Collections.Concurrent.ConcurrentDictionary[string, bool]]::new() }).Keys
    if ($Parameter -eq 'ComputerName') { return $known | Where-Object { $_ -like "$Word*" } | Sort-Object | ForEach-Object { Get-CompletionText $_ } }
    $client = Get-Shared 'Client'
    if ($null -eq $client -or $client.Process.HasExited) { return }
    $sessions = @(Read-Quickly $client 'Get-CimSession' @{} 500).Where({ $_ -isnot [System.Collections.IDictionary] })
    $wanted = $Bound['CimSession'] ?? $Bound['Session']
    $computer = [string]($null -ne $wanted ? (@($wanted)[0].psobject.Properties['ComputerName']?.Value ?? @($wanted)[0]) : ($Bound['ComputerName'] ?? $Bound['Cn']))
    $wanted = $sessions.Where({ $computer -eq '' -or $_.ComputerName -eq $computer }, 'First')
    if ($wanted.Count -eq 0) { return }
    $session = $wanted[0]
    $cmdlet = $Parameter -eq 'Name' ? 'Get-DhcpServerv4Failover' : 'Get-DhcpServerv4Scope'
    Read-Quickly $client $cmdlet @{ CimSession = @(@{ session = [string]$session.InstanceId; computer = $session.ComputerName }) } 2000 |
        ForEach-Object { [string]$_.$Parameter } | Where-Object { $_ -like "$Word*" } | Sort-Object -Unique | ForEach-Object { Get-CompletionText $_ }
}

function Get-CompletionText([string]$Text) {
    $quoted = $Text -match '[^\w.:-]' ? (ConvertTo-Quoted $Text) : $Text
    [System.Management.Automation.CompletionResult]::new($quoted, $Text, 'ParameterValue', $Text)
}

# The output of one call, as far as it comes in time; its errors are nobody's.
function Read-Quickly($Client, [string]$Cmdlet, $Parameters, [int]$Milliseconds) {
    trap { break }
    $script:Serial++
    $id = "$script:Prefix.$script:Serial"
    $mailbox = [System.Collections.Concurrent.BlockingCollection[string]]::new()
    $null = $Client.Mail.TryAdd($id, $mailbox)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $builder = $null
    $gone = $null
    try {
        Send-Line $Client @{ id = $id; cmdlet = $Cmdlet; scope = $script:Scope; parameters = $Parameters }
        while ($clock.ElapsedMilliseconds -lt $Milliseconds) {
            $line = Read-Reply $Client $mailbox ([Math]::Max(1, $Milliseconds - $clock.ElapsedMilliseconds))
            if ($null -eq $line) { break }
            $at = $line.IndexOf(' ')
            $json = $line.Substring($at + 3)
            $kind = $line[$at + 1]
            if ($kind -ceq 'c') { $builder = Get-Builder $json }
            elseif ($kind -ceq 'o') { & $builder.Make $json $builder }
            elseif ($kind -ceq 'n') { Get-SessionObject (Read-Map $json) }
            elseif ($kind -ceq 'x') { return }
        }
        Send-Line $Client @{ cancel = $id }
    } finally { $null = $Client.Mail.TryRemove($id, [ref]$gone) }
}
