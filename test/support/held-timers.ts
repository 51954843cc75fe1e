/** Holds back every timer of exactly one delay until the test lets it fire, so that a time is up when a test says so. */
export class HeldTimers implements Disposable {
  readonly #setTimeout = globalThis.setTimeout;
  readonly #clearTimeout = globalThis.clearTimeout;
  readonly #held = new Map<NodeJS.Timeout, () => void>();

  constructor(delayMs: number) {
    const hold = (callback: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) => {
      const timer = this.#setTimeout(callback, ms, ...values);
      if (ms !== delayMs) return timer;
      this.#clearTimeout(timer);
      this.#held.set(timer, () => callback(...values));
      return timer;
    };
    const clear = (timer?: NodeJS.Timeout | string | number) => {
      if (typeof timer === 'object') this.#held.delete(timer);
      this.#clearTimeout(timer);
    };
    globalThis.setTimeout = Object.assign(hold, this.#setTimeout);
    globalThis.clearTimeout = clear;
  }

  /** Timers that are held back. */
  get count(): number {
    return this.#held.size;
  }

  /** Lets those that are held fire. */
  fire(): void {
    const due = [...this.#held.values()];
    this.#held.clear();
    for (const callback of due) callback();
  }

  [Symbol.dispose](): void {
    globalThis.setTimeout = this.#setTimeout;
    globalThis.clearTimeout = this.#clearTimeout;
  }
}
