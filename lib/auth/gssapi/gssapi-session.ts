import { CimletError } from '../../base/errors.js';
import { KERBEROS_OID } from '../contract/mechanism-oids.js';
import type { WrappedMessage } from '../contract/message-protection.js';
import type { ChannelBindings } from '../contract/security-context.js';
import type { GssSession } from '../kerberos/gss-provider.js';
import { type Address, IntegerCell, type NativeStructure, PointerCell } from '../native/native-memory.js';
import { joinWrapToken, splitWrapToken } from './cfx-wrap-token.js';
import { gssBuffer, gssChannelBindings, gssOid, OutputBuffer } from './gss-memory.js';
import { failed, gssError } from './gss-status.js';
import type { GssLibrary } from './gssapi-library.js';

const CONFIDENTIAL = 1;

/** What both sides of an exchange in the library have in common: its structures, and everything after the end of the exchange. */
export abstract class GssapiSession implements GssSession {
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

  /** The mechanism's own number for the last failure. */
  protected get minorStatus(): number {
    return this.#minor.value;
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

  protected importName(name: string, kind: string): PointerCell {
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
