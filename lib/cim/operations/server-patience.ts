import { LONGEST_TIMER_MS } from '../../base/clock.js';
import { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import { type CimOperationOptions, checkOperationTimeout } from './operation-options.js';

/**
 * The time budget of an iteration. `timeoutMs` is for the whole of it, and there is none by default: how long a caller works on each item
 * is the caller's affair. What has a limit is the wait for the server: `operationTimeoutMs` for each item, else the session's `patienceMs`.
 */
export class ServerPatience implements Disposable {
  readonly deadline: Deadline;
  readonly #patienceMs: number;
  readonly #own: Deadline | undefined;
  #timer: NodeJS.Timeout | undefined;
  #waitingSince: number | undefined;

  constructor(options: CimOperationOptions, patienceMs: number) {
    const { timeoutMs, signal, deadline: whole, operationTimeoutMs } = options;
    checkOperationTimeout(operationTimeoutMs);
    this.#patienceMs = operationTimeoutMs ?? patienceMs;
    if (whole !== undefined && operationTimeoutMs === undefined && Number.isFinite(whole.remainingMs)) {
      this.deadline = whole;
      return;
    }
    const limit = timeoutMs === Number.POSITIVE_INFINITY ? undefined : timeoutMs;
    this.#own = new Deadline({ timeoutMs: limit, signal, within: whole });
    this.deadline = this.#own;
    if (this.#patienceMs <= LONGEST_TIMER_MS) this.#watch(this.#patienceMs);
  }

  /** The caller waits for the server from now on. */
  resume(): void {
    this.#waitingSince = performance.now();
  }

  /** The caller has its item. */
  pause(): void {
    this.#waitingSince = undefined;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#own?.[Symbol.dispose]();
  }

  #watch(delayMs: number): void {
    this.#timer = setTimeout(() => {
      const since = this.#waitingSince;
      const waited = since === undefined ? 0 : performance.now() - since;
      if (waited < this.#patienceMs) {
        this.#watch(Math.max(1, this.#patienceMs - waited));
        return;
      }
      this.#own?.end(
        new CimletError('ERR_TIMEOUT', `The server gave nothing for ${this.#patienceMs} ms.`, {
          retryable: true,
          hint: wording`Give a larger ${{ option: 'operationTimeoutMs' }}.`,
        }),
      );
    }, delayMs);
    // A request in flight keeps the process alive by itself.
    this.#timer.unref();
  }
}
