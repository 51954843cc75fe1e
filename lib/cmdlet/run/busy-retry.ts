const SHORTEST_MS = 100;
const WIDEST_MS = 15_000;

/**
 * PowerShell's waiting times for a busy server: 100 ms, plus what the last window left unused, plus a random part of the window;
 * the window starts at 1 s and doubles until it is past 15 s. Targets that were refused together so come back apart.
 */
export class BusyBackoff {
  readonly #random: () => number;
  #windowMs = 1_000;
  #carriedMs = 0;

  /** `random` gives 0 (included) to 1 (not included). */
  constructor(random: () => number) {
    this.#random = random;
  }

  nextDelayMs(): number {
    const part = Math.floor(this.#random() * this.#windowMs);
    const delay = SHORTEST_MS + this.#carriedMs + part;
    this.#carriedMs = this.#windowMs - part;
    if (this.#windowMs < WIDEST_MS) this.#windowMs *= 2;
    return delay;
  }
}
