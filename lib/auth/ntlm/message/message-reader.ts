import { malformedMessage } from './malformed-message.js';

/** `NTLMSSP\0`, the start of every NTLM message. */
export const NTLM_SIGNATURE: Uint8Array = new Uint8Array([0x4e, 0x54, 0x4c, 0x4d, 0x53, 0x53, 0x50, 0x00]);

const LONGEST_MESSAGE = 0x10000;

/** True when `bytes` begin like an NTLM message. */
export function isNtlmMessage(bytes: Uint8Array): boolean {
  return bytes.length >= 12 && NTLM_SIGNATURE.every((value, index) => bytes[index] === value);
}

/** The MessageType of bytes that begin like an NTLM message. */
export function ntlmMessageType(bytes: Uint8Array): number {
  if (!isNtlmMessage(bytes)) throw malformedMessage('it does not begin with the NTLMSSP signature');
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
}

/** Reads one NTLM message within its bounds. Every fault is an `ERR_AUTHENTICATION`. */
export class MessageReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fixedLength: number;
  #payloadStart: number;

  /** `fixedLength`: bytes before the payload that must be there. */
  constructor(bytes: Uint8Array, messageType: number, fixedLength: number) {
    if (bytes.length > LONGEST_MESSAGE) throw malformedMessage(`it is longer than ${LONGEST_MESSAGE} bytes`);
    const actualType = ntlmMessageType(bytes);
    if (actualType !== messageType)
      throw malformedMessage(`message type ${messageType} was expected, not ${actualType}`);
    if (bytes.length < fixedLength) {
      throw malformedMessage(`${bytes.length} bytes are fewer than the ${fixedLength} of its fixed part`);
    }
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#fixedLength = fixedLength;
    this.#payloadStart = bytes.length;
  }

  /** Where the payload begins, by the fields read so far; the message's length while none had content. */
  get payloadStart(): number {
    return this.#payloadStart;
  }

  uint32(offset: number): number {
    return this.#view.getUint32(offset, true);
  }

  /** A copy of `length` bytes of the fixed part or of an optional part behind it; undefined when the message ends before. */
  bytes(offset: number, length: number): Uint8Array | undefined {
    return offset + length > this.#bytes.length
      ? undefined
      : new Uint8Array(this.#bytes.subarray(offset, offset + length));
  }

  /** A copy of the payload that the Len, MaxLen, BufferOffset triple at `offset` points to. */
  field(offset: number, name: string): Uint8Array {
    const length = this.#view.getUint16(offset, true);
    if (length === 0) return new Uint8Array(0);
    const start = this.#view.getUint32(offset + 4, true);
    if (start < this.#fixedLength || start + length > this.#bytes.length) {
      throw malformedMessage(`${name} lies outside of the payload`);
    }
    this.#payloadStart = Math.min(this.#payloadStart, start);
    return new Uint8Array(this.#bytes.subarray(start, start + length));
  }

  /** A field that holds text in the negotiated character set. */
  text(offset: number, name: string, unicode: boolean): string {
    const bytes = this.field(offset, name);
    return unicode ? decodeUnicode(bytes, name) : Buffer.from(bytes).toString('latin1');
  }
}

/** UTF-16LE without a terminator; unpaired surrogates and odd lengths are refused. */
export function decodeUnicode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformedMessage(`${name} is not valid UTF-16`);
  }
}
