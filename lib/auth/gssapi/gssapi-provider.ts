import { randomUUID } from 'node:crypto';
import { CimletError } from '../../base/errors.js';
import type { WrappedMessage } from '../contract/message-protection.js';
import type { ChannelBindings } from '../contract/security-context.js';
import type {
  GssAcceptorOptions,
  GssInitiatorOptions,
  GssProvider,
  GssSession,
  KerberosIdentity,
} from '../kerberos/gss-provider.js';
import { type Address, IntegerCell, type NativeStructure, PointerCell, pinned } from '../native/native-memory.js';
import { joinWrapToken, splitWrapToken } from './cfx-wrap-token.js';
import { gssBuffer, gssChannelBindings, gssCredentialStore, gssOid, gssOidSet, OutputBuffer } from './gss-memory.js';
import { CONTINUE_NEEDED, failed, gssError } from './gss-status.js';
import { type GssLibrary, loadGssLibrary } from './gssapi-library.js';

/** 1.2.840.113554.1.2.2 */
const KERBEROS_OID = Buffer.from('2a864886f712010202', 'hex');
/** GSS_C_NT_HOSTBASED_SERVICE, 1.2.840.113554.1.2.1.4 */
const HOSTBASED_SERVICE_OID = Buffer.from('2a864886f71201020104', 'hex');
/** GSS_C_NT_USER_NAME, 1.2.840.113554.1.2.1.1 */
const USER_NAME_OID = Buffer.from('2a864886f71201020101', 'hex');

/** RFC 2744 5.19: mutual, replay, sequence, confidentiality, integrity. */
const INITIATOR_FLAGS = 0x02 | 0x04 | 0x08 | 0x10 | 0x20;
const FLAG_DELEGATE = 0x01;
/** draft-ietf-kitten-channel-bound-flag, MIT 1.19. */
const FLAG_CHANNEL_BOUND = 0x800;
const USAGE_INITIATE = 1;
const USAGE_ACCEPT = 2;
const CONFIDENTIAL = 1;

export interface GssapiProviderOptions {
  /** The shared library; default: MIT's at its usual place on this platform. */
  readonly libraryPath?: string;
}

/** Kerberos through MIT's GSSAPI, called with koffi. Throws `ERR_MISSING_PEER` when either is absent. */
export async function gssapiProvider(options: GssapiProviderOptions = {}): Promise<GssProvider> {
  const library = await loadGssLibrary(options.libraryPath);
  return {
    name: 'GSSAPI',
    async initiate(initiator) {
      const session = new GssapiInitiator(library, initiator);
      await session.prepare();
      return session;
    },
    async accept(acceptor) {
      const session = new GssapiAcceptor(library, acceptor);
      session.prepare();
      return session;
    },
  };
}

abstract class GssapiSession implements GssSession {
  complete = false;
  peer: string | undefined;
  delegated = false;
  protected readonly library: GssLibrary;
  protected readonly mechanism: NativeStructure;
  protected readonly bindings: NativeStructure | undefined;
  protected readonly context = new PointerCell();
  protected readonly credential = new PointerCell();
  readonly #minor = new IntegerCell();

  constructor(library: GssLibrary, channelBindings: ChannelBindings | undefined) {
    this.library = library;
    this.mechanism = gssOid(library, KERBEROS_OID);
    this.bindings = channelBindings && gssChannelBindings(library, channelBindings);
  }

  abstract step(token: Uint8Array | undefined): Promise<Uint8Array | undefined>;

  wrap(message: Uint8Array): WrappedMessage {
    const input = gssBuffer(this.library, message);
    const output = new OutputBuffer(this.library);
    const sealed = new IntegerCell();
    const status = this.library.functions.gss_wrap(
      this.minor(),
      this.established(),
      CONFIDENTIAL,
      0,
      input,
      sealed,
      output,
    );
    this.check(status, 'sealing a message', 'ERR_MESSAGE_INTEGRITY');
    const token = output.take();
    if (sealed.value === 0 || token === undefined) {
      throw new CimletError('ERR_MESSAGE_INTEGRITY', 'Kerberos: the library signed the message but did not seal it.');
    }
    return splitWrapToken(token, message.length);
  }

  unwrap(header: Uint8Array, data: Uint8Array): Uint8Array {
    const input = gssBuffer(this.library, joinWrapToken(header, data));
    const output = new OutputBuffer(this.library);
    const sealed = new IntegerCell();
    const status = this.library.functions.gss_unwrap(
      this.minor(),
      this.established(),
      input,
      output,
      sealed,
      new IntegerCell(),
    );
    // Taken in any case: with a supplementary bit there is an output, whose memory is the library's.
    const message = output.take() ?? new Uint8Array();
    // Supplementary bits (RFC 2744 3.9.1: duplicate, old, unsequenced, gap) are failures here: the transport is in order.
    this.check(status, 'unsealing a message', 'ERR_MESSAGE_INTEGRITY', true);
    if (sealed.value === 0)
      throw new CimletError('ERR_MESSAGE_INTEGRITY', 'Kerberos: the peer sent a message that is not sealed.');
    return message;
  }

