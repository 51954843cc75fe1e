import { invalidArgument } from '../../base/errors.js';

/** The bytes are not HTTP/1.1, or are HTTP that can be read in two ways. */
export class HttpSyntaxError extends Error {
  /** As llhttp, the parser of node:http, names the fault. */
  readonly code: string;
  /** Where it was found. */
  declare readonly rawPacket: Uint8Array;

  constructor(code: string, message: string, rawPacket: Uint8Array) {
    super(message);
    this.code = code;
    // It may hold a token, which a printed error must not show.
    Object.defineProperty(this, 'rawPacket', { value: rawPacket, enumerable: false });
  }
}

export interface ResponseHead {
  readonly status: number;
  /** By lower-case name; the values of a repeated one are joined by a comma, where it is a list. */
  readonly headers: ReadonlyMap<string, string>;
  /** One entry a header. */
  readonly wwwAuthenticate: readonly string[];
  /** Undefined: the body ends with the connection. */
  readonly length: number | 'chunked' | undefined;
  /** The server leaves the connection open. */
  readonly keepAlive: boolean;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
// White space around the value is taken off afterwards: looked for here, it would be tried in every part.
const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)$/;
/** There is one of these, so that two that differ can be read in two ways (RFC 9110 5.3). */
const SINGLE = new Set(['content-type', 'location']);
const NO_CHALLENGES: readonly string[] = [];

/** One header as a trailer has it. */
export function isHeaderLine(line: string): boolean {
  return HEADER_LINE.test(line);
}

/** Extensions of a chunk (RFC 9112 7.1.1), which say nothing here. */
const CHUNK_EXTENSIONS =
  /^(?:[ \t]*;[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*=[ \t]*(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"(?:[\t\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"))?)*[ \t]*$/;

/** What may stand behind the size of a chunk. */
export function areChunkExtensions(text: string): boolean {
  return text === '' || CHUNK_EXTENSIONS.test(text);
}

/** A head that was read, and its bytes with the empty line. */
interface KnownHead {
  readonly bytes: Buffer;
  readonly head: ResponseHead;
}

/** Within a second, one server's heads are mostly the same. */
let latest: KnownHead | undefined;

/** The head that stands at `from`, when it is the one that was read last, byte by byte. */
export function knownHead(bytes: Buffer, from: number): KnownHead | undefined {
  if (latest === undefined || bytes.length - from < latest.bytes.length) return undefined;
  return bytes.compare(latest.bytes, 0, latest.bytes.length, from, from + latest.bytes.length) === 0
    ? latest
    : undefined;
}

/**
 * Reads the head of a response (RFC 9112 4, 5) that `bytes` begin with; `length`: without its empty line. The bytes go into the error.
 * @throws {@link HttpSyntaxError}
 */
export function readHead(bytes: Buffer, length: number): ResponseHead {
  const head = parseHead(bytes.toString('latin1', 0, length), bytes);
  // Tokens are not kept.
  if (head.wwwAuthenticate.length === 0) latest = { bytes: Buffer.from(bytes.subarray(0, length + 4)), head };
  return head;
}

function parseHead(text: string, raw: Uint8Array): ResponseHead {
  const lines = text.split('\r\n');
  const [, minor, status] = STATUS_LINE.exec(lines[0] ?? '') ?? [];
  if (status === undefined) throw new HttpSyntaxError('HPE_INVALID_CONSTANT', 'Expected a status line.', raw);
  const headers = new Map<string, string>();
  let wwwAuthenticate: string[] | undefined;
  for (let i = 1; i < lines.length; i++) {
    const [, spelled, padded] = HEADER_LINE.exec(lines[i] ?? '') ?? [];
    if (spelled === undefined || padded === undefined) {
      throw new HttpSyntaxError('HPE_INVALID_HEADER_TOKEN', 'A header line is malformed.', raw);
    }
    const name = spelled.toLowerCase();
    const value = trimmed(padded);
    if (name === 'www-authenticate') {
      wwwAuthenticate ??= [];
      wwwAuthenticate.push(value);
    }
    const before = headers.get(name);
    if (before === undefined) headers.set(name, value);
    else if (!SINGLE.has(name)) headers.set(name, `${before}, ${value}`);
    else if (before !== value) throw new HttpSyntaxError('HPE_INVALID_HEADER_TOKEN', `Two values of ${name}.`, raw);
  }
  return {
    status: Number(status),
    headers,
    wwwAuthenticate: wwwAuthenticate ?? NO_CHALLENGES,
    length: bodyLength(headers, raw),
    // HTTP/1.0 knows no transfer codings, so that the framing of such a response may be faulty (RFC 9112 6.1).
    keepAlive:
      staysOpen(headers.get('connection'), minor === '1') && (minor === '1' || !headers.has('transfer-encoding')),
  };
}

/** Without the spaces and tabs around it (RFC 9112 5.1). `trim` takes off more. */
function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  while (isBlank(value.charCodeAt(start))) start++;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

function bodyLength(headers: ReadonlyMap<string, string>, raw: Uint8Array): ResponseHead['length'] {
  const length = headers.get('content-length');
  const coding = headers.get('transfer-encoding');
  if (coding !== undefined) {
    if (length !== undefined) {
      throw new HttpSyntaxError('HPE_INVALID_TRANSFER_ENCODING', 'Content-Length beside Transfer-Encoding.', raw);
    }
    if (coding.toLowerCase() === 'chunked') return 'chunked';
    throw new HttpSyntaxError('HPE_INVALID_TRANSFER_ENCODING', 'A transfer coding that was not asked for.', raw);
  }
  if (length === undefined) return undefined;
  if (/^\d{1,15}$/.test(length)) return Number(length);
  throw new HttpSyntaxError('HPE_INVALID_CONTENT_LENGTH', 'Content-Length is not one number.', raw);
}

function staysOpen(connection: string | undefined, isHttp11: boolean): boolean {
  if (connection === undefined) return isHttp11;
  const options = connection.toLowerCase().split(',');
  if (options.some((option) => option.trim() === 'close')) return false;
  return isHttp11 || options.some((option) => option.trim() === 'keep-alive');
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const NO_HEADER_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * The head of a POST, but for what {@link headEnd} says.
 * @throws `ERR_INVALID_ARGUMENT` for a header that would end early, naming it and never its value.
 */
export function writeHead(path: string, headers: Readonly<Record<string, string>>): string {
  let head = `POST ${path} HTTP/1.1\r\n`;
  for (const name in headers) {
    const value = headers[name] ?? '';
    if (!HEADER_NAME.test(name) || NO_HEADER_VALUE.test(value)) {
      throw invalidArgument('headers', name, 'A header takes the characters of one line of Latin-1 text.');
    }
    head += `${name}: ${value}\r\n`;
  }
  return head;
}

/** The end of a head: how long the body is, and the empty line. */
export function headEnd(bodyLength: number): string {
  return `Content-Length: ${bodyLength}\r\nConnection: keep-alive\r\n\r\n`;
}
