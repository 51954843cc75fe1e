import { randomUUID } from 'node:crypto';
import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import type { GssInitiatorOptions, KerberosIdentity } from '../kerberos/gss-provider.js';
import { type Address, IntegerCell, type PointerCell } from '../native/native-memory.js';
import { gssBuffer, gssCredentialStore, gssOidSet, OutputBuffer } from './gss-memory.js';
import { CONTINUE_NEEDED, failed, isServiceUnknown } from './gss-status.js';
import type { GssLibrary } from './gssapi-library.js';
import { GssapiSession } from './gssapi-session.js';
import { cacheOfPrincipal, destroyCache, realmOfHost } from './krb5-names.js';

/** GSS_KRB5_NT_PRINCIPAL_NAME (RFC 1964 2.1.1) and GSS_C_NT_USER_NAME (RFC 2744 appendix A). */
const PRINCIPAL_NAME_OID = '1.2.840.113554.1.2.2.1';
const USER_NAME_OID = '1.2.840.113554.1.2.1.1';

/** RFC 2744 5.19: mutual, replay, sequence, confidentiality, integrity. */
const INITIATOR_FLAGS = 0x02 | 0x04 | 0x08 | 0x10 | 0x20;
const FLAG_DELEGATE = 0x01;
/** GSS_C_DELEG_POLICY_FLAG (RFC 5896): delegate if the realm's policy, ok-as-delegate in the service's ticket, says so. */
const FLAG_DELEGATE_BY_POLICY = 0x8000;
const USAGE_INITIATE = 1;

/** The client's side: a ticket from a cache, a keytab or a password, then the exchange with the service. */
export class GssapiInitiator extends GssapiSession {
  readonly #options: GssInitiatorOptions;
  readonly #target: PointerCell;
  /** Of this session's own tickets. */
  #memoryCache: string | undefined;

  constructor(library: GssLibrary, options: GssInitiatorOptions) {
    super(library, options.channelBindings);
    this.#options = options;
    this.#target = this.importName(servicePrincipal(library, options.service), PRINCIPAL_NAME_OID);
  }

