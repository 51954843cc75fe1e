import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeInBothForms, runScript } from '../powershell-program.js';
import { CHILDREN } from './node-programs.js';

/** In pieces, so that no text of a script, which a transcript may hold, has it whole. */
const CANARY = 'canary-7f3a9d';
const WORD = "('canary', '7f3a9d' -join '-')";

const SCRIPT = `${CHILDREN}
Set-Location $env:HOME
$null = Start-Transcript -Path ./transcript.txt
$word = ${WORD}
$password = ConvertTo-SecureString $word -AsPlainText -Force
$credential = [pscredential]::new('CONTOSO\\somebody', $password)
$options = @{ Name = 'Pair'; ScopeId = '10.10.10.0'; SharedSecret = $word; Force = $true }
Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com @options -PartnerServer dhcpserver2.contoso.com -Verbose
Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com @options -PartnerServer nowhere.contoso.com
Set-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name Pair -SharedSecret $word -Force -PassThru -Verbose | Format-List * | Out-Host
Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name $word.ToUpperInvariant() -ErrorAction SilentlyContinue
$session = New-CimSession -ComputerName dhcpserver.contoso.com -Credential $credential -Verbose
$session | Format-List * | Out-Host
Set-DhcpServerDnsCredential -ComputerName dhcpserver.contoso.com -Credential $credential -Verbose
Get-DhcpServerDnsCredential -ComputerName dhcpserver.contoso.com | Format-List * | Out-Host
try { Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com @options -PartnerServer x -LoadBalancePercent 1 -ReservePercent 1 } catch { $_ | Format-List * -Force | Out-Host }
$Error | ForEach-Object { $_ | Format-List * -Force | Out-Host; $_.Exception | Format-List * -Force | Out-Host; $_.ErrorDetails; $_.TargetObject }
$job = Set-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name Pair -SharedSecret $word -Force -AsJob
$null = Wait-Job $job
$job | Format-List * | Out-Host
$null = Stop-Transcript
"errors: $($Error.Count)"
foreach ($child in Get-Child) {
    foreach ($file in 'cmdline', 'environ', 'comm') { if (Test-Path "/proc/$($child.Id)/$file") { "$file of a child: $([System.IO.File]::ReadAllText("/proc/$($child.Id)/$file").Contains($word))" } }
}
foreach ($file in 'cmdline', 'environ') { if (Test-Path "/proc/$PID/$file") { "$file of PowerShell: $([System.IO.File]::ReadAllText("/proc/$PID/$file").Contains($word))" } }
"variables: $(@(Get-ChildItem env: | Where-Object Value -Like "*$word*").Count), history: $(@(Get-History | Where-Object CommandLine -Like "*$word*").Count)"
`;

describeInBothForms('a password and a shared secret', (form) => {
  it('are in no argument, environment, file, history, transcript or error', async () => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    const lines = await runScript(SCRIPT, {
      ...form,
      HOME: home,
      TMPDIR: home,
      XDG_DATA_HOME: '',
      XDG_CACHE_HOME: '',
      XDG_CONFIG_HOME: '',
    });
    const files = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const holding = files.filter((file) => readFileSync(file, 'latin1').includes(CANARY));
    const transcript = readFileSync(join(home, 'transcript.txt'), 'utf8');
    rmSync(home, { recursive: true });
    expect(holding).toEqual([]);
    // The transcript is one, and the calls were made: what is looked through is not empty.
    expect(transcript).toContain('VERBOSE: Performing the operation');
    expect(transcript).toMatch(/^Name +: Pair$/m);
    expect(lines.filter((line) => line.includes(CANARY))).toEqual([]);
    expect(Number(lines.find((line) => line.startsWith('errors: '))?.slice(8))).toBeGreaterThanOrEqual(3);
    const places = lines.filter((line) => / of (a child|PowerShell): |^variables: /.test(line));
    expect(new Set(places.map((line) => line.replace(/^\w+ of a child: /, 'child: ')))).toEqual(
      new Set([
        ...(process.platform === 'linux'
          ? ['child: False', 'cmdline of PowerShell: False', 'environ of PowerShell: False']
          : []),
        'variables: 0, history: 0',
      ]),
    );
  });
});
