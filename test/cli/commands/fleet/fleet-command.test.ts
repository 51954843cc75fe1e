import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandRun, HarnessOptions } from '../../command-harness.js';
import { runCommand } from '../../command-harness.js';
import { FakeFleet, outcomeOf, statusOf } from './fake-fleet.js';

const folder = mkdtempSync(join(tmpdir(), 'cimlet-fleet-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const NAMES = file('names.txt', 'dhcp1.contoso.com\n# not this one\ndhcp2.contoso.com\n');
const RUN = ['run', '--targets', NAMES, '--credential', 'emea'];

let fleet = new FakeFleet();
beforeEach(() => {
  fleet = new FakeFleet();
});

const run = (
  words: readonly string[],
  options: HarnessOptions = {},
  before: readonly string[] = [],
): Promise<CommandRun> =>
  runCommand([...before, 'fleet', ...words], {
    fleet: fleet.door,
    env: { CIMLET_REDIS: 'redis://:secret@127.0.0.1:6379', CIMLET_FLEET: 'contoso' },
    ...options,
  });

describe('cimlet fleet run', () => {
  it('makes a plan of the line, and says what became of it', async () => {
    const { code, stdout } = await run([...RUN, 'Get-DhcpServerv4Scope 10.10.10.0']);
    expect([code, stdout]).toEqual([0, 'Get-DhcpServerv4Scope ended: 2 of 2 ok. 12 s.\n']);
    expect(fleet.opened).toMatchObject([{ redis: 'redis://:secret@127.0.0.1:6379', name: 'contoso' }]);
    expect(fleet.plans).toMatchObject([
      { cmdlet: 'Get-DhcpServerv4Scope', parameters: { ScopeId: '10.10.10.0' }, credential: 'emea' },
    ]);
    expect(fleet.targets).toEqual([{ computer: 'dhcp1.contoso.com' }, { computer: 'dhcp2.contoso.com' }]);
    expect(fleet.said).toEqual(['closed']);
  });

  it('takes its limits, wherever the options of the whole command stand', async () => {
    const limits = ['--stages', '1,10%:5%,100%', '--max-failed', '2%', '--deadline', '2026-12-01T04:00:00Z'];
    await run([...RUN, ...limits, '--site=EMEA', '--timeout', '20', '--job-size', '5', 'Get-DhcpServerv4Scope'], {}, [
      '--attempts',
      '2',
    ]);
    expect(fleet.plans[0]).toMatchObject({
      stages: [
        { count: 1, maxFailedShare: 0.02 },
        { share: 0.1, maxFailedShare: 0.05 },
        { share: 1, maxFailedShare: 0.02 },
      ],
      deadline: '2026-12-01T04:00:00Z',
      site: 'EMEA',
      timeoutMs: 20_000,
      attempts: 2,
      jobSize: 5,
    });
  });

  it('has computers from the line, and from standard input', async () => {
    await run(['run', '--credential', 'x', 'Get-DhcpServerv4Scope -ComputerName a,b']);
    await run(['run', '--targets', '-', '--credential', 'x', 'Get-DhcpServerv4Scope'], { stdin: 'c\nd' });
    expect(fleet.targets).toEqual(['a', 'b', { computer: 'c' }, { computer: 'd' }]);
  });

  it('gives a secret by its name alone', async () => {
    const line = 'Add-DhcpServerv4Failover SFO -PartnerServer b -ScopeId 10.1.0.0 -Force';
    await run([...RUN, '--secret', 'SharedSecret=failover', line]);
    expect(fleet.plans[0]?.parameters).toMatchObject({ SharedSecret: { secret: 'failover' }, Force: true });
    const { code, stderr } = await run([...RUN, `${line} -SharedSecret Canary-4711`]);
    expect([code, stderr.includes('Canary'), stderr.includes('--secret SharedSecret=NAME')]).toEqual([2, false, true]);
  });

  it('says what failed, and how to go on', async () => {
    fleet.statuses = [statusOf({ ok: 0, failed: 1, unknown: 1, end: 'stopped', reason: 'Too many failed.' })];
    fleet.found = [
      outcomeOf('a', { state: 'failed', error: { code: 'ERR_CIM', id: 'DHCP 20005', message: 'No such scope.' } }),
      outcomeOf('b', { state: 'unknown', attempt: 3, error: { code: 'ERR_TIMEOUT', message: 'No answer.' } }),
    ];
    const { code, stdout } = await run([...RUN, 'Get-DhcpServerv4Scope']);
    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'Get-DhcpServerv4Scope stopped: 0 of 2 ok, 1 failed, 1 unknown. 12 s. Too many failed.',
      '  failed   a  DHCP 20005: No such scope.',
      '  unknown  b  ERR_TIMEOUT: No answer.  (try 3)',
      'To do again what failed: cimlet fleet retry 11111111-2222-4333-8444-555555555555',
    ]);
  });

  it('goes on without the command: Ctrl-C says how to come back', async () => {
    const controller = new AbortController();
    fleet.statuses = [statusOf({ state: 'running', settled: 0, ok: 0, workers: 0 })];
    fleet.endless = true;
    fleet.onWaiting = () => controller.abort();
    const { code, stderr } = await run([...RUN, 'Get-DhcpServerv4Scope'], { signal: controller.signal });
    expect(code).toBe(3);
    expect(stderr).toContain('No worker is there. Start one');
    expect(stderr).toContain('The run goes on. To come back: cimlet fleet status 11111111-2222-4333-8444-555555555555');
    expect(fleet.said).toEqual(['closed']);
  });

  it('need not be followed', async () => {
    fleet.statuses = [statusOf({ state: 'queued' })];
    const detached = await run([...RUN, '--detach', '--json', 'Get-DhcpServerv4Scope']);
    expect([detached.code, detached.stdout]).toEqual([3, '{"run":"11111111-2222-4333-8444-555555555555"}\n']);
  });

  it('says only what it would do, when asked', async () => {
    const { code, stdout } = await run([...RUN, '--what-if', 'Get-DhcpServerv4Scope']);
    expect([code, stdout]).toEqual([
      0,
      [
        'What if: Get-DhcpServerv4Scope on 2 computers, of which none is changed. Nothing was queued.',
        '  site EMEA: 1',
        '  site default: 1',
        '  stage 1: 1, stops when more than 0 % failed',
        '  stage 2: 1, stops when more than 2 % failed',
        '',
      ].join('\n'),
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ['no computers', ['run', '--credential', 'x', 'Get-DhcpServerv4Scope'], 'The computers are not given.'],
    ['no credential', ['run', '--targets', NAMES, 'Get-DhcpServerv4Scope'], 'The credential is not given.'],
    ['no line', RUN, 'The line is not given'],
    ['a pipeline', [...RUN, 'Get-DhcpServerv4Scope | Select-Object Name'], 'no pipeline'],
    ['a variable', [...RUN, '$a = 1'], 'no variable'],
    ['an expression', [...RUN, 'Get-DhcpServerv4Scope (Get-DhcpServerVersion)'], 'known only when a line runs'],
    [
      'a file that is not there',
      ['run', '--targets', '/no/such', '--credential', 'x', 'Get-DhcpServerv4Scope'],
      'ENOENT',
    ],
    ['stages of nothing', [...RUN, '--stages', '0', 'Get-DhcpServerv4Scope'], '--stages: "0"'],
    ['a share above all', [...RUN, '--max-failed', '200%', 'Get-DhcpServerv4Scope'], '--max-failed: "200%"'],
    ['-AsJob', [...RUN, 'Get-DhcpServerv4Scope -ThrottleLimit 3'], '--throttle'],
    ['both audit and a line', [...RUN, '--audit', 'Get-DhcpServerv4Scope'], '--audit is a line of its own'],
    [
      'a password in the line',
      [...RUN, '--redis', 'redis://u:Canary@h', 'Get-DhcpServerv4Scope'],
      'visible to everyone',
    ],
    ['an unknown option', [...RUN, '--stage', '1', 'Get-DhcpServerv4Scope'], 'Did you mean --stages?'],
    [
      'an option behind the line',
      [...RUN, 'Get-DhcpServerv4Scope', '--detach'],
      '--detach stands behind the PowerShell line',
    ],
    [
      'one with a value behind it',
      [...RUN, 'Get-DhcpServerv4Scope', '--Stages=1,100%'],
      '--stages stands behind the PowerShell line',
    ],
    ['an unknown subcommand', ['runs'], 'Did you mean run?'],
    ['--emulator', [...RUN, '--emulator', 'Get-DhcpServerv4Scope'], '--emulator is for the workers'],
  ])('refuses %s, and queues nothing', async (_, words, text) => {
    const { code, stderr } = await run(words);
    expect([code, fleet.plans.length]).toEqual([2, 0]);
    expect(stderr).toContain(text);
    expect(stderr).not.toContain('Canary');
  });

  it('needs the address of Redis', async () => {
    const { code, stderr } = await run(['check'], { env: {} });
    expect([code, stderr.includes('CIMLET_REDIS')]).toEqual([2, true]);
  });
});

describe('cimlet fleet status, results, cancel, retry and check', () => {
  it('status has the exit code of the run', async () => {
    const codes: number[] = [];
    for (const status of [statusOf(), statusOf({ ok: 1, failed: 1 }), statusOf({ state: 'running' })]) {
      fleet.statuses = [status];
      codes.push((await run(['status', status.run])).code);
    }
    expect(codes).toEqual([0, 1, 3]);
  });

  it('status without a run lists them, and JSON is one object a line', async () => {
    const { code, stdout } = await run(['status']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('2 of 2 0      0       Get-DhcpServerv4Scope')]);
    expect(JSON.parse((await run(['status', '--json'])).stdout)).toEqual(statusOf());
    expect((await run(['status', 'last'])).stdout).toContain('Run 11111111-2222');
    expect((await run(['status', '1111'])).stdout).toContain('Run 11111111-2222');
    expect(await run(['status', '9999'])).toMatchObject({ code: 2, stderr: expect.stringContaining('No run begins') });
  });

  it('results are lines, JSON or CSV, of all or of some', async () => {
    fleet.statuses = [statusOf({ ok: 1, failed: 1 })];
    fleet.found = [
      outcomeOf('a', {
        output: [
          { Name: '=1+1', Ids: ['x', 'y'] },
          { Name: 'say "no"', Ids: [] },
        ],
      }),
      outcomeOf('b', { state: 'failed', error: { code: 'ERR_TIMEOUT', message: 'No answer.' } }),
    ];
    expect((await run(['results', 'last', '--failed'])).stdout).toBe('failed   b  ERR_TIMEOUT: No answer.\n');
    const json = await run(['results', 'last', '--json']);
    expect([
      json.code,
      json.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ]).toEqual([1, fleet.found]);
    const csv = await run(['results', 'last', '--csv', '--output']);
    expect(csv.stdout).toBe(
      ['"PSComputerName","Name","Ids"', '"a","\'=1+1","x;y"', '"a","say ""no""",""', ''].join('\n'),
    );
    expect((await run(['results', 'last', '--csv'])).stdout.split('\n')[2]).toBe(
      '"b","default","failed",,1,20,,0,,"ERR_TIMEOUT","No answer.",',
    );
  });

  it('cancel and retry do what they say', async () => {
    expect((await run(['cancel', 'last'])).code).toBe(0);
    expect((await run(['retry', 'last', '--unknown', '--no-skipped'])).code).toBe(0);
    expect(fleet.said.filter((text) => text !== 'closed')).toEqual([
      'cancelled',
      'retry {"unknown":true,"skipped":false}',
    ]);
  });

  it('check says what is wrong, each with its remedy', async () => {
    const { code, stdout } = await run(['check']);
    expect([code, stdout.split('\n')[0]]).toEqual([1, 'REFUSED  eviction     Redis evicts keys.']);
    expect(stdout).toContain('Set noeviction.');
  });
});

describe('cimlet fleet schedule', () => {
  it('keeps the computers under its name, and the plan', async () => {
    const words = ['--time-zone', 'Europe/Berlin', '--targets', NAMES, '--credential', 'emea', '--audit'];
    const { code, stdout } = await run(['schedule', 'nightly', '0 2 * * *', ...words]);
    expect([code, stdout]).toEqual([
      0,
      'Compare-DhcpServerv4FailoverPair on 2 computers as nightly: next not known.\n',
    ]);
    expect(fleet.lists.get('nightly')?.length).toBe(2);
    expect(fleet.scheduled).toMatchObject([
      [
        'nightly',
        '0 2 * * *',
        { targets: { list: 'nightly' }, cmdlet: 'Compare-DhcpServerv4FailoverPair' },
        'Europe/Berlin',
      ],
    ]);
  });

  it('lists and removes', async () => {
    fleet.schedulesKnown = [
      { name: 'nightly', cron: '0 2 * * *', cmdlet: 'Get-DhcpServerVersion', next: '2026-12-01T02:00:00Z' },
    ];
    expect((await run(['schedule'])).stdout).toBe(
      'nightly  0 2 * * * (UTC)  Get-DhcpServerVersion  next 2026-12-01T02:00:00Z\n',
    );
    expect((await run(['schedule', '--remove', 'nightly'])).code).toBe(0);
    expect(fleet.scheduled).toEqual([['nightly', '0 2 * * *', undefined, undefined]]);
    expect((await run(['schedule', '--remove', 'hourly'])).code).toBe(2);
  });
});

describe('cimlet fleet run --audit', () => {
  const audit = (key: string, verdict: string, differences: readonly object[] = []) => ({
    key,
    server: 'a',
    partner: 'b',
    relationships: [key],
    verdict,
    differenceCount: differences.length,
    differences,
    notKnown: [],
    more: 0,
  });

  it('reports each pair once, and what differs', async () => {
    fleet.statuses = [statusOf({ cmdlet: 'Compare-DhcpServerv4FailoverPair' })];
    const different = audit('two', 'different', [
      { scopeId: '10.1.0.0', what: 'lease time', meaning: 'Clients differ.' },
      {
        scopeId: '10.1.0.0',
        what: 'scope 10.1.0.0',
        members: ['Description', 'LeaseDuration'],
        meaning: 'They differ.',
      },
    ]);
    fleet.found = [
      outcomeOf('a', { output: [audit('one', 'inStep'), different] }),
      outcomeOf('b', { output: [different] }),
      outcomeOf('c', { output: [] }),
    ];
    const { code, stdout } = await run([...RUN, '--audit', '--replicated-only']);
    expect(code).toBe(1);
    expect(stdout).toContain('2 pairs: 1 in step, 1 different, 0 not known; 1 server without a relationship.');
    expect(stdout).toContain(
      [
        'DIFFERENT  a and b, two',
        '  10.1.0.0  lease time: Clients differ.',
        '  scope 10.1.0.0 (Description, LeaseDuration): They differ.',
        '',
      ].join('\n'),
    );
    expect(fleet.plans[0]?.parameters).toEqual({ ReplicatedOnly: true });
    const { stdout: again } = await run(['results', 'last']);
    expect(again).toContain('DIFFERENT  a and b, two');
  });
});
