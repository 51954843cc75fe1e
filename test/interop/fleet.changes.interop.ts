// Changes, with Debian's Redis, emulated servers and workers that die or sleep in the middle: none is lost, none is made twice, and none is called done or
// not done that nobody knows of.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FleetRun, FleetTarget } from '../../lib/fleet/index.js';
import {
  counted,
  FleetHouse,
  PASSWORD_SECRET,
  REDIS_SERVER,
  SCALE,
  settled,
  tally,
  until,
} from './fleet/fleet-house.js';

const ADD = 'AddByLoadBalance';
/** Pairs of the first drill. */
const PAIRS = 100 * SCALE;
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

/** With a shared secret, which the plan has by name. */
const PLAN = {
  cmdlet: 'Add-DhcpServerv4Failover',
  parameters: { SharedSecret: { secret: 'pair' }, Force: true },
  credential: 'lab',
  stages: [{ share: 1 }],
  timeoutMs: 2_500,
  graceMs: 500,
  attempts: 5,
  attemptDelayMs: 100,
} as const;

let house: FleetHouse;
beforeAll(async () => {
  if (REDIS_SERVER !== undefined)
    house = await FleetHouse.open({ servers: 220 + 2 * PAIRS, ms: 5 }, ['--rdbcompression', 'no']);
});
afterAll(async () => {
  await (house as FleetHouse | undefined)?.close();
});

/** One Add for each of so many pairs that no drill had before: the first server has the scope. */
let used = 0;
function adds(count: number): FleetTarget[] {
  const { names } = house.lab;
  const first = used;
  used += count;
  return Array.from({ length: count }, (_, offset) => {
    const index = first + offset;
    return {
      computer: names[2 * index] ?? '',
      parameters: { Name: `pair-${index}`, PartnerServer: names[2 * index + 1], ScopeId: scopeOf(2 * index) },
    };
  });
}

const scopeOf = (server: number) => `10.${100 + (server >> 8)}.${server & 255}.0`;

async function okOf(run: FleetRun): Promise<number> {
  const counts = await tally(run);
  return (counts['ok'] ?? 0) + (counts['ok found'] ?? 0);
}

drill('a change', () => {
  it('is made once, though one of two workers was killed in the middle of a hundred', async () => {
    await house.fresh(60);
    const fleet = await house.fleet();
    const first = await house.worker({ throttle: 8 });
    await house.worker({ throttle: 8 });
    const run = await fleet.start({ ...PLAN, targets: adds(PAIRS) });
    await until('thirty were sent', () => house.calls(ADD).length > 30);
    await house.kill(first);
    const status = await run.wait();
    expect(counted(status)).toEqual([PAIRS, 0, 0, 0, PAIRS]);
    expect(await okOf(run)).toBe(PAIRS);
    const events = await house.lab.events();
    expect([events['relationship-created'], events['relationship-removed'] ?? 0]).toEqual([2 * PAIRS, 0]);

    // Redis has names and never values: on its disk, in either form, and in what it gives.
    house.redisCli('save');
    const files = house.dataFiles();
    expect(files.includes(house.lab.names[0] ?? '')).toBe(true);
    expect(files.includes('"secret":"pair"')).toBe(true);
    expect(files.includes(PASSWORD_SECRET)).toBe(false);
    expect(files.includes(house.lab.credential.password)).toBe(false);
    for await (const outcome of run.outcomes()) expect(JSON.stringify(outcome)).not.toContain(PASSWORD_SECRET);
  });

  it('is made once, though a worker slept through its locks and leases and went on', async () => {
    await house.fresh(150);
    const fleet = await house.fleet();
    const sleeper = await house.worker({ throttle: 8 });
    await house.worker({ throttle: 8 });
    const run = await fleet.start({ ...PLAN, targets: adds(40) });
    await until('ten were sent', () => house.calls(ADD).length > 10);
    sleeper.kill('SIGSTOP');
    // The other one takes over what the sleeper held, when the leases are over.
    const status = await run.wait();
    sleeper.kill('SIGCONT');
    await until('the sleeper has let go', () => answerOf(sleeper, 'cimlet_fleet_running 0'));
    expect(counted(status)).toEqual([40, 0, 0, 0, 40]);
    expect(counted(await run.status())).toEqual([40, 0, 0, 0, 40]);
    expect(await okOf(run)).toBe(40);
    const events = await house.lab.events();
    expect([events['relationship-created'], events['relationship-removed'] ?? 0]).toEqual([80, 0]);
  });

  it('whose answer was lost is recognised, and not sent again', async () => {
    await house.fresh(20);
    house.lab.fault({ kind: 'reset', afterBytes: 0, action: `/${ADD}`, times: 20 });
    const fleet = await house.fleet();
    await house.worker({ throttle: 8 });
    const run = await fleet.start({ ...PLAN, targets: adds(20) });
    await run.wait();
    expect(await tally(run)).toEqual({ 'ok found': 20 });
    expect(house.calls(ADD)).toHaveLength(20);
    const events = await house.lab.events();
    expect([events['relationship-created'], events['relationship-removed'] ?? 0]).toEqual([40, 0]);
  });

  it('whose last answer was lost is asked about once more, beyond its tries', async () => {
    await house.fresh(5);
    house.lab.fault({ kind: 'reset', afterBytes: 0, action: `/${ADD}`, times: 1 });
    const fleet = await house.fleet();
    await house.worker();
    const run = await fleet.start({ ...PLAN, attempts: 1, targets: adds(1) });
    await run.wait();
    expect(await tally(run)).toEqual({ 'ok found': 1 });
    expect(house.calls(ADD)).toHaveLength(1);
  });

  it('never meets another one at the same pair, from either end', async () => {
    await house.fresh(30);
    const names = house.lab.names.slice(-2);
    const fleet = await house.fleet();
    for (let count = 0; count < 3; count += 1) await house.worker({ throttle: 8 });
    const runs: FleetRun[] = [];
    for (let index = 0; index < 10; index += 1) {
      const parameters = { Name: `never-${index}`, PartnerServer: names[(index + 1) % 2], ScopeId: '10.9.9.0' };
      runs.push(await fleet.start({ ...PLAN, targets: [{ computer: names[index % 2] ?? '', parameters }] }));
    }
    // No server has that scope.
    for (const run of runs) expect((await run.wait()).failed).toBe(1);
    const kinds = house.requests(ADD).map(({ kind }) => kind);
    expect(kinds).toEqual(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'call' : 'reply')));
  });

  it('that is there already is recognised in another run, and one of that name that is another is not', async () => {
    await house.fresh(5);
    const names = house.lab.names.slice(-6, -2);
    const scope = scopeOf(house.lab.names.length - 6);
    const fleet = await house.fleet();
    await house.worker();
    const add = async (PartnerServer: string | undefined, Name = 'pair') => {
      const target = { computer: names[0] ?? '', parameters: { Name, PartnerServer, ScopeId: scope } };
      const run = await fleet.start({ ...PLAN, targets: [target] });
      await run.wait();
      return tally(run);
    };
    expect(await add(names[1])).toEqual({ ok: 1 });
    expect(await add(names[1])).toEqual({ 'ok found': 1 });
    const [[other = ''] = []] = Object.entries(await add(names[3]));
    expect(other).toMatch(/^failed DHCP 201(?:13|14)$/);
  });
});

