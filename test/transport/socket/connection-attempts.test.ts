import { type LookupFunction, Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../lib/base/clock.js';
import { Deadline } from '../../../lib/base/deadline.js';
import { AttemptsFailedError, firstToConnect } from '../../../lib/transport/socket/connection-attempts.js';

const answering = (...addresses: string[]): LookupFunction => {
  return (_, __, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
};

/** A race whose sockets and delay the test moves. */
function race(addresses: string[], deadline = new Deadline()) {
  const sockets = new Map<string, Socket>();
  const delays: { readonly ms: number; readonly fire: () => void }[] = [];
  const clock: Clock = {
    now: () => 0,
    schedule(ms, fire) {
      const delay = { ms, fire };
      delays.push(delay);
      return () => {
        if (delays.includes(delay)) delays.splice(delays.indexOf(delay), 1);
      };
    },
  };
  const dial = (address: string) => {
    const socket = new Socket();
    sockets.set(address, socket);
    return socket;
  };
  const winner = firstToConnect({ host: 'srv.contoso.com', lookup: answering(...addresses), dial, deadline, clock });
  const started = () => [...sockets.keys()];
  const socketOf = (address: string): Socket => {
    const socket = sockets.get(address);
    if (socket === undefined) throw new Error(`${address} was not tried`);
    return socket;
  };
  const fail = (address: string, code: string) =>
    socketOf(address).destroy(Object.assign(new Error(`connect ${code}`), { code }));
  const delayPasses = () => {
    const [delay] = delays;
    if (delay === undefined) throw new Error('nothing waits for the delay');
    delay.fire();
  };
  return { winner, started, socketOf, fail, delayPasses, delays };
}

const turn = () => new Promise(setImmediate);

describe('the addresses of a name (RFC 8305)', () => {
  it('are tried one after another, 250 ms apart, and none is given up while another is tried', async () => {
    const { winner, started, socketOf, delayPasses, delays } = race(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    await turn();
    expect(started()).toEqual(['10.0.0.1']);
    expect(delays.map(({ ms }) => ms)).toEqual([250]);
    delayPasses();
    expect(started()).toEqual(['10.0.0.1', '10.0.0.2']);
    delayPasses();
    expect(started()).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    expect(started().map((address) => socketOf(address).destroyed)).toEqual([false, false, false]);
    // The first was only slow.
    socketOf('10.0.0.1').emit('connect');
    expect(await winner).toBe(socketOf('10.0.0.1'));
    expect(started().map((address) => socketOf(address).destroyed)).toEqual([false, true, true]);
  });

  it('are tried at once after one that failed', async () => {
    const { winner, started, fail, socketOf, delays } = race(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    await turn();
    fail('10.0.0.1', 'ECONNREFUSED');
    await turn();
    expect(started()).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(delays).toHaveLength(1);
    socketOf('10.0.0.2').emit('connect');
    expect(await winner).toBe(socketOf('10.0.0.2'));
    // The one that was never needed is not tried later.
    expect(delays).toHaveLength(0);
    expect(started()).toHaveLength(2);
  });

  it('take turns by family, the resolver’s first one first (section 4)', async () => {
    const { winner, started, fail } = race(['2001:db8::1', '2001:db8::2', '10.0.0.1', '10.0.0.1', '10.0.0.2']);
    for (let count = 1; count <= 4; count++) {
      await turn();
      expect(started()).toHaveLength(count);
      fail(started().at(-1) ?? '', 'EHOSTUNREACH');
    }
    await expect(winner).rejects.toBeInstanceOf(AttemptsFailedError);
    expect(started()).toEqual(['2001:db8::1', '10.0.0.1', '2001:db8::2', '10.0.0.2']);
  });

  it('that all fail are told with the failure that says most', async () => {
    const { winner, fail } = race(['2001:db8::1', '10.0.0.1']);
    await turn();
    fail('2001:db8::1', 'ENETUNREACH');
    await turn();
    fail('10.0.0.1', 'ECONNREFUSED');
    await expect(winner).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      attempts: '2001:db8::1 (ENETUNREACH), 10.0.0.1 (ECONNREFUSED)',
    });
  });

  it('are one: its own error', async () => {
    const { winner, fail, delays } = race(['10.0.0.1']);
    await turn();
    expect(delays).toHaveLength(0);
    fail('10.0.0.1', 'ETIMEDOUT');
    await expect(winner).rejects.toMatchObject({ message: 'connect ETIMEDOUT', code: 'ETIMEDOUT' });
  });

  it('are let go of when the time is up or the caller aborts', async () => {
    const deadline = new Deadline();
    const { winner, started, socketOf, delayPasses, delays } = race(['10.0.0.1', '10.0.0.2', '10.0.0.3'], deadline);
    await turn();
    delayPasses();
    deadline.abort();
    await expect(winner).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    expect(started().map((address) => socketOf(address).destroyed)).toEqual([true, true]);
    expect(delays).toHaveLength(0);
  });

  it('are asked for within the time, too', async () => {
    const deadline = new Deadline();
    const never: LookupFunction = () => {};
    const dial = () => new Socket();
    const winner = firstToConnect({ host: 'srv.contoso.com', lookup: never, dial, deadline });
    deadline.abort();
    await expect(winner).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  });

  it('are none: the name is not resolved', async () => {
    await expect(race([]).winner).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

describe('a host that is an address', () => {
  it.each(['10.0.0.1', '::1', 'fe80::1%eth0'])('is not looked up: %s', async (host) => {
    const dialled: string[] = [];
    const lookup: LookupFunction = () => {
      throw new Error('looked up');
    };
    const dial = (address: string) => {
      dialled.push(address);
      const socket = new Socket();
      setImmediate(() => socket.emit('connect'));
      return socket;
    };
    const socket = await firstToConnect({ host, lookup, dial, deadline: new Deadline() });
    expect([dialled, socket.destroyed]).toEqual([[host], false]);
  });
});

it('a resolver that gives one address, as those do that know nothing of `all`', async () => {
  const lookup: LookupFunction = (_, __, callback) => callback(null, '10.0.0.1', 4);
  const dialled: string[] = [];
  const dial = (address: string) => {
    dialled.push(address);
    const socket = new Socket();
    setImmediate(() => socket.emit('connect'));
    return socket;
  };
  await firstToConnect({ host: 'srv', lookup, dial, deadline: new Deadline() });
  expect(dialled).toEqual(['10.0.0.1']);
});
