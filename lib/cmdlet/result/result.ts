import { CimletError } from '../../base/errors.js';
import type { ActionPreference } from '../contract/engine-parameters.js';
import type { ErrorRecord } from '../contract/error-record.js';
import type { Invocation, InvocationSummary } from '../run/invocation.js';
import type { InvocationObserver } from '../run/invocation-observer.js';
import { CmdletError } from './cmdlet-error.js';
import { keepUnread } from './unread-failures.js';

/** As the standard library types it, so that a handler may say which error it expects. */
export type OnRejected<B> = Parameters<typeof Promise.prototype.catch<B>>[0];

/** Unread items at which a call that is iterated waits for its reader before it goes on. */
const HIGH_WATER = 256;

/**
 * What a cmdlet gives back. It runs from the moment it is called, and is read in one of two ways:
 * - `await` it (or `then`, `catch`, `finally`): all results as an array; it may be iterated as well;
 * - `for await` over it: results as they arrive. They are handed over and not kept, so that a call over any number of targets needs little
 *   memory; awaiting it afterwards is an error. A reader that falls behind delays further output and targets; leaving the loop early stops the call.
 *
 * A call that fails before it is read keeps its failure until it is; a result that nobody ever reads ends as an unhandled rejection.
 * Failed targets make it reject, or the loop throw at its end, with a {@link CmdletError}, unless ErrorAction says otherwise.
 */
export class CmdletResult<T> implements Promise<T[]>, AsyncIterable<T> {
  readonly [Symbol.toStringTag] = 'CmdletResult';
  readonly #promise: Promise<T[]>;
  readonly #records: ErrorRecord[] = [];
  readonly #whatIf: string[] = [];
  #declined: readonly string[] = [];
  #skipped: readonly string[] = [];
  #items: T[] = [];
  #reading: 'undecided' | 'kept' | 'streamed' = 'undecided';
  #invocation: Invocation | undefined;
  #errorAction: ActionPreference | undefined;
  #ended = false;
  #failure: unknown;
  #isRead: (() => void) | undefined;
  #waiting: (() => void)[] = [];

  /** @internal `prepare` binds the call; what it throws is what the result rejects with. */
  constructor(prepare: (observer: InvocationObserver) => Invocation) {
    this.#promise = this.#run(prepare);
    // Whoever reads the result learns of its failure; until then it is kept.
    this.#promise.catch(() => {});
  }

  /** The records so far; with `ErrorAction: 'Ignore'` none. */
  get errors(): readonly ErrorRecord[] {
    return this.#records;
  }

  /** Something failed, also what `ErrorAction: 'Ignore'` keeps no record of (the opposite of PowerShell's `$?`). */
  get hadErrors(): boolean {
    return this.#failure !== undefined || this.#invocation?.hadErrors === true;
  }

  /** What a call with WhatIf would have done, one text for each target. */
  get whatIfTexts(): readonly string[] {
    return this.#whatIf;
  }

  /** Computers for which the host answered no; they are neither output nor errors. Known at the end. */
  get declined(): readonly string[] {
    return this.#declined;
  }

  /** Computers that were not tried: the call had been stopped, or their session had broken before. Known at the end. */
  get skipped(): readonly string[] {
    return this.#skipped;
  }

  then<A = T[], B = never>(
    onfulfilled?: ((value: T[]) => A | PromiseLike<A>) | null,
    onrejected?: OnRejected<B>,
  ): Promise<A | B> {
    return this.#all().then(onfulfilled, onrejected);
  }

  catch<B = never>(onrejected?: OnRejected<B>): Promise<T[] | B> {
    return this.#all().catch(onrejected);
  }

