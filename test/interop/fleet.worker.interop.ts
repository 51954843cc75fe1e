// A worker as a program has it, within this process, with Debian's Redis: who is told of outcomes, how it ends, what it logs on to first, its figures and traces.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Telemetry } from 'bullmq';
import { CimletError } from '../../lib/base/errors.js';
import { addDhcpServerv4Failover, setDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { fleetDescription } from '../../lib/emulator/lab/lab-description.js';
import {
  type Fleet,
  type FleetOutcome,
  type FleetWorker,
  type FleetWorkerOptions,
  openFleet,
  type PairAudit,
  startFleetWorker,
} from '../../lib/fleet/index.js';
import type { Transport } from '../../lib/transport/transport.js';
import { counted, FleetHouse, REDIS_SERVER, settled, tally, until } from './fleet/fleet-house.js';

const READ = { cmdlet: 'Get-DhcpServerv4Scope', credential: 'lab', timeoutMs: 20_000, attemptDelayMs: 50 } as const;
/** Where the peers are that a run of these tests is about, such as the oldest ones that are allowed. */
const PEERS = process.env['CIMLET_FLEET_PEERS'] ?? join(__dirname, '../../node_modules');
const drill = REDIS_SERVER === undefined ? describe.skip : describe;
const hasParser = spawnSync('/usr/bin/python3', ['-c', 'import prometheus_client']).status === 0;
if (!hasParser)
  process.stderr.write('There is no python3-prometheus-client (apt-get install it): one test is skipped.\n');

let house: FleetHouse;
let lab: Lab;
let fleet: Fleet;
let names: readonly string[] = [];
const workers: FleetWorker[] = [];
/** Computers in the order in which they were asked. */
let asked: string[] = [];
/** What a computer does in the place of an answer. */
let inTheWay: (computer: string) => CimletError | undefined = () => undefined;

beforeAll(async () => {
  if (REDIS_SERVER === undefined) return;
  house = await FleetHouse.open();
  lab = createLab(fleetDescription(40, { paired: true }));
  names = lab.servers.map(({ name }) => name);
  fleet = await openFleet({ redis: house.url, name: 'drill', connectTimeoutMs: 20_000 });
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close({ graceMs: 0 })));
  asked = [];
  inTheWay = () => undefined;
  (lab as Lab | undefined)?.clearFaults();
});
afterAll(async () => {
  await (fleet as Fleet | undefined)?.close();
  (lab as Lab | undefined)?.close();
  await (house as FleetHouse | undefined)?.close();
});

function wayTo(computer: string): Transport {
  const way = lab.transport(computer);
  return {
    url: way.url,
    host: way.host,
    send: async (request) => {
      asked.push(computer);
      const failure = inTheWay(computer);
      if (failure !== undefined) throw failure;
      return way.send(request);
    },
    close: () => way.close(),
  };
}

async function start(options: Partial<FleetWorkerOptions> = {}): Promise<FleetWorker> {
  const worker = await startFleetWorker({
    redis: house.url,
    name: 'drill',
    connectTimeoutMs: 20_000,
    // Nobody is killed here, and a busy machine may take longer than a drill's lock.
    lockMs: 60_000,
    allow: { cmdlets: ['*'], computers: ['*'] },
    credentials: { lab: { userName: 'x', password: 'y' } },
    sessionOptions: { transport: ({ computerName }) => wayTo(computerName) },
    ...options,
  });
  workers.push(worker);
  return worker;
}

drill('onOutcome', () => {
  it('is told of each outcome once, when it is written; what it throws is a warning', async () => {
    const told: FleetOutcome[] = [];
    const written: boolean[] = [];
    const warnings: string[] = [];
    const onOutcome = async (outcome: FleetOutcome, id: string): Promise<void> => {
      told.push(outcome);
      written.push((await settled(await fleet.run(id))) > 0);
      if (outcome.index === 3) throw new Error('the database is away');
    };
    await start({ onOutcome, onWarning: (text) => warnings.push(text) });
    const run = await fleet.start({ ...READ, targets: names.slice(0, 20) });
    expect(counted(await run.wait())).toEqual([20, 0, 0, 0, 20]);
    await until('all are told', () => written.length === 20);
    const stored: FleetOutcome[] = [];
    for await (const outcome of run.outcomes()) stored.push(outcome);
    expect([...told].sort((one, other) => one.index - other.index)).toEqual(stored);
    expect(new Set(written)).toEqual(new Set([true]));
    await until('the warning', () => warnings.length > 0);
    expect(warnings).toContain(`onOutcome failed for ${names[3]}: the database is away`);
  });
});

