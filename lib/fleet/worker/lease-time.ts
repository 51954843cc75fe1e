/**
 * How much of a lease is gone. A process that was stopped counts by one of two clocks, and a machine that slept by the other; that of Redis is not
 * asked, since the way to it takes time, too.
 */
export class LeaseTime {
  readonly #monotonic = performance.now();
  readonly #wall = Date.now();

  get elapsedMs(): number {
    return Math.max(performance.now() - this.#monotonic, Date.now() - this.#wall);
  }
}
