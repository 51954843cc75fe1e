import { setMaxListeners } from 'node:events';
import { isCimletError } from '../../base/errors.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import { Throttle } from '../../cmdlet/run/throttle.js';
import { type PairProblem, problemOf } from '../model/pair-problem.js';

/** How calls to one server are made. */
export interface CallOptions {
  /** Stops everything with `ERR_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for each call; absent: the session's own limit. */
  readonly timeoutMs?: number | undefined;
}

/** After any of these the next call fails the same way. */
const FINAL: ReadonlySet<string> = new Set([
  'ERR_AUTHENTICATION',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_CONNECTION_REFUSED',
  'ERR_TLS',
  'ERR_INSECURE_CHANNEL',
  'ERR_MISSING_PEER',
  'ERR_SESSION_CLOSED',
]);
/** After so many of these one after the other a server counts as silent. */
const SILENT: ReadonlySet<string> = new Set(['ERR_TIMEOUT', 'ERR_CONNECTION_LOST']);
const PATIENCE = 3;

type Cmdlet<P, T> = (
  parameters: P & { readonly CimSession: CmdletSession },
  options: CallOptions,
) => PromiseLike<readonly T[]>;

/** What a call gave: all of its output, or why there is none. */
export type Answer<T> =
  | { readonly rows: readonly T[]; readonly problem?: undefined }
  | { readonly rows?: undefined; readonly problem: PairProblem };

/**
 * Calls to one server, a few at a time. One that fails is told, not thrown. A server that has ended, or is silent, is not called again: what is left
 * fails for the same reason.
 */
export class PartCalls {
  readonly server: string;
  readonly #session: CmdletSession;
  readonly #options: CallOptions;
  readonly #throttle: Throttle;
  #silent = 0;
  #over: PairProblem | undefined;
  /** Cmdlets that were called. */
  made = 0;

  private constructor(session: CmdletSession, options: CallOptions, throttle: Throttle) {
    this.server = session.computerName;
    this.#session = session;
    const { signal, timeoutMs } = options;
    this.#options = { signal: signal && quietSignal(signal), timeoutMs };
    this.#throttle = throttle;
  }

  static async to(session: CmdletSession, options: CallOptions, atATime: number): Promise<PartCalls> {
    return new PartCalls(session, options, await Throttle.upTo(atATime));
  }

  /** One call, when there is room for it. @throws what an abort ends it with, `ERR_ABORTED`. */
  async call<P, T>(cmdlet: Cmdlet<P, T>, parameters: P): Promise<Answer<T>> {
    if (this.#over !== undefined) return { problem: this.#over };
    const options = this.#options;
    this.made += 1;
    try {
      const rows = await cmdlet({ ...parameters, CimSession: this.#session }, options);
      this.#silent = 0;
      return { rows };
    } catch (error) {
      if (options.signal?.aborted === true) throw error;
      const problem = problemOf(error, this.server);
      if (!isCimletError(error)) throw error;
      this.#silent = SILENT.has(problem.code) ? this.#silent + 1 : 0;
      if (FINAL.has(problem.code) || this.#silent >= PATIENCE) this.#over ??= problem;
      return { problem };
    }
  }

  /** Does this for each, a few at a time, and ends when all are done. @throws the first failure; nothing more is begun then. */
  async each<K>(keys: readonly K[], work: (key: K) => Promise<void>): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    for (const key of keys) {
      if (failure !== undefined) break;
      this.#throttle.add(async () => {
        if (failure !== undefined) return;
        await work(key).catch((error: unknown) => {
          failure ??= { error };
        });
      });
      if (!this.#throttle.hasRoom) await this.#throttle.room();
    }
    await this.#throttle.idle();
    if (failure !== undefined) throw (failure as { readonly error: unknown }).error;
  }
}

/** As many calls as there are listen to it, which Node would take for a leak. */
function quietSignal(signal: AbortSignal): AbortSignal {
  const own = AbortSignal.any([signal]);
  setMaxListeners(0, own);
  return own;
}
