import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeInBothForms, MANIFEST, PWSH } from '../powershell-program.js';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** What is typed never has in it what is then waited for. */
const STEPS = [
  ['expect', 'PS '],
  ['send', "function prompt { 'ok' + '> ' }\r"],
  ['expect', 'ok> '],
  [
    'send',
    `Import-Module '${MANIFEST}'; (Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com).MajorVersion * 1001\r`,
  ],
  ['expect', '10010'],
  ['expect', 'ok> '],
  ['send', 'Get-DhcpServerVersion -ComputerName dhcpserver2.contoso.com -Verbose\r'],
  ['expect', 'VERBOSE: Performing the operation'],
  ['send', '\u0003'],
  ['expect', 'ok> '],
  [
    'send',
    "(Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com).MajorVersion * 1002; 'children ' + @(Get-Process | Where-Object { $_.Parent.Id -eq $PID }).Count\r",
  ],
  ['expect', '10020'],
  ['expect', 'children 1'],
  ['send', 'exit\r'],
];

describeInBothForms('Ctrl-C in a terminal', (form) => {
  it(`stops a call that waits for 30 seconds, and nothing else${hasPython ? '' : ' (python3 is not there)'}`, () => {
    if (!hasPython) return;
    const folder = mkdtempSync(join(tmpdir(), 'lab-'));
    const lab = join(folder, 'lab.json');
    writeFileSync(
      lab,
      JSON.stringify({ faults: [{ kind: 'latency', ms: 30_000, server: 'dhcpserver2.contoso.com' }] }),
    );
    const taken = JSON.parse(
      execFileSync('python3', [resolve(__dirname, 'terminal.py'), PWSH, '-NoProfile', '-NoLogo'], {
        input: JSON.stringify(STEPS),
        encoding: 'utf8',
        env: {
          ...process.env,
          ...form,
          CIMLET_OPTIONS: `--emulator --lab '${lab}'`,
          TERM: 'xterm',
          HOME: folder,
          XDG_DATA_HOME: '',
        },
      }),
    ) as number[];
    rmSync(folder, { recursive: true });
    expect(taken).toHaveLength(STEPS.filter(([kind]) => kind === 'expect').length);
    // The prompt behind Ctrl-C: 0.1 s on a quiet machine.
    expect(taken[5]).toBeLessThan(15);
  });
});
