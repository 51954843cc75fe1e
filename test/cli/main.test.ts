import { readFileSync } from 'node:fs';
import { describe, expect, it, jest } from '@jest/globals';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { runCommand } from './command-harness.js';
import { HELP_EXAMPLES, shellWords } from './help-examples.js';

const FIRST = 'dhcpserver.contoso.com';
const SECOND = 'dhcpserver2.contoso.com';
const ADD = HELP_EXAMPLES.slice(0, 4).map(({ line }) => line.slice('PS C:\\> '.length));
const [EXAMPLE_1 = '', EXAMPLE_2 = ''] = ADD;
const GET = `Get-DhcpServerv4Failover -CimSession ${FIRST},${SECOND}`;

const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** What failover-semantics (the reference of the emulated pair) says that both servers hold after each example. */
const BOTH = {
  Name: 'SFO-SIN-Failover',
  ScopeId: ['10.10.10.0', '10.20.20.0'],
  State: 'Normal',
  MaxClientLeadTime: '01:00:00',
  AutoStateTransition: false,
  StateSwitchInterval: null,
  EnableAuth: false,
  PrimaryServerName: 'dhcpserver',
  SecondaryServerName: SECOND,
  LoadBalancePercent: null,
  ReservePercent: null,
  ServerRole: null,
};
const TIMES = { MaxClientLeadTime: '02:00:00', AutoStateTransition: true, StateSwitchInterval: '02:00:00' };
const onFirst = { ...BOTH, PSComputerName: FIRST, PartnerServer: SECOND, ServerType: 'PrimaryServer' };
const onSecond = { ...BOTH, PSComputerName: SECOND, ServerType: 'SecondaryServer' };
const EXPECTED = [
  [
    { ...onFirst, Mode: 'LoadBalance', LoadBalancePercent: 50, EnableAuth: true },
    { ...onSecond, Mode: 'LoadBalance', LoadBalancePercent: 50, EnableAuth: true },
  ],
  [
    {
      ...onFirst,
      Mode: 'HotStandby',
      ReservePercent: 5,
      ServerRole: 'Standby',
      ServerType: 'SecondaryServer',
      PrimaryServerName: SECOND,
      SecondaryServerName: 'dhcpserver',
    },
    {
      ...onSecond,
      Mode: 'HotStandby',
      ReservePercent: 5,
      ServerRole: 'Active',
      ServerType: 'PrimaryServer',
      PrimaryServerName: SECOND,
      SecondaryServerName: 'dhcpserver',
    },
  ],
  [
    { ...onFirst, ...TIMES, Mode: 'LoadBalance', LoadBalancePercent: 70 },
    { ...onSecond, ...TIMES, Mode: 'LoadBalance', LoadBalancePercent: 30 },
  ],
  [
    { ...onFirst, ...TIMES, Mode: 'HotStandby', ReservePercent: 10, ServerRole: 'Active' },
    { ...onSecond, ...TIMES, Mode: 'HotStandby', ReservePercent: 10, ServerRole: 'Standby' },
  ],
];

/** Servers answer in any order. */
function byComputer<T extends object>(results: readonly T[]): T[] {
  const name = (result: T) => String((result as { PSComputerName?: unknown }).PSComputerName);
  return [...results].sort((one, other) => name(one).localeCompare(name(other)));
}

describe("the four examples of Add-DhcpServerv4Failover's help, on both servers", () => {
  const cases = ADD.map((line, index) => ({ line, number: index + 1, expected: EXPECTED[index] ?? [] }));

  it.each(cases)('example $number as one argument', async ({ line, expected }) => {
    const run = await runCommand(['--emulator', '--json', `${line}; ${GET}`], { answers: ['Y'] });
    expect(run.code).toBe(0);
    const results = byComputer(jsonLines(run.stdout));
    expect(results).toHaveLength(2);
    expect(results).toMatchObject(expected);
  });

  it.each(cases)('example $number word by word', async ({ line, expected }) => {
    const words = ['--emulator', '--json', ...shellWords(line), '-Force', ';', ...shellWords(GET)];
    const run = await runCommand(words);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const results = byComputer(jsonLines(run.stdout));
    expect(results).toHaveLength(2);
    expect(results).toMatchObject(expected);
  });
});