drill('a change that no name guards from being made twice', () => {
  const COUNT = {
    cmdlet: 'Invoke-CimMethod',
    parameters: { Namespace: 'root/cimlet/test', ClassName: 'Cimlet_Operations', MethodName: 'CountRuns' },
    credential: 'lab',
    stages: [{ share: 1 }],
    timeoutMs: 2_500,
    graceMs: 500,
    attempts: 5,
  } as const;

  it('is never made twice, and is unknown where nobody can know', async () => {
    await house.fresh(150);
    const names = house.lab.names.slice(0, 60);
    // The server does it, and its answer is lost; and one takes the request and says nothing.
    house.lab.fault({ kind: 'reset', afterBytes: 0, action: '/CountRuns', server: names[58] ?? '', times: 1 });
    house.lab.fault({ kind: 'silence', action: '/CountRuns', server: names[59] ?? '', times: 1 });
    const fleet = await house.fleet();
    const first = await house.worker({ throttle: 6 });
    await house.worker({ throttle: 6 });
    const run = await fleet.start({ ...COUNT, targets: names });
    await until('some were sent', () => house.calls('CountRuns').length > 15);
    await house.kill(first);
    const status = await run.wait();
    expect([status.failed, status.skipped, status.ok + status.unknown]).toEqual([0, 0, 60]);
    expect(status.unknown).toBeGreaterThanOrEqual(2);
    const sent = house.calls('CountRuns');
    expect(new Set(sent).size).toBe(sent.length);

    // Each server says how often it was called: this time, and the times before.
    const after = await fleet.start({ ...COUNT, targets: names });
    await after.wait();
    const before = new Map<string, number>();
    for await (const { target, output } of after.outcomes()) {
      const [{ Runs } = { Runs: 0 }] = (output ?? []) as readonly { readonly Runs: number }[];
      before.set(target, Runs - 1);
    }
    for await (const { target, state } of run.outcomes()) {
      if (state === 'ok') expect([target, before.get(target)]).toEqual([target, 1]);
      else expect(before.get(target)).toBeLessThanOrEqual(1);
    }
    expect([before.get(names[58] ?? ''), before.get(names[59] ?? '')]).toEqual([1, expect.any(Number)]);
  });
});

/** True when a worker answers, and its figures have this line. */
async function answerOf(
  worker: {
    send(message: object): boolean;
    once(event: 'message', listener: (message: { metrics?: string }) => void): unknown;
  },
  line: string,
): Promise<boolean> {
  const answer = new Promise<string>((resolve) => worker.once('message', ({ metrics = '' }) => resolve(metrics)));
  worker.send({ metrics: true });
  return (await answer).split('\n').includes(line);
}

drill('a run of changes', () => {
  it('goes on after Redis was killed and started again', async () => {
    await house.fresh(40);
    const fleet = await house.fleet();
    await house.worker({ throttle: 4 });
    await house.worker({ throttle: 4 });
    const run = await fleet.start({ ...PLAN, targets: adds(40) });
    await until('some are done', async () => (await settled(run)) > 8);
    await house.endRedis('SIGKILL');
    await house.startRedis();
    const status = await run.wait();
    expect(counted(status)).toEqual([40, 0, 0, 0, 40]);
    const events = await house.lab.events();
    expect([events['relationship-created'], events['relationship-removed'] ?? 0]).toEqual([80, 0]);
  });
});