  /** Acquires the credential, so that a missing ticket shows before a token is made. */
  async prepare(): Promise<void> {
    const { identity } = this.#options;
    const name = identity.principal === undefined ? undefined : this.importName(identity.principal, USER_NAME_OID);
    try {
      await (identity.password === undefined
        ? this.#acquireFromStore(identity, name?.value ?? 0n)
        : this.#acquireWithPassword(identity.password.reveal(), name?.value ?? 0n));
    } catch (error) {
      this.dispose();
      throw error;
    } finally {
      if (name !== undefined) this.releaseName(name);
    }
  }

  async step(token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    const input = token && gssBuffer(this.library, token);
    const output = new OutputBuffer(this.library);
    const granted = new IntegerCell();
    const status = await this.library.functions.gss_init_sec_context.later(
      this.minor(),
      this.credential.value,
      this.context,
      this.#target.value,
      this.mechanism,
      INITIATOR_FLAGS | delegationFlag(this.#options),
      0,
      this.bindings ?? null,
      input ?? null,
      null,
      output,
      granted,
      null,
    );
    const reply = output.take();
    this.#checkStep(status);
    if ((status & CONTINUE_NEEDED) === 0) this.#finish(granted.value);
    return reply;
  }

  override dispose(): void {
    super.dispose();
    this.releaseName(this.#target);
    this.#target.bytes.fill(0);
    if (this.#memoryCache !== undefined) destroyCache(this.library, this.#memoryCache);
    this.#memoryCache = undefined;
  }

  #finish(granted: number): void {
    if ((granted & INITIATOR_FLAGS) !== INITIATOR_FLAGS) {
      throw new CimletError(
        'ERR_AUTHENTICATION',
        'Kerberos: the exchange ended without mutual authentication, sealing and sequence detection.',
      );
    }
    this.complete = true;
    this.delegated = (granted & FLAG_DELEGATE) !== 0;
    this.peer = this.#options.service;
    if (this.#options.delegate && !this.delegated) {
      throw new CimletError('ERR_AUTHENTICATION', 'Kerberos: the ticket could not be delegated to the server.', {
        hint: wording`Get a forwardable ticket (kinit -f, or forwardable = true in /etc/krb5.conf) and let the server be trusted for delegation (ok-as-delegate)${{ clause: wording`, or delegate to any server with ${{ option: 'kerberos.delegate', value: 'always' }}` }}.`,
      });
    }
  }

  #checkStep(status: number): void {
    const { service } = this.#options;
    try {
      this.check(status, `authentication to ${service}`);
    } catch (error) {
      const host = service.slice(service.indexOf('@') + 1);
      if (!(error instanceof CimletError) || !isServiceUnknown(this.minorStatus) || host.includes('.')) throw error;
      throw new CimletError(error.code, error.message, {
        cause: error,
        hint: wording`${host} is a short name, and no DNS is asked for the full one, since whoever answers would say whom to trust. Use the server’s full DNS name${{ clause: wording`, or set ${{ option: 'kerberos.spnHost' }}` }}.`,
      });
    }
  }

  async #acquireFromStore(identity: KerberosIdentity, name: Address): Promise<void> {
    const entries: Record<string, string> = {};
    if (identity.keytab !== undefined) {
      entries['client_keytab'] = identity.keytab;
      // The tickets that the key buys stay in this process and never replace the user's own; nobody else finds them by the name.
      if (identity.ticketCache === undefined) this.#memoryCache = `MEMORY:cimlet-${randomUUID()}`;
      entries['ccache'] = identity.ticketCache ?? this.#memoryCache ?? '';
    } else if (identity.ticketCache !== undefined) {
      const { ticketCache, principal } = identity;
      // A store names one cache, and of a collection that is the primary one.
      const own = principal === undefined ? undefined : cacheOfPrincipal(this.library, ticketCache, principal);
      entries['ccache'] = own ?? ticketCache;
    }
    const store = Object.keys(entries).length === 0 ? undefined : gssCredentialStore(this.library, entries);
    const mechanisms = gssOidSet(this.library, this.mechanism);
    const status = await this.library.functions.gss_acquire_cred_from.later(
      this.minor(),
      name,
      0,
      mechanisms,
      USAGE_INITIATE,
      store ?? null,
      this.credential,
      null,
      null,
    );
    if (identity.keytab !== undefined && failed(status)) {
      throw new CimletError(
        'ERR_AUTHENTICATION',
        `Kerberos: no key for ${identity.principal ?? 'any principal'} could be used from the keytab ${identity.keytab}.`,
        {
          hint: `Look into it with: klist -k ${identity.keytab}. Export the key again with ktpass or ktutil if it is not there or has changed.`,
        },
      );
    }
    if (identity.ticketCache !== undefined && identity.principal !== undefined && failed(status)) {
      throw new CimletError(
        'ERR_AUTHENTICATION',
        `Kerberos: the ticket cache ${identity.ticketCache} has no usable ticket of ${identity.principal}.`,
        { hint: `Look into it with: klist -A. Get one with: kinit ${identity.principal}.` },
      );
    }
    this.check(status, 'finding a ticket');
  }

  async #acquireWithPassword(password: string, name: Address): Promise<void> {
    if (name === 0n) {
      throw new CimletError('ERR_INVALID_ARGUMENT', 'credential: a password needs a userName.');
    }
    const secret = gssBuffer(this.library, Buffer.from(password, 'utf8'));
    const mechanisms = gssOidSet(this.library, this.mechanism);
    try {
      const status = await this.library.functions.gss_acquire_cred_with_password.later(
        this.minor(),
        name,
        secret,
        0,
        mechanisms,
        USAGE_INITIATE,
        this.credential,
        null,
        null,
      );
      this.check(status, 'getting a ticket with the password');
    } finally {
      for (const kept of secret.keep ?? []) if (kept instanceof Uint8Array) kept.fill(0);
    }
  }
}

/**
 * `HTTP@host` as a Kerberos principal, `HTTP/host@REALM`. A host-based name would leave it to DNS which host that is (dns_canonicalize_hostname and
 * rdns are on by default), and so to whoever answers (RFC 4120 1.3).
 */
function servicePrincipal(library: GssLibrary, service: string): string {
  const at = service.indexOf('@');
  const host = service.slice(at + 1).toLowerCase();
  const realm = realmOfHost(library, host.replace(/:\d+$/, ''));
  return `${escaped(service.slice(0, at))}/${escaped(host)}@${escaped(realm)}`;
}

/** Of the characters that separate the parts of a principal (RFC 1964 2.1.1). */
function escaped(part: string): string {
  return part.replace(/[\\/@]/g, '\\$&');
}

function delegationFlag({ delegate, delegateAlways = false }: GssInitiatorOptions): number {
  if (!delegate) return 0;
  return delegateAlways ? FLAG_DELEGATE : FLAG_DELEGATE_BY_POLICY;
}
