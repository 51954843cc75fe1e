import type { MessageProtection } from '../../auth/contract/message-protection.js';
import type { SecurityContext } from '../../auth/contract/security-context.js';
import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import { sealingFailure } from '../logon/context-failure.js';
import { ByteBuffer } from './byte-buffer.js';
import { readEncryptedMediaType } from './encrypted-media-type.js';

/** One unsealed part. */
export interface DecryptedPart {
  /** `application/soap+xml;charset=UTF-8`. */
  readonly contentType: string;
  readonly data: Uint8Array;
}

export interface DecodeOptions {
  /** The `Content-Type` header that came with the bytes. */
  readonly contentType: string;
  readonly context: SecurityContext;
  /** Largest declared length of one part, in bytes. Default 64 MiB. */
  readonly maxPartBytes?: number;
}

const DEFAULT_MAX_PART_BYTES = 64 * 1024 * 1024;
/** A Kerberos header has 60 bytes with AES; this only bounds what a liar can make us wait for. */
const MAX_SEAL_HEADER_BYTES = 64 * 1024;
const MAX_LINE_BYTES = 1024;
const MAX_METADATA_LINES = 16;
const TLS_RECORD_HEADER_BYTES = 5;
const MAX_TLS_RECORD_BYTES = 16 * 1024 + 2048;

interface Metadata {
  lines: number;
  protocol?: string;
  contentType?: string;
  length?: number;
}

/**
 * Takes multipart/encrypted apart as its bytes arrive, cut anywhere: one message or, as the answer of an enhanced operation, a sequence of them.
 * Headers may have the specification's tab, delimiters Exchange's space; line breaks around the sealed bytes are optional. Lengths have to be exact.
 */
export class EncryptedMessageDecoder {
  readonly #context: SecurityContext;
  readonly #protection: MessageProtection;
  readonly #boundary: string;
  readonly #maxPartBytes: number;
  readonly #buffer = new ByteBuffer();
  #state: 'message' | 'metadata' | 'payload-headers' | 'payload' | 'after-payload' = 'message';
  #metadata: Metadata = { lines: 0 };
  /** Undefined until its four bytes are there. */
  #payloadHeaderLength: number | undefined;
  #payloadLength = 0;
  #sealed: { header: Uint8Array; data: Uint8Array } | undefined;
  #parts = 0;
  #tabbed = false;

  constructor({ contentType, context, maxPartBytes = DEFAULT_MAX_PART_BYTES }: DecodeOptions) {
    const { protocol, boundary } = readEncryptedMediaType(contentType);
    const { protection } = context;
    if (protection === undefined || protocol.toLowerCase() !== protection.protocol.toLowerCase()) {
      throw violation(`it is protected by ${protocol}, not by ${protection?.protocol ?? 'anything'}`);
    }
    this.#context = context;
    this.#protection = protection;
    this.#boundary = boundary;
    this.#maxPartBytes = maxPartBytes;
  }

  /** Everything that was pushed has been given out: a message ends here. */
  get atMessageEnd(): boolean {
    return this.#buffer.length === 0 && (this.#state === 'message' || this.#closedByOpening);
  }

