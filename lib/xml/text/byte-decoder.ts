import { isUtf8 } from 'node:buffer';
import { CimletError } from '../../base/errors.js';

export type XmlEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const UTF8_NAMES = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);
const MOST_SNIFFED = 4;
const NO_BYTES: Uint8Array = new Uint8Array(0);

/**
 * Turns the bytes of an XML document into text, cut anywhere. The encoding comes from the byte order mark, else from the
 * first characters (XML 1.0 appendix F.1), else from the media type's charset, else it is UTF-8. The mark is left out of
 * the text. Bytes that are not of the encoding, and other encodings, are `ERR_XML`: nothing is replaced or guessed.
 */
export class XmlByteDecoder {
  readonly #charset: string | undefined;
  #decode: ((bytes: Uint8Array, last: boolean) => string) | undefined;
  #pending = NO_BYTES;

  /** @param contentType of the bytes, e.g. `application/soap+xml;charset=UTF-16`; only its charset matters. */
  constructor(contentType?: string) {
    this.#charset = charsetOf(contentType);
  }

  write(bytes: Uint8Array): string {
    if (this.#decode !== undefined) return this.#decode(bytes, false);
    const start = joined(this.#pending, bytes);
    if (start.length < MOST_SNIFFED) {
      this.#pending = start;
      return '';
    }
    return this.#begin(start, false);
  }

  /** The rest of the text; `ERR_XML` when the bytes end within a character. */
  end(): string {
    return this.#decode === undefined ? this.#begin(this.#pending, true) : this.#decode(NO_BYTES, true);
  }

  #begin(bytes: Uint8Array, last: boolean): string {
    const { encoding, skip } = detectEncoding(bytes, this.#charset);
    this.#pending = NO_BYTES;
    this.#decode = encoding === 'utf-8' ? utf8Decoder() : utf16Decoder(encoding);
    return this.#decode(bytes.subarray(skip), last);
  }
}

function detectEncoding(bytes: Uint8Array, charset: string | undefined): { encoding: XmlEncoding; skip: number } {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', skip: 2 };
  // Every document starts with `<` or white space, whose other byte in UTF-16 is zero.
  if (first !== 0 && second === 0) return { encoding: 'utf-16le', skip: 0 };
  if (first === 0 && second !== 0) return { encoding: 'utf-16be', skip: 0 };
  if (charset === undefined || UTF8_NAMES.has(charset)) return { encoding: 'utf-8', skip: 0 };
  if (charset === 'utf-16le' || charset === 'utf-16be') return { encoding: charset, skip: 0 };
  // What starts like an ASCII document is one, whatever its sender calls it.
  if (charset === 'utf-16' && first === 0x3c) return { encoding: 'utf-8', skip: 0 };
  throw new CimletError('ERR_XML', `The answer is in the encoding "${charset.slice(0, 40)}", which cannot be read.`, {
    hint: 'WS-Management is sent in UTF-8 or UTF-16. Look at what answers at this address.',
  });
}

function utf8Decoder(): (bytes: Uint8Array, last: boolean) => string {
  let tail = NO_BYTES;
  return (bytes, last) => {
    const input = joined(tail, bytes);
    const complete = last ? input.length : completeUtf8Length(input);
    tail = complete === input.length ? NO_BYTES : Uint8Array.from(input.subarray(complete));
    const whole = complete === input.length ? input : input.subarray(0, complete);
    if (!isUtf8(whole)) throw notOf('UTF-8');
    // Unlike a streaming TextDecoder it keeps ASCII as one byte a character.
    const buffer = Buffer.isBuffer(whole) ? whole : Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
    return buffer.toString('utf8');
  };
}

/** The length without a character at the end whose last bytes are missing. */
function completeUtf8Length(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function utf16Decoder(encoding: XmlEncoding): (bytes: Uint8Array, last: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last });
    } catch {
      throw notOf('UTF-16');
    }
  };
}

function notOf(encoding: string): CimletError {
  return new CimletError('ERR_XML', `The answer has bytes that are not ${encoding}.`, {
    hint: 'It was cut short or changed on its way, or the server encodes wrongly.',
  });
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (head.length === 0) return tail;
  const all = new Uint8Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}

let latest: { readonly contentType: string | undefined; readonly charset: string | undefined } | undefined;

/** Remembered: the replies of a server name the same one. */
function charsetOf(contentType: string | undefined): string | undefined {
  if (latest === undefined || latest.contentType !== contentType) {
    latest = { contentType, charset: charsetWithin(contentType) };
  }
  return latest.charset;
}

function charsetWithin(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase();
}
