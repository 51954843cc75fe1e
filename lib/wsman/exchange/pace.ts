import type { Clock } from '../../base/clock.js';
import type { Deadline } from '../../base/deadline.js';
import { sleep } from '../../base/sleep.js';

const SHORTEST_ROUND_MS = 1_000;

/** Keeps a client from asking in a tight loop when a server has nothing to give and answers at once. */
export class Pace {
  readonly #clock: Clock;
  readonly #deadline: Deadline;
  #began = 0;

  constructor(clock: Clock, deadline: Deadline) {
    this.#clock = clock;
    this.#deadline = deadline;
  }

  /** A request is about to be sent. */
  begin(): void {
    this.#began = this.#clock.now();
  }

  /** It brought nothing: waits until a second has passed since it began. @throws the deadline's reason. */
  async pause(): Promise<void> {
    this.#deadline.throwIfDone();
    const left = SHORTEST_ROUND_MS - (this.#clock.now() - this.#began);
    if (left > 0) await sleep(this.#clock, left, this.#deadline);
  }
}
