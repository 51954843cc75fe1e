/** After this long without a connection the server drops what it kept (MS-WSMV 3.2.5.3). */
export const RETRY_LIMIT_MS = 185_000;

const LAST_START_MS = 180_000;
const FIRST_BOUND_MS = 15_000;
const FORCED_MS = [55_000, 115_000, 175_000];
const SHORTEST_MS = 10;

/** When to try again after a lost connection: the Request Retry Timer of MS-WSMV 3.2.2. One for each outage. */
export class RetrySchedule {
  readonly #startedAt: number;
  readonly #random: () => number;
  #attempts = 0;

  /**
   * @param startedAt when the connection was lost, in milliseconds
   * @param random from 0 up to 1
   */
  constructor(startedAt: number, random: () => number = Math.random) {
    this.#startedAt = startedAt;
    this.#random = random;
  }

  /** Milliseconds from `now` until it is too late. */
  remainingMs(now: number): number {
    return Math.max(RETRY_LIMIT_MS - (now - this.#startedAt), 0);
  }

  /** Milliseconds from `now` until the next attempt; undefined when it is too late for one. */
  next(now: number): number | undefined {
    const elapsed = now - this.#startedAt;
    if (elapsed > LAST_START_MS) return undefined;
    let delay = this.#random() * FIRST_BOUND_MS * 2 ** Math.min(this.#attempts++, 8);
    delay = Math.min(delay, LAST_START_MS - elapsed);
    // All clients try at these points at the latest.
    const forced = FORCED_MS.find((point) => point > elapsed);
    if (forced !== undefined) delay = Math.min(delay, forced - elapsed);
    return delay < 1 ? SHORTEST_MS : Math.round(delay);
  }
}
