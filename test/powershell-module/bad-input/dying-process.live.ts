import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeInBothForms, MANIFEST, runScript } from '../powershell-program.js';
import { CHILDREN } from './node-programs.js';

const SCRIPT = `${CHILDREN}
$session = New-CimSession dhcpserver.contoso.com
# Between calls.
Stop-Child
try { Get-DhcpServerVersion -CimSession $session -ErrorAction Stop } catch { "session: $($_.FullyQualifiedErrorId)" }
"between: $((Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com).MajorVersion)"
# In a call, of another runspace, which waits for 30 seconds.
$shell = [powershell]::Create()
$null = $shell.AddScript('param($module) Import-Module $module; Get-DhcpServerv4Scope -ComputerName dhcpserver2.contoso.com').AddArgument('${MANIFEST}')
$run = $shell.BeginInvoke()
$mail = [AppDomain]::CurrentDomain.GetData("Cimlet $((Get-Module Cimlet.DhcpServer).Version) Client").Mail
while ($mail.Count -eq 0) { Start-Sleep -Milliseconds 50 }
Stop-Child
$null = $shell.EndInvoke($run)
"in a call: $($shell.Streams.Error.FullyQualifiedErrorId)"
"after it: $((Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com).MajorVersion), processes: $(@(Get-Child).Count)"
# The request that is too large, and the one behind it.
try { Set-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0 -Description ('x' * 100MB) -ErrorAction Stop } catch { "large: $($_.FullyQualifiedErrorId) $($_.Exception.Message)" }
"after it: $((Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com).MajorVersion), processes: $(@(Get-Child).Count), open: $([AppDomain]::CurrentDomain.GetData("Cimlet $((Get-Module Cimlet.DhcpServer).Version) Client").Mail.Count)"
"child $(@(Get-Child)[0].Id)"
# The other side: nothing of PowerShell runs after this.
[System.Diagnostics.Process]::GetCurrentProcess().Kill()
`;

describeInBothForms('a process that is killed', (form) => {
  it('ends what it carried with an error, the next call has a new one, and it does not outlive PowerShell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-'));
    const lab = join(folder, 'lab.json');
    writeFileSync(
      lab,
      JSON.stringify({ faults: [{ kind: 'latency', ms: 30_000, server: 'dhcpserver2.contoso.com' }] }),
    );
    const lines = await runScript(SCRIPT, { ...form, CIMLET_OPTIONS: `--emulator --lab '${lab}'` });
    rmSync(folder, { recursive: true });
    const child = Number(/^child (\d+)$/.exec(lines.at(-1) ?? '')?.[1]);
    expect(lines.slice(0, -1)).toEqual([
      'session: CimJob_BrokenCimSession,Get-DhcpServerVersion',
      'between: 10',
      'in a call: CimletDied,Get-DhcpServerv4Scope',
      'after it: 10, processes: 1',
      expect.stringMatching(/^large: RequestTooLarge,Set-DhcpServerv4Scope .*more than 16 MB/),
      'after it: 10, processes: 1, open: 0',
    ]);
    // Its input has ended; it takes the time of closing its sessions.
    const deadline = Date.now() + 20_000;
    const lives = () => {
      try {
        return process.kill(child, 0);
      } catch {
        return false;
      }
    };
    while (lives() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    expect([child > 1, lives()]).toEqual([true, false]);
  });
});
