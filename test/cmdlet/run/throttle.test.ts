import { describe, expect, it } from '@jest/globals';
import { invokeCmdlet } from '../../../lib/cmdlet/invoke.js';
import {
  enterInvocation,
  optimumThrottleLimit,
  runningInvocations,
  Throttle,
} from '../../../lib/cmdlet/run/throttle.js';
import fc from '../../fast-check.js';
import { getFailover } from '../definitions.js';
import { type Deferred, deferred, FakeSession, returns, settle } from '../fake-session.js';

describe('the optimum', () => {
  it.each([
    [0, 128],
    [1, 128],
    [2, 64],
    [4, 32],
    [8, 16],
    [9, 15],
    [1000, 15],
  ])('of %i calls is %i', (running, limit) => {
    expect(optimumThrottleLimit(running)).toBe(limit);
  });

  it('counts the calls that run, each once', async () => {
    const before = runningInvocations();
    const leave = enterInvocation();
    const other = enterInvocation();
    expect(runningInvocations()).toBe(before + 2);
    leave();
    leave();
    expect(runningInvocations()).toBe(before + 1);
    other();
    await invokeCmdlet(getFailover, { CimSession: new FakeSession('a', () => returns([])) });
    expect(runningInvocations()).toBe(before);
  });
});

/** Work that ends when it is told to. */
class Workshop {
  readonly started: Deferred<void>[] = [];
  active = 0;
  most = 0;

  readonly work = async (): Promise<void> => {
    const end = deferred<void>();
    this.started.push(end);
    this.active += 1;
    this.most = Math.max(this.most, this.active);
    await end.promise;
    this.active -= 1;
  };

  finish(index: number): void {
    this.started[index]?.resolve();
  }
}

describe('Throttle', () => {
  it('begins all at once, and after the caller, when no more is to come than the limit allows', async () => {
    const workshop = new Workshop();
    const throttle = await Throttle.upTo(3, 3);
    for (let index = 0; index < 3; index += 1) throttle.add(workshop.work);
    expect(workshop.started).toHaveLength(0);
    await settle();
    expect(workshop.most).toBe(3);
    let idle = false;
    void throttle.idle().then(() => {
      idle = true;
    });
    for (let index = 0; index < 3; index += 1) {
      expect(idle).toBe(false);
      workshop.finish(index);
      await settle();
    }
    expect(idle).toBe(true);
  });

  it('never has more in flight than allowed, and never fewer while work waits, in whatever order work ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 30 }),
        fc.infiniteStream(fc.nat()),
        async (limit, total, picks) => {
          const throttle = await Throttle.upTo(limit);
          const shop = new Workshop();
          let added = 0;
          const producer = (async () => {
            while (added < total) {
              added += 1;
              throttle.add(shop.work);
              await throttle.room();
            }
            await throttle.idle();
          })();
          const open = new Set<number>();
          for (let finished = 0; finished < total; finished += 1) {
            await settle();
            for (let index = 0; index < shop.started.length; index += 1) open.add(index);
            for (let index = 0; index < shop.started.length; index += 1) if (done.has(shop, index)) open.delete(index);
            expect(shop.active).toBe(Math.min(limit, total - finished));
            const candidates = [...open];
            const pick = candidates[(picks.next().value ?? 0) % candidates.length] ?? 0;
            done.add(shop, pick);
            shop.finish(pick);
          }
          await producer;
          expect(shop.most).toBe(Math.min(limit, total));
          expect(shop.started).toHaveLength(total);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const done = {
  finished: new WeakMap<Workshop, Set<number>>(),
  has(shop: Workshop, index: number): boolean {
    return this.finished.get(shop)?.has(index) ?? false;
  },
  add(shop: Workshop, index: number): void {
    const indexes = this.finished.get(shop) ?? new Set();
    indexes.add(index);
    this.finished.set(shop, indexes);
  },
};

describe('the limit of a call', () => {
  it.each<[string, object, number | undefined, number]>([
    ['absent: the optimum', {}, undefined, 128],
    ['0: the optimum', { ThrottleLimit: 0 }, undefined, 128],
    ['below 0: the optimum', { ThrottleLimit: -1 }, undefined, 128],
    ['absent: the definition’s', {}, 3, 3],
    ['given: what is given', { ThrottleLimit: '7' }, 3, 7],
    ['0 beside a definition’s: the optimum', { ThrottleLimit: 0 }, 3, 128],
  ])('%s', async (_, parameters, defaultThrottleLimit, limit) => {
    const definition = defaultThrottleLimit === undefined ? getFailover : { ...getFailover, defaultThrottleLimit };
    const controller = new AbortController();
    let active = 0;
    const sessions = Array.from({ length: 300 }, (__, index) => {
      return new FakeSession(`s${index}`, () => {
        active += 1;
        return new Promise(() => {});
      });
    });
    const result = invokeCmdlet(definition, { CimSession: sessions, ...parameters }, { signal: controller.signal });
    await settle();
    expect(active).toBe(limit);
    controller.abort();
    await expect(result).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  });
});

describe('1,000 targets', () => {
  it.each([1, 15, 128])(
    'at a limit of %i are never more in flight, never fewer while work waits, and stream',
    async (limit) => {
      const waiting: Deferred<void>[] = [];
      let most = 0;
      const session = (index: number) =>
        new FakeSession(`dhcp${index}`, async () => {
          const gate = deferred<void>();
          waiting.push(gate);
          most = Math.max(most, waiting.length);
          await gate.promise;
          return returns([`scope${index}`]);
        });
      const sessions = Array.from({ length: 1000 }, (_, index) => session(index));
      const iterator = invokeCmdlet<string>(getFailover, { CimSession: sessions, ThrottleLimit: limit })[
        Symbol.asyncIterator
      ]();
      for (let finished = 0; finished < 1000; finished += 1) {
        await settle();
        expect(waiting.length).toBe(Math.min(limit, 1000 - finished));
        waiting.splice(finished % waiting.length, 1)[0]?.resolve();
        const { value } = await iterator.next();
        expect(value).toMatch(/^scope\d+$/);
      }
      expect((await iterator.next()).done).toBe(true);
      expect(most).toBe(limit);
    },
  );

  it('of which a quarter fail in five ways: every failure has its record, every success its result', async () => {
    const codes = ['ERR_TIMEOUT', 'ERR_PROTOCOL', 'ERR_XML', 'ERR_AUTHORIZATION', 'ERR_RESPONSE_TOO_LARGE'];
    const sessions = Array.from({ length: 500 }, (_, index) => {
      const failure = Object.assign(new Error(`failure ${index}`), { code: codes[(index / 4) % 5] });
      return new FakeSession(`dhcp${index}`, () =>
        index % 4 === 0 ? Promise.reject(failure) : returns([`dhcp${index}`]),
      );
    });
    const result = invokeCmdlet<string>(getFailover, { CimSession: sessions, ErrorAction: 'SilentlyContinue' });
    expect((await result).length).toBe(375);
    expect(result.errors).toHaveLength(125);
    expect(new Set(result.errors.map((record) => record.fullyQualifiedErrorId)).size).toBe(5);
    expect(new Set([...(await result), ...result.errors.map((record) => record.PSComputerName)]).size).toBe(500);
  });
});
