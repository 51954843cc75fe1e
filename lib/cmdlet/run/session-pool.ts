import type { Deadline } from '../../base/deadline.js';
import type { CmdletSession, SessionFactory } from '../contract/cmdlet-session.js';

const engineOwned = new WeakSet<CmdletSession>();

/** The engine opened this session for one call, and closes it with it; for another call its computer has to be connected to anew. */
export function isEngineOwned(session: CmdletSession): boolean {
  return engineOwned.has(session);
}

/** The sessions that one call opens to computers given by name, and closes when it has no more use for them. */
export class SessionPool {
  readonly #factory: SessionFactory;
  readonly #keeps: boolean;
  readonly #shared: Map<string, Promise<CmdletSession>> | undefined;
  #closing: Set<Promise<void>> | undefined;

  /**
   * `shared`: several targets may name the same computer (piped input): they get one session, which stays open until the end. `keeps`: the factory's
   * sessions are somebody else's to close.
   */
  constructor(factory: SessionFactory, shared: boolean, keeps: boolean) {
    this.#factory = factory;
    this.#keeps = keeps;
    this.#shared = shared ? new Map() : undefined;
  }

  /** Opens a session, runs `use` on it and closes it (the result does not wait for that), or keeps it for the next one. */
  async use<T>(computerName: string, deadline: Deadline, use: (session: CmdletSession) => Promise<T>): Promise<T> {
    const opening = this.#open(computerName);
    try {
      return await use(await deadline.race(opening));
    } finally {
      if (this.#shared === undefined) this.#close(opening, deadline);
    }
  }

  /** Closes what is still open, and waits for what is being closed; undefined when there is nothing. */
  closeAll(deadline: Deadline): Promise<unknown> | undefined {
    if (this.#shared !== undefined) for (const opening of this.#shared.values()) this.#close(opening, deadline);
    this.#shared?.clear();
    return this.#closing && Promise.all(this.#closing);
  }

  #close(opening: Promise<CmdletSession>, deadline: Deadline): void {
    if (this.#keeps) return;
    this.#closing ??= new Set();
    const all = this.#closing;
    const closing = closeWhenOpen(opening, deadline).finally(() => all.delete(closing));
    all.add(closing);
  }

  #open(computerName: string): Promise<CmdletSession> {
    const key = computerName.toLowerCase();
    const known = this.#shared?.get(key);
    if (known !== undefined) return known;
    const opening = this.#owned(computerName);
    this.#shared?.set(key, opening);
    // What could not be opened now may open for the next target.
    opening.catch(() => this.#shared?.delete(key));
    return opening;
  }

  async #owned(computerName: string): Promise<CmdletSession> {
    const session = await this.#factory(computerName);
    if (!this.#keeps) engineOwned.add(session);
    return session;
  }
}

/** Closes a session, also one that is still being opened; the call does not wait for that past its deadline. */
async function closeWhenOpen(opening: Promise<CmdletSession>, deadline: Deadline): Promise<void> {
  const closing = opening.then((session) => session.close());
  // The operation has its result by now: that the session could not be opened was its failure already, and a failure to close changes nothing.
  await deadline.race(closing).catch(() => {});
}
