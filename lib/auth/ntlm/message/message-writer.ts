import { invalidArgument } from '../../../base/errors.js';
import { NTLM_SIGNATURE } from './message-reader.js';

/** Lays out one NTLM message: a fixed part, then the payload in the order in which fields are added. */
export class MessageWriter {
  readonly #fixed: Buffer;
  readonly #payload: Uint8Array[] = [];
  #length: number;

  constructor(messageType: number, fixedLength: number) {
    this.#fixed = Buffer.alloc(fixedLength);
    this.#fixed.set(NTLM_SIGNATURE);
    this.#fixed.writeUInt32LE(messageType, 8);
    this.#length = fixedLength;
  }

  uint32(offset: number, value: number): void {
    this.#fixed.writeUInt32LE(value >>> 0, offset);
  }

  bytes(offset: number, value: Uint8Array): void {
    this.#fixed.set(value, offset);
  }

  /** Adds `content` to the payload and its Len, MaxLen, BufferOffset triple at `offset`. */
  field(offset: number, content: Uint8Array): void {
    if (content.length > 0xffff) throw invalidArgument('NTLM field', `${content.length} bytes`, 'At most 65535 fit.');
    this.#fixed.writeUInt16LE(content.length, offset);
    this.#fixed.writeUInt16LE(content.length, offset + 2);
    this.#fixed.writeUInt32LE(this.#length, offset + 4);
    this.#payload.push(content);
    this.#length += content.length;
  }

  text(offset: number, content: string, unicode: boolean): void {
    this.field(offset, Buffer.from(content, unicode ? 'utf16le' : 'latin1'));
  }

  finish(): Uint8Array {
    return new Uint8Array(Buffer.concat([this.#fixed, ...this.#payload]));
  }
}