drill('a worker that is closed', () => {
  it('finishes what it has begun, and leaves the rest to another one: no computer is asked twice', async () => {
    lab.injectFault({ kind: 'latency', ms: 60 });
    const first = await start({ throttle: 4 });
    const run = await fleet.start({ ...READ, targets: names, stages: [{ share: 1 }] });
    await until('some are done', async () => (await settled(run)) > 4);
    await first.close();
    const [before, already] = [await settled(run), asked.length];
    expect([before, first.running]).toEqual([already, 0]);
    expect(before).toBeLessThan(names.length);
    await start();
    expect(counted(await run.wait())).toEqual([40, 0, 0, 0, 40]);
    expect(asked.length).toBe(new Set(asked).size);
  });

  it('gives its reads up when its grace is over, which is no try', async () => {
    const silent = names.slice(0, 4);
    for (const server of silent) lab.injectFault({ kind: 'silence', server });
    const first = await start({ throttle: 4, lockMs: 3_000 });
    const run = await fleet.start({ ...READ, targets: silent, stages: [{ share: 1 }], attempts: 1 });
    await until('all are asked', () => asked.length === 4);
    await first.close({ graceMs: 100 });
    expect([await settled(run), (await run.status()).state]).toEqual([0, 'running']);
    lab.clearFaults();
    await start({ lockMs: 3_000 });
    expect(counted(await run.wait())).toEqual([4, 0, 0, 0, 4]);
    for await (const { attempt } of run.outcomes()) expect(attempt).toBe(1);
  });
});

drill('a worker that is closed while nobody answers', () => {
  it('ends when its grace is over, and leaves its change to another one, which asks', async () => {
    const [one = '', other = ''] = names.slice(10);
    lab.injectFault({ kind: 'silence', server: one });
    const first = await start({ lockMs: 3_000 });
    const run = await fleet.start({
      cmdlet: 'Add-DhcpServerv4Failover',
      parameters: { Force: true },
      credential: 'lab',
      timeoutMs: 60_000,
      targets: [{ computer: one, parameters: { PartnerServer: other, Name: one, ScopeId: '10.100.10.0' } }],
    });
    await until('it was sent', () => asked.length > 0 && first.running === 1);
    const begun = performance.now();
    await first.close({ graceMs: 100 });
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(await settled(run)).toBe(0);
    await run.cancel();
    await start({ lockMs: 3_000 });
    expect(counted(await run.wait())).toEqual([0, 0, 1, 0, 1]);
  });

  it('ends, and has its figures, while Redis is away; who waits for the run waits for Redis, too', async () => {
    const [idle, busy] = [await start({ sites: ['elsewhere'] }), await start({ throttle: 2, lockMs: 3_000 })];
    lab.injectFault({ kind: 'latency', ms: 60 });
    const run = await fleet.start({ ...READ, targets: names, stages: [{ share: 1 }] });
    await until('some are done', async () => (await settled(run)) > 4);
    const waited = run.wait();
    await house.endRedis('SIGKILL');
    await expect(run.status()).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_CONNECTION_/),
      hint: expect.stringMatching(/^Start it/),
    });
    expect(await busy.metrics()).toContain('cimlet_fleet_tries_total ');
    await Promise.all([idle.close(), busy.close({ graceMs: 100 })]);
    await house.startRedis();
    await start({ lockMs: 3_000 });
    expect(counted(await waited)).toEqual([40, 0, 0, 0, 40]);
  });
});

drill('a run whose starter died before he had kept it', () => {
  it('is kept by its coordinator, and is not forgotten within the hour', async () => {
    const run = await fleet.start({ ...READ, targets: names.slice(0, 2) });
    house.redisCli('zrem', '{cimlet-drill}:runs', run.id);
    house.redisCli('expire', `{cimlet-drill}:run:${run.id}:state`, '3600');
    await start();
    expect(counted(await run.wait())).toEqual([2, 0, 0, 0, 2]);
    const ids: string[] = [];
    for await (const { id } of fleet.runs()) ids.push(id);
    expect(ids).toContain(run.id);
  });
});

