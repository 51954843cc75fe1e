import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../../../lib/emulator/lab/virtual-clock.js';

describe('VirtualClock', () => {
  it('stands still until it is advanced, and then runs timers in order, at their times', () => {
    const clock = new VirtualClock({ startAt: 1000 });
    const seen: [string, number][] = [];
    clock.schedule(30, () => seen.push(['c', clock.now()]));
    clock.schedule(10, () => {
      seen.push(['a', clock.now()]);
      clock.schedule(5, () => seen.push(['b', clock.now()]));
    });
    clock.schedule(30, () => seen.push(['d', clock.now()]));
    clock.advance(29);
    expect(seen).toEqual([
      ['a', 1010],
      ['b', 1015],
    ]);
    clock.advance(1);
    expect(seen.slice(2)).toEqual([
      ['c', 1030],
      ['d', 1030],
    ]);
    expect(clock.now()).toBe(1030);
  });

  it('forgets cancelled timers', () => {
    const clock = new VirtualClock();
    let fired = 0;
    const cancel = clock.schedule(10, () => fired++);
    cancel();
    clock.advance(100);
    clock.schedule(10, () => fired++);
    clock.stop();
    clock.advance(100);
    expect(fired).toBe(0);
  });

  it('runs along with another clock, and ahead of it', () => {
    const real = new VirtualClock({ startAt: 0 });
    const clock = new VirtualClock({ follow: real, startAt: 5_000 });
    const seen: number[] = [];
    clock.schedule(100, () => seen.push(clock.now()));
    clock.schedule(200, () => seen.push(clock.now()));
    real.advance(100);
    expect(seen).toEqual([5_100]);
    clock.advance(60);
    real.advance(39);
    expect(seen).toHaveLength(1);
    real.advance(1);
    expect(seen).toEqual([5_100, 5_200]);
    clock.stop();
  });

  it('refuses to go back', () => {
    expect(() => new VirtualClock().advance(-1)).toThrow(/zero or more/);
    expect(() => new VirtualClock().advance(Number.NaN)).toThrow(/finite/);
  });
});
