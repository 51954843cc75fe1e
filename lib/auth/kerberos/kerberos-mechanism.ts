import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import type { AcceptorContext, CallerIdentity } from '../contract/acceptor-context.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import { KERBEROS_OID, MS_KERBEROS_OID } from '../contract/mechanism-oids.js';
import type { ChannelBindings, SecurityCapabilities } from '../contract/security-context.js';
import type { AbsentRealms } from './absent-realms.js';
import type { GssProvider, GssSession, KerberosIdentity } from './gss-provider.js';
import { GssSessionExchange } from './gss-session-exchange.js';

/** IPv4, behind it a port or not; IPv6, which has more than one colon. No DNS name looks like either. */
const IP_ADDRESS = /^[\d.]+(?::\d+)?$|:.*:/;

/** A provider, or how to get one; asked at the first step, so that nothing native is loaded before. */
export type GssProviderSource = GssProvider | (() => Promise<GssProvider>);

export interface KerberosInitiatorOptions {
  readonly provider: GssProviderSource;
  /** The server's DNS name, as the caller gave it: no reverse look-up is made. */
  readonly host: string;
  readonly identity: KerberosIdentity;
  /** Service class of the SPN. Default `HTTP`. */
  readonly spnService?: string;
  /** Host of the SPN. Default `host`. */
  readonly spnHost?: string;
  /**
   * Hand the server a forwardable ticket, so that it can act as the caller towards other servers, if the realm trusts it for that
   * (ok-as-delegate), or `always`. Default false.
   */
  readonly delegate?: boolean | 'always';
  /** Where it is remembered that a realm has no KDC; absent: it is asked each time. */
  readonly absentRealms?: AbsentRealms;
}

export interface KerberosAcceptorOptions {
  readonly provider: GssProviderSource;
  /** Path of the service's keytab; absent: the system's. */
  readonly keytab?: string | undefined;
  /**
   * What to do with an initiator that sent no channel bindings although there is a channel: `ifPresent` (default) lets it in, `strict` does
   * not. Wrong ones are refused either way.
   */
  readonly channelBindingPolicy?: 'strict' | 'ifPresent' | undefined;
}

/**
 * The client's side of Kerberos V5 (RFC 4121), for SPNEGO or, as it stands, for `Authorization: Kerberos` (MS-WSMV 2.2.9.1.2).
 * `step` fails with `ERR_AUTHENTICATION` and the remedy: no ticket, an unknown service name, clocks that differ;
 * with `ERR_MISSING_PEER` when the machine has no Kerberos library.
 */
export function kerberosInitiator(options: KerberosInitiatorOptions): GssMechanism {
  return new KerberosInitiator(options);
}

/** The server's side of Kerberos V5, with a keytab. */
export function kerberosAcceptor(options: KerberosAcceptorOptions): GssMechanism & AcceptorContext {
  return new KerberosAcceptor(options);
}

abstract class KerberosMechanism extends GssSessionExchange implements GssMechanism {
  readonly oids: readonly string[] = [KERBEROS_OID, MS_KERBEROS_OID];
  readonly scheme = 'Kerberos';
  readonly mechanism = 'Kerberos';
  readonly requiresMechListMic = false;

  constructor() {
    super('Kerberos', 'Kerberos');
  }

  abstract get capabilities(): SecurityCapabilities;

  async signMechList(mechTypes: Uint8Array): Promise<Uint8Array> {
    return this.established().getMic(mechTypes);
  }

  async verifyMechList(mechTypes: Uint8Array, mic: Uint8Array): Promise<void> {
    try {
      this.established().verifyMic(mechTypes, mic);
    } catch (cause) {
      throw new CimletError('ERR_AUTHENTICATION', "The peer's protection of the list of mechanisms is wrong.", {
        hint: 'Somebody changed the list of mechanisms on the way.',
        cause,
      });
    }
  }
}

