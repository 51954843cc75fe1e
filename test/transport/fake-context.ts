import type { MessageProtection, WrappedMessage } from '../../lib/auth/contract/message-protection.js';
import type { SecurityContext } from '../../lib/auth/contract/security-context.js';
import { CimletError } from '../../lib/base/errors.js';

export interface FakeContextOptions {
  /** Tokens that the initiator sends before it is complete. */
  readonly legs?: number;
  readonly encrypts?: boolean;
  readonly protocol?: string;
  readonly scheme?: 'Negotiate' | 'Kerberos' | 'CredSSP';
  /** Waits for a token on the final 200. */
  readonly finalToken?: boolean;
  /** Sealed data is framed as TLS records of at most this many bytes, with the header inside. */
  readonly tlsRecordBytes?: number;
}

const SIGNATURE_BYTES = 16;
const TLS_TRAILER_BYTES = 16;

/** "Encryption" with a XOR key, a checksum and strict sequence numbers: enough to see order, loss and tampering. Both sides are alike. */
export class FakeContext implements SecurityContext {
  readonly scheme;
  readonly mechanism = 'Fake';
  readonly capabilities;
  readonly protection: MessageProtection | undefined;
  readonly tokens: string[] = [];
  bindings: Uint8Array | undefined;
  disposed = false;
  complete = false;
  readonly #options: FakeContextOptions;
  #step = 0;
  #sendSequence = 0;
  #receiveSequence = 0;

  constructor(options: FakeContextOptions = {}) {
    this.#options = options;
    this.scheme = options.scheme ?? 'Negotiate';
    this.capabilities = { bindsChannel: true, delegates: false, connectionBound: true };
    const inRecords = options.tlsRecordBytes !== undefined;
    this.protection =
      options.encrypts === false
        ? undefined
        : {
            protocol: options.protocol ?? 'application/HTTP-SPNEGO-session-encrypted',
            largestMessage: inRecords ? 16_384 : Number.POSITIVE_INFINITY,
            framing: inRecords ? 'tls-records' : 'message-length',
            wrap: (message) => this.wrap(message),
            unwrap: (header, data) => this.unwrap(header, data),
          };
  }

  async step(token: Uint8Array | undefined, channelBindings?: Uint8Array): Promise<Uint8Array | undefined> {
    this.bindings = channelBindings;
    if (token !== undefined) this.tokens.push(Buffer.from(token).toString());
    const legs = this.#options.legs ?? 2;
    if (this.#step === legs) {
      this.complete = true;
      return undefined;
    }
    this.#step++;
    if (this.#step === legs && !this.#options.finalToken) this.complete = true;
    return Buffer.from(`client-${this.#step}`);
  }

  async wrap(message: Uint8Array): Promise<WrappedMessage> {
    const sequence = this.#sendSequence++;
    const data = xor(message);
    const header = signature(sequence, data);
    const { tlsRecordBytes } = this.#options;
    return tlsRecordBytes === undefined
      ? { header, data }
      : asTlsRecords(Buffer.concat([header, data]), tlsRecordBytes);
  }

  async unwrap(header: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    if (this.disposed) throw new Error('unwrap after dispose');
    const { tlsRecordBytes } = this.#options;
    const [seal, sealed] =
      tlsRecordBytes === undefined ? [header, data] : fromTlsRecords(Buffer.concat([header, data]));
    const sequence = this.#receiveSequence++;
    if (Buffer.compare(seal, signature(sequence, sealed)) !== 0) {
      throw new CimletError('ERR_MESSAGE_INTEGRITY', 'The signature of a message is wrong.');
    }
    return xor(sealed);
  }

  dispose(): void {
    this.disposed = true;
  }
}

function xor(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => byte ^ 0x5a);
}

function signature(sequence: number, data: Uint8Array): Buffer {
  const result = Buffer.alloc(SIGNATURE_BYTES);
  let sum = 0;
  for (const byte of data) sum = (sum * 31 + byte) >>> 0;
  result.writeUInt32LE(sequence, 0);
  result.writeUInt32LE(sum, 4);
  result.writeUInt32LE(data.length, 8);
  return result;
}

function asTlsRecords(bytes: Buffer, size: number): WrappedMessage {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const content = bytes.subarray(at, at + size);
    records.push(Buffer.from([0x17, 3, 3, content.length >> 8, content.length & 255]), content);
  }
  const stream = Buffer.concat(records);
  return { header: stream.subarray(0, TLS_TRAILER_BYTES), data: stream.subarray(TLS_TRAILER_BYTES) };
}

function fromTlsRecords(stream: Buffer): [Uint8Array, Uint8Array] {
  const contents: Buffer[] = [];
  for (let at = 0; at < stream.length; ) {
    const length = stream.readUInt16BE(at + 3);
    contents.push(stream.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  const bytes = Buffer.concat(contents);
  return [bytes.subarray(0, SIGNATURE_BYTES), bytes.subarray(SIGNATURE_BYTES)];
}