  getMic(message: Uint8Array): Uint8Array {
    const input = gssBuffer(this.library, message);
    const output = new OutputBuffer(this.library);
    const status = this.library.functions.gss_get_mic(this.minor(), this.established(), 0, input, output);
    this.check(status, 'signing', 'ERR_AUTHENTICATION');
    return output.take() ?? new Uint8Array();
  }

  verifyMic(message: Uint8Array, mic: Uint8Array): void {
    const input = gssBuffer(this.library, message);
    const signature = gssBuffer(this.library, mic);
    const status = this.library.functions.gss_verify_mic(
      this.minor(),
      this.established(),
      input,
      signature,
      new IntegerCell(),
    );
    this.check(status, 'checking a signature', 'ERR_MESSAGE_INTEGRITY', true);
  }

  dispose(): void {
    this.complete = false;
    if (this.context.value !== 0n) {
      this.library.functions.gss_delete_sec_context(this.minor(), this.context, null);
      this.context.bytes.fill(0);
    }
    if (this.credential.value !== 0n) {
      this.library.functions.gss_release_cred(this.minor(), this.credential);
      this.credential.bytes.fill(0);
    }
  }

  protected minor(): IntegerCell {
    this.#minor.bytes.fill(0);
    return this.#minor;
  }

  protected check(
    status: number,
    what: string,
    code: 'ERR_AUTHENTICATION' | 'ERR_MESSAGE_INTEGRITY' = 'ERR_AUTHENTICATION',
    strict = false,
  ): void {
    if (failed(status) || (strict && status !== 0)) {
      throw gssError(this.library, code, what, status, this.#minor.value, this.mechanism);
    }
  }

  protected importName(name: string, kind: Uint8Array): PointerCell {
    const text = gssBuffer(this.library, Buffer.from(name, 'utf8'));
    const oid = gssOid(this.library, kind);
    const result = new PointerCell();
    const status = this.library.functions.gss_import_name(this.minor(), text, oid, result);
    this.check(status, `reading the name "${name}"`);
    return result;
  }

  protected releaseName(name: PointerCell): void {
    if (name.value !== 0n) this.library.functions.gss_release_name(this.minor(), name);
  }

  protected displayName(name: PointerCell): string | undefined {
    if (name.value === 0n) return undefined;
    const text = new OutputBuffer(this.library);
    const status = this.library.functions.gss_display_name(this.minor(), name.value, text, null);
    this.check(status, 'reading the peer’s name');
    return Buffer.from(text.take() ?? []).toString('utf8');
  }

  private established(): Address {
    if (!this.complete || this.context.value === 0n) {
      throw new CimletError('ERR_AUTHENTICATION', 'Kerberos: the exchange is not complete, or was disposed of.');
    }
    return this.context.value;
  }
}

class GssapiInitiator extends GssapiSession {
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

class GssapiAcceptor extends GssapiSession {
  readonly #options: GssAcceptorOptions;
  channelBound = false;

  constructor(library: GssLibrary, options: GssAcceptorOptions) {
    super(library, options.channelBindings);
    this.#options = options;
  }

  prepare(): void {
    const { keytab } = this.#options;
    const store = keytab === undefined ? undefined : gssCredentialStore(this.library, { keytab });
    const mechanisms = gssOidSet(this.library, this.mechanism);
    const status = this.library.functions.gss_acquire_cred_from(
      this.minor(),
      0n,
      0,
      mechanisms,
      USAGE_ACCEPT,
      store ?? null,
      this.credential,
      null,
      null,
    );
    this.check(status, 'reading the service’s keytab');
  }

  async step(token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    if (token === undefined) throw new CimletError('ERR_AUTHENTICATION', 'Kerberos: the initiator sent no token.');
    const input = gssBuffer(this.library, token);
    const output = new OutputBuffer(this.library);
    const source = new PointerCell();
    const granted = new IntegerCell();
    const delegated = new PointerCell();
    const status = await this.library.functions.gss_accept_sec_context.later(
      this.minor(),
      this.context,
      this.credential.value,
      input,
      this.bindings ?? null,
      source,
      null,
      output,
      granted,
      null,
      delegated,
    );
    const reply = output.take();
    try {
      this.check(status, 'accepting the caller');
      if ((status & CONTINUE_NEEDED) === 0) {
        this.complete = true;
        this.peer = this.displayName(source);
        this.delegated = delegated.value !== 0n;
        this.channelBound = (granted.value & FLAG_CHANNEL_BOUND) !== 0;
      }
    } finally {
      this.releaseName(source);
      if (delegated.value !== 0n) this.library.functions.gss_release_cred(this.minor(), delegated);
    }
    return reply;
  }
}
