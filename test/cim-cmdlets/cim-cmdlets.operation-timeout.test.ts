import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { getCimInstance, registerCimIndicationEvent, setCimInstance } from '../../lib/cim-cmdlets/index.js';
import { FakeServer, instance, LAMP_CLASS, page } from '../cim/operations/fake-server.js';
import { subscriptionPage, subscriptionStart } from '../cim/operations/subscription-markup.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
});

afterEach(() => {
  jest.useRealTimers();
});

const silence = new Promise<never>(() => {});
const lamp = (id: number) => instance('X_Lamp', { Id: String(id) });
const timedOut = { errors: [{ exception: { code: 'ERR_TIMEOUT', message: expect.stringContaining('server') } }] };

/** Pages of one lamp each, `pages` of them, then nothing. */
function lamps(pages: number): FakeServer {
  let given = 0;
  return new FakeServer((request, what) => {
    if (what === 'Get class X_Lamp') return LAMP_CLASS;
    if (!/^(?:Enumerate|Pull)/.test(what)) return undefined;
    given += 1;
    if (given > pages) return silence;
    return page(request, [lamp(given)], given < 3 ? 'more' : undefined);
  });
}

const what = { ClassName: 'X_Lamp', Namespace: 'root/test', OperationTimeoutSec: 10 };

describe('OperationTimeoutSec', () => {
  it.each([true, false])('does not count how long its reader works on each item (enhanced: %s)', async (enhanced) => {
    const session = await lamps(3).session();
    const seen: unknown[] = [];
    for await (const { Id } of getCimInstance<{ Id: number }>({ ...what, CimSession: session }, { enhanced })) {
      seen.push(Id);
      await jest.advanceTimersByTimeAsync(60_000);
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  it('ends the wait for the next item, and the error names the server', async () => {
    const session = await lamps(1).session();
    const failing = rejectionOf(getCimInstance({ ...what, CimSession: session }, { enhanced: false }));
    await jest.advanceTimersByTimeAsync(10_500);
    expect(await failing).toMatchObject(timedOut);
  });

  it('ends the wait for a single result, also within a longer limit of the call', async () => {
    const server = new FakeServer((_request, asked) => (asked.startsWith('Put') ? silence : LAMP_CLASS));
    const session = await server.session();
    const cimClass = await session.getClass({ namespace: 'root/test', className: 'X_Lamp' });
    const InputObject = cimClass.newInstance({ Id: 1, On: true });
    const change = { InputObject, CimSession: session, OperationTimeoutSec: 10 };
    const failing = rejectionOf(setCimInstance(change, { enhanced: false, timeoutMs: 60_000 }));
    await jest.advanceTimersByTimeAsync(10_500);
    expect(await failing).toMatchObject(timedOut);
  });

  it('of a subscription ends the wait for its answer, not for its events', async () => {
    const event = subscriptionPage([instance('X_Heart', { Beat: '1' })], true);
    let isSilent = false;
    const server = new FakeServer(async (_request, asked) => {
      if (asked.startsWith('Subscribe')) return isSilent ? silence : subscriptionStart;
      if (!asked.startsWith('Pull')) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 55_000));
      return event;
    });
    const session = await server.session();
    const wanted = { Query: 'select * from X_Heart', CimSession: session, OperationTimeoutSec: 10 };
    const events = registerCimIndicationEvent(wanted);
    await jest.advanceTimersByTimeAsync(60_000);
    expect((await events).map(({ MachineId }) => MachineId)).toEqual(['server']);
    isSilent = true;
    const failing = rejectionOf(registerCimIndicationEvent(wanted));
    await jest.advanceTimersByTimeAsync(10_500);
    expect(await failing).toMatchObject(timedOut);
  });
});
