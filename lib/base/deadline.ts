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
 * it ends with a `CimletError` that tells a time-out (`ERR_TIMEOUT`) from a caller's abort (`ERR_ABORTED`).
 */
export class Deadline implements Disposable {
  readonly #expiresAt: number;
  readonly #timeoutMs: number | undefined;
  readonly #release: () => void;
  readonly #listeners = new Set<(reason: CimletError) => void>();
  #reason: CimletError | undefined;
  /** Made when somebody asks: a signal costs more than all the rest of a deadline. */
  #controller: AbortController | undefined;

  constructor(options: DeadlineOptions = {}) {
    const { timeoutMs, signal } = options;
    if (timeoutMs !== undefined && !(timeoutMs > 0)) {
      throw invalidArgument('timeoutMs', timeoutMs, 'Give a number of milliseconds above zero, or leave it out.');
    }
    this.#timeoutMs = timeoutMs;
    this.#expiresAt = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    const onAbort = () => this.end(abortedError(signal?.reason));
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer =
      timeoutMs === undefined || timeoutMs > LONGEST_TIMER_MS
        ? undefined
        : setTimeout(() => this.end(this.#timeoutError()), timeoutMs);
    this.#release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    if (signal?.aborted) onAbort();
  }

  /** Aborts with {@link reason} when the deadline is done. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      // Every step in flight may listen: the readers of a hundred targets share one deadline.
      setMaxListeners(0, this.#controller.signal);
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Why it is done; undefined while it is not. */
  get reason(): CimletError | undefined {
    return this.#reason;
  }

  /** Milliseconds left, never below zero; `Infinity` without a limit. */
  get remainingMs(): number {
    return Math.max(0, this.#expiresAt - performance.now());
  }

  /** Calls `listener` once, when the deadline is done: at once if it is already. The returned function takes it back. */
  onDone(listener: (reason: CimletError) => void): () => void {
    if (this.#reason !== undefined) listener(this.#reason);
    else this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Throws the reason when the time is up or the caller has aborted. */
  throwIfDone(): void {
    if (this.#reason !== undefined) throw this.#reason;
    if (this.remainingMs === 0) throw this.#timeoutError();
  }

  /** Settles as `promise` does, or rejects with the reason as soon as the deadline is done. The loser's rejection is swallowed. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const takeBack = this.onDone(reject);
      promise.then(resolve, reject).finally(takeBack);
    });
  }

  /** Stops the timer and lets go of the caller's signal. */
  [Symbol.dispose](): void {
    this.#release();
  }

  /** Ends it before its time; without effect when it is done. */
  end(reason: CimletError): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(reason);
    this.#controller?.abort(reason);
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
