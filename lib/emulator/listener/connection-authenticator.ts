import type { AcceptorContext } from '../../auth/contract/acceptor-context.js';
import type { ChannelBindings } from '../../auth/contract/security-context.js';
import { isCimletError } from '../../base/errors.js';
import type { LabUsers } from '../lab/lab-users.js';
import type { Caller } from '../request/request-handler.js';
import type { AcceptorFactory } from './acceptors.js';
import type { AcceptorTarget } from './authentication-settings.js';

const CERTIFICATE_SCHEME = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

/** What a service offers on one kind of listener. */
export interface AuthenticatorOptions {
  readonly users: LabUsers;
  readonly target: AcceptorTarget;
  readonly basic: boolean;
  readonly certificate: boolean;
  readonly acceptors: ReadonlyMap<string, AcceptorFactory>;
  readonly channelBindings: () => ChannelBindings | undefined;
  /** User name in the client's verified TLS certificate. */
  readonly certificateUser: () => string | undefined;
}

/** What to do with a request after its Authorization header was looked at. */
export type AuthenticationOutcome =
  /** 401 with these WWW-Authenticate values. */
  | { readonly kind: 'challenge'; readonly offers: readonly string[] }
  /** Go on. `token`: the last one of the exchange, to be sent along with the reply. */
  | { readonly kind: 'accepted'; readonly caller: Caller; readonly token?: string };

const NOBODY: Caller = { userName: '', authenticated: false, mechanism: 'None', delegated: false };

/** Who is at the other end of one connection: one security context, established once (MS-WSMV 3.1.4.1.34). */
export class ConnectionAuthenticator {
  readonly #options: AuthenticatorOptions;
  #context: AcceptorContext | undefined;
  #contextScheme = '';
  #caller: Caller | undefined;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /** The complete context of the connection, for sealing. */
  get context(): AcceptorContext | undefined {
    return this.#context?.complete === true ? this.#context : undefined;
  }

  async authenticate(authorization: string | undefined, anonymousAllowed: boolean): Promise<AuthenticationOutcome> {
    if (authorization === undefined) {
      if (this.#caller !== undefined) return { kind: 'accepted', caller: this.#caller };
      return anonymousAllowed ? { kind: 'accepted', caller: NOBODY } : this.#refused();
    }
    const space = authorization.indexOf(' ');
    const scheme = space < 0 ? authorization : authorization.slice(0, space);
    const token = space < 0 ? '' : authorization.slice(space + 1).trim();
    if (scheme.toLowerCase() === 'basic') return this.#basic(token);
    if (scheme.toLowerCase() === CERTIFICATE_SCHEME) return this.#certificate();
    return this.#token(scheme, token);
  }

  dispose(): void {
    this.#context?.dispose();
    this.#context = undefined;
    this.#caller = undefined;
  }

  #basic(token: string): AuthenticationOutcome {
    if (!this.#options.basic) return this.#refused();
    const text = Buffer.from(token, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const user = this.#options.users.authenticate(text.slice(0, Math.max(colon, 0)), text.slice(colon + 1));
    if (user === undefined) return this.#refused();
    // A clear-text logon leaves the server with the password, so it can go on to another server.
    const caller = { userName: user.userName, authenticated: true, mechanism: 'Basic', delegated: true };
    return { kind: 'accepted', caller };
  }

  #certificate(): AuthenticationOutcome {
    const name = this.#options.certificate ? this.#options.certificateUser() : undefined;
    const user = name === undefined ? undefined : this.#options.users.find(name);
    if (user === undefined) return this.#refused();
    const caller = { userName: user.userName, authenticated: true, mechanism: 'Certificate', delegated: false };
    return { kind: 'accepted', caller };
  }

  async #token(scheme: string, token: string): Promise<AuthenticationOutcome> {
    const found = [...this.#options.acceptors].find(([name]) => name.toLowerCase() === scheme.toLowerCase());
    if (found === undefined || token === '') return this.#refused();
    const [name, factory] = found;
    const context = this.#contextFor(name, factory);
    try {
      const answer = await context.step(Buffer.from(token, 'base64'), this.#options.channelBindings());
      const value = answer === undefined ? undefined : `${name} ${Buffer.from(answer).toString('base64')}`;
      if (!context.complete) return { kind: 'challenge', offers: value === undefined ? this.#offers() : [value] };
      const caller = this.#callerOf(context);
      if (caller === undefined) return this.#refused();
      this.#caller = caller;
      return { kind: 'accepted', caller, ...(value !== undefined && { token: value }) };
    } catch (error) {
      if (!isCimletError(error)) throw error;
      return this.#refused();
    }
  }

  /** The exchange under way, or a new one: a client may start again on the same connection. */
  #contextFor(scheme: string, factory: AcceptorFactory): AcceptorContext {
    if (this.#context === undefined || this.#context.complete || this.#contextScheme !== scheme) {
      this.dispose();
      this.#context = factory(this.#options.target);
      this.#contextScheme = scheme;
    }
    return this.#context;
  }

  #callerOf(context: AcceptorContext): Caller | undefined {
    const identity = context.caller;
    const user = identity && this.#options.users.find(identity.userName, identity.domain);
    if (user === undefined) return undefined;
    const delegated = context.delegatedCredential !== undefined || context.capabilities.delegates;
    return { userName: user.userName, authenticated: true, mechanism: context.mechanism, delegated };
  }

  #refused(): AuthenticationOutcome {
    if (this.#context?.complete !== true) this.dispose();
    return { kind: 'challenge', offers: this.#offers() };
  }

  #offers(): string[] {
    const offers = [...this.#options.acceptors.keys()];
    if (this.#options.basic) offers.push('Basic realm="WSMAN"');
    if (this.#options.certificate) offers.push(CERTIFICATE_SCHEME);
    return offers;
  }
}
