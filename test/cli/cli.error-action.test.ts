// What a failure does to the rest of a line: PowerShell's terminating and non-terminating errors (about_CommonParameters, about_Preference_Variables).
import { describe, expect, it } from '@jest/globals';
import { runCommand } from './command-harness.js';

const FIRST = 'dhcpserver.contoso.com';
const ADD = 'Add-DhcpServerv4Failover SFO-SIN 10.10.10.0 dhcpserver2.contoso.com';
const NAMES = 'Get-DhcpServerv4Scope | select -ExpandProperty ScopeId | % IPAddressToString';
const SCOPES = '10.10.10.0\n10.20.20.0\n';

describe('a line of several statements', () => {
  it.each(['', '-ErrorAction Continue', '-ErrorAction SilentlyContinue', '-ErrorAction Ignore', '-ea 0'])(
    'goes on after a failure with "%s", and keeps its exit code',
    async (action) => {
      const run = await runCommand(['--emulator', `Get-DhcpServerv4Failover nothing ${action}; ${NAMES}`]);
      expect(run).toMatchObject({ code: 1, stdout: SCOPES });
    },
  );

  it.each([
    'Get-DhcpServerv4Failover nothing -ErrorAction Stop',
    'Get-DhcpServerv4Failover nothing -ea 1',
    'Get-DhcpServerv4Failover nothing -ErrorAction:stop | select Name',
    'Get-DhcpServerv4Scope 10.99.0.0,10.10.10.0 -ErrorAction Stop | Sort-Object Name',
  ])('ends with ErrorAction Stop: %s', async (statement) => {
    const run = await runCommand(['--emulator', `${statement}; ${ADD}; ${NAMES}`]);
    expect(run.code).toBe(1);
    expect(run.stdout).not.toContain('10.20.20.0');
    expect(run.stderr.match(/FullyQualifiedErrorId/g)).toHaveLength(1);
    expect(run.lab.server(FIRST).relationships.size).toBe(0);
  });

  it('ends with ErrorAction Stop also where the parameters do not fit, which is exit code 2', async () => {
    const wrong = 'Get-DhcpServerVersion | Set-DhcpServerv4Failover -LoadBalancePercent 5';
    expect(await runCommand(['--emulator', `${wrong}; ${NAMES}`])).toMatchObject({ code: 2, stdout: SCOPES });
    const stopped = await runCommand(['--emulator', `${wrong} -ErrorAction Stop; ${NAMES}`]);
    expect(stopped).toMatchObject({ code: 2, stdout: '' });
  });

  it('ends where Inquire is answered with no, and goes on after yes', async () => {
    const line = `Get-DhcpServerv4Failover nothing -ErrorAction Inquire; ${NAMES}`;
    expect(await runCommand(['--emulator', line], { answers: ['H'] })).toMatchObject({ code: 1, stdout: '' });
    expect(await runCommand(['--emulator', line], { answers: ['Y'] })).toMatchObject({ code: 1, stdout: SCOPES });
  });
});

describe('a pipeline whose first cmdlet has ErrorAction Stop', () => {
  const failing = 'Get-DhcpServerv4Failover SFO-SIN,nothing -ErrorAction Stop';

  it('shows what came before the failure', async () => {
    const run = await runCommand(['--emulator', `${ADD}; ${failing} | select -ExpandProperty Name`]);
    expect(run).toMatchObject({ code: 1, stdout: 'SFO-SIN\n' });
  });

  it('gives nothing to what waits for all of it, and reports once', async () => {
    const removal = `${failing} | Sort-Object Name | Remove-DhcpServerv4Failover -Force`;
    const run = await runCommand(['--emulator', `${ADD}; ${removal}`]);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr.match(/FullyQualifiedErrorId/g)).toHaveLength(1);
    expect(run.lab.server(FIRST).relationships.size).toBe(1);
    expect(await runCommand(['--emulator', `${ADD}; ${failing} | ConvertTo-Json`])).toMatchObject({ stdout: '' });
  });
});

