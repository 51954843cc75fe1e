import { CimletError } from '../../base/errors.js';
import type { WrappedMessage } from '../contract/message-protection.js';
import type { ChannelBindings } from '../contract/security-context.js';
import type { GssSession } from '../kerberos/gss-provider.js';
import { IntegerCell } from '../native/native-memory.js';
import type { SspiCredential } from './sspi-credential.js';
import type { SspiLibrary } from './sspi-library.js';
import {
  BUFFER,
  channelBindingsBuffer,
  type SecurityBuffer,
  SecurityBuffers,
  SecurityHandle,
  wideString,
} from './sspi-memory.js';
import { SspiProtection } from './sspi-protection.js';
import { SEC_E_OK, SEC_I_CONTINUE_NEEDED, sspiError } from './sspi-status.js';

/** `ISC_REQ_…`; those of replies have the same values. */
export const INITIATOR_FLAG = {
  delegate: 0x1,
  mutualAuthentication: 0x2,
  replayDetection: 0x4,
  sequenceDetection: 0x8,
  confidentiality: 0x10,
  integrity: 0x10000,
} as const;

/** `ASC_REQ_…`: as the initiator's, but for integrity. */
export const ACCEPTOR_FLAG = { ...INITIATOR_FLAG, integrity: 0x20000 } as const;

const SECURITY_NETWORK_DREP = 0;
const TIME_STAMP_SIZE = 8;

/** What both sides of an exchange of tokens with one security package have in common. Methods are called one after another. */
abstract class SspiSession implements GssSession {
  complete = false;
  peer: string | undefined;
  protected readonly library: SspiLibrary;
  protected readonly credential: SspiCredential;
  protected readonly flags: number;
  protected readonly handle = new SecurityHandle();
  readonly #bindings: SecurityBuffer | undefined;
  /** The flags that hold, once complete. */
  #granted = 0;
  #begun = false;
  #protection: SspiProtection | undefined;

  /** Takes the credential over. */
  constructor(
    library: SspiLibrary,
    credential: SspiCredential,
    flags: number,
    channelBindings: ChannelBindings | undefined,
  ) {
    this.library = library;
    this.credential = credential;
    this.flags = flags;
    this.#bindings = channelBindings && channelBindingsBuffer(channelBindings);
  }

