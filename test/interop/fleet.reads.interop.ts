// Reads, with Debian's Redis, workers that are killed, and a Redis that is killed: every computer has one outcome, counted once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { counted, FleetHouse, REDIS_SERVER, SCALE, settled, tally, until } from './fleet/fleet-house.js';

const READ = {
  cmdlet: 'Get-DhcpServerv4Failover',
  credential: 'lab',
  timeoutMs: 20_000,
  stages: [{ share: 1 }],
} as const;
const METHOD = 'GetByName';
const COUNT = 200 * SCALE;
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

let house: FleetHouse;
beforeAll(async () => {
  if (REDIS_SERVER !== undefined) house = await FleetHouse.open({ servers: COUNT, ms: 5 });
});
afterAll(async () => {
  await (house as FleetHouse | undefined)?.close();
});

drill('a run of reads', () => {
  it.each([1, 10, 50])(
    'has all its outcomes after one of two workers was killed, %d computers a job',
    async (jobSize) => {
      await house.fresh(40);
      const { names } = house.lab;
      const fleet = await house.fleet();
      const first = await house.worker({ throttle: 8 });
      await house.worker({ throttle: 8 });
      const run = await fleet.start({ ...READ, targets: names, jobSize });
      await until('a quarter is done', async () => (await settled(run)) > 50);
      await house.kill(first);
      const status = await run.wait();
      expect(counted(status)).toEqual([COUNT, 0, 0, 0, COUNT]);
      expect(status.end).toBe('done');
      expect(await tally(run)).toEqual({ ok: COUNT });
      expect(new Set(house.calls(METHOD)).size).toBe(COUNT);
    },
  );

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'has all its outcomes after Redis ended by %s and came back',
    async (signal) => {
      await house.fresh(40);
      const fleet = await house.fleet();
      await house.worker({ throttle: 8 });
      await house.worker({ throttle: 8 });
      const run = await fleet.start({ ...READ, targets: house.lab.names });
      await until('a quarter is done', async () => (await settled(run)) > 50);
      await house.endRedis(signal);
      // While it is away, whoever asks is told so within seconds.
      await expect(run.status()).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_CONNECTION_/) });
      await house.startRedis();
      const status = await run.wait();
      expect(counted(status)).toEqual([COUNT, 0, 0, 0, COUNT]);
      expect(await tally(run)).toEqual({ ok: COUNT });
    },
  );

  it('lays out again what the engine gave up', async () => {
    await house.fresh(5);
    const targets = house.lab.names.slice(0, 60);
    const fleet = await house.fleet();
    // It lays out, and works for another site.
    await house.worker({ sites: ['elsewhere'] });
    const run = await fleet.start({ ...READ, targets });
    const queue = new Queue('site-default.read', {
      connection: { host: '127.0.0.1', port: house.port },
      prefix: '{cimlet-drill}',
    });
    try {
      const jobs = await until('six jobs wait', async () => {
        const waiting = await queue.getWaiting();
        return waiting.length === 6 && waiting;
      });
      await Promise.all(jobs.slice(0, 3).map((job) => job.remove()));
    } finally {
      await queue.close();
    }
    await house.worker();
    const status = await run.wait();
    expect(counted(status)).toEqual([60, 0, 0, 0, 60]);
    expect(house.calls(METHOD)).toHaveLength(60);
  });

  it('is not held up by computers that say nothing', async () => {
    await house.fresh(5);
    const { names } = house.lab;
    for (const server of [names[50], names[150]]) house.lab.fault({ kind: 'silence', server: server ?? '' });
    const fleet = await house.fleet();
    await house.worker();
    await house.worker();
    const run = await fleet.start({ ...READ, targets: names, timeoutMs: 4_000, attemptDelayMs: 100 });
    const healthy = await until('the others are done', async () => {
      const status = await run.status();
      return status.ok === COUNT - 2 && status;
    });
    expect(healthy.state).toBe('running');
    await run.wait();
    expect(await tally(run)).toEqual({ ok: COUNT - 2, 'failed ERR_TIMEOUT': 2 });
    for await (const { attempt } of run.outcomes({ state: 'failed' })) expect(attempt).toBe(3);
  });

  it('begins nothing more when it is cancelled', async () => {
    await house.fresh(300);
    const fleet = await house.fleet();
    await house.worker({ throttle: 8 });
    await house.worker({ throttle: 8 });
    const run = await fleet.start({ ...READ, targets: house.lab.names });
    await until('some are done', async () => (await settled(run)) > 20);
    await run.cancel();
    const status = await run.wait();
    expect([status.state, status.end]).toEqual(['ended', 'cancelled']);
    expect(status.skipped).toBeGreaterThan(0);
    expect(status.ok + status.skipped).toBe(COUNT);
    const calls = house.calls(METHOD).length;
    expect(calls).toBeLessThan(COUNT);
    const retried = await fleet.retry(run);
    expect((await retried.status()).total).toBe(status.skipped);
    expect(counted(await retried.wait())).toEqual([status.skipped, 0, 0, 0, status.skipped]);
  });

  it('ends at its deadline, by the clock of Redis', async () => {
    await house.fresh(900);
    const fleet = await house.fleet();
    await house.worker({ throttle: 2 });
    const run = await fleet.start({
      ...READ,
      targets: house.lab.names.slice(0, 60),
      deadline: new Date(Date.now() + 5_000),
    });
    const status = await run.wait();
    expect([status.state, status.end, status.reason]).toEqual(['ended', 'deadline', 'The deadline is over.']);
    expect(status.skipped).toBeGreaterThan(0);
  });
});