  finally(onfinally?: (() => void) | null): Promise<T[]> {
    return this.#all().finally(onfinally);
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    if (this.#reading === 'streamed') throw alreadyRead('iterated');
    if (this.#reading === 'undecided') this.#reading = 'streamed';
    this.#isRead?.();
    return this.#reading === 'streamed' ? this.#stoppable(this.#stream()) : this.#replay();
  }

  /** Collects what the invocation gives; only the invocation gets it, so that nobody else can add to a result. */
  static readonly #Collector = class<T> implements InvocationObserver {
    readonly #result: CmdletResult<T>;

    constructor(result: CmdletResult<T>) {
      this.#result = result;
    }

    output(_run: unknown, item: unknown): void {
      this.#result.#items.push(item as T);
      this.#result.#wake();
    }

    failed(_run: unknown, record: ErrorRecord): void {
      this.#result.#records.push(record);
    }

    whatIf(text: string): void {
      this.#result.#whatIf.push(text);
    }

    ready(): Promise<void> | undefined {
      return this.#result.#isBehind ? this.#result.#caughtUp() : undefined;
    }
  };

  get #isBehind(): boolean {
    return this.#reading === 'streamed' && this.#items.length >= HIGH_WATER && !this.#ended;
  }

  async #caughtUp(): Promise<void> {
    while (this.#isBehind) await this.#change();
  }

  async #run(prepare: (observer: InvocationObserver) => Invocation): Promise<T[]> {
    try {
      this.#invocation = prepare(new CmdletResult.#Collector(this));
      this.#errorAction = this.#invocation.named.engineParameters.ErrorAction;
      const summary = await this.#invocation.run();
      this.#declined = summary.declined;
      this.#skipped = summary.skipped;
      const error = this.#errorOf(this.#invocation, summary);
      if (error !== undefined) throw error;
      return this.#reading === 'streamed' ? [] : this.#items;
    } catch (error) {
      this.#failure = error;
      if (this.#reading === 'undecided') this.#isRead = keepUnread(this, error);
      throw error;
    } finally {
      this.#ended = true;
      this.#wake();
    }
  }

  #errorOf(invocation: Invocation, summary: InvocationSummary): CmdletError<T> | undefined {
    const action = this.#errorAction;
    const goesOn =
      action === 'Continue' || action === 'SilentlyContinue' || action === 'Ignore' || invocation.wasToldToContinue;
    if (summary.cause === undefined && (this.#records.length === 0 || goesOn)) return undefined;
    return new CmdletError<T>({
      cmdlet: invocation.definition.name,
      errors: this.#records,
      output: this.#reading === 'streamed' ? [] : this.#items,
      skipped: summary.skipped,
      cause: summary.cause,
    });
  }

  #all(): Promise<T[]> {
    if (this.#reading === 'streamed') return Promise.reject(alreadyRead('awaited'));
    this.#reading = 'kept';
    this.#isRead?.();
    return this.#promise;
  }

  async *#replay(): AsyncGenerator<T, undefined> {
    for (let index = 0; ; index += 1) {
      while (index >= this.#items.length && !this.#ended) await this.#change();
      if (index >= this.#items.length) break;
      yield this.#items[index] as T;
    }
    if (this.#failure !== undefined) throw this.#failure;
    return undefined;
  }

  async *#stream(): AsyncGenerator<T, undefined> {
    for (;;) {
      while (this.#items.length === 0 && !this.#ended) await this.#change();
      const batch = this.#items;
      if (batch.length === 0) break;
      this.#items = [];
      this.#wake();
      yield* batch;
    }
    if (this.#failure !== undefined) throw this.#failure;
    return undefined;
  }

  /** Leaving the loop stops the call at once, also while the next item is being waited for. */
  #stoppable(items: AsyncGenerator<T, undefined>): AsyncIterator<T, undefined> {
    return {
      next: () => items.next(),
      return: () => {
        if (!this.#ended) this.#invocation?.stop();
        return items.return(undefined);
      },
    };
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}

function alreadyRead(verb: string): Error {
  return new CimletError('ERR_INVALID_ARGUMENT', `This result was iterated already; it cannot be ${verb} any more.`, {
    hint: 'Iterating keeps no results. Await the result first to have them all as an array, or call the cmdlet again.',
  });
}