describe('confirmation', () => {
  it('asks on the terminal as PowerShell does, on standard error', async () => {
    const run = await runCommand(['--emulator', '--json', `${EXAMPLE_1} -PassThru`], { answers: ['?', 'what', ''] });
    expect(run.code).toBe(0);
    expect(jsonLines(run.stdout)).toHaveLength(1);
    expect(run.stderr).toMatch(/^\nConfirm\n.+\n\[Y\] Yes {2}\[N\] No {2}\[\?\] Help \(default is "Y"\): /);
    expect(run.stderr.match(/default is "Y"/g)).toHaveLength(3);
    expect(run.stderr).not.toContain('sEcReT');
  });

  it('does nothing and exits with 1 when the answer is no', async () => {
    const run = await runCommand(['--emulator', EXAMPLE_1], { answers: ['N'] });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.lab.server(FIRST).relationships.size).toBe(0);
  });

  it('is refused without a terminal: exit code 1, a clear message, nothing sent', async () => {
    const lab = createLab();
    const transport = jest.spyOn(lab, 'transport');
    const run = await runCommand(['--emulator', EXAMPLE_1], { createLab: () => lab });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('is not a terminal');
    expect(run.stderr).toContain('-Force');
    expect(run.stderr).toContain('ERR_CONFIRMATION_REQUIRED,Add-DhcpServerv4Failover');
    expect(transport).not.toHaveBeenCalled();
    expect(run.lab.server(FIRST).relationships.size).toBe(0);
    const asJson = await runCommand(['--emulator', '--json', EXAMPLE_1]);
    expect(asJson.code).toBe(1);
    expect(jsonLines(asJson.stderr)).toMatchObject([{ code: 'ERR_CONFIRMATION_REQUIRED' }]);
  });

  it.each([
    [EXAMPLE_1, 'Add -Force to go'],
    [`${EXAMPLE_1} -Confirm`, 'Leave -Confirm out and add -Force to go'],
    [`${EXAMPLE_1} -Confirm -Force`, 'Leave -Confirm out to go'],
    [`${EXAMPLE_1} -Confirm:$true -Force:$true`, 'Leave -Confirm out to go'],
    [
      'Remove-CimInstance -Query "SELECT * FROM Cimlet_Item" -Namespace root/cimlet/test -Confirm',
      'Leave -Confirm out to go',
    ],
    ['Remove-DhcpServerv4Failover nothing', 'Write -Confirm:$false to go'],
    ['Remove-DhcpServerv4Failover nothing -Confirm', 'Write -Confirm:$false to go'],
    ['Get-DhcpServerv4Scope 10.99.0.0 -ErrorAction Inquire', 'Write -ErrorAction Stop or Continue instead'],
  ])('without a terminal %s is told the way out', async (line, hint) => {
    const run = await runCommand(['--emulator', line], { createLab: () => createLab({ testNamespace: true }) });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain(hint);
    expect(run.lab.server(FIRST).relationships.size).toBe(0);
  });

  it('takes (New-TimeSpan …) for a time span', async () => {
    const line = `${ADD[2]} -PassThru -Force`.replace(
      '-MaxClientLeadTime 2:00:00',
      '-MaxClientLeadTime (New-TimeSpan -Hours 3)',
    );
    const run = await runCommand(['--emulator', '--json', line]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(jsonLines(run.stdout)).toMatchObject([{ MaxClientLeadTime: '03:00:00' }]);
  });

  it('is not needed with -Force or -Confirm:$false', async () => {
    for (const word of ['-Force', '-Confirm:$false']) {
      const run = await runCommand(['--emulator', `${EXAMPLE_1} ${word}`]);
      expect(run).toMatchObject({ code: 0, stdout: '', stderr: '' });
      expect(run.lab.server(FIRST).relationships.size).toBe(1);
    }
  });

  it('-WhatIf says what would be done on standard error, and does nothing', async () => {
    const run = await runCommand(['--emulator', '--json', `${EXAMPLE_1} -WhatIf`]);
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toMatch(/^What if: Performing the operation ".+" on target ".*SFO-SIN-Failover.*"\.\n$/);
    expect(run.lab.server(FIRST).relationships.size).toBe(0);
  });
});

