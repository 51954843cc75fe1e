import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../lib/base/clock.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { getCimInstance } from '../../../lib/cim-cmdlets/index.js';
import { invokeCmdlet } from '../../../lib/cmdlet/invoke.js';
import type { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { BusyBackoff } from '../../../lib/cmdlet/run/busy-retry.js';
import { FakeCimSession, lamp } from '../../cim-cmdlets/fake-cim-session.js';
import fc from '../../fast-check.js';
import { getFailover } from '../definitions.js';
import { FakeSession, returns, settle } from '../fake-session.js';
import { rejectionOf } from '../thrown-by.js';

const busy = (wsmanCode = 0x803381a6) =>
  new CimException('Busy.', { nativeErrorCode: 'ServerLimitsExceeded', wsmanCode });

/** A clock that stands still until it is moved. */
class TestClock implements Clock {
  #now = 0;
  readonly waits: number[] = [];
  #timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, callback };
    this.waits.push(delayMs);
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  get pending(): number {
    return this.#timers.length;
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
  }
}

/** A server that is busy so many times. */
const busyTimes = (times: number) =>
  new FakeSession('dhcp1', (_, session) =>
    session.requests.length <= times ? Promise.reject(busy()) : returns(['ok']),
  );

describe('the waiting times', () => {
  it('are PowerShell’s: 100 ms, the carry-over and a random part; the window doubles until past 15 s', () => {
    const halves = new BusyBackoff(() => 0.5);
    // cimChildJobBase.cs SleepAndRetry with windows of 1, 2, 4, 8, 16, 16 s.
    expect(Array.from({ length: 6 }, () => halves.nextDelayMs())).toEqual([600, 1600, 3100, 6100, 12100, 16100]);
    const lows = new BusyBackoff(() => 0);
    expect(Array.from({ length: 6 }, () => lows.nextDelayMs())).toEqual([100, 1100, 2100, 4100, 8100, 16100]);
  });

  it('carry over exactly what a window left unused', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (parts) => {
          let next = 0;
          const backoff = new BusyBackoff(() => parts[next] ?? 0);
          let sum = 0;
          let windows = 0;
          for (next = 0; next < parts.length; next += 1) {
            const windowMs = Math.min(1000 * 2 ** next, 16_000);
            const delay = backoff.nextDelayMs();
            sum += delay;
            expect(delay).toBeGreaterThanOrEqual(100);
            expect(sum).toBeGreaterThanOrEqual(100 * (next + 1) + windows);
            windows += windowMs;
            expect(sum).toBeLessThanOrEqual(100 * (next + 1) + windows);
          }
        },
      ),
    );
  });
});

describe('a busy server', () => {
  it('is tried again until it answers, which verbose and diagnostics tell', async () => {
    const clock = new TestClock();
    const session = busyTimes(2);
    const texts: string[] = [];
    const retries: unknown[] = [];
    const listen = (message: unknown) => retries.push(message);
    subscribe('cimlet:cmdlet:retry', listen);
    const result = invokeCmdlet(
      getFailover,
      { CimSession: session, Verbose: true },
      { clock, random: () => 0.5, onVerbose: ({ text }) => texts.push(text) },
    );
    await settle();
    expect([session.requests.length, clock.pending]).toEqual([1, 1]);
    clock.advance(599);
    await settle();
    expect(session.requests.length).toBe(1);
    clock.advance(1);
    await settle();
    expect(session.requests.length).toBe(2);
    clock.advance(1600);
    expect(await result).toEqual(['ok']);
    unsubscribe('cimlet:cmdlet:retry', listen);
    expect(texts[1]).toBe(
      'dhcp1: Get-DhcpServerv4Failover: dhcp1 is busy (ERROR_WSMAN_QUOTA_MAX_OPERATIONS). Trying again in 0.6 seconds.',
    );
    const retry = {
      cmdlet: 'Get-DhcpServerv4Failover',
      computerName: 'dhcp1',
      code: 'ERROR_WSMAN_QUOTA_MAX_OPERATIONS',
    };
    expect(retries).toEqual([
      { ...retry, attempt: 1, delayMs: 600 },
      { ...retry, attempt: 2, delayMs: 1600 },
    ]);
  });

  it('is given up when the next wait does not fit into the deadline, with its own fault', async () => {
    const clock = new TestClock();
    const session = busyTimes(99);
    const result = invokeCmdlet(getFailover, { CimSession: session }, { clock, random: () => 0.5, timeoutMs: 1_000 });
    await settle();
    clock.advance(600);
    const error = (await rejectionOf(result)) as CmdletError;
    expect(session.requests.length).toBe(2);
    expect(error.code).toBe('ERR_CMDLET');
    expect(error.errors[0]).toMatchObject({
      categoryInfo: { category: 'ResourceBusy' },
      fullyQualifiedErrorId: 'MiClientApiError_ServerLimitsExceeded,Get-DhcpServerv4Failover',
    });
  });

  it('is left at once by an abort', async () => {
    const clock = new TestClock();
    const controller = new AbortController();
    const result = invokeCmdlet(getFailover, { CimSession: busyTimes(99) }, { clock, signal: controller.signal });
    await settle();
    expect(clock.pending).toBe(1);
    controller.abort();
    expect(await rejectionOf(result)).toMatchObject({ code: 'ERR_ABORTED' });
    expect(clock.pending).toBe(0);
  });
});

describe('what has come already', () => {
  const options = { clock: new TestClock() };

  it('is not asked for again: a method that streamed', async () => {
    const session = new FakeSession('dhcp1', async ({ onOutput }) => {
      await onOutput?.({ type: 'item', parameterName: 'cmdletOutput', itemValue: 'a', itemType: 'string' });
      throw busy();
    });
    const error = (await rejectionOf(invokeCmdlet(getFailover, { CimSession: session }, options))) as CmdletError;
    expect(error.output).toEqual(['a']);
    expect(session.requests).toHaveLength(1);
  });

  it('is not asked for again: an iteration', async () => {
    const fake = new FakeCimSession('dhcp1', {
      queryInstances: async function* () {
        yield lamp('one');
        throw busy();
      },
    });
    const query = { Query: 'select * from X_Lamp', CimSession: fake.session };
    const error = (await rejectionOf(getCimInstance(query, options))) as CmdletError;
    expect(error.output).toHaveLength(1);
    expect(fake.asked).toHaveLength(1);
  });
});
