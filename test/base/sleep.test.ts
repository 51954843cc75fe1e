import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../lib/base/clock.js';
import { Deadline } from '../../lib/base/deadline.js';
import { sleep } from '../../lib/base/sleep.js';

/** Holds what was scheduled until it is fired. */
class HeldClock implements Clock {
  readonly scheduled: { readonly delayMs: number; readonly fire: () => void; cancelled: boolean }[] = [];

  now(): number {
    return 0;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { delayMs, fire: callback, cancelled: false };
    this.scheduled.push(timer);
    return () => {
      timer.cancelled = true;
    };
  }
}

const holds = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('sleep', () => {
  it('ends when the clock says so, and keeps the process alive only until then', async () => {
    const clock = new HeldClock();
    const before = holds();
    const sleeping = sleep(clock, 250, new Deadline());
    expect(holds()).toBe(before + 1);
    expect(clock.scheduled).toMatchObject([{ delayMs: 250, cancelled: false }]);
    clock.scheduled[0]?.fire();
    await sleeping;
    expect(holds()).toBe(before);
  });

  it('ends with the deadline’s reason when that is done first', async () => {
    const clock = new HeldClock();
    const before = holds();
    const deadline = new Deadline();
    const sleeping = sleep(clock, 250, deadline);
    deadline.abort();
    await expect(sleeping).rejects.toBe(deadline.reason);
    expect(clock.scheduled[0]?.cancelled).toBe(true);
    expect(holds()).toBe(before);
  });

  it('does not begin after a deadline that is done', async () => {
    const deadline = new Deadline();
    deadline.abort();
    await expect(sleep(new HeldClock(), 250, deadline)).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  });
});