drill('what computers answer', () => {
  it('decides whether they are asked again', async () => {
    await house.fresh(5);
    const { names, fault } = house.lab;
    const fleet = await house.fleet();
    await house.worker();
    // The call itself, and not the message that ends it: each computer says so as often as it is to.
    const action = `/${METHOD}`;
    for (const server of names.slice(0, 10)) fault({ kind: 'page', status: 503, server, action, times: 2 });
    for (const server of names.slice(10, 20)) fault({ kind: 'page', status: 404, server, action });
    for (const server of names.slice(20, 25)) fault({ kind: 'silence', server, action, times: 1 });
    const start = (from: number, to: number, timeoutMs: number) =>
      fleet.start({ ...READ, targets: names.slice(from, to), timeoutMs, attemptDelayMs: 50 });
    const results: unknown[] = [];
    const tries: (readonly number[])[] = [];
    for (const run of [await start(0, 10, 30_000), await start(10, 20, 30_000), await start(20, 25, 5_000)]) {
      await run.wait();
      results.push(await tally(run));
      const attempts = new Set<number>();
      for await (const { attempt } of run.outcomes()) attempts.add(attempt);
      tries.push([...attempts]);
    }
    expect(results).toEqual([{ ok: 10 }, { 'failed ERR_NOT_SOAP': 10 }, { ok: 5 }]);
    const calls = (from: number, to: number) =>
      house.calls(METHOD).filter((name) => names.slice(from, to).includes(name)).length;
    // A slow machine may ask once more what did not answer in time; a page is an answer.
    expect(tries.slice(0, 2)).toEqual([[3], [1]]);
    expect([calls(0, 10), calls(10, 20), calls(20, 25) >= 10]).toEqual([30, 10, true]);
  });

  it('of a wrong password is heard once, and ends the run', async () => {
    await house.fresh(5);
    const fleet = await house.fleet();
    await house.worker();
    await house.worker();
    const { stages: _, ...plan } = READ;
    const run = await fleet.start({ ...plan, targets: house.lab.names.slice(0, 60), credential: 'wrong' });
    const status = await run.wait();
    expect(house.calls(METHOD)).toHaveLength(1);
    expect([status.end, status.failed, status.skipped]).toEqual(['stopped', 1, 59]);
    expect(status.reason).toMatch(
      /^dhcp0001\.contoso\.com refused the credential "wrong", which is tried nowhere else/,
    );
  });
});
