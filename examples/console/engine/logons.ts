import { type CimletClient, type CimSessionOptions, type CmdletSession, createClient, Secret } from 'cimlet';
import type { ServerDoor } from 'cimlet/pairs';
import type { ConsoleState, Logon, Params, SignInHow } from '../bridge.js';
import { isRefusedLogon, LockOutGuard } from './guard.js';
import type { KeyStore } from './key-store-door.js';
import { ConsoleError, ownProblem, problemOf, refuse } from './problem.js';
import type { ServerList } from './server-list.js';

/** Servers that are tried for the first contact, one after the other, where they do not answer at all: none of those sees the credential. */
const FIRST_TRIES = 5;
const PROOF_MS = 30_000;

const TEXTS: Readonly<Record<Logon, string>> = {
  CredSsp: 'CredSSP, reaches partners',
  Kerberos: 'Kerberos, delegated',
  Negotiate: 'Negotiate, reads everything',
};

/** A credential, the sessions that were opened with it, and what guards it. */
interface OpenLogon {
  readonly account: string;
  readonly how: SignInHow;
  readonly logon: Logon;
  readonly since: string;
  readonly client: CimletClient;
  readonly guard: LockOutGuard;
  /** The only servers that it is for, those that were listed when it was given, by their names in lower case; null: every one, in a lab. */
  readonly covers: ReadonlySet<string> | null;
}

/** What a laboratory gives the engine. */
export interface LabAccess {
  readonly sessionOptions: CimSessionOptions;
  readonly servers: readonly { readonly server: string; readonly site: string | null }[];
  close(): Promise<void>;
}

export interface LogonsOptions {
  /** Beneath the options of each logon: where servers are, what proves their names. */
  readonly base: CimSessionOptions;
  readonly keyStore: KeyStore | null;
  /** The credential goes to servers of the list alone: a server names its partner itself, and may lie. */
  readonly list: Pick<ServerList, 'has' | 'names'>;
}

/** Who is signed in, at which servers, and how the servers are reached. */
export class Logons {
  readonly #options: LogonsOptions;
  readonly #own = new Map<string, OpenLogon>();
  #base: CimSessionOptions;
  #main: OpenLogon | undefined;

  constructor(options: LogonsOptions) {
    this.#options = options;
    this.#base = options.base;
  }

  /** Who works here; for Activity. */
  get account(): string {
    return this.#main?.account ?? 'nobody';
  }

  /** What was signed in with; undefined when the logon has ended. */
  get state(): ConsoleState['signedIn'] {
    const main = this.#main;
    if (main === undefined || main.guard.ended !== undefined) return null;
    const { account, how, logon, since } = main;
    return { account, how, logon, since, logonText: TEXTS[logon], reachesPartners: logon !== 'Negotiate' };
  }

