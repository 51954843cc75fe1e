// Whoever can write to Redis is not who may use the credentials: a worker does what its own lists allow, and nothing else.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { FleetHouse, REDIS_SERVER, until } from './fleet/fleet-house.js';

const RUN = 'c0ffee00-0000-4000-8000-000000000000';
const KEY = `{cimlet-drill}:run:${RUN}`;
const drill = REDIS_SERVER === undefined ? describe.skip : describe;
const PLAN = {
  v: 1,
  cmdlet: 'Get-DhcpServerv4Scope',
  changes: false,
  parameters: {},
  credential: 'lab',
  site: 'default',
  stages: [{ share: 1 }],
  probes: false,
  timeoutMs: 5_000,
  attempts: 1,
  attemptDelayMs: 100,
  graceMs: 0,
  jobSize: 10,
  retentionDays: 1,
};

let house: FleetHouse;
let redis: Redis;
let queue: Queue;
beforeAll(async () => {
  if (REDIS_SERVER === undefined) return;
  house = await FleetHouse.open({ servers: 4, ms: 5 });
  redis = new Redis(house.port, '127.0.0.1');
  queue = new Queue('site-default.read', { connection: redis, prefix: '{cimlet-drill}' });
});
afterAll(async () => {
  if (REDIS_SERVER === undefined) return;
  await queue.close();
  redis.disconnect();
  await house.close();
});

drill('a writer who means harm', () => {
  it('makes a worker log on nowhere, run nothing and give no secret away', async () => {
    await house.fresh(5);
    const [first = '', second = ''] = house.lab.names;
    const allow = { cmdlets: ['Get-*', 'Add-DhcpServerv4Failover', 'Set-DhcpServerv4Scope'], computers: [first] };
    const cases: readonly (readonly [
      name: string,
      plan: object | string,
      targets: readonly string[],
      data?: object,
    ])[] = [
      ['a computer that is not allowed', PLAN, ['evil.example']],
      ['one of the lab that is not allowed', PLAN, [second]],
      [
        'a cmdlet that is not allowed',
        { ...PLAN, cmdlet: 'Remove-DhcpServerv4Scope', parameters: { ScopeId: '10.100.0.0', Force: true } },
        [first],
      ],
      ['a cmdlet that is none', { ...PLAN, cmdlet: 'constructor' }, [first]],
      ['another place for the call', { ...PLAN, parameters: { ComputerName: 'evil.example' } }, [first]],
      ['a session', { ...PLAN, parameters: { CimSession: 'evil.example' } }, [first]],
      [
        'a secret where others can read it',
        {
          ...PLAN,
          cmdlet: 'Set-DhcpServerv4Scope',
          parameters: { ScopeId: '10.100.0.0', Description: { secret: 'pair' } },
        },
        [first],
      ],
      [
        'a partner that is not allowed',
        {
          ...PLAN,
          cmdlet: 'Add-DhcpServerv4Failover',
          parameters: {
            Name: 'x',
            PartnerServer: 'evil.example',
            ScopeId: '10.100.0.0',
            SharedSecret: { secret: 'pair' },
            Force: true,
          },
        },
        [first],
      ],
      ['a credential that is not known', { ...PLAN, credential: '__proto__' }, [first]],
      ['no plan', 'not JSON', [first]],
      ['a plan of ten megabytes', { ...PLAN, parameters: { ScopeId: 'x'.repeat(10_000_000) } }, [first]],
      ['a job of ten megabytes', PLAN, [first], { v: 1, run: RUN, targets: ['x'.repeat(10_000_000)] }],
      ['names in a job', PLAN, [first], { v: 1, run: RUN, targets: ['evil.example'] }],
      ['a run that is not there', PLAN, [first], { v: 1, run: 'c0ffee00-0000-4000-8000-00000000dead', targets: [0] }],
      ['a target that is not there', PLAN, [first], { v: 1, run: RUN, targets: [7] }],
    ];
    // Ten megabytes take a busy machine longer than a drill's lock, and the job would be given out again.
    const worker = await house.worker({ allow, lockMs: 60_000 });
    for (const [index, [, plan, targets, data]] of cases.entries()) {
      // Another run each time, since a worker reads a plan once.
      const run = RUN.replace('c0ffee00', `c0ffee${String(index).padStart(2, '0')}`);
      await injectAs(run, plan, targets, data);
    }
    expect(worker.exitCode).toBeNull();
    const sent = ['Get', 'GetByName', 'Remove', 'Set', 'AddByLoadBalance'].flatMap((method) => house.calls(method));
    expect(sent).toEqual([]);
    expect(await redis.get('{cimlet-drill}:lease:evil.example')).toBeNull();

    // The same worker does what it is allowed: the check can fail.
    const good = RUN.replace('c0ffee00', 'c0ffee99');
    await injectAs(good, PLAN, [first]);
    await until('the good one is asked', () => house.calls('Get').length > 0);
  });

  it('or a newer version leaves its jobs to newer workers', async () => {
    await house.fresh(5);
    await house.worker();
    await redis.hset(`${KEY}:state`, { plan: JSON.stringify({ ...PLAN, v: 2 }), total: 1, submitted: Date.now() });
    const job = await queue.add('newer', { v: 2, run: RUN, somethingNew: true });
    await until('it is put back', async () => (await job.getState()) === 'delayed');
    await until('somebody is told', () => house.warnings().includes('was written by a newer version'));
  });
});

/** Writes a run and a job past the library, and waits until a worker has done with the job. */
async function injectAs(run: string, plan: object | string, targets: readonly string[], data?: object): Promise<void> {
  const key = `{cimlet-drill}:run:${run}`;
  const text = typeof plan === 'string' ? plan : JSON.stringify(plan);
  await redis.hset(`${key}:state`, { plan: text, total: targets.length, submitted: Date.now() });
  await redis.rpush(`${key}:targets`, ...targets);
  const given =
    data === undefined ? { v: 1, run, targets: [0] } : { ...data, ...('run' in data && data.run === RUN && { run }) };
  const job = await queue.add('evil', given, { removeOnComplete: true, removeOnFail: true });
  // To read it again and again, ten megabytes each time, would keep Redis from the worker.
  const stored = `{cimlet-drill}:site-default.read:${job.id}`;
  await until('the job is gone', async () => (await redis.exists(stored)) === 0);
}
