import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { defaultLabDescription, type LabDescription } from '../../lib/emulator/lab/lab-description.js';
import { runCommand } from './command-harness.js';
import { HELP_EXAMPLES } from './help-examples.js';

const FIRST = 'dhcpserver.contoso.com';
const SECOND = 'dhcpserver2.contoso.com';
const NAME = 'SFO-SIN-Failover';
const SCOPES = ['10.10.10.0', '10.20.20.0'];

/** The built-in lab with one more scope, so that a relationship can exist before the two of the examples join it. */
const description: LabDescription = {
  ...defaultLabDescription,
  servers: (defaultLabDescription.servers ?? []).map((server) =>
    server.name === FIRST
      ? { ...server, scopes: [...(server.scopes ?? []), { scopeId: '10.30.30.0', name: 'Spare' }] }
      : server,
  ),
};

async function labWith(parameters: string): Promise<Lab> {
  const lab = createLab(description);
  if (parameters !== '') {
    const line = `Add-DhcpServerv4Failover ${NAME} -PartnerServer ${SECOND} -ComputerName ${FIRST} ${parameters}`;
    expect(await runCommand(['--emulator', line], { createLab: () => lab })).toMatchObject({ code: 0, stderr: '' });
  }
  return lab;
}

const LOAD_BALANCE = `-ScopeId ${SCOPES.join(',')}`;
const HOT_STANDBY = `${LOAD_BALANCE} -ReservePercent 5`;
const SPARE = '-ScopeId 10.30.30.0';

/** What has to be there before each example of the help pages, in their order, and what it prints. */
const BEFORE: readonly (readonly [before: string, output: 'nothing' | 'relationship' | 'scopes'])[] = [
  ['', 'nothing'],
  ['', 'nothing'],
  ['', 'nothing'],
  ['', 'nothing'],
  [LOAD_BALANCE, 'relationship'],
  [LOAD_BALANCE, 'relationship'],
  [LOAD_BALANCE, 'relationship'],
  [LOAD_BALANCE, 'nothing'],
  [HOT_STANDBY, 'nothing'],
  [HOT_STANDBY, 'nothing'],
  [LOAD_BALANCE, 'nothing'],
  [SPARE, 'nothing'],
  [LOAD_BALANCE, 'nothing'],
  [LOAD_BALANCE, 'scopes'],
  [LOAD_BALANCE, 'scopes'],
  [LOAD_BALANCE, 'scopes'],
];

describe('every example of the seven help pages, as written there', () => {
  const cases = HELP_EXAMPLES.map(({ line }, index) => ({
    line,
    before: BEFORE[index]?.[0] ?? '',
    output: BEFORE[index]?.[1],
  }));

  it.each(cases)('$line', async ({ line, before, output }) => {
    const lab = await labWith(before);
    const run = await runCommand(['--emulator', line], { createLab: () => lab, answers: ['Y'] });
    expect(run.code).toBe(0);
    expect(run.stderr).not.toContain('CategoryInfo');
    if (output === 'nothing') expect(run.stdout).toBe('');
    if (output === 'relationship') expect(run.stdout).toMatch(/^\nName {16}: SFO-SIN-Failover$/m);
    if (output === 'scopes') expect(run.stdout.trimEnd().split('\n').sort()).toEqual(SCOPES);
  });

  const held = async (lab: Lab, computer: string) => {
    const run = await runCommand(['--emulator', '--json', `Get-DhcpServerv4Failover -ComputerName ${computer}`], {
      createLab: () => lab,
    });
    return run.stdout === '' ? undefined : (JSON.parse(run.stdout) as Record<string, unknown>);
  };

  it.each([
    [7, LOAD_BALANCE, { LoadBalancePercent: 70, StateSwitchInterval: '02:00:00' }, { LoadBalancePercent: 30 }],
    [8, HOT_STANDBY, { ReservePercent: 10, AutoStateTransition: true }, { ReservePercent: 10 }],
    [9, HOT_STANDBY, { Mode: 'LoadBalance', LoadBalancePercent: 60 }, { Mode: 'LoadBalance', LoadBalancePercent: 40 }],
    [11, SPARE, { ScopeId: ['10.30.30.0', ...SCOPES] }, { ScopeId: ['10.30.30.0', ...SCOPES] }],
    [12, LOAD_BALANCE, { ScopeId: [] }, { ScopeId: [] }],
  ] as const)('example line %d changes both servers', async (index, before, first, second) => {
    const lab = await labWith(before);
    await runCommand(['--emulator', HELP_EXAMPLES[index]?.line ?? ''], { createLab: () => lab, answers: ['Y'] });
    expect(await held(lab, FIRST)).toMatchObject(first);
    expect(await held(lab, SECOND)).toMatchObject(second);
  });

  it('Remove-DhcpServerv4Failover leaves none on either', async () => {
    const lab = await labWith(LOAD_BALANCE);
    await runCommand(['--emulator', HELP_EXAMPLES[10]?.line ?? ''], { createLab: () => lab, answers: ['Y'] });
    expect([await held(lab, FIRST), await held(lab, SECOND)]).toEqual([undefined, undefined]);
  });
});

describe('--lab', () => {
  it('describes the lab by a file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cimlet-lab-'));
    try {
      const file = join(directory, 'lab.json');
      writeFileSync(file, JSON.stringify(description));
      const { main } = await import('../../lib/cli/main.js');
      const { PassThrough } = await import('node:stream');
      const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
      const io = { stdin, stdout, stderr, env: {}, signal: new AbortController().signal };
      const line =
        'Get-DhcpServerv4Scope | where Name -eq Spare | select -ExpandProperty ScopeId | % IPAddressToString';
      expect(await main(['--lab', file, '--emulator', line], io)).toBe(0);
      expect(String(stdout.read())).toBe('10.30.30.0\n');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
