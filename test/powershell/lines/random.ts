// Chance that a seed decides, so that a run can be had again.

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 (included) to 1 (not included): mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 to `limit`, not included. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new RangeError('There is nothing to choose from.');
    return one;
  }

  /** Some of a list, in its order; each with a chance of one in `times`. */
  some<T>(list: readonly T[], times: number): T[] {
    return list.filter(() => this.once(times));
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((one) => ({ one, key: this.next() }))
      .sort((left, right) => left.key - right.key)
      .map(({ one }) => one);
  }
}
