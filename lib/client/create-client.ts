import { CimletError, invalidArgument } from '../base/errors.js';
import { withDeclaredAuthentication } from '../cim/session/authentication-names.js';
import { checkSessionOptions } from '../cim/session/check-session-options.js';
import type { CimSessionOptions } from '../cim/session/session-options.js';
import * as cimCmdlets from '../cim-cmdlets/index.js';
import { checkInvocationOptions } from '../cmdlet/bind/invocation-option-forms.js';
import type { CmdletSession, SessionFactory } from '../cmdlet/contract/cmdlet-session.js';
import type { InvocationOptions } from '../cmdlet/contract/invocation-options.js';
import * as dhcpServer from '../dhcp-server/index.js';
import { profileOptions } from './profile-options.js';
import { SharedSessions } from './shared-sessions.js';

/** What a client's cmdlets are taken from. */
export type CmdletModules = Omit<typeof cimCmdlets, SessionCmdlet> & typeof dhcpServer;
/** Cmdlets of sessions, which are the client's own affair. */
export type SessionCmdlet = 'newCimSession' | 'newCimSessionOption' | 'getCimSession' | 'removeCimSession';

/** Every cmdlet under its own name and with its own types, over the client's sessions. */
export type ClientCmdlets = {
  readonly [Name in keyof CmdletModules as CmdletModules[Name] extends (...call: never[]) => unknown
    ? Name
    : never]: CmdletModules[Name];
};

/** How a client's sessions are made, as for {@link newCimSession}, and what holds for all of its calls. */
export interface ClientOptions extends CimSessionOptions {
  /**
   * Where a cmdlet runs whose call names neither `CimSession` nor `ComputerName` and has no instance as `input`. Without it that is
   * `localhost`, as in PowerShell.
   */
  readonly computers?: string | readonly string[] | undefined;
  /**
   * The environment's options and, below them, those of this profile of the user's file hold where none is given here ({@link profileOptions}). Without
   * it neither is read.
   */
  readonly profile?: string | undefined;
  /** Options of every call (`host`, `timeoutMs`, `onVerbose`, …); those of a call go before them. */
  readonly callOptions?:
    | Omit<InvocationOptions, 'input' | 'sessionOptions' | 'sessionFactory' | 'keepSessions'>
    | undefined;
  /** Opens the sessions instead, and is then to be given alone; the client closes them. */
  readonly sessionFactory?: SessionFactory | undefined;
}

/** What a client has beside its cmdlets. */
export interface ClientLifetime extends AsyncDisposable {
  /** The session that the client's calls use for a computer; it is opened when there is none, and closed with the client. */
  session(computerName: string): Promise<CmdletSession>;
  /** Closes all sessions; calls in flight fail with `ERR_SESSION_CLOSED`, and so does what is called later. Idempotent. */
  close(): Promise<void>;
}

/** Cmdlets with their defaults in one place, over sessions that are kept. */
export type CimletClient = ClientCmdlets & ClientLifetime;

type Call = (parameters?: Readonly<Record<string, unknown>>, options?: InvocationOptions) => unknown;

const isSessionCmdlet = (name: string): name is SessionCmdlet =>
  ['newCimSession', 'newCimSessionOption', 'getCimSession', 'removeCimSession'].includes(name);

/** Parameters that say where a cmdlet runs, and CimSession's alias. */
const TARGETS = new Set(['cimsession', 'session', 'computername', 'cn']);
const OWN_OPTIONS = ['sessionOptions', 'sessionFactory', 'keepSessions'] as const;

/**
 * Makes a client: every cmdlet as a method, with session options, computers and call options in one place. A session is opened with the
 * first call to a computer and kept for the next ones.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for options that are unknown or of a wrong type. Nothing is sent.
 * @example
 * await using dhcp = createClient({ computers: ['dhcp1.contoso.com', 'dhcp2.contoso.com'], authentication: 'CredSsp', credential });
 * for (const scope of await dhcp.getDhcpServerv4Scope()) console.log(scope.PSComputerName, scope.ScopeId);
 */
