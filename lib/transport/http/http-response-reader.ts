import {
  areChunkExtensions,
  HttpSyntaxError,
  isHeaderLine,
  knownHead,
  type ResponseHead,
  readHead,
} from './http-head.js';

/** What a reader finds, in order: one head, any number of pieces, one end. */
export interface ResponseEvents {
  head(head: ResponseHead): void;
  data(piece: Uint8Array): void;
  /** `reusable`: another request may follow on the connection. */
  end(reusable: boolean): void;
}

/** Room for tokens in `WWW-Authenticate`, which reach some ten kilobytes with CredSSP's certificates. */
const MAX_HEAD_BYTES = 64 * 1024;
/** A chunk's size with its extensions, and a trailer's line. */
const MAX_LINE_BYTES = 4096;
/** Of all chunks of a response, as node:http has it. */
const MAX_EXTENSION_BYTES = 16 * 1024;

/** Before one response; nobody waits for more than a "100 Continue". */
const MOST_INTERIM = 16;

type State = 'head' | 'length' | 'untilClose' | 'chunkSize' | 'chunkData' | 'chunkEnd' | 'trailer' | 'done';

/**
 * Reads the response to one POST out of bytes that arrive in any pieces (RFC 9112). What the RFC allows to be read in two ways is
 * refused: both lengths, a repeated length, folded lines, bare line feeds, two types of content. A few interim responses are passed over.
 */
export class HttpResponseReader {
  readonly #events: ResponseEvents;
  readonly #oneWay: boolean;
  #state: State = 'head';
  /** Bytes of an unfinished head or line. */
  #held: Buffer | undefined;
  #left = 0;
  #trailerBytes = 0;
  #extensionBytes = 0;
  #interim = 0;
  #keepAlive = false;

  /** @param oneWay a success that declares no body has none, although RFC 9112 6.3 would read on to the end of the connection. */
  constructor(events: ResponseEvents, oneWay = false) {
    this.#events = events;
    this.#oneWay = oneWay;
  }

  /** @throws {@link HttpSyntaxError} */
  write(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      switch (this.#state) {
        case 'head':
          at = this.#head(bytes, at);
          break;
        case 'length':
          at = this.#body(bytes, at);
          if (this.#left === 0) this.#end(this.#keepAlive && at === bytes.length);
          break;
        case 'untilClose':
          this.#events.data(bytes.subarray(at));
          return;
        case 'chunkData':
          at = this.#body(bytes, at);
          if (this.#left === 0) this.#state = 'chunkEnd';
          break;
        case 'chunkSize':
        case 'chunkEnd':
        case 'trailer':
          at = this.#line(bytes, at);
          break;
        case 'done':
          throw new HttpSyntaxError('HPE_CLOSED_CONNECTION', 'Bytes follow a finished response.', bytes);
      }
    }
  }

  /** The peer sends no more. False when that cuts the response off. */
  close(): boolean {
    if (this.#state === 'untilClose') this.#end(false);
    return this.#state === 'done';
  }

  #head(bytes: Buffer, from: number): number {
    const known = this.#held === undefined ? knownHead(bytes, from) : undefined;
    if (known !== undefined) return this.#take(known.head, bytes, from + known.bytes.length);
    const before = this.#held?.length ?? 0;
    const all = this.#held === undefined ? bytes.subarray(from) : Buffer.concat([this.#held, bytes.subarray(from)]);
    const end = all.indexOf('\r\n\r\n', Math.max(0, before - 3), 'latin1');
    if (end > MAX_HEAD_BYTES || (end < 0 && all.length > MAX_HEAD_BYTES)) {
      throw new HttpSyntaxError('HPE_HEADER_OVERFLOW', `The head is longer than ${MAX_HEAD_BYTES} bytes.`, all);
    }
    if (end < 0) {
      refuseOther(all);
      this.#held = all;
      return bytes.length;
    }
    this.#held = undefined;
    return this.#take(readHead(all, end), bytes, from + end + 4 - before);
  }

  /** A head ended before `next`. */
  #take(head: ResponseHead, bytes: Buffer, next: number): number {
    if (head.status < 200) {
      if (head.status === 101) throw new HttpSyntaxError('HPE_INVALID_STATUS', 'The server changes protocols.', bytes);
      if (++this.#interim > MOST_INTERIM) {
        throw new HttpSyntaxError('HPE_INVALID_STATUS', `More than ${MOST_INTERIM} interim responses.`, bytes);
      }
      return next;
    }
    this.#keepAlive = head.keepAlive;
    this.#events.head(head);
    const isLast = next === bytes.length;
    const isBare = this.#oneWay && head.status < 300 && head.length === undefined && head.keepAlive && isLast;
    if (head.status === 204 || head.status === 304 || head.length === 0 || isBare) {
      this.#end(this.#keepAlive && isLast);
    } else if (head.length === 'chunked') this.#state = 'chunkSize';
    else if (head.length === undefined) this.#state = 'untilClose';
    else {
      this.#left = head.length;
      this.#state = 'length';
    }
    return next;
  }

