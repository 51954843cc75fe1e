import { CimletError } from '../base/errors.js';
import { openCimSession } from '../cim/session/cim-session.js';
import type { CimSessionOptions } from '../cim/session/session-options.js';
import type { CmdletSession, SessionFactory } from '../cmdlet/contract/cmdlet-session.js';

/** One session a computer, opened when it is first asked for and kept until the end. */
export class SharedSessions {
  readonly #factory: SessionFactory;
  readonly #open = new Map<string, Promise<CmdletSession>>();
  #isClosed = false;

  constructor(source: SessionFactory | CimSessionOptions) {
    this.#factory = typeof source === 'function' ? source : (computerName) => openCimSession(computerName, source);
  }

  /** The session of a computer; names are compared without case. What could not be opened, or was closed by somebody, is opened anew. */
  readonly open = async (computerName: string): Promise<CmdletSession> => {
    if (this.#isClosed)
      throw new CimletError('ERR_SESSION_CLOSED', `The client is closed, so ${computerName} is not called.`);
    const key = computerName.toLowerCase();
    const known = this.#open.get(key);
    if (known !== undefined && !isClosed(await known)) return known;
    return this.#open.get(key) === known ? this.#opened(key, computerName) : this.open(computerName);
  };

  async close(): Promise<void> {
    this.#isClosed = true;
    const opening = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(opening.map((session) => session.then((opened) => opened.close()).catch(() => undefined)));
  }

  #opened(key: string, computerName: string): Promise<CmdletSession> {
    const opening = this.#factory(computerName);
    this.#open.set(key, opening);
    opening.catch(() => {
      if (this.#open.get(key) === opening) this.#open.delete(key);
    });
    return opening;
  }
}

const isClosed = (session: CmdletSession): boolean => (session as { readonly isClosed?: unknown }).isClosed === true;