export function createClient(options: ClientOptions = {}): CimletClient {
  const { computers, callOptions = {}, sessionFactory, ...given } = withProfile(options);
  const sessionOptions = withDeclaredAuthentication(given);
  const names = checkedComputers(computers);
  refuseOwnOptions(callOptions, 'callOptions.');
  if (sessionFactory !== undefined && Object.keys(sessionOptions).length > 0) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      `sessionFactory opens the sessions by itself: ${Object.keys(sessionOptions)[0]} has no effect beside it.`,
      { hint: 'Give the session options to newCimSession in the factory, or leave the factory out.' },
    );
  }
  checkSessionOptions(sessionOptions);
  checkInvocationOptions(callOptions);
  const sessions = new SharedSessions(sessionFactory ?? sessionOptions);
  const defaults: InvocationOptions = { ...callOptions, sessionFactory: sessions.open, keepSessions: true };

  const bind = (cmdlet: Call): Call => {
    return (parameters = {}, ownOptions = {}) => {
      refuseOwnOptions(ownOptions, '');
      const aimed = names === undefined || ownOptions.input !== undefined || namesTarget(parameters);
      // Export- and Import-DhcpServer take one session.
      const target = names?.length === 1 ? names[0] : names;
      return cmdlet(aimed ? parameters : { ...parameters, CimSession: target }, { ...defaults, ...ownOptions });
    };
  };
  const bound = {} as ClientCmdlets;
  for (const [name, exported] of Object.entries({ ...cimCmdlets, ...dhcpServer })) {
    if (typeof exported === 'function' && !isSessionCmdlet(name)) Reflect.set(bound, name, bind(exported as Call));
  }
  const lifetime: ClientLifetime = {
    session: sessions.open,
    close: () => sessions.close(),
    [Symbol.asyncDispose]: () => sessions.close(),
  };
  return Object.assign(bound, lifetime);
}

/** Of objects among the options, what is not given is the profile's, too. */
function withProfile({ profile, ...given }: ClientOptions): Omit<ClientOptions, 'profile'> {
  if (profile === undefined) return given;
  if (typeof profile !== 'string' || profile === '')
    throw invalidArgument('profile', profile, 'Give the name of a profile.');
  if (given.sessionFactory !== undefined)
    throw invalidArgument('profile', profile, 'A sessionFactory opens the sessions by itself.');
  const own = profileOptions({ profile });
  const { tls, kerberos, credSsp } = given;
  return {
    ...over(own, given),
    ...(tls && own.tls && { tls: over(own.tls, tls) }),
    ...(kerberos && own.kerberos && { kerberos: over(own.kerberos, kerberos) }),
    ...(credSsp && own.credSsp && { credSsp: over(own.credSsp, credSsp) }),
  };
}

/** What is given, above what the profile has; what is `undefined` was not given. */
function over<T extends object>(profile: T, given: object): T {
  return { ...profile, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

function namesTarget(parameters: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(parameters).some(([name, value]) => value !== undefined && TARGETS.has(name.toLowerCase()));
}

function checkedComputers(computers: unknown): readonly string[] | undefined {
  if (computers === undefined) return undefined;
  const names: readonly unknown[] = Array.isArray(computers) ? computers : [computers];
  if (names.length > 0 && names.every((name): name is string => typeof name === 'string' && name !== '')) return names;
  throw new CimletError('ERR_INVALID_ARGUMENT', 'computers must be the names of computers.', {
    hint: "Give one name, or an array of names: ['dhcp1.contoso.com', 'dhcp2.contoso.com'].",
  });
}

/** Options that would be passed over silently, since the client has its sessions already. */
function refuseOwnOptions(options: object, within: string): void {
  const name = OWN_OPTIONS.find((own) => Reflect.get(options, own) !== undefined);
  if (name === undefined) return;
  throw new CimletError(
    'ERR_INVALID_ARGUMENT',
    `${within}${name} has no effect: the client opens and keeps the sessions of its calls.`,
    { hint: 'Give the session options to createClient, or call the cmdlet itself, without a client.' },
  );
}
