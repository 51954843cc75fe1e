import { CimletError } from '../../base/errors.js';
import type { FleetStore } from '../store/fleet-store.js';

/** Delays of the engine are by the clocks of those who wait: with more than this between them jobs would come too early or too late. */
const MOST_OFFSET_MS = 10_000;

/** The clock of Redis as this process knows it: all times of a fleet are by that one. */
export class FleetClock {
  readonly #store: FleetStore;
  #offsetMs = 0;

  constructor(store: FleetStore) {
    this.#store = store;
  }

  /** How far this machine's clock is ahead of Redis'. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): number {
    return Date.now() - this.#offsetMs;
  }

  async measure(): Promise<void> {
    const before = Date.now();
    const now = await this.#store.now();
    const after = Date.now();
    this.#offsetMs = Math.round((before + after) / 2 - now);
    // What the way there and back takes is no difference of clocks.
    if (Math.abs(this.#offsetMs) <= (after - before) / 2) this.#offsetMs = 0;
  }

  /** A sentence where the difference is too large; undefined where it is not. */
  get complaint(): string | undefined {
    if (Math.abs(this.#offsetMs) <= MOST_OFFSET_MS) return undefined;
    const seconds = Math.round(Math.abs(this.#offsetMs) / 1_000);
    return `The clock of this machine is ${seconds} seconds ${this.#offsetMs > 0 ? 'ahead of' : 'behind'} that of Redis.`;
  }

  /** @throws CimletError `ERR_QUEUE`. */
  refuse(): void {
    const { complaint } = this;
    if (complaint === undefined) return;
    throw new CimletError('ERR_QUEUE', complaint, { hint: 'Set the clocks, by NTP, and start the worker again.' });
  }
}
