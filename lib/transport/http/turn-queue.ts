/** As many begin in one turn of the event loop: with more, what they set off waits; with fewer, the turns themselves cost too much. */
const MOST_A_TURN = 3;

/**
 * Lets work through a few pieces a turn of the event loop. Replies that arrive together are worked on one after the other, and what that
 * sets off (the next computer's connection, the next request) must not wait until the last of them is done.
 */
export class TurnQueue {
  readonly #waiting: (() => void)[] = [];
  #begun = 0;

  /** Runs `work`, which does not throw, at once or, when this turn has its share, in one of the next; in the order of the calls. */
  run(work: () => void): void {
    if (this.#begun >= MOST_A_TURN || this.#waiting.length > 0) {
      // From here on the loop has to come round by itself.
      if (this.#waiting.push(work) === 1) setImmediate(() => this.#nextTurn());
      return;
    }
    // Without a reference it neither hurries the loop nor keeps the process alive.
    if (this.#begun === 0) setImmediate(() => this.#endTurn()).unref();
    this.#begun += 1;
    work();
  }

  #endTurn(): void {
    if (this.#waiting.length === 0) this.#begun = 0;
  }

  #nextTurn(): void {
    const share = Math.min(MOST_A_TURN, this.#waiting.length);
    this.#begun = share;
    for (let index = 0; index < share; index += 1) this.#waiting[index]?.();
    this.#waiting.splice(0, share);
    if (this.#waiting.length > 0) setImmediate(() => this.#nextTurn());
    else setImmediate(() => this.#endTurn()).unref();
  }
}

/** All connections of the process share its event loop. */
export const replies = new TurnQueue();
