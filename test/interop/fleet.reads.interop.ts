// Reads, with Debian's Redis, workers that are killed, and a Redis that is killed: every computer has one outcome, counted once.
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  counted,
  FleetHouse,
  type FleetHouse as House,
  REDIS_SERVER,
  settled,
  tally,
  until,
} from './fleet/fleet-house.js';

const READ = {
  cmdlet: 'Get-DhcpServerv4Failover',
  credential: 'lab',
  timeoutMs: 20_000,
  stages: [{ share: 1 }],
} as const;
const METHOD = 'Get';
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

let house: House | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

drill('a run of reads', () => {
  it.each([1, 10, 50])(
    'has all its outcomes after one of two workers was killed, %d computers a job',
    async (jobSize) => {
      house = await FleetHouse.open({ servers: 200, ms: 40 });
      const { names } = house.lab;
      const fleet = await house.fleet();
      const workers = [await house.worker({ throttle: 8 }), await house.worker({ throttle: 8 })];
      const run = await fleet.start({ ...READ, targets: names, jobSize });
      await until('a quarter is done', async () => (await settled(run)) > 50);
      const [first] = workers;
      if (first !== undefined) await house.kill(first);
      const status = await run.wait();
      expect(counted(status)).toEqual([200, 0, 0, 0, 200]);
      expect(status.end).toBe('done');
      expect(await tally(run)).toEqual({ ok: 200 });
      expect(new Set(house.calls(METHOD)).size).toBe(200);
    },
  );
});