class KerberosInitiator extends KerberosMechanism {
  readonly #options: KerberosInitiatorOptions;

  constructor(options: KerberosInitiatorOptions) {
    super();
    this.#options = options;
  }

  get capabilities(): SecurityCapabilities {
    return { bindsChannel: true, delegates: (this.#options.delegate ?? false) !== false, connectionBound: true };
  }

  protected override async begin(channelBindings: ChannelBindings | undefined): Promise<GssSession> {
    const { host, identity, spnService = 'HTTP', spnHost = host, delegate = false } = this.#options;
    if (IP_ADDRESS.test(spnHost)) {
      throw new CimletError(
        'ERR_AUTHENTICATION',
        `Kerberos: ${spnHost} is an address, and tickets are issued for names.`,
        {
          hint: wording`Use the full DNS name of the server${{ clause: wording`, or set ${{ option: 'kerberos.spnHost' }} to it` }}, or use NTLM with a user name and password.`,
        },
      );
    }
    const provider = await resolve(this.#options.provider);
    const initiate = () =>
      provider.initiate({
        identity,
        service: `${spnService}@${spnHost}`,
        delegate: delegate !== false,
        channelBindings,
        ...(delegate === 'always' && { delegateAlways: true }),
      });
    return this.#unlessAbsent(`realm of ${realmOf(identity)}`, initiate);
  }

  protected override stepIn(session: GssSession, token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    const step = () => session.step(token);
    if (token !== undefined) return step();
    // The first step gets the ticket for the server, from the KDC of the server's realm.
    const { host, spnHost = host } = this.#options;
    return this.#unlessAbsent(`realm of the host ${spnHost.toLowerCase()}`, step);
  }

  #unlessAbsent<T>(realm: string, request: () => Promise<T>): Promise<T> {
    const { absentRealms } = this.#options;
    return absentRealms === undefined ? request() : absentRealms.ask(realm, request);
  }
}

class KerberosAcceptor extends KerberosMechanism implements AcceptorContext {
  readonly #options: KerberosAcceptorOptions;

  constructor(options: KerberosAcceptorOptions) {
    super();
    this.#options = options;
  }

  get capabilities(): SecurityCapabilities {
    return { bindsChannel: true, delegates: this.session?.delegated ?? false, connectionBound: true };
  }

  get caller(): CallerIdentity | undefined {
    const peer = this.complete ? this.session?.peer : undefined;
    if (peer === undefined) return undefined;
    const at = peer.lastIndexOf('@');
    return at < 0 ? { userName: peer, domain: '' } : { userName: peer.slice(0, at), domain: peer.slice(at + 1) };
  }

  readonly targetName: string | undefined = undefined;

  protected override checkSession(session: GssSession, channelBindings: ChannelBindings | undefined): void {
    if (this.#options.channelBindingPolicy !== 'strict' || channelBindings === undefined || session.channelBound)
      return;
    throw new CimletError('ERR_AUTHENTICATION', 'The logon is not bound to the TLS channel.', {
      hint: 'The server insists on channel bindings: use a client that sends them.',
    });
  }

  protected override async begin(channelBindings: ChannelBindings | undefined): Promise<GssSession> {
    const { keytab } = this.#options;
    const provider = await resolve(this.#options.provider);
    return provider.accept({ channelBindings, ...(keytab !== undefined && { keytab }) });
  }
}

/** The realm whose KDC knows the user; without one it is the machine's or the ticket cache's. */
function realmOf({ principal, keytab, ticketCache }: KerberosIdentity): string {
  const at = principal?.lastIndexOf('@') ?? -1;
  if (principal !== undefined && at >= 0) return principal.slice(at + 1);
  return principal === undefined ? `the logon ${keytab ?? ''}:${ticketCache ?? ''}` : 'this machine';
}

async function resolve(source: GssProviderSource): Promise<GssProvider> {
  return typeof source === 'function' ? source() : source;
}