drill('a run that is cancelled', () => {
  it('calls what was sent and not answered unknown, and not left out: retry does not do it again', async () => {
    const [one = '', other = ''] = names.slice(2);
    const lost = () => new CimletError('ERR_CONNECTION_LOST', 'The connection was lost.', { retryable: false });
    inTheWay = (computer) => (computer === one ? lost() : undefined);
    const worker = await start();
    const row = (computer: string) => ({
      computer,
      parameters: { PartnerServer: other, Name: computer, ScopeId: '10.1.0.0' },
    });
    const run = await fleet.start({
      cmdlet: 'Add-DhcpServerv4Failover',
      parameters: { Force: true },
      credential: 'lab',
      // The lease lasts, so that nobody has asked about it when the run is cancelled.
      timeoutMs: 60_000,
      // The second one is never begun.
      stages: [{ count: 1 }, { share: 1 }],
      targets: [row(one), row(names[6] ?? '')],
    });
    await until('it was sent', () => asked.length > 0 && worker.running === 0);
    await run.cancel();
    expect(counted(await run.wait())).toEqual([0, 0, 1, 1, 2]);
    expect(await tally(run)).toEqual({ 'unknown ERR_TIMEOUT': 1, skipped: 1 });
    expect(new Set(asked)).toEqual(new Set([one]));
    await worker.close();
    const again = await fleet.retry(run);
    expect((await again.status()).total).toBe(1);
    await again.cancel();
    await expect(fleet.retry(run, { skipped: false })).rejects.toMatchObject({
      message: 'run: nothing of it is left to do.',
      hint: '1 are unknown: look at them, and give unknown: true to do them again.',
    });
  });
});

drill('the first computers of a run', () => {
  const refuse = () => new CimletError('ERR_AUTHENTICATION', 'The server refuses the credential.');
  const away = () => new CimletError('ERR_CONNECTION_REFUSED', 'Nobody listens.', { retryable: true });

  it('that cannot be reached prove no password: the next one is tried alone, and a wrong password still only once', async () => {
    inTheWay = (computer) => (names.indexOf(computer) < 3 ? away() : refuse());
    await start();
    const run = await fleet.start({ ...READ, targets: names, attempts: 2 });
    const status = await run.wait();
    // Three that are away, tried twice each, and one logon.
    expect(asked).toEqual([...names.slice(0, 3).flatMap((name) => [name, name]), names[3]]);
    expect([status.end, status.failed, status.skipped]).toEqual(['stopped', 4, 36]);
    expect(status.reason).toContain('which is tried nowhere else');
  });

  it('are ten of them at most', async () => {
    inTheWay = (computer) => (names.indexOf(computer) < 20 ? away() : undefined);
    await start();
    const run = await fleet.start({ ...READ, targets: names, attempts: 1 });
    expect(counted(await run.wait())).toEqual([20, 20, 0, 0, 40]);
    expect(asked.slice(0, 10)).toEqual(names.slice(0, 10));
  });
});

