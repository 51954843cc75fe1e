import type { Clock } from '../../lib/base/clock.js';

/** Time that moves when a test says so, or when it runs all timers. */
export class TestClock implements Clock {
  #now = 1_000_000;
  #timers: { at: number; callback: () => void }[] = [];
  readonly #arrivals: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  get timers(): number {
    return this.#timers.length;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.push(timer);
    for (const wake of this.#arrivals.splice(0)) wake();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Waits until somebody waits, then goes to that time. Gives how far that was. */
  async next(): Promise<number> {
    while (this.#timers.length === 0) await new Promise<void>((resolve) => this.#arrivals.push(resolve));
    const [first] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (first === undefined) return 0;
    const distance = first.at - this.#now;
    this.advance(distance);
    return distance;
  }

  /** Runs whenever somebody waits for it, until `promise` is settled. */
  async running<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const watched = promise.finally(() => {
      isSettled = true;
    });
    watched.catch(() => {});
    while (!isSettled) {
      await new Promise(setImmediate);
      if (this.timers > 0 && !isSettled) await this.next();
    }
    return watched;
  }

  advance(ms: number): void {
    const target = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= target).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
    }
    this.#now = target;
  }
}
