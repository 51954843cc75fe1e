import type { Problem } from '../bridge.js';
import { ConsoleError, ownProblem, problemOf } from './problem.js';

/** Servers that are shown a logon for the first time at a time. */
const WIDEST = 64;
/** How long a server that does not answer holds the place of another one. */
const PATIENCE_MS = 5000;
/** For how long a logon that was accepted counts as good. */
const FRESH_MS = 60_000;

/**
 * Keeps a password from being tried on many servers: a domain locks an account after a few wrong ones.
 *
 * A logon is proven at one server before any other is asked. When another server refuses it later, all new ones wait while the first one is asked
 * once more: if that one accepts it still, the refusing server alone is left out, else nothing more is sent with the credential.
 *
 * Servers that have not seen the logon yet are shown it a few at a time: one, then one more with each that accepts it, so that a password that was
 * changed meanwhile is met by one logon, not by as many as there are calls under way.
 */
export class LockOutGuard {
  readonly #prove: (signal: AbortSignal | undefined) => Promise<void>;
  readonly #proven = new Set<string>();
  readonly #proving = new Map<string, Promise<void>>();
  readonly #refused = new Map<string, Problem>();
  readonly #waiting: (() => void)[] = [];
  #check: Promise<void> | undefined;
  #showing = 0;
  #window = 1;
  #lastAccepted = 0;
  #ended: Problem | undefined;

  /** `prove` logs on anew at the server that accepted the logon first. */
  constructor(prove: (signal: AbortSignal | undefined) => Promise<void>) {
    this.#prove = prove;
  }

  /** Why nothing more is sent with this logon. */
  get ended(): Problem | undefined {
    return this.#ended;
  }

  accept(server: string): void {
    this.#proven.add(server.toLowerCase());
  }

  /** Does the work once the logon may be shown to the server; for a server that has not seen it yet the work is the proof, and others wait for it. */
  async use<T>(server: string, work: () => Promise<T>): Promise<T> {
    const key = server.toLowerCase();
    await this.#check;
    this.#throwIfRefused(key);
    if (this.#proven.has(key)) return await this.#watched(key, server, work);
    const other = this.#proving.get(key);
    if (other !== undefined) {
      await other;
      return await this.use(server, work);
    }
    const first = this.#shown(key, server, work);
    // Others wait for its end, whatever that is.
    this.#proving.set(
      key,
      first.then(
        () => undefined,
        () => undefined,
      ),
    );
    try {
      return await first;
    } finally {
      this.#proving.delete(key);
    }
  }

  /** The first call to a server, when its turn has come. */
  async #shown<T>(key: string, server: string, work: () => Promise<T>): Promise<T> {
    if (this.#showing === 0 && Date.now() - this.#lastAccepted > FRESH_MS) this.#window = 1;
    while (this.#showing >= this.#window) await new Promise<void>((turn) => this.#waiting.push(turn));
    this.#showing += 1;
    let isHeld = true;
    const release = () => {
      if (isHeld) this.#showing -= 1;
      isHeld = false;
      for (const turn of this.#waiting.splice(0, this.#window - this.#showing)) turn();
    };
    // A server that has said nothing by then has most likely not seen the logon at all; it does not keep the others waiting.
    const timer = setTimeout(release, PATIENCE_MS);
    timer.unref();
    try {
      await this.#check;
      this.#throwIfRefused(key);
      const result = await this.#watched(key, server, work);
      this.#window = Math.min(this.#window + 1, WIDEST);
      this.#lastAccepted = Date.now();
      return result;
    } finally {
      clearTimeout(timer);
      release();
    }
  }

  async #watched<T>(key: string, server: string, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.#proven.add(key);
      return result;
    } catch (error) {
      if (isRefusedLogon(error)) await this.#refuse(key, server, error);
      throw error;
    }
  }

  async #refuse(key: string, server: string, error: unknown): Promise<void> {
    const problem = problemOf(error, server);
    this.#proven.delete(key);
    this.#refused.set(key, {
      ...problem,
      remedy:
        `${problem.remedy ?? ''} It is not asked again: sign in for that server, or take it out of the list.`.trim(),
    });
    this.#check ??= this.#checkAgain().finally(() => {
      this.#check = undefined;
    });
    await this.#check;
  }

  async #checkAgain(): Promise<void> {
    if (this.#ended !== undefined) return;
    try {
      await this.#prove(undefined);
    } catch (error) {
      const { what } = problemOf(error, null);
      this.#ended = ownProblem(
        'NOT_SIGNED_IN',
        `The logon is not accepted any more: ${what}`,
        'Sign in again. Nothing more is sent with it, so that the account is not locked.',
      );
    }
  }

  #throwIfRefused(key: string): void {
    if (this.#ended !== undefined) throw new ConsoleError(this.#ended);
    const problem = this.#refused.get(key);
    if (problem !== undefined) throw new ConsoleError(problem);
  }
}

export function isRefusedLogon(error: unknown): boolean {
  return problemOf(error, null).code === 'ERR_AUTHENTICATION';
}