drill('figures and traces', () => {
  (hasParser ? it : it.skip)('are what the parser of Prometheus’ own Python client reads', async () => {
    inTheWay = (computer) =>
      computer === names[1] ? new CimletError('ERR_NOT_SOAP', 'A page came.', { retryable: false }) : undefined;
    const worker = await start();
    const run = await fleet.start({ ...READ, targets: names.slice(0, 12) });
    expect(counted(await run.wait())).toEqual([11, 1, 0, 0, 12]);
    const text = await worker.metrics();
    const script = `import json, sys
from prometheus_client.parser import text_string_to_metric_families
families = list(text_string_to_metric_families(sys.stdin.read()))
print(json.dumps([[f.name, f.type, [[s.name, s.labels, s.value] for s in f.samples]] for f in families]))`;
    const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', script], { input: text, encoding: 'utf8' });
    expect(stderr).toBe('');
    const families = JSON.parse(stdout) as readonly [name: string, type: string, samples: readonly unknown[][]][];
    const find = (name: string) => families.find(([one]) => one === name);
    expect(find('cimlet_fleet_outcomes')).toEqual([
      'cimlet_fleet_outcomes',
      'counter',
      expect.arrayContaining([
        ['cimlet_fleet_outcomes_total', { state: 'ok', code: '' }, 11],
        ['cimlet_fleet_outcomes_total', { state: 'failed', code: 'ERR_NOT_SOAP' }, 1],
      ]),
    ]);
    expect(find('cimlet_fleet_tries')).toEqual([
      'cimlet_fleet_tries',
      'counter',
      [['cimlet_fleet_tries_total', {}, 12]],
    ]);
    expect(find('cimlet_fleet_running')).toEqual(['cimlet_fleet_running', 'gauge', [['cimlet_fleet_running', {}, 0]]]);
    // Each metric is one family, whatever number of queues it is of.
    expect(families.map(([name]) => name)).toEqual([...new Set(families.map(([name]) => name))]);
    const [, , jobs = []] = find('bullmq_job_count') ?? [];
    expect(new Set(jobs.map(([, labels]) => (labels as { readonly queue: string }).queue))).toEqual(
      new Set(['control', 'site-default.read', 'site-default.change']),
    );
  });

  it('of OpenTelemetry go to whoever was given, of both sides', async () => {
    const spans: string[] = [];
    const telemetry: Telemetry<object> = {
      tracer: {
        startSpan: (name) => {
          spans.push(name);
          return {
            setSpanOnContext: (context) => context,
            setAttribute: () => {},
            setAttributes: () => {},
            addEvent: () => {},
            recordException: () => {},
            end: () => {},
          };
        },
      },
      contextManager: {
        with: (_, work) => work(),
        active: () => ({}),
        getMetadata: () => 'from the caller',
        fromMetadata: () => ({}),
      },
    };
    await using traced = await openFleet({ redis: house.url, name: 'drill', connectTimeoutMs: 20_000, telemetry });
    const run = await traced.start({ ...READ, targets: names.slice(0, 3) });
    const ofCaller = spans.splice(0);
    expect(ofCaller).toEqual([expect.stringContaining('control')]);
    await start({ telemetry });
    expect(await tally(await fleet.run((await run.wait()).run))).toEqual({ ok: 3 });
    expect(spans).toEqual(
      expect.arrayContaining([expect.stringMatching(/process .*site-default\.read|site-default\.read/)]),
    );
  });
});

drill('the nightly audit', () => {
  it('is started by its schedule, and tells of each pair what differs', async () => {
    const [one = '', other = '', alone = ''] = names;
    const session = { CimSession: one, Name: 'pair', PartnerServer: other, ScopeId: '10.100.0.0', Force: true };
    const options = {
      sessionOptions: { transport: ({ computerName }: { computerName: string }) => wayTo(computerName) },
    };
    await addDhcpServerv4Failover(session, options);
    await setDhcpServerv4Scope({ CimSession: one, ScopeId: '10.100.0.0', Description: 'changed' }, options);
    await start();
    const plan = { cmdlet: 'Compare-DhcpServerv4FailoverPair', credential: 'lab', targets: [one, other, alone] };
    await fleet.schedule('audit', '*/2 * * * * *', plan);
    const [run] = await until('it was due', async () => {
      const found = [];
      for await (const candidate of fleet.runs())
        if ((await candidate.status()).schedule === 'audit') found.push(candidate);
      return found.length > 0 && found;
    });
    await fleet.schedule('audit', '', undefined);
    if (run === undefined) throw new Error('There is no run.');
    expect(counted(await run.wait())).toEqual([3, 0, 0, 0, 3]);
    const audits: PairAudit[][] = [];
    for await (const { output } of run.outcomes()) audits.push((output ?? []) as PairAudit[]);
    const [fromOne, fromOther] = audits.map(([audit]) => audit);
    expect(audits.map((found) => found.length)).toEqual([1, 1, 0]);
    expect([fromOne?.server, fromOther?.server]).toEqual([one, other]);
    // From either end it is the same pair.
    expect(fromOne?.key).toBe(fromOther?.key);
    for (const audit of [fromOne, fromOther]) {
      expect(audit).toMatchObject({
        relationships: ['pair'],
        verdict: 'different',
        differences: [{ scopeId: '10.100.0.0', what: 'scope 10.100.0.0' }],
        notKnown: [],
      });
    }
  });
});

drill('the engine', () => {
  it('is the one that is installed', async () => {
    await start();
    const run = await fleet.start({ ...READ, targets: names.slice(0, 1) });
    await run.wait();
    const { version } = JSON.parse(readFileSync(join(PEERS, 'bullmq/package.json'), 'utf8')) as { version: string };
    expect((await fleet.check()).find(({ what }) => what === 'engine')?.found).toBe(
      `The queues are those of BullMQ ${version}.`,
    );
  });
});
