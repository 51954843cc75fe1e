import { setMaxListeners } from 'node:events';
import { CimletError, invalidArgument } from './errors.js';

/** How long a call may take, and how its caller stops it early. */
export interface DeadlineOptions {
  /** Milliseconds until `ERR_TIMEOUT`; absent: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Stops the call with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The one time budget of a call. Every step below takes the same Deadline and asks it what is left;
 * its `signal` aborts with a `CimletError` that tells a time-out (`ERR_TIMEOUT`) from a caller's abort (`ERR_ABORTED`).
 */
export class Deadline implements Disposable {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #expiresAt: number;
  readonly #timeoutMs: number | undefined;
  readonly #release: () => void;

  constructor(options: DeadlineOptions = {}) {
    const { timeoutMs, signal } = options;
    if (timeoutMs !== undefined && !(timeoutMs > 0)) {
      throw invalidArgument('timeoutMs', timeoutMs, 'Give a number of milliseconds above zero, or leave it out.');
    }
    this.signal = this.#controller.signal;
    // Each step in flight listens; a call over many targets has as many, and that is no leak.
    setMaxListeners(0, this.signal);
    this.#timeoutMs = timeoutMs;
    this.#expiresAt = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    const onAbort = () => this.#controller.abort(abortedError(signal?.reason));
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer =
      timeoutMs === undefined || timeoutMs > LONGEST_TIMER_MS
        ? undefined
        : setTimeout(() => this.#controller.abort(this.#timeoutError()), timeoutMs);
    this.#release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    if (signal?.aborted) onAbort();
  }

  /** Milliseconds left, never below zero; `Infinity` without a limit. */
  get remainingMs(): number {
    return Math.max(0, this.#expiresAt - performance.now());
  }

  /** Throws the reason when the time is up or the caller has aborted. */
  throwIfDone(): void {
    if (this.signal.aborted) throw this.signal.reason;
    if (this.remainingMs === 0) throw this.#timeoutError();
  }

  /** Settles as `promise` does, or rejects with the reason as soon as the deadline is done. The loser's rejection is swallowed. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => reject(this.signal.reason);
      if (this.signal.aborted) onAbort();
      else this.signal.addEventListener('abort', onAbort, { once: true });
      promise.then(resolve, reject).finally(() => this.signal.removeEventListener('abort', onAbort));
    });
  }

  /** Stops the timer and lets go of the caller's signal. */
  [Symbol.dispose](): void {
    this.#release();
  }

  #timeoutError(): CimletError {
    return new CimletError('ERR_TIMEOUT', `The call did not finish within ${this.#timeoutMs} ms.`, {
      retryable: true,
      hint: 'Give a larger timeoutMs, or find out why the server is slow. A request that was already sent may still take effect.',
    });
  }
}

function abortedError(reason: unknown): CimletError {
  return reason instanceof CimletError && reason.code === 'ERR_ABORTED'
    ? reason
    : new CimletError('ERR_ABORTED', 'The call was aborted by its caller.', { cause: reason });
}
