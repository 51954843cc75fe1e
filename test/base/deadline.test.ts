import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Deadline } from '../../lib/base/deadline.js';

const NEVER = new Promise<never>(() => {});

describe('Deadline', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('has no limit unless given one', () => {
    const deadline = new Deadline();
    expect(deadline.remainingMs).toBe(Number.POSITIVE_INFINITY);
    expect(() => deadline.throwIfDone()).not.toThrow();
  });

  it('counts down and ends with ERR_TIMEOUT', async () => {
    const deadline = new Deadline({ timeoutMs: 1000 });
    const race = deadline.race(NEVER);
    jest.advanceTimersByTime(400);
    expect(deadline.remainingMs).toBeLessThanOrEqual(600);
    jest.advanceTimersByTime(600);
    await expect(race).rejects.toMatchObject({ code: 'ERR_TIMEOUT', retryable: true });
    expect(() => deadline.throwIfDone()).toThrow('1000 ms');
  });

  it('tells the caller’s abort from the time-out', async () => {
    const controller = new AbortController();
    const deadline = new Deadline({ timeoutMs: 1000, signal: controller.signal });
    const race = deadline.race(NEVER);
    controller.abort('enough');
    await expect(race).rejects.toMatchObject({ code: 'ERR_ABORTED', cause: 'enough' });
  });

  it('is done at once with an aborted signal', () => {
    const deadline = new Deadline({ signal: AbortSignal.abort() });
    expect(() => deadline.throwIfDone()).toThrow('aborted by its caller');
  });

  it('passes a result through, and a rejection', async () => {
    const deadline = new Deadline({ timeoutMs: 1000 });
    await expect(deadline.race(Promise.resolve(7))).resolves.toBe(7);
    await expect(deadline.race(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('tells its listeners once, at once when it is done, and not those that were taken back', () => {
    const deadline = new Deadline({ timeoutMs: 1000 });
    const told: string[] = [];
    deadline.onDone((reason) => told.push(`first ${reason.code}`));
    const takeBack = deadline.onDone(() => told.push('taken back'));
    takeBack();
    expect(deadline.reason).toBeUndefined();
    jest.advanceTimersByTime(5000);
    deadline.onDone((reason) => told.push(`late ${reason.code}`));
    expect(told).toEqual(['first ERR_TIMEOUT', 'late ERR_TIMEOUT']);
    expect(deadline.reason).toMatchObject({ code: 'ERR_TIMEOUT' });
    // The signal, asked for only now, agrees.
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.signal.reason).toBe(deadline.reason);
  });

  it('aborts a signal that was asked for before', () => {
    const deadline = new Deadline({ timeoutMs: 1000 });
    const { signal } = deadline;
    expect(signal.aborted).toBe(false);
    jest.advanceTimersByTime(1000);
    expect(signal.reason).toMatchObject({ code: 'ERR_TIMEOUT' });
  });

  it('ends with the larger whole, for its reason, and never later; the whole goes on without it', () => {
    const whole = new Deadline({ timeoutMs: 1000 });
    const longer = new Deadline({ timeoutMs: 5000, within: whole });
    const shorter = new Deadline({ timeoutMs: 10, within: whole });
    expect(longer.remainingMs).toBe(1000);
    expect(shorter.remainingMs).toBe(10);
    jest.advanceTimersByTime(10);
    expect(shorter.reason?.code).toBe('ERR_TIMEOUT');
    expect(whole.reason).toBeUndefined();
    whole.abort(new Error('enough'));
    expect(whole.reason).toMatchObject({ code: 'ERR_ABORTED', cause: new Error('enough') });
    expect(longer.reason).toBe(whole.reason);
    expect(new Deadline({ within: whole }).reason).toBe(whole.reason);
  });

  it('hears nothing more of the larger whole once it is disposed of', () => {
    const whole = new Deadline();
    const part = new Deadline({ within: whole });
    part[Symbol.dispose]();
    whole.abort();
    expect(part.reason).toBeUndefined();
  });

  it('leaves no timer and no listener behind', () => {
    const controller = new AbortController();
    const removed = jest.spyOn(controller.signal, 'removeEventListener');
    const deadline = new Deadline({ timeoutMs: 1000, signal: controller.signal });
    deadline[Symbol.dispose]();
    expect(jest.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it.each([0, -1, Number.NaN])('refuses timeoutMs %p', (timeoutMs) => {
    expect(() => new Deadline({ timeoutMs })).toThrow(/timeoutMs: .* is not valid/);
  });
});