  get ownLogons(): string[] {
    return [...this.#own.keys()];
  }

  /** How many servers of the list were added since, so that they are shown no logon. */
  get uncovered(): number {
    const main = this.#main;
    if (main === undefined) return 0;
    return this.#options.list.names.filter((name) => !isCovered(this.#own.get(name.toLowerCase()) ?? main, name))
      .length;
  }

  /** Servers call their partners as the account: false, and why, when they cannot. */
  partnersOutOfReach(server: string) {
    if (this.#for(server).logon !== 'Negotiate') return null;
    return {
      ...ownProblem(
        'REFUSED',
        'With Negotiate the server cannot call its partner as you, so that it cannot change a pair.',
        'Sign in with CredSSP or with delegated Kerberos.',
        server,
      ),
      code: 'WIN32 5',
    };
  }

  useLab(lab: LabAccess): void {
    this.#base = lab.sessionOptions;
  }

  /**
   * Signs in at one server of these. What was signed in before stays until the new logon is accepted. A logon is for the servers that were listed when
   * it was given: a page that is taken over later can add a server, but has it shown nothing.
   * @throws ConsoleError for a logon that is refused, and for servers that do not answer.
   */
  async signIn(params: Params['signIn'], servers: readonly string[], signal: AbortSignal): Promise<void> {
    const { how, logon } = params;
    // Before anything is awaited: what is added while the first server is asked was not there when the password was typed.
    const listed = params.onlyThere ? servers : this.#options.list.names;
    const stored = how === 'remembered' ? await this.#options.keyStore?.load() : undefined;
    if (how === 'remembered' && stored === undefined) {
      throw refuse('NOT_FOUND', 'Nothing is remembered on this computer.', 'Sign in with user and password.');
    }
    const user = stored?.account ?? params.user ?? '';
    const password = stored?.password ?? new Secret(params.password ?? '');
    const given = how === 'password' || how === 'remembered' ? { credential: { userName: user, password } } : {};
    const chosen = stored?.logon ?? logon;
    const options: CimSessionOptions = { ...this.#base, ...methodOptions(chosen, this.#base), ...given };
    if (how === 'ticket' && 'credential' in options) Reflect.deleteProperty(options, 'credential');
    const covers = how === 'lab' ? null : new Set((stored?.servers ?? listed).map((server) => server.toLowerCase()));
    const [stranger] = servers;
    const candidates = covers === null ? servers : servers.filter((server) => covers.has(server.toLowerCase()));
    if (candidates.length === 0 && stranger !== undefined) throw notCovered(stranger, how);
    const client = createClient(options);
    const first = await this.#firstContact(client, candidates, signal).catch(async (error: unknown) => {
      await client.close();
      throw error;
    });
    const guard = new LockOutGuard((stop) => proveAnew(options, first, stop));
    guard.accept(first);
    const account = how === 'ticket' ? 'Kerberos ticket' : how === 'lab' ? accountOf(options) : user;
    const opened: OpenLogon = { account, how, logon: chosen, since: new Date().toISOString(), client, guard, covers };
    if (params.onlyThere) {
      await this.#own.get(first.toLowerCase())?.client.close();
      this.#own.set(first.toLowerCase(), opened);
    } else {
      await this.signOut();
      this.#main = opened;
    }
    if (params.remember && how === 'password') {
      await this.#options.keyStore?.save({ account: user, logon, password, servers: listed });
    }
  }

  async signOut(): Promise<void> {
    const all = [...this.#own.values(), ...(this.#main === undefined ? [] : [this.#main])];
    this.#main = undefined;
    this.#own.clear();
    await Promise.all(all.map(({ client }) => client.close()));
  }

  /** @throws ConsoleError when nobody is signed in. */
  requireSignedIn(): void {
    const ended = this.#main?.guard.ended;
    if (ended !== undefined) throw new ConsoleError(ended);
    if (this.#main === undefined) throw refuse('NOT_SIGNED_IN', 'Nobody is signed in.', 'Sign in first.');
  }

  /** Calls of one server, all of whose calls go through here or through {@link door}. */
  async use<T>(server: string, work: (client: CimletClient) => Promise<T>): Promise<T> {
    const logon = this.#for(server);
    if (!this.#options.list.has(server)) {
      throw refuse(
        'NOT_FOUND',
        `${server} is not in the list of servers, so that it is not asked.`,
        'Add it to the list.',
        server,
      );
    }
    if (!isCovered(logon, server)) throw notCovered(server, logon.how);
    return await logon.guard.use(server, () => work(logon.client));
  }

  /** A server for the library's functions of pairs. */
  door(server: string): ServerDoor {
    return { computerName: server, open: () => this.session(server) };
  }

  /** A session whose logon the server has accepted. */
  async session(server: string): Promise<CmdletSession> {
    return await this.use(server, async (client) => {
      const session = await client.session(server);
      await identify(session, undefined);
      return session;
    });
  }

  #for(server: string): OpenLogon {
    this.requireSignedIn();
    const logon = this.#own.get(server.toLowerCase()) ?? this.#main;
    if (logon === undefined) throw refuse('NOT_SIGNED_IN', 'Nobody is signed in.', 'Sign in first.');
    return logon;
  }

  /** The first server that answers: where it refuses, that is the end of it. */
  async #firstContact(client: CimletClient, servers: readonly string[], signal: AbortSignal): Promise<string> {
    let silence: unknown;
    for (const server of servers.slice(0, FIRST_TRIES)) {
      try {
        await identify(await client.session(server), signal);
        return server;
      } catch (error) {
        const problem = problemOf(error, server);
        if (isRefusedLogon(error) || signal.aborted) throw new ConsoleError(problem);
        if (problem.code === 'ERR_AUTHORIZATION') return server;
        silence ??= new ConsoleError(problem);
      }
    }
    if (silence !== undefined) throw silence;
    throw refuse('NOT_FOUND', 'There is no server to sign in at.', 'Add your servers first.');
  }
}

const isCovered = ({ covers }: OpenLogon, server: string): boolean => covers?.has(server.toLowerCase()) ?? true;

function notCovered(server: string, how: SignInHow): ConsoleError {
  return refuse(
    'NOT_SIGNED_IN',
    `${server} was added after this logon was given, so that it is not shown to it.`,
    how === 'remembered' ? 'Sign in once with user and password.' : 'Sign in again.',
    server,
  );
}

function methodOptions(logon: Logon, { kerberos }: CimSessionOptions): CimSessionOptions {
  if (logon !== 'Kerberos') return { authentication: logon };
  return { authentication: 'Kerberos', kerberos: { ...(kerberos === false ? {} : kerberos), delegate: true } };
}

function accountOf({ credential }: CimSessionOptions): string {
  return typeof credential === 'object' ? credential.userName : '';
}

/** With connections of its own, so that it is a logon. */
async function proveAnew(options: CimSessionOptions, server: string, signal: AbortSignal | undefined): Promise<void> {
  await using client = createClient(options);
  await identify(await client.session(server), signal);
}

/** Asks a server who it is, which shows it the logon and nothing else. */
async function identify(session: CmdletSession, signal: AbortSignal | undefined): Promise<void> {
  const { testConnection } = session as CmdletSession & {
    testConnection?(options: {
      readonly timeoutMs: number;
      readonly signal: AbortSignal | undefined;
    }): Promise<unknown>;
  };
  await testConnection?.call(session, { timeoutMs: PROOF_MS, signal });
}
