import { randomUUID } from 'node:crypto';
import { CimletError } from '../../base/errors.js';
import type { GssInitiatorOptions, KerberosIdentity } from '../kerberos/gss-provider.js';
import { type Address, IntegerCell, PointerCell, pinned } from '../native/native-memory.js';
import { gssBuffer, gssCredentialStore, gssOidSet, OutputBuffer } from './gss-memory.js';
import { CONTINUE_NEEDED, failed } from './gss-status.js';
import type { GssLibrary } from './gssapi-library.js';
import { GssapiSession } from './gssapi-session.js';

/** GSS_C_NT_HOSTBASED_SERVICE and GSS_C_NT_USER_NAME (RFC 2744 appendix A). */
const HOSTBASED_SERVICE_OID = '1.2.840.113554.1.2.1.4';
const USER_NAME_OID = '1.2.840.113554.1.2.1.1';

/** RFC 2744 5.19: mutual, replay, sequence, confidentiality, integrity. */
const INITIATOR_FLAGS = 0x02 | 0x04 | 0x08 | 0x10 | 0x20;
const FLAG_DELEGATE = 0x01;
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
    this.#target = this.importName(options.service, HOSTBASED_SERVICE_OID);
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
      INITIATOR_FLAGS | (this.#options.delegate ? FLAG_DELEGATE : 0),
      0,
      this.bindings ?? null,
      input ?? null,
      null,
      output,
      granted,
      null,
    );
    const reply = output.take();
    this.check(status, `authentication to ${this.#options.service}`);
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
        hint: 'Get a forwardable ticket (kinit -f, or forwardable = true in /etc/krb5.conf) and let the server be trusted for delegation.',
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
      entries['ccache'] = identity.ticketCache;
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

/** Forgets the tickets of a cache. Releasing the credential closes the cache only, and one in memory lives on until it is destroyed. */
function destroyCache({ functions }: GssLibrary, name: string): void {
  const context = new PointerCell();
  const cache = new PointerCell();
  if (functions.krb5_init_context(context) !== 0) return;
  const text = pinned(Buffer.from(`${name}\0`, 'utf8'));
  if (functions.krb5_cc_resolve(context.value, text, cache) === 0) {
    functions.krb5_cc_destroy(context.value, cache.value);
  }
  functions.krb5_free_context(context.value);
}
