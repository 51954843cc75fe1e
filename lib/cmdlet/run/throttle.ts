import type pLimit from 'p-limit';

/** Operations that one process has in flight by default, over all cmdlets that run in it. */
const PROCESS_BUDGET = 128;
/** PowerShell's own default: a cmdlet always gets at least this many. */
const LEAST = 15;

let running = 0;

/**
 * The limit of a call that gives none (or 0): 128 in flight for the process, shared evenly by the cmdlet calls that run in it, this one
 * included, and at least PowerShell's default of 15. So one call gets 128, two 64 each, four 32, and nine or more 15. It is computed when
 * the call starts, and does not change while it runs.
 */
export function optimumThrottleLimit(runningInvocations: number): number {
  return Math.max(LEAST, Math.floor(PROCESS_BUDGET / Math.max(1, runningInvocations)));
}

/** Counts one call as running until the returned function is called. */
export function enterInvocation(): () => void {
  running += 1;
  let left = false;
  return () => {
    if (!left) running -= 1;
    left = true;
  };
}

/** Cmdlet calls that run in this process at this moment. */
export function runningInvocations(): number {
  return running;
}

/** Runs work with at most `limit` in flight, and tells a producer when to go on, so that the queue stays short however much is to do. */
export class Throttle {
  readonly limit: number;
  /** Undefined when everything may run at once: a limiter is not cheap, and most calls have one target. */
  readonly #limiter: ReturnType<typeof pLimit> | undefined;
  #waiting: (() => void)[] = [];
  #unfinished = 0;

  private constructor(limit: number, limiter: ReturnType<typeof pLimit> | undefined) {
    this.limit = limit;
    this.#limiter = limiter;
  }

  /**
   * `total`: how much there will be to do, when that is known. The limiter is loaded when there is first more to do than may run at once, and
   * only then there is a promise.
   */
  static upTo(limit: number, total = Number.POSITIVE_INFINITY): Throttle | Promise<Throttle> {
    if (total <= limit) return new Throttle(limit, undefined);
    return import('p-limit').then(({ default: limiter }) => new Throttle(limit, limiter(limit)));
  }

  /** Queues work that handles its own failures. */
  add(work: () => Promise<void>): void {
    this.#unfinished += 1;
    const onEnd = () => this.#ended();
    void (this.#limiter === undefined ? Promise.resolve().then(work) : this.#limiter(work)).then(onEnd, onEnd);
  }

  /**
   * Resolves when less than twice the limit is unfinished: as much in flight as is allowed, and as much again waiting. Then one more can be
   * added without the queue growing without bounds.
   */
  async room(): Promise<void> {
    while (!this.hasRoom) await this.#next();
  }

  get hasRoom(): boolean {
    return this.#unfinished < 2 * this.limit;
  }

  /** Resolves when all added work has ended. */
  async idle(): Promise<void> {
    while (this.#unfinished > 0) await this.#next();
  }

  #ended(): void {
    this.#unfinished -= 1;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
