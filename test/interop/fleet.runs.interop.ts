// Runs as a whole: stages, sites with their limits, schedules, and coordinators that die.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { counted, FleetHouse, REDIS_SERVER, SCALE, settled, tally, until } from './fleet/fleet-house.js';

const READ = { cmdlet: 'Get-DhcpServerv4Failover', credential: 'lab', timeoutMs: 20_000 } as const;
const METHOD = 'GetByName';
const COUNT = 200 * SCALE;
/** Of the second stage. */
const HALF = COUNT / 2;
/** One computer each; so many at most are under one coordinator at a time. */
const JOBS = Math.min(6_000 * SCALE, 50_000);
const STAGES = [{ count: 10, maxFailedShare: 0 }, { share: 0.5, maxFailedShare: 0.05 }, { share: 1 }] as const;
/** Where the peers are that a run of these tests is about, such as the oldest ones that are allowed. */
const PEERS = process.env['CIMLET_FLEET_PEERS'] ?? join(__dirname, '../../node_modules');
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

let house: FleetHouse;
beforeAll(async () => {
  if (REDIS_SERVER !== undefined) house = await FleetHouse.open({ servers: COUNT, ms: 5 });
});
afterAll(async () => {
  await (house as FleetHouse | undefined)?.close();
});

drill('stages', () => {
  it('come one after the other, though a worker is killed in the second', async () => {
    await house.fresh(20);
    const fleet = await house.fleet();
    const first = await house.worker({ throttle: 8 });
    await house.worker({ throttle: 8 });
    const run = await fleet.start({ ...READ, targets: house.lab.names, stages: STAGES });
    const seen: number[] = [];
    let killed: Promise<void> | undefined;
    for await (const { stage, settled: done } of run.watch({ everyMs: 50 })) {
      if (seen.at(-1) !== stage) seen.push(stage);
      if (stage === 2 && done > 20) killed ??= house.kill(first);
    }
    await killed;
    expect(counted(await run.status())).toEqual([COUNT, 0, 0, 0, COUNT]);
    expect(seen.at(-1)).toBe(3);
    expect([...seen].sort()).toEqual(seen);
  });

  it('stop where too many failed: the third never begins', async () => {
    await house.fresh(5);
    const { names, fault } = house.lab;
    const bad = names.slice(10, HALF).filter((_, index) => index % 10 === 0);
    for (const server of bad) fault({ kind: 'page', status: 404, server });
    const fleet = await house.fleet();
    await house.worker();
    const run = await fleet.start({ ...READ, targets: names, stages: STAGES });
    const status = await run.wait();
    expect([status.end, status.stage, status.ok, status.failed, status.skipped]).toEqual([
      'stopped',
      2,
      HALF - bad.length,
      bad.length,
      HALF,
    ]);
    expect(status.reason).toBe(
      `In stage 2, ${bad.length} of ${HALF - 10} computers failed (10 %), and 5 % were allowed.`,
    );
    expect(new Set(house.calls(METHOD)).size).toBe(HALF);
    const again = await fleet.retry(run, { skipped: false });
    expect((await again.status()).total).toBe(bad.length);
  });

  it('are laid out whole, though the coordinator was killed in the middle', async () => {
    await house.fresh(5);
    const names = Array.from({ length: JOBS }, (_, index) => `dhcp${index}.contoso.com`);
    const fleet = await house.fleet();
    const first = await house.worker({ sites: ['elsewhere'] });
    const connection = { host: '127.0.0.1', port: house.port };
    const queue = new Queue('site-default.read', { connection, prefix: '{cimlet-drill}' });
    const control = new Queue('control', { connection, prefix: '{cimlet-drill}' });
    try {
      await fleet.start({ ...READ, targets: names, jobSize: 1, stages: [{ share: 1 }] });
      await until('some are laid out', async () => (await queue.getWaitingCount()) > 0);
      await house.kill(first);
      expect(await queue.getWaitingCount()).toBeLessThan(JOBS);
      await house.worker({ sites: ['elsewhere'] });
      await until('the coordinator sleeps', async () => {
        const counts = await control.getJobCounts('waiting-children');
        return counts['waiting-children'] === 1;
      });
      expect(await queue.getWaitingCount()).toBe(JOBS);
    } finally {
      await queue.close();
      await control.close();
    }
  });
});