describe('pipelines of cmdlets', () => {
  it('bind by property name and run where the objects came from', async () => {
    const line = `${EXAMPLE_2}; Get-DhcpServerv4Failover -ComputerName ${SECOND} | Set-DhcpServerv4Failover -ReservePercent 20 -PassThru; ${GET}`;
    const run = await runCommand(['--emulator', '--json', line]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(jsonLines(run.stdout)).toMatchObject([
      { PSComputerName: SECOND, ReservePercent: 20 },
      { PSComputerName: FIRST, ReservePercent: 20 },
      { PSComputerName: SECOND, ReservePercent: 20 },
    ]);
  });

  it('filter by a script block', async () => {
    const line =
      'Get-DhcpServerv4Scope | where {$_.Name -like "SIN*" -and $_.State -eq "Active"} | % { $_.ScopeId.IPAddressToString }';
    expect(await runCommand(['--emulator', line])).toMatchObject({ code: 0, stdout: '10.20.20.0\n', stderr: '' });
    const block = await runCommand(['--emulator', 'Get-DhcpServerv4Scope -ScopeId { $_ }']);
    expect(block).toMatchObject({ code: 2, stdout: '' });
    expect(block.stderr).toContain('A script block stands at column 32, and -ScopeId takes none');
  });

  it('filter, sort and format the results', async () => {
    const line = 'Get-DhcpServerv4Scope | Where-Object Name -like SIN* | Select-Object ScopeId,State | ft';
    const run = await runCommand(['--emulator', line]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toBe('\nScopeId    State\n-------    -----\n10.20.20.0 Active\n\n');
    const sorted = await runCommand([
      '--emulator',
      'Get-DhcpServerv4Scope',
      '|',
      'sort',
      'Name',
      '-Descending',
      '|',
      'select',
      '-ExpandProperty',
      'Name',
    ]);
    expect(sorted.stdout).toBe('SIN clients\nSFO clients\n');
  });

  it('refuse objects of the wrong class', async () => {
    const run = await runCommand([
      '--emulator',
      '--json',
      'Get-DhcpServerVersion | Set-DhcpServerv4Failover -LoadBalancePercent 5',
    ]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(jsonLines(run.stderr)).toMatchObject([
      { fullyQualifiedErrorId: expect.stringMatching(/^InputObject\w+,Set-DhcpServerv4Failover$/) },
    ]);
  });
});

describe('errors and exit codes', () => {
  it('prints records as PowerShell does', async () => {
    const run = await runCommand(['--emulator', 'Get-DhcpServerv4Failover -ScopeId 10.10.10.0']);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    const [message, category, id] = run.stderr.split('\n');
    expect(message).toMatch(
      /^Get-DhcpServerv4Failover : Failed to get failover relationship for scope .*10\.10\.10\.0.* on DHCP server/,
    );
    expect(category).toMatch(
      /^ {4}\+ CategoryInfo {10}: ObjectNotFound: \(\S+:root\/Microsoft\/\.\.\.erverv4Failover\) \[Get-DhcpServerv4Failover\], CimException$/,
    );
    expect(id).toBe('    + FullyQualifiedErrorId : DHCP 20116,Get-DhcpServerv4Failover');
  });

  it('prints records as JSON with --json, and the results of the other targets', async () => {
    const line = `Get-DhcpServerv4Scope -ScopeId 10.10.10.0 -CimSession ${FIRST},${SECOND},nowhere.contoso.com`;
    const run = await runCommand(['--emulator', '--json', line]);
    expect(run.code).toBe(1);
    expect(jsonLines(run.stdout)).toMatchObject([{ ScopeId: '10.10.10.0', PSComputerName: FIRST }]);
    const errors = jsonLines(run.stderr);
    expect(errors.map(({ PSComputerName }) => PSComputerName).sort()).toEqual([SECOND, 'nowhere.contoso.com']);
    expect(errors.find(({ PSComputerName }) => PSComputerName === SECOND)).toMatchObject({
      fullyQualifiedErrorId: 'DHCP 20005,Get-DhcpServerv4Scope',
      categoryInfo: { category: 'ObjectNotFound' },
    });
  });

  it('keeps quiet about errors with -ErrorAction SilentlyContinue, but not in the exit code', async () => {
    for (const action of ['SilentlyContinue', 'Ignore']) {
      const run = await runCommand(['--emulator', `Get-DhcpServerv4Failover nothing -ErrorAction ${action}`]);
      expect(run).toMatchObject({ code: 1, stdout: '', stderr: '' });
      const items = await runCommand([
        '--emulator',
        `Get-DhcpServerv4Scope -ScopeId 10.10.10.0,10.99.0.0 -ErrorAction ${action} | select -ExpandProperty Name`,
      ]);
      expect(items.code).toBe(1);
      expect(items.stdout).toMatch(/^.+\n$/);
      expect(items.stderr).toBe('');
    }
  });

  it.each([
    ['Get-DhcpServerv4Failovr', 'Did you mean Get-DhcpServerv4Failover?'],
    ['Get-DhcpServerv4Scope | Slect-Object Name', 'Did you mean Select-Object?'],
    ['emulatr', 'Did you mean emulator?'],
    ['Get-DhcpServerv4FailoverScope', 'in its property ScopeId'],
    ['Get-DhcpServerv4Failover -Scope', "Missing an argument for parameter 'ScopeId'"],
    ['Get-DhcpServerv4Failover -Nme x', 'NamedParameterNotFound'],
    ['Get-DhcpServerv4Failover -Name a -Name b', 'ParameterAlreadyBound'],
    ['Get-DhcpServerv4Failover a b', 'PositionalParameterNotFound'],
    ['Get-DhcpServerv4Failover -ScopeId 10.10.10', '10.10.10'],
    ['Get-DhcpServerv4Failover -AsJob', '-AsJob is not supported on the command line'],
    ['Get-DhcpServerv4Failover -AsJob | Wait-Job | Receive-Job', 'Leave -AsJob out'],
    ['Get-DhcpServerv4Failover -OutVariable $', 'no name of a variable'],
    ['Get-DhcpServerv4Failover | Receive-Job', 'Leave -AsJob and the job cmdlets out'],
    ['Get-DhcpServerv4Failover | Export-Clixml f.xml', '--json'],
    ['Get-DhcpServerv4Scope | select @{Name="x"}', 'no Expression'],
    ['Get-DhcpServerv4Scope | % { Remove-DhcpServerv4Scop $_.ScopeId }', 'Did you mean Remove-DhcpServerv4Scope?'],
    ['Get-DhcpServerv4Scope (Get-DhcpServerv4Scop).ScopeId', 'Did you mean'],
    ['Get-DhcpServerv4Scope 10.10.10.0 10.20.20.0', 'written with commas'],
    ['$s = New-CimSession dhcpserver; Get-DhcpServerv4Failover -CimSession $t', 'the variable $t'],
    ['Get-DhcpServerv4Scope | select Name -Unique:$f', 'the variable $f'],
    ['Get-DhcpServerv4Scope | where { $_.Name -eq $f }', 'the variable $f'],
    ['Get-DhcpServerv4Scope | where { $_.Name -eq "$f" }', 'the variable $f'],
    ['$f = Get-DhcpServerv4Failover; $g = $f | Format-Table', 'write $g | Format-Table'],
    ['$f = Get-DhcpServerv4Failover; $f | Set-DhcpServerv4Failovr', 'Did you mean'],
    ['$f = Get-DhcpServerv4Failover; Get-DhcpServerv4Failover -Name $f.Name -Nme x', 'NamedParameterNotFound'],
    ['$s = Get-DhcpServerv4Failover && Get-DhcpServerv4Scope', 'Assign in a statement of its own'],
    ['Get-DhcpServerv4Failover | ft | fl', 'can follow Format-Table'],
    ['Where-Object a', 'nothing to work on'],
    ['Add-DhcpServerv4Failover n 10.10.10.0 p -LoadBalancePercent 5 -ReservePercent 5', 'AmbiguousParameterSet'],
    ['Add-DhcpServerv4Failover n 10.10.10.0 p -AutoStateTransition -LoadBalancePercent 5', "'$True'"],
    ['Add-DhcpServerv4Failover -Name n', 'MissingMandatoryParameter'],
    ['Get-DhcpServerv4Scope; Get-DhcpServerv4Failovr', 'Did you mean'],
    ['Get-X {', 'script block'],
  ])('%s: exit code 2, and nothing is run', async (line, text) => {
    const lab = createLab();
    const transport = jest.spyOn(lab, 'transport');
    const run = await runCommand(['--emulator', line], { createLab: () => lab });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(text);
    expect(transport).not.toHaveBeenCalled();
    const asJson = await runCommand(['--emulator', '--json', line]);
    expect(asJson).toMatchObject({ code: 2, stdout: '' });
    expect(jsonLines(asJson.stderr)).toHaveLength(1);
  });

  it('never prints the shared secret, whatever goes wrong', async () => {
    const secret = 'Hunter2-$wordfish';
    for (const line of [
      `Add-DhcpServerv4Failover -SharedSecret "${secret}" -Name n`,
      `Add-DhcpServerv4Failover -SharedSecret '${secret}' -Nmae n`,
      `Add-DhcpServerv4Failover n 10.10.10.0 p -SharedSecret '${secret}','${secret}'`,
      `Add-DhcpServerv4Failover n 10.10.10.0 nowhere -SharedSecret '${secret}' -Force -Debug`,
      `Add-DhcpServerv4Failover n 10.10.10.0 p '${secret}' -SharedSecret x`,
    ]) {
      const run = await runCommand(['--emulator', '--verbose', line]);
      expect(run.code).toBeGreaterThan(0);
      expect(run.stdout + run.stderr).not.toMatch(/Hunter2|wordfish/);
    }
  });
});

describe('the rest of the command', () => {
  it('prints help and version', async () => {
    const help = await runCommand(['--help']);
    expect(help.code).toBe(0);
    for (const text of ['Add-DhcpServerv4Failover', '--connect-to HOST:PORT:ADDRESS:PORT', 'test HOST', 'Exit codes']) {
      expect(help.stdout).toContain(text);
    }
    expect(await runCommand([])).toMatchObject({ code: 2, stdout: '' });
    const cmdlet = await runCommand(['--help', 'get-dhcpserverv4failover']);
    expect(cmdlet).toMatchObject({ code: 0, stderr: '' });
    expect(cmdlet.stdout).toContain('[[-Name] <String[]>]');
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect((await runCommand(['--version'])).stdout).toBe(`cimlet ${manifest.version}\n`);
  });

  it('says what it does with --verbose or -Verbose, on standard error', async () => {
    const run = await runCommand(['--emulator', '--json', '--verbose', 'Get-DhcpServerv4Scope']);
    expect(run.code).toBe(0);
    expect(jsonLines(run.stdout)).toHaveLength(2);
    expect(run.stderr).toContain('VERBOSE: ');
    expect((await runCommand(['--emulator', 'Get-DhcpServerv4Scope -Verbose'])).stderr).toContain('VERBOSE: ');
  });

  it('stops at a closed standard output', async () => {
    const first = await runCommand([
      '--emulator',
      'Get-DhcpServerv4Scope | select -First 1 | ConvertTo-Json -Compress',
    ]);
    expect(first.code).toBe(0);
    expect(jsonLines(first.stdout)).toHaveLength(1);
  });

  it('gives up when interrupted', async () => {
    const controller = new AbortController();
    controller.abort();
    const run = await runCommand(['--emulator', 'Get-DhcpServerv4Scope'], { signal: controller.signal });
    expect(run).toMatchObject({ code: 130, stdout: '', stderr: '' });
  });
});
