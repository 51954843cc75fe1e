import { CimletError } from '../../base/errors.js';
import { wording, wordingOf } from '../../base/wording.js';
import type { ChannelBindings } from './security-context.js';

/** More steps than any mechanism takes; a peer that goes on is refused. */
const MOST_STEPS = 20;

/**
 * The life of one exchange of tokens: it runs, then it is complete or has failed, and it can be disposed of at any time.
 * A failed exchange stays failed, and nothing is taken from a peer after the end.
 */
export abstract class TokenExchange {
  readonly #name: string;
  #state: 'running' | 'complete' | 'failed' | 'disposed' = 'running';
  #busy = false;
  #steps = 0;

  /** `name`: the mechanism, for messages. */
  constructor(name: string) {
    this.#name = name;
  }

  /** No further token is expected from the peer. */
  get complete(): boolean {
    return this.#state === 'complete';
  }

  async step(token: Uint8Array | undefined, channelBindings?: ChannelBindings): Promise<Uint8Array | undefined> {
    this.#refuseUnlessRunning();
    if (this.#busy || ++this.#steps > MOST_STEPS) {
      this.#state = 'failed';
      throw this.#error(this.#busy ? 'a step was begun before the last one ended' : 'the peer never comes to an end');
    }
    this.#busy = true;
    try {
      // A copy: a Buffer of the caller's may be reused, and Buffer's `slice` shares its memory.
      return await this.advance(token && new Uint8Array(token), channelBindings);
    } catch (error) {
      if (this.#state === 'running') this.#state = 'failed';
      throw asAuthenticationError(this.#name, error);
    } finally {
      this.#busy = false;
    }
  }

  /** Wipes keys. Idempotent. */
  dispose(): void {
    this.#state = 'disposed';
    this.release();
  }

  /** One step; called only while the exchange runs. */
  protected abstract advance(
    token: Uint8Array | undefined,
    channelBindings?: ChannelBindings,
  ): Promise<Uint8Array | undefined>;

  /** Lets go of keys and credentials, however far the exchange got. */
  protected abstract release(): void;

  /** Ends the exchange well. */
  protected finish(): void {
    this.#refuseUnlessRunning();
    this.#state = 'complete';
  }

  /** For `wrap` and `unwrap`: there are keys only after the end of the exchange. */
  protected refuseUnlessComplete(): void {
    if (this.#state === 'disposed') throw closed(this.#name);
    if (this.#state !== 'complete') {
      throw new CimletError('ERR_MESSAGE_INTEGRITY', `The ${this.#name} exchange is not complete: there are no keys.`);
    }
  }

  #refuseUnlessRunning(): void {
    if (this.#state === 'disposed') throw closed(this.#name);
    if (this.#state === 'failed') throw this.#error('it has already failed');
    if (this.#state === 'complete') throw this.#error('the peer sent a token after its end');
  }

  #error(why: string): CimletError {
    return new CimletError('ERR_AUTHENTICATION', `The ${this.#name} exchange is refused: ${why}.`);
  }
}

function closed(name: string): CimletError {
  return new CimletError('ERR_SESSION_CLOSED', `The ${name} context is closed.`);
}

const FAULTS_OF_TOKENS: ReadonlySet<string> = new Set(['ERR_PROTOCOL', 'ERR_MESSAGE_INTEGRITY']);

/** A malformed or forged token is a failed authentication to whoever asked for a step. */
function asAuthenticationError(name: string, error: unknown): unknown {
  if (!(error instanceof CimletError) || !FAULTS_OF_TOKENS.has(error.code)) return error;
  const { message, hint } = wordingOf(error);
  return new CimletError('ERR_AUTHENTICATION', wording`The ${name} exchange is refused: ${message}`, {
    hint,
    cause: error,
  });
}
