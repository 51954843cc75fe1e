# Driven by bench/powershell.mjs: for each line of standard input a figure, as a line of JSON.
param([Parameter(Mandatory)][string]$Manifest, [Parameter(Mandatory)][string]$Computer)
Import-Module $Manifest
$session = New-CimSession $Computer
$clock = [System.Diagnostics.Stopwatch]::new()
function Get-Elapsed([scriptblock]$Work) {
    $clock.Restart()
    $null = & $Work
    $clock.Elapsed.TotalMilliseconds
}
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $what, $count = $line.Split(' ')
    $figure = switch ($what) {
        'calls' { Get-Elapsed { foreach ($i in 1..$count) { Get-DhcpServerVersion -CimSession $session } } }
        'scopes' { Get-Elapsed { Get-DhcpServerv4Scope -CimSession $session } }
        'first' { Get-Elapsed { Get-DhcpServerv4Scope -CimSession $session | Select-Object -First 1 } }
        # Milliseconds until the first of them.
        'stream' {
            $clock.Restart()
            $first = 0
            Get-DhcpServerv4Scope -CimSession $session | ForEach-Object { if ($first -eq 0) { $first = $clock.Elapsed.TotalMilliseconds } }
            $first
        }
        # Processes of Node.js below this one, after so many runspaces have called.
        'runspaces' {
            $null = 1..(5 * $count) | ForEach-Object -ThrottleLimit $count -Parallel { Import-Module $using:Manifest; Get-DhcpServerVersion -CimSession $using:session }
            @([System.Diagnostics.Process]::GetProcesses() | Where-Object { try { $_.Parent.Id -eq $PID } catch { $false } }).Count
        }
    }
    [Console]::Out.WriteLine((ConvertTo-Json $figure))
}