  #body(bytes: Buffer, from: number): number {
    const to = Math.min(bytes.length, from + this.#left);
    this.#left -= to - from;
    this.#events.data(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to));
    return to;
  }

  /** Takes what is there of a line, and acts when it is whole. */
  #line(bytes: Buffer, from: number): number {
    const feed = bytes.indexOf(0x0a, from);
    const to = feed < 0 ? bytes.length : feed + 1;
    const piece = bytes.subarray(from, to);
    const line = this.#held === undefined ? piece : Buffer.concat([this.#held, piece]);
    if (line.length > MAX_LINE_BYTES) throw badChunk('A line of the chunked body is too long.', line);
    if (feed < 0) {
      this.#held = line;
      return to;
    }
    this.#held = undefined;
    if (line[line.length - 2] !== 0x0d)
      throw badChunk('A line of the chunked body ends without a carriage return.', line);
    this.#act(line.toString('latin1', 0, line.length - 2), line, to === bytes.length);
    return to;
  }

  #act(line: string, raw: Buffer, isLast: boolean): void {
    if (this.#state === 'chunkEnd') {
      if (line !== '') throw badChunk('A chunk is longer than its size.', raw);
      this.#state = 'chunkSize';
    } else if (this.#state === 'trailer') {
      this.#trailerBytes += raw.length;
      if (this.#trailerBytes > MAX_HEAD_BYTES) {
        throw new HttpSyntaxError('HPE_HEADER_OVERFLOW', `The trailers are longer than ${MAX_HEAD_BYTES} bytes.`, raw);
      }
      if (line === '') this.#end(this.#keepAlive && isLast);
      else if (!isHeaderLine(line))
        throw new HttpSyntaxError('HPE_INVALID_HEADER_TOKEN', 'A trailer is malformed.', raw);
    } else {
      const size = /^[0-9A-Fa-f]{1,12}(?=[ \t;]|$)/.exec(line)?.[0];
      if (size === undefined) throw badChunk('A chunk begins with no size.', raw);
      const extensions = line.slice(size.length);
      this.#extensionBytes += extensions.length;
      if (!areChunkExtensions(extensions)) throw badChunk('What follows the size of a chunk is malformed.', raw);
      if (this.#extensionBytes > MAX_EXTENSION_BYTES) {
        throw new HttpSyntaxError(
          'HPE_CHUNK_EXTENSIONS_OVERFLOW',
          `Chunk extensions of more than ${MAX_EXTENSION_BYTES} bytes.`,
          raw,
        );
      }
      this.#left = Number.parseInt(size, 16);
      this.#state = this.#left === 0 ? 'trailer' : 'chunkData';
    }
  }

  #end(reusable: boolean): void {
    this.#state = 'done';
    this.#events.end(reusable);
  }
}

function badChunk(message: string, raw: Buffer): HttpSyntaxError {
  return new HttpSyntaxError('HPE_INVALID_CHUNK_SIZE', message, raw);
}

/** What cannot become HTTP is refused at once: its sender may be waiting for us. */
function refuseOther(bytes: Buffer): void {
  const start = 'HTTP/1.';
  const text = bytes.toString('latin1', 0, start.length);
  if (start.startsWith(text)) return;
  throw new HttpSyntaxError('HPE_INVALID_CONSTANT', 'Expected HTTP/1.', bytes);
}
