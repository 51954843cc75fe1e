/** What a list says of a session; CimSession satisfies it. */
export interface ListedSession {
  readonly id: number;
  readonly name: string;
  readonly instanceId: string;
  readonly computerName: string;
  readonly isClosed: boolean;
  close(): Promise<void>;
}

type Entry = () => ListedSession | undefined;

/** So many entries are not worth looking through. */
const FEW = 64;

// Each in a function of its own: closures of one function share what they capture, and a weak entry would hold the session.
const strongly = (session: ListedSession): Entry => {
  return () => session;
};

const weakly = (session: ListedSession): Entry => {
  const reference = new WeakRef(session);
  return () => reference.deref();
};

/**
 * The open sessions that Get-CimSession and Remove-CimSession work on: what a PowerShell runspace holds. A session leaves it when it is
 * closed. Kept `weakly` it also leaves it when nothing else in the program knows it any more, so that the list keeps nothing alive.
 */
export class CimSessionList implements Iterable<ListedSession>, AsyncDisposable {
  readonly #keep: 'strongly' | 'weakly';
  readonly #known = new WeakSet<ListedSession>();
  #entries: Entry[] = [];
  #pruneAt = FEW;

  constructor(keep: 'strongly' | 'weakly' = 'strongly') {
    this.#keep = keep;
  }

  /** Once is enough. */
  add(session: ListedSession): void {
    if (this.#known.has(session)) return;
    this.#known.add(session);
    if (this.#entries.length >= this.#pruneAt) {
      this.#prune();
      this.#pruneAt = Math.max(FEW, 2 * this.#entries.length);
    }
    this.#entries.push(this.#keep === 'strongly' ? strongly(session) : weakly(session));
  }

  /** The open ones, in the order in which they were opened. */
  *[Symbol.iterator](): Generator<ListedSession, void> {
    for (const entry of [...this.#entries]) {
      const session = entry();
      if (session !== undefined && !session.isClosed) yield session;
    }
  }

  /** Closes all of them. @throws what the first one throws that cannot be closed, when the others are. */
  async closeAll(): Promise<void> {
    const closings = await Promise.allSettled([...this].map((session) => session.close()));
    this.#prune();
    for (const closing of closings) if (closing.status === 'rejected') throw closing.reason;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.closeAll();
  }

  #prune(): void {
    this.#entries = this.#entries.filter((entry) => entry()?.isClosed === false);
  }
}

/** The sessions that this process has opened with newCimSession, held weakly. */
export const processSessions = new CimSessionList('weakly');
