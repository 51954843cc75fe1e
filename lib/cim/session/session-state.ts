import { randomUUID } from 'node:crypto';
import { hasSubscribers, publish } from '../../base/diagnostics.js';
import { CimletError, type CimletErrorCode, invalidArgument } from '../../base/errors.js';
import type { RequestObserver } from '../../wsman/contract/request-observer.js';
import { withServerName } from '../error/with-server-name.js';

/**
 * What the last message of a session has shown. `idle`: none was answered yet. `connected`: the server answered, though it were with an error.
 * `unreachable`: its name was not found, or the connection was refused, broke, or its certificate was refused. `refused`: the logon was. `closed`:
 * the session is, for good. A time limit or an abort shows nothing: the server may be busy.
 */
export type CimSessionState = 'idle' | 'connected' | 'unreachable' | 'refused' | 'closed';

/** A session's state is another one now. All of it but `error` is plain data. */
export interface CimSessionStateChange {
  readonly session: { readonly computerName: string; readonly instanceId: string };
  readonly state: CimSessionState;
  readonly previous: CimSessionState;
  /** What showed it, for `unreachable` and `refused`. */
  readonly error?: CimletError;
}

/** Is told of each change. */
export type CimSessionStateListener = (change: CimSessionStateChange) => void;

const SHOWN_BY: Readonly<Partial<Record<CimletErrorCode, CimSessionState>>> = {
  ERR_NAME_NOT_RESOLVED: 'unreachable',
  ERR_CONNECTION_REFUSED: 'unreachable',
  ERR_CONNECTION_LOST: 'unreachable',
  ERR_TLS: 'unreachable',
  ERR_AUTHENTICATION: 'refused',
};

/** Keeps the state of one session. What is heard again and again costs a comparison. */
export class SessionStateTracker implements RequestObserver {
  readonly computerName: string;
  readonly instanceId = randomUUID();
  #state: CimSessionState = 'idle';
  #listeners: Set<CimSessionStateListener> | undefined;

  constructor(computerName: string) {
    this.computerName = computerName;
  }

  get state(): CimSessionState {
    return this.#state;
  }

  onChange(listener: CimSessionStateListener): () => void {
    if (typeof listener !== 'function') throw invalidArgument('listener', listener, 'Give a function.');
    // The same function given twice is two listeners, each with an end of its own.
    const own: CimSessionStateListener = (change) => listener(change);
    this.#listeners ??= new Set();
    this.#listeners.add(own);
    return () => {
      this.#listeners?.delete(own);
    };
  }

  answered(): void {
    if (this.#state !== 'connected') this.become('connected');
  }

  failed(error: unknown): void {
    const state = error instanceof CimletError ? SHOWN_BY[error.code] : undefined;
    if (state !== undefined && this.#state !== state) this.become(state, error as CimletError);
  }

  /** Without effect when it is that already, and once it is closed. */
  become(state: CimSessionState, error?: CimletError): void {
    const previous = this.#state;
    if (previous === state || previous === 'closed') return;
    this.#state = state;
    const { computerName, instanceId } = this;
    if (hasSubscribers('cimlet:session:state')) {
      publish('cimlet:session:state', { computerName, session: instanceId, state, previous, code: error?.code });
    }
    if (this.#listeners === undefined) return;
    const shown = error === undefined ? {} : { error: withServerName(error, computerName) as CimletError };
    const change: CimSessionStateChange = { session: { computerName, instanceId }, state, previous, ...shown };
    for (const listener of [...this.#listeners]) {
      try {
        listener(change);
      } catch (thrown) {
        // A call is not to fail for a listener's sake, nor is its failure to be silent.
        process.emitWarning(`A listener of the session with ${computerName} threw: ${String(thrown)}`);
      }
    }
    if (state === 'closed') this.#listeners.clear();
  }
}