  async step(token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    const buffers: SecurityBuffer[] = token === undefined ? [] : [{ type: BUFFER.token, content: token }];
    if (this.#bindings !== undefined) buffers.push(this.#bindings);
    const input = buffers.length === 0 ? undefined : new SecurityBuffers(this.library, buffers);
    const output = new SecurityBuffers(this.library, [
      { type: BUFFER.token, content: new Uint8Array(this.credential.maxToken) },
    ]);
    const granted = new IntegerCell();
    const status = (await this.call(this.#begun, input, output, granted, Buffer.alloc(TIME_STAMP_SIZE))) >>> 0;
    if (status !== SEC_E_OK && status !== SEC_I_CONTINUE_NEEDED) {
      throw sspiError('ERR_AUTHENTICATION', this.credential.package, this.describe(), status);
    }
    this.#begun = true;
    const reply = output.read(0);
    if (status === SEC_E_OK) {
      this.#granted = granted.value;
      this.#refuseUnprotected();
      this.complete = true;
      this.peer = this.peerName();
    }
    return reply.length === 0 ? undefined : reply;
  }

  wrap(message: Uint8Array): WrappedMessage {
    return this.protection.seal(message);
  }

  unwrap(header: Uint8Array, data: Uint8Array): Uint8Array {
    return this.protection.unseal(header, data);
  }

  getMic(message: Uint8Array): Uint8Array {
    return this.protection.sign(message);
  }

  verifyMic(message: Uint8Array, mic: Uint8Array): void {
    this.protection.verify(message, mic);
  }

  get mutuallyAuthenticated(): boolean {
    return (this.#granted & INITIATOR_FLAG.mutualAuthentication) !== 0;
  }

  get delegated(): boolean {
    return (this.#granted & INITIATOR_FLAG.delegate) !== 0;
  }

  dispose(): void {
    this.complete = false;
    if (this.#begun) this.library.functions.DeleteSecurityContext(this.handle);
    this.#begun = false;
    this.credential.dispose();
  }

  protected abstract call(
    begun: boolean,
    input: SecurityBuffers | undefined,
    output: SecurityBuffers,
    granted: IntegerCell,
    expiry: Uint8Array,
  ): Promise<number>;

  protected get protection(): SspiProtection {
    if (!this.complete) {
      throw new CimletError(
        'ERR_AUTHENTICATION',
        `${this.credential.package}: the exchange is not complete, or was disposed of.`,
      );
    }
    this.#protection ??= new SspiProtection(this.library, this.credential.package, this.handle);
    return this.#protection;
  }

  protected abstract peerName(): string | undefined;

  /** What is being done, for messages. */
  protected abstract describe(): string;

  /** What has to hold at the end. */
  protected abstract readonly required: number;

  #refuseUnprotected(): void {
    const missing = this.required & ~this.#granted;
    if (missing === 0) return;
    if (missing === INITIATOR_FLAG.delegate) {
      throw new CimletError(
        'ERR_AUTHENTICATION',
        `${this.credential.package}: the ticket could not be delegated to the server.`,
        {
          hint: 'Let the server be trusted for delegation, and the account not be marked as sensitive (Protected Users cannot delegate).',
        },
      );
    }
    throw new CimletError(
      'ERR_AUTHENTICATION',
      `${this.credential.package}: the exchange ended without the protection that was asked for (flags 0x${missing.toString(16)}): mutual authentication, sealing and sequence detection.`,
    );
  }
}

export interface SspiInitiatorOptions {
  /** The service principal name, `HTTP/dhcpserver.contoso.com`. */
  readonly target: string;
  /** What is asked for. */
  readonly flags: number;
  /** What must hold at the end. Default `flags`. */
  readonly required?: number;
  readonly channelBindings: ChannelBindings | undefined;
}

export class SspiInitiator extends SspiSession {
  protected readonly required: number;
  readonly #target: string;

  constructor(library: SspiLibrary, credential: SspiCredential, options: SspiInitiatorOptions) {
    super(library, credential, options.flags, options.channelBindings);
    this.#target = options.target;
    this.required = options.required ?? options.flags;
  }

  /** The package that Windows' Negotiate has chosen. */
  get chosenPackage(): string | undefined {
    return this.complete ? this.protection.negotiatedPackage() : undefined;
  }

  protected override call(
    begun: boolean,
    input: SecurityBuffers | undefined,
    output: SecurityBuffers,
    granted: IntegerCell,
    expiry: Uint8Array,
  ): Promise<number> {
    return this.library.functions.InitializeSecurityContextW.later(
      this.credential.handle,
      begun ? this.handle : null,
      wideString(this.#target),
      this.flags,
      0,
      SECURITY_NETWORK_DREP,
      input ?? null,
      0,
      this.handle,
      output,
      granted,
      expiry,
    );
  }

  protected override peerName(): string {
    return this.#target;
  }

  protected override describe(): string {
    return `authentication to ${this.#target}`;
  }
}

export class SspiAcceptor extends SspiSession {
  protected readonly required = 0;

  protected override call(
    begun: boolean,
    input: SecurityBuffers | undefined,
    output: SecurityBuffers,
    granted: IntegerCell,
    expiry: Uint8Array,
  ): Promise<number> {
    return this.library.functions.AcceptSecurityContext.later(
      this.credential.handle,
      begun ? this.handle : null,
      input ?? null,
      this.flags,
      SECURITY_NETWORK_DREP,
      this.handle,
      output,
      granted,
      expiry,
    );
  }

  protected override peerName(): string | undefined {
    return this.protection.clientName();
  }

  protected override describe(): string {
    return 'accepting the caller';
  }
}