// What PowerShell 7.6.9 does with the same lines.
describe('a statement that fails inside of a block or sub-expression', () => {
  it.each([
    ['1,2 | ForEach-Object { [int]"abc"; "n" }; "z"', 'n\nn\nz\n'],
    ['1,2 | Where-Object { [int]"abc"; $true }; "z"', '1\n2\nz\n'],
    ['1,2 | Where-Object { [int]"abc" -eq 0 -or $true }; "z"', 'z\n'],
    ['"x$([int]"abc"; "n")y"; "z"', 'xny\nz\n'],
    ['@([int]"abc"; "n"); "z"', 'n\nz\n'],
    ['1 | % { "a$([int]"abc")b"; "n" }; "z"', 'ab\nn\nz\n'],
    ['1 | % { Get-DhcpServerv4Scope abc; "n" }; "z"', 'n\nz\n'],
    ['[int]"abc" && "n"; [int]"abc" || "m"', 'm\n'],
    ['"b","a" | Sort-Object { [int]"abc"; $_ }; "z"', 'b\na\nz\n'],
    ['"a" | Select-Object @{ n = "x"; e = { [int]"abc"; "n" } } | ForEach-Object { "[$($_.x)]" }', '[]\n'],
  ])('lets the next one run, but in a calculated property: %s', async (line, stdout) => {
    expect(await runCommand(['--emulator', line])).toMatchObject({ stdout });
  });
});

describe('$ErrorActionPreference', () => {
  it.each([
    'Get-DhcpServerv4Failover nothing',
    'Get-DhcpServerv4Scope abc',
    '[int]"abc"',
    '"a" | Select-Object -ExpandProperty q',
    '"a","b" | Where-Object { $_.Length -lt "abc" }',
    '1,2 | ForEach-Object { Get-DhcpServerv4Failover nothing }',
    '1,2 | ForEach-Object { Get-DhcpServerv4Scope abc }',
    '"x$(Get-DhcpServerv4Failover nothing)"',
  ])('Stop ends the line after the first error: %s', async (statement) => {
    for (const action of ['"Stop"', '"st"', '1']) {
      const run = await runCommand(['--emulator', `$ErrorActionPreference = ${action}; ${statement}; ${ADD}; "z"`]);
      expect([run.stdout, run.stderr.match(/FullyQualifiedErrorId/g)?.length]).toEqual(['', 1]);
      expect(run.code).toBeGreaterThan(0);
      expect(run.lab.server(FIRST).relationships.size).toBe(0);
    }
  });

  it('gives way to -ErrorAction, says nothing with SilentlyContinue, and refuses what is no action', async () => {
    const own = '$ErrorActionPreference = "Stop"; Get-DhcpServerv4Failover nothing -ErrorAction Continue; "z"';
    expect(await runCommand(['--emulator', own])).toMatchObject({ code: 1, stdout: 'z\n' });
    const quiet =
      '$ErrorActionPreference = "SilentlyContinue"; Get-DhcpServerv4Failover nothing; [int]"a"; Get-DhcpServerv4Scope abc; "z"';
    expect(await runCommand(['--emulator', quiet])).toMatchObject({ code: 2, stdout: 'z\n', stderr: '' });
    const wrong = await runCommand(['--emulator', '$ErrorActionPreference = "stopp"; [int]"abc"; "z"']);
    expect([wrong.stdout, wrong.stderr.match(/FullyQualifiedErrorId/g)?.length]).toEqual(['z\n', 2]);
  });
});

describe('-ErrorAction Stop', () => {
  it.each(['"a" | Select-Object -ExpandProperty q', '"a" | Where-Object Length -lt abc', '"a" | Measure-Object -Sum'])(
    "ends the line for PowerShell's own cmdlets, too: %s",
    async (statement) => {
      const going = await runCommand(['--emulator', `${statement}; "z"`]);
      expect([going.code, going.stdout.endsWith('z\n')]).toEqual([1, true]);
      const run = await runCommand(['--emulator', `${statement} -ErrorAction Stop; "z"`]);
      expect(run).toMatchObject({ code: 1, stdout: '' });
    },
  );

  it('does not hold for values that the binder refuses before the cmdlet runs, as in PowerShell', async () => {
    const run = await runCommand(['--emulator', 'Get-DhcpServerv4Scope abc -ErrorAction Stop; "z"']);
    expect(run).toMatchObject({ code: 2, stdout: 'z\n' });
  });
});
