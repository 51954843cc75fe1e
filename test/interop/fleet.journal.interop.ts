// The journal of changes and its leases, call by call, in Debian's Redis.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { FleetKeys } from '../../lib/fleet/store/fleet-keys.js';
import { FleetStore, type Holding } from '../../lib/fleet/store/fleet-store.js';
import { FleetHouse, REDIS_SERVER, until } from './fleet/fleet-house.js';

const RUN = 'c0ffee00-0000-4000-8000-000000000000';
const STATE = `{cimlet-drill}:run:${RUN}:state`;
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

let house: FleetHouse;
let redis: Redis;
let store: FleetStore;
beforeAll(async () => {
  if (REDIS_SERVER === undefined) return;
  house = await FleetHouse.open();
  redis = new Redis(house.port, '127.0.0.1');
  store = new FleetStore(redis, new FleetKeys('drill'));
});
beforeEach(async () => {
  if (REDIS_SERVER === undefined) return;
  await redis.flushall();
  await redis.hset(STATE, { plan: '{}', total: 2 });
});
afterAll(async () => {
  (redis as Redis | undefined)?.disconnect();
  await (house as FleetHouse | undefined)?.close();
});

const holding = (holder: string, index: number, ...computers: string[]): Holding => ({
  run: RUN,
  index,
  holder,
  computers,
});
const leases = async () => (await redis.keys('*:lease:*')).sort();

drill('a change', () => {
  it('takes the leases of its computer and of the partner, all or none, in whatever spelling', async () => {
    expect(await store.begin(holding('one', 0, 'DHCP1', 'dhcp2.'), 60_000)).toEqual({ kind: 'begun' });
    expect(await leases()).toEqual(['{cimlet-drill}:lease:dhcp1', '{cimlet-drill}:lease:dhcp2']);
    const held = await store.begin(holding('two', 1, 'dhcp3', 'dhcp2'), 60_000);
    expect(held).toEqual({ kind: 'held', forMs: expect.any(Number) });
    expect(await leases()).toHaveLength(2);
  });

  it('that is begun again by the same holder, whose answer was lost, is given the same answer', async () => {
    const first = holding('one', 0, 'dhcp1');
    expect([await store.begin(first, 60_000), await store.begin(first, 60_000)]).toEqual([
      { kind: 'begun' },
      { kind: 'begun' },
    ]);
    await redis.del('{cimlet-drill}:lease:dhcp1');
    const second = holding('two', 0, 'dhcp1');
    expect([await store.begin(second, 60_000), await store.begin(second, 60_000)]).toEqual([
      { kind: 'inDoubt' },
      { kind: 'inDoubt' },
    ]);
  });

  it('is in doubt when its lease has lapsed and nobody wrote what became of it', async () => {
    await store.begin(holding('one', 0, 'dhcp1'), 50);
    const next = holding('two', 0, 'dhcp1');
    const answer = await until('the lease has lapsed', async () => {
      const found = await store.begin(next, 60_000);
      return found.kind !== 'held' && found;
    });
    expect([answer, await store.isSent(RUN, 0)]).toEqual([{ kind: 'inDoubt' }, true]);
    // Nothing was begun in this try; the one before it may have got through.
    await store.takeBack(next, 'forget');
    expect([await store.isSent(RUN, 0), await leases()]).toEqual([true, []]);
  });

  it('that was not begun leaves nothing behind, and one that is to be asked about does', async () => {
    const first = holding('one', 0, 'dhcp1');
    await store.begin(first, 60_000);
    await store.takeBack(first, 'forget');
    expect([await store.isSent(RUN, 0), await leases()]).toEqual([false, []]);
    await store.begin(first, 60_000);
    await store.takeBack(first, 'keep');
    expect([await store.isSent(RUN, 0), await leases()]).toEqual([true, []]);
  });

  it('has one outcome, counted once, and gives back the leases that are still its own', async () => {
    const first = holding('one', 0, 'dhcp1', 'dhcp2');
    await store.begin(first, 60_000);
    await redis.set('{cimlet-drill}:lease:dhcp2', 'somebody else', 'PX', 60_000);
    const settle = (state: 'ok' | 'failed') =>
      store.settle(RUN, 0, { state, attempt: 1 }, { holding: first, givesBack: true });
    expect([await settle('ok'), await settle('failed')]).toEqual([true, false]);
    expect(await redis.hmget(STATE, 'ok', 'failed')).toEqual(['1', null]);
    expect([await leases(), await store.isSent(RUN, 0)]).toEqual([['{cimlet-drill}:lease:dhcp2'], false]);
    expect(await store.begin(holding('two', 0, 'dhcp1'), 60_000)).toEqual({ kind: 'settled' });
  });

  it('that nobody knows of lets its leases lapse', async () => {
    const first = holding('one', 0, 'dhcp1');
    await store.begin(first, 60_000);
    await store.settle(RUN, 0, { state: 'unknown', attempt: 1 }, { holding: first, givesBack: false });
    expect(await leases()).toHaveLength(1);
  });

  it('is not begun when its run was stopped, which the first one does', async () => {
    expect([await store.stop(RUN, 'cancelled', 'a'), await store.stop(RUN, 'deadline', 'b')]).toEqual([true, false]);
    expect(await store.begin(holding('one', 0, 'dhcp1'), 60_000)).toEqual({ kind: 'stopped' });
    expect(await redis.hmget(STATE, 'stop', 'reason')).toEqual(['cancelled', 'a']);
  });
});