  /** Old services end with a delimiter that does not close, as the recording of MS-WSMV 4.5 does. */
  get #closedByOpening(): boolean {
    return this.#state === 'metadata' && this.#metadata.lines === 0 && this.#parts > 0;
  }

  /** The headers read so far had the tab of MS-WSMV 2.2.9.1.1.2.2. */
  get tabbed(): boolean {
    return this.#tabbed;
  }

  push(chunk: Uint8Array): void {
    this.#buffer.push(chunk);
  }

  /**
   * The next part; undefined when more bytes are needed. Do not call it again before it has settled.
   * @throws `ERR_PROTOCOL` for wrong framing, `ERR_MESSAGE_INTEGRITY` for a part that does not unseal.
   */
  async next(): Promise<DecryptedPart | undefined> {
    while (this.#advance()) {
      const sealed = this.#sealed;
      if (sealed !== undefined) {
        this.#sealed = undefined;
        return this.#unseal(sealed.header, sealed.data);
      }
    }
    return undefined;
  }

  /** To be called when no bytes follow. @throws `ERR_PROTOCOL` in the middle of a message, or when there was none. */
  end(): void {
    if (!this.atMessageEnd) throw violation('it ends too early');
    if (this.#parts === 0) throw violation('it is empty');
  }

  /** One step of the automaton; false when it needs more bytes. */
  #advance(): boolean {
    switch (this.#state) {
      case 'message':
        return this.#skipLineBreak() || this.#readDelimiter(() => this.#beginMetadata(), 'refuse');
      case 'metadata':
        return this.#isDelimiter()
          ? this.#readDelimiter(() => (this.#closedByOpening ? this.#beginMetadata() : this.#beginPayload()), 'refuse')
          : this.#readMetadataLine();
      case 'payload-headers':
        return this.#readPayloadHeader();
      case 'payload':
        return this.#readPayload();
      case 'after-payload':
        return this.#skipLineBreak() || this.#readDelimiter(() => this.#beginMetadata(), 'accept');
    }
  }

  #beginMetadata(): void {
    this.#metadata = { lines: 0 };
    this.#state = 'metadata';
  }

  #beginPayload(): void {
    const { protocol, length } = this.#metadata;
    if (protocol?.toLowerCase() !== this.#protection.protocol.toLowerCase()) {
      throw violation("its first part's Content-Type is not its protocol");
    }
    if (length === undefined) throw violation('it does not declare its length');
    this.#state = 'payload-headers';
  }

  /** True while the buffer starts like a delimiter line, or is too short to tell. */
  #isDelimiter(): boolean {
    return this.#buffer.at(0) === 0x2d;
  }

  #readDelimiter(onOpening: () => void, closing: 'accept' | 'refuse'): boolean {
    const plain = `--${this.#boundary}`;
    const text = this.#buffer.peekText(plain.length + 3);
    // Perhaps the line break before it, cut in two.
    if (text === '\r') return false;
    const spaced = text.startsWith('-- ') && !plain.startsWith('-- ');
    const delimiter = spaced ? `-- ${this.#boundary}` : plain;
    if (!text.startsWith(delimiter.slice(0, text.length))) {
      throw violation('a delimiter is expected and something else follows');
    }
    if (text.length < delimiter.length + 2) return false;
    const tail = text.slice(delimiter.length, delimiter.length + 2);
    if (tail === '\r\n') {
      onOpening();
    } else if (tail === '--' && closing === 'accept') {
      this.#state = 'message';
    } else {
      throw violation(
        tail === '--' ? 'it closes before it is complete' : 'a delimiter is not followed by a line break',
      );
    }
    this.#buffer.skip(delimiter.length + 2);
    return true;
  }

  /** A line break before a delimiter, which MIME has and Windows has not. */
  #skipLineBreak(): boolean {
    if (this.#buffer.at(0) !== 0x0d || this.#buffer.at(1) !== 0x0a) return false;
    this.#buffer.skip(2);
    return true;
  }

  #readLine(): string | undefined {
    const text = this.#buffer.peekText(MAX_LINE_BYTES);
    const end = text.indexOf('\r\n');
    if (end < 0) {
      if (text.length >= MAX_LINE_BYTES) throw violation('a header line is too long');
      return undefined;
    }
    this.#buffer.skip(end + 2);
    if (text.startsWith('\t')) this.#tabbed = true;
    return text.slice(0, end).trim();
  }

  #readMetadataLine(): boolean {
    const line = this.#readLine();
    if (line === undefined) return false;
    if (++this.#metadata.lines > MAX_METADATA_LINES) throw violation('it has too many headers');
    const [, written = '', value = ''] = /^([\w-]+):(.*)$/s.exec(line) ?? [];
    const name = written.toLowerCase();
    // A text in front of the sealed part is none of its headers: somebody on the way could have put it there.
    if (name === '') throw violation('text stands where the headers of its first part are');
    const isRepeated =
      (name === 'content-type' && this.#metadata.protocol !== undefined) ||
      (name === 'originalcontent' && this.#metadata.length !== undefined);
    if (isRepeated) throw violation(`its header ${name} is there twice`);
    if (name === 'content-type') this.#metadata.protocol = value.trim();
    if (name === 'originalcontent') this.#readOriginalContent(value.trim());
    return true;
  }

  /** `type=application/soap+xml;charset=UTF-8;Length=123`. */
  #readOriginalContent(value: string): void {
    const fields = new Map<string, string>();
    for (const field of value.split(';')) {
      const at = field.indexOf('=');
      fields.set(
        field.slice(0, at).trim().toLowerCase(),
        field
          .slice(at + 1)
          .trim()
          .replaceAll('"', ''),
      );
    }
    const length = fields.get('length') ?? '';
    if (!/^\d{1,10}$/.test(length)) throw violation('its declared length is not a number');
    this.#metadata.length = Number(length);
    if (this.#metadata.length > this.#maxPartBytes) {
      throw new CimletError(
        'ERR_RESPONSE_TOO_LARGE',
        `An encrypted message declares ${length} bytes, more than the ${this.#maxPartBytes} allowed.`,
        { hint: wording`Ask for less at a time${{ clause: wording`, or raise ${{ option: 'maxResponseBytes' }}` }}.` },
      );
    }
    const charset = fields.get('charset');
    this.#metadata.contentType = `${fields.get('type') ?? 'application/soap+xml'}${charset ? `;charset=${charset}` : ''}`;
  }

  #readPayloadHeader(): boolean {
    const line = this.#readLine();
    if (line === undefined) return false;
    if (!/^content-type:\s*application\/octet-stream$/i.test(line))
      throw violation('its second part is not application/octet-stream');
    this.#payloadHeaderLength = undefined;
    this.#payloadLength = 0;
    this.#state = 'payload';
    return true;
  }

  #readPayload(): boolean {
    const buffer = this.#buffer;
    if (this.#payloadHeaderLength === undefined) {
      if (buffer.length < 4) return false;
      this.#payloadHeaderLength = Buffer.from(buffer.take(4)).readUInt32LE();
      if (this.#payloadHeaderLength > MAX_SEAL_HEADER_BYTES) throw violation('the length of its signature is absurd');
    }
    const headerLength = this.#payloadHeaderLength;
    if (this.#protection.framing === 'tls-records') {
      if (!this.#measureTlsRecords()) return false;
      if (headerLength > this.#payloadLength) throw violation('the length of its trailer is more than it holds');
    } else {
      this.#payloadLength = headerLength + (this.#metadata.length ?? 0);
      if (buffer.length < this.#payloadLength) return false;
    }
    this.#sealed = { header: buffer.take(headerLength), data: buffer.take(this.#payloadLength - headerLength) };
    this.#state = 'after-payload';
    return true;
  }

  /** TLS records have more bytes than the message whose length is declared: they go on up to the next delimiter. */
  #measureTlsRecords(): boolean {
    const buffer = this.#buffer;
    for (;;) {
      const type = buffer.at(this.#payloadLength);
      if (type === undefined) return false;
      // Records start with 0x14 to 0x17, a delimiter with a hyphen or a line break.
      if (this.#payloadLength > 0 && (type === 0x2d || type === 0x0d)) return true;
      if (type < 0x14 || type > 0x17) throw violation('its payload is not TLS');
      const high = buffer.at(this.#payloadLength + 3);
      const low = buffer.at(this.#payloadLength + 4);
      if (high === undefined || low === undefined) return false;
      const length = high * 256 + low;
      if (length > MAX_TLS_RECORD_BYTES) throw violation('a TLS record is too long');
      const next = this.#payloadLength + TLS_RECORD_HEADER_BYTES + length;
      if (next > this.#maxPartBytes + MAX_SEAL_HEADER_BYTES) throw violation('its payload is longer than declared');
      if (buffer.length < next) return false;
      this.#payloadLength = next;
    }
  }

  async #unseal(header: Uint8Array, sealed: Uint8Array): Promise<DecryptedPart> {
    const { length, contentType = 'application/soap+xml' } = this.#metadata;
    const data = await this.#opened(header, sealed);
    if (data.length !== length) throw violation(`it declares ${length} bytes and holds ${data.length}`);
    this.#parts++;
    return { contentType, data };
  }

  async #opened(header: Uint8Array, sealed: Uint8Array): Promise<Uint8Array> {
    try {
      return await this.#protection.unwrap(header, sealed);
    } catch (error) {
      throw sealingFailure(this.#context, error);
    }
  }
}

function violation(what: string): CimletError {
  return new CimletError('ERR_PROTOCOL', `The encrypted message is malformed: ${what}.`);
}