drill('sites', () => {
  it('have limits over all workers', async () => {
    await house.fresh(40);
    const fleet = await house.fleet();
    await fleet.limitSite('EMEA', { concurrency: 5 });
    for (let count = 0; count < 3; count += 1) await house.worker({ sites: ['EMEA'], throttle: 16 });
    const plan = { ...READ, site: 'EMEA', stages: [{ share: 1 }], targets: house.lab.names.slice(0, 60) } as const;
    expect(counted(await (await fleet.start(plan)).wait())).toEqual([60, 0, 0, 0, 60]);
    let now = 0;
    const most = Math.max(...house.requests(METHOD).map(({ kind }) => (now += kind === 'call' ? 1 : -1)));
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(1);

    await fleet.limitSite('EMEA', { perSecond: 20 });
    const begun = Date.now();
    await (await fleet.start(plan)).wait();
    // Sixty in three windows of a second: two of them are whole.
    expect(Date.now() - begun).toBeGreaterThan(1_900);
  });

  it('have their own workers, and reads do not wait behind changes', async () => {
    await house.fresh(5);
    const names = house.lab.names.slice(0, 20);
    const fleet = await house.fleet();
    const targets = names.map((computer, index) => ({ computer, site: index % 2 === 0 ? 'EMEA' : 'APAC' }));
    await house.worker({ sites: ['EMEA'] });
    const run = await fleet.start({ ...READ, targets, stages: [{ share: 1 }] });
    await until('EMEA is done', async () => (await settled(run)) === 10);
    expect((await run.status()).state).toBe('running');
    await house.worker({ sites: ['APAC'] });
    expect(counted(await run.wait())).toEqual([20, 0, 0, 0, 20]);
    const sites: string[] = [];
    for await (const { site } of run.outcomes()) sites.push(site);
    expect(sites.slice(0, 2)).toEqual(['EMEA', 'APAC']);
  });
});

drill('a schedule', () => {
  it('starts one run for each due time, however many workers there are', async () => {
    await house.fresh(5);
    const fleet = await house.fleet();
    for (let count = 0; count < 3; count += 1) await house.worker();
    expect(await fleet.setTargets('all', house.lab.names.slice(0, 20))).toBe(20);
    await fleet.schedule('nightly', '*/2 * * * * *', { ...READ, targets: { list: 'all' } });
    const [schedule] = await fleet.schedules();
    expect(schedule).toMatchObject({ name: 'nightly', cron: '*/2 * * * * *', cmdlet: 'Get-DhcpServerv4Failover' });
    const runs = await until('three were due', async () => {
      const found = [];
      for await (const run of fleet.runs()) found.push(run);
      return found.length >= 3 && found;
    });
    await fleet.schedule('nightly', '', undefined);
    expect(await fleet.schedules()).toEqual([]);
    const due: number[] = [];
    for (const run of runs) {
      const status = await run.wait();
      expect([status.schedule, ...counted(status)]).toEqual(['nightly', 20, 0, 0, 0, 20]);
      due.push(Math.floor(Date.parse(status.submitted) / 2_000));
    }
    expect(new Set(due).size).toBe(due.length);
  });
});

drill('a cron expression', () => {
  it.each(['0 2 * *', '99 2 * * *', 'nightly', '', '0 0 2 * * * 2027', '0 0 30 2 *'])(
    'that is none, or never due, is refused, and the schedule of that name stays: %j',
    async (cron) => {
      await house.fresh(5);
      const fleet = await house.fleet();
      const plan = { ...READ, targets: ['dhcp1'] };
      await fleet.schedule('nightly', '0 2 * * *', plan, { timeZone: 'Europe/Berlin' });
      const [before] = await fleet.schedules();
      const refused = fleet.schedule('nightly', cron, { ...plan, cmdlet: 'Get-DhcpServerVersion' });
      await expect(refused).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringContaining(`cron: ${JSON.stringify(cron)} is not valid. Give minute, hour`),
      });
      expect(before).toMatchObject({ cron: '0 2 * * *', cmdlet: 'Get-DhcpServerv4Failover' });
      expect(await fleet.schedules()).toEqual([before]);
    },
  );
});

drill('targets with parameters of their own', () => {
  it('are bound with them, and a computer may come again with others', async () => {
    await house.fresh(5);
    const { names } = house.lab;
    const fleet = await house.fleet();
    await house.worker();
    const targets = ['10.100.0.0', '10.100.7.0'].map((ScopeId) => ({
      computer: names[0] ?? '',
      parameters: { ScopeId },
    }));
    const run = await fleet.start({ ...READ, cmdlet: 'Get-DhcpServerv4Scope', targets });
    await run.wait();
    expect(await tally(run)).toEqual({ ok: 1, 'failed DHCP 20005': 1 });
    const [found] = await outcomesOf(run);
    expect(found).toMatchObject({ index: 0, output: [{ ScopeId: '10.100.0.0', Name: 'Site 1' }] });
  });
});

drill('the engine of a worker', () => {
  it('is the one that this run of the tests is about', async () => {
    await house.fresh(5);
    const fleet = await house.fleet();
    await house.worker();
    const run = await fleet.start({ ...READ, targets: house.lab.names.slice(0, 1) });
    await run.wait();
    const { version } = JSON.parse(readFileSync(join(PEERS, 'bullmq/package.json'), 'utf8')) as { version: string };
    // Who lays out opens the queue: a worker.
    const written = house.redisCli('hget', '{cimlet-drill}:site-default.read:meta', 'version');
    expect(written.trim()).toBe(`bullmq:${version}`);
  });
});

async function outcomesOf(run: { outcomes(): AsyncIterable<object> }): Promise<readonly object[]> {
  const all: object[] = [];
  for await (const outcome of run.outcomes()) all.push(outcome);
  return all;
}
