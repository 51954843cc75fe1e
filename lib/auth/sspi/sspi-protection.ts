import { CimletError } from '../../base/errors.js';
import type { WrappedMessage } from '../contract/message-protection.js';
import { IntegerCell } from '../native/native-memory.js';
import type { SspiLibrary } from './sspi-library.js';
import { BUFFER, readWideString, SecurityBuffers, type SecurityHandle } from './sspi-memory.js';
import { SEC_E_OK, SEC_E_UNSUPPORTED_FUNCTION, sspiError } from './sspi-status.js';

/** `ulAttribute` of QueryContextAttributes. */
const ATTRIBUTE = { sizes: 0, negotiationInfo: 12, nativeNames: 13 } as const;
const SECQOP_WRAP_NO_ENCRYPT = 0x80000001;
const PACKAGE_NAME_OFFSET = 16;

interface Sizes {
  readonly signature: number;
  readonly block: number;
  readonly trailer: number;
}

/** What a complete context of SSPI does: sealing, signing, and saying who the peer is. */
export class SspiProtection {
  readonly #library: SspiLibrary;
  readonly #package: string;
  readonly #context: SecurityHandle;
  #sizes: Sizes | undefined;

  constructor(library: SspiLibrary, packageName: string, context: SecurityHandle) {
    this.#library = library;
    this.#package = packageName;
    this.#context = context;
  }

  /** EncryptMessage's token and data are WinRM's header and data (MS-WSMV 2.2.9.1.2.2.2). */
  seal(message: Uint8Array): WrappedMessage {
    const { trailer, block } = this.#sizesOfContext();
    const buffers = new SecurityBuffers(this.#library, [
      { type: BUFFER.token, content: new Uint8Array(trailer) },
      { type: BUFFER.data, content: message },
      { type: BUFFER.padding, content: new Uint8Array(block) },
    ]);
    const status = this.#library.functions.EncryptMessage(this.#context, 0, buffers, 0);
    if (status !== SEC_E_OK) buffers.wipe();
    this.#check(status, 'sealing a message');
    const header = buffers.read(0);
    const data = buffers.read(1);
    if (data.length !== message.length || (buffers.read(2).length > 0 && !isUnpaddedToken(header))) {
      throw new CimletError('ERR_MESSAGE_INTEGRITY', `${this.#package}: the ticket’s cipher pads messages.`, {
        hint: 'Enable AES for the service account: DES and RC4 tickets are not supported.',
      });
    }
    return { header, data };
  }

  unseal(header: Uint8Array, data: Uint8Array): Uint8Array {
    const buffers = new SecurityBuffers(this.#library, [
      { type: BUFFER.token, content: header },
      { type: BUFFER.data, content: data },
    ]);
    const quality = new IntegerCell();
    this.#check(this.#library.functions.DecryptMessage(this.#context, buffers, 0, quality), 'unsealing a message');
    if (quality.value === SECQOP_WRAP_NO_ENCRYPT) {
      throw new CimletError('ERR_MESSAGE_INTEGRITY', `${this.#package}: the peer sent a message that is not sealed.`);
    }
    const message = buffers.read(1);
    buffers.wipe();
    return message;
  }

  sign(message: Uint8Array): Uint8Array {
    const buffers = new SecurityBuffers(this.#library, [
      { type: BUFFER.data, content: message },
      { type: BUFFER.token, content: new Uint8Array(this.#sizesOfContext().signature) },
    ]);
    this.#check(this.#library.functions.MakeSignature(this.#context, 0, buffers, 0), 'signing');
    return buffers.read(1);
  }

  verify(message: Uint8Array, signature: Uint8Array): void {
    const buffers = new SecurityBuffers(this.#library, [
      { type: BUFFER.data, content: message },
      { type: BUFFER.token, content: signature },
    ]);
    this.#check(
      this.#library.functions.VerifySignature(this.#context, buffers, 0, new IntegerCell()),
      'checking a signature',
    );
  }

  /** The client's name as its package spells it, `user@REALM` with Kerberos; undefined when the package does not tell. */
  clientName(): string | undefined {
    const names = this.#query(ATTRIBUTE.nativeNames, 16);
    if (names === undefined) return undefined;
    const client = names.readBigUInt64LE(0);
    const server = names.readBigUInt64LE(8);
    const name = client === 0n ? undefined : readWideString(this.#library, client);
    for (const address of [client, server]) if (address !== 0n) this.#library.functions.FreeContextBuffer(address);
    return name;
  }

  /** The package that Negotiate has chosen; undefined when it does not tell. */
  negotiatedPackage(): string | undefined {
    const info = this.#query(ATTRIBUTE.negotiationInfo, 16)?.readBigUInt64LE(0);
    if (info === undefined || info === 0n) return undefined;
    const structure = Buffer.from(this.#library.copy(info, PACKAGE_NAME_OFFSET + 8));
    const name = readWideString(this.#library, structure.readBigUInt64LE(PACKAGE_NAME_OFFSET));
    this.#library.functions.FreeContextBuffer(info);
    return name;
  }

  #sizesOfContext(): Sizes {
    if (this.#sizes === undefined) {
      const sizes = this.#query(ATTRIBUTE.sizes, 16);
      if (sizes === undefined) {
        throw sspiError('ERR_MESSAGE_INTEGRITY', this.#package, 'sealing', SEC_E_UNSUPPORTED_FUNCTION);
      }
      this.#sizes = { signature: sizes.readUInt32LE(4), block: sizes.readUInt32LE(8), trailer: sizes.readUInt32LE(12) };
    }
    return this.#sizes;
  }

  /** The structure of an attribute; undefined when the package does not have it. */
  #query(attribute: number, size: number): Buffer | undefined {
    const structure = Buffer.alloc(size);
    const status = this.#library.functions.QueryContextAttributesW(this.#context, attribute, structure) >>> 0;
    if (status === SEC_E_UNSUPPORTED_FUNCTION) return undefined;
    if (status !== SEC_E_OK) throw sspiError('ERR_AUTHENTICATION', this.#package, 'reading an attribute', status);
    return structure;
  }

  #check(status: number, what: string): void {
    if (status !== SEC_E_OK) throw sspiError('ERR_MESSAGE_INTEGRITY', this.#package, what, status);
  }
}

/** Ciphers of RFC 4121's tokens steal ciphertext and need no padding (RFC 3962 5); those of RFC 1964 and RFC 4757 do. */
function isUnpaddedToken(header: Uint8Array): boolean {
  return header[0] === 0x05 && header[1] === 0x04;
}
