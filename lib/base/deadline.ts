import { setMaxListeners } from 'node:events';
import { LONGEST_TIMER_MS } from './clock.js';
import { CimletError, invalidArgument } from './errors.js';
import { wording } from './wording.js';

/** How long a call may take, and how its caller stops it early. */
export interface DeadlineOptions {
  /** Milliseconds until `ERR_TIMEOUT`; absent: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Stops the call with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
}

/** What a deadline inside the library is made of. */
export interface DeadlineParts extends DeadlineOptions {
  /** A larger whole: when it is done, so is this one, for the same reason. */
  readonly within?: Deadline | undefined;
}

type Listener = (reason: CimletError) => void;

/**
 * The one time budget of a call. Every step below takes the same Deadline and asks it what is left;
 * it ends with a `CimletError` that tells a time-out (`ERR_TIMEOUT`) from a caller's abort (`ERR_ABORTED`).
 * Inside the library it also takes the place of an AbortSignal, which costs Node many times as much.
 */
export class Deadline implements Disposable {
  readonly #expiresAt: number;
  readonly #timeoutMs: number | undefined;
  readonly #within: Deadline | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #leaveSignal: (() => void) | undefined;
  readonly #leaveWhole: (() => void) | undefined;
  /** The first of those who listen, and the others: most deadlines have one. */
  #listener: Listener | undefined;
  #others: Set<Listener> | undefined;
  #reason: CimletError | undefined;
  /** Made when somebody asks. */
  #controller: AbortController | undefined;

  /** @internal */
  constructor({ timeoutMs, signal, within }: DeadlineParts = {}) {
    if (timeoutMs !== undefined && !(timeoutMs > 0)) {
      throw invalidArgument('timeoutMs', timeoutMs, 'Give a number of milliseconds above zero, or leave it out.');
    }
    this.#timeoutMs = timeoutMs;
    this.#expiresAt = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    this.#within = within;
    if (timeoutMs !== undefined && timeoutMs <= LONGEST_TIMER_MS) {
      this.#timer = setTimeout(() => this.end(this.#timeoutError()), timeoutMs);
    }
    if (signal !== undefined) {
      const onAbort = () => this.abort(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#leaveSignal = () => signal.removeEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
    }
    this.#leaveWhole = within?.onDone((reason) => this.end(reason));
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
    if (this.#expiresAt === Number.POSITIVE_INFINITY) return this.#within?.remainingMs ?? this.#expiresAt;
    const own = Math.max(0, this.#expiresAt - performance.now());
    return this.#within === undefined ? own : Math.min(own, this.#within.remainingMs);
  }

  /** Calls `listener` once, when the deadline is done: at once if it is already. The returned function takes it back. */
  onDone(listener: (reason: CimletError) => void): () => void {
    if (this.#reason !== undefined) listener(this.#reason);
    else if (this.#listener === undefined && this.#others === undefined) this.#listener = listener;
    else {
      this.#others ??= new Set();
      this.#others.add(listener);
    }
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
      else this.#others?.delete(listener);
    };
  }

  /** Throws the reason when the time is up or the caller has aborted. */
  throwIfDone(): void {
    if (this.#reason !== undefined) throw this.#reason;
    this.#within?.throwIfDone();
    if (this.remainingMs === 0) throw this.#timeoutError();
  }

  /** Settles as `promise` does, or rejects with the reason as soon as the deadline is done. The loser's rejection is swallowed. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const takeBack = this.onDone(reject);
      promise.then(
        (value) => {
          takeBack();
          resolve(value);
        },
        (error) => {
          takeBack();
          reject(error);
        },
      );
    });
  }

  /** Stops the timer and lets go of the caller's signal and of the larger whole. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#leaveSignal?.();
    this.#leaveWhole?.();
  }

  /** Ends it as an abort by the caller; without effect when it is done. */
  abort(cause?: unknown): void {
    if (this.#reason === undefined) this.end(abortedError(cause));
  }

  /** Ends it before its time; without effect when it is done. */
  end(reason: CimletError): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const first = this.#listener;
    const others = this.#others === undefined ? [] : [...this.#others];
    this.#listener = undefined;
    this.#others = undefined;
    first?.(reason);
    for (const listener of others) listener(reason);
    this.#controller?.abort(reason);
  }

  #timeoutError(): CimletError {
    return new CimletError('ERR_TIMEOUT', `The call did not finish within ${this.#timeoutMs} ms.`, {
      retryable: true,
      hint: wording`Give a larger ${{ option: 'timeoutMs' }}, or find out why the server is slow. A request that was already sent may still take effect.`,
    });
  }
}

function abortedError(reason: unknown): CimletError {
  return reason instanceof CimletError && reason.code === 'ERR_ABORTED'
    ? reason
    : new CimletError('ERR_ABORTED', 'The call was aborted by its caller.', { cause: reason });
}
