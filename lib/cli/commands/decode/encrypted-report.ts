import { type Fact, hex, type Report } from './report.js';

const DELIMITER = /--[ ]?Encrypted Boundary/g;
const OCTETS = /^\r?\n[\t ]*Content-Type:\s*application\/octet-stream\r?\n/i;
/** A signature or token header longer than this is a misread length. */
const LONGEST_HEADER = 64 * 1024;

/** True for bytes that begin as a multipart/encrypted body does. */
export function isEncryptedBody(bytes: Uint8Array): boolean {
  return /^\s*--[ ]?Encrypted Boundary\r?\n/.test(latin1(bytes.subarray(0, 64)));
}

/**
 * How a multipart/encrypted body is put together (MS-WSMV 2.2.9.1): the parts of every message in it, of which the answer of a long operation
 * has several, their declared and real lengths, the signature before the sealed bytes. Without the session's keys nothing can be unsealed.
 */
export function encryptedReport(bytes: Uint8Array): Report {
  const body = latin1(bytes);
  const parts: Report[] = [];
  let messages = 0;
  let declared = 0;
  let isDescribed = false;
  let isClosed = false;
  for (let at = nextDelimiter(body, 0); at !== undefined; at = nextDelimiter(body, at)) {
    isClosed = body.startsWith('--', at);
    if (isClosed || /^-?\s*$/.test(body.slice(at))) continue;
    const rest = body.slice(at, at + 1024);
    const binary = OCTETS.exec(rest);
    if (binary === null && isDescribed) {
      isDescribed = false;
      parts.push(sealedReport(new Uint8Array()));
      continue;
    }
    if (binary === null) {
      isDescribed = true;
      const end = nextDelimiterStart(body, at) ?? body.length;
      messages++;
      declared = Number(/Length=(\d{1,10})/i.exec(body.slice(at, end))?.[1] ?? 0);
      parts.push(descriptionReport(body.slice(at, end)));
      continue;
    }
    isDescribed = false;
    const start = at + binary[0].length;
    // Sealed bytes may hold anything, a delimiter too.
    const end = nextDelimiterStart(body, start + sealedLength(bytes.subarray(start), declared)) ?? body.length;
    parts.push(sealedReport(withoutLineBreak(bytes.subarray(start, end), declared)));
    at = end;
  }
  return {
    title: `multipart/encrypted body (${bytes.length} bytes)`,
    facts: [
      ['messages', String(messages)],
      ['end', isClosed ? 'closing delimiter found' : 'the closing delimiter is missing: the body is cut'],
    ],
    parts,
  };
}

function nextDelimiterStart(body: string, from: number): number | undefined {
  DELIMITER.lastIndex = from;
  return DELIMITER.exec(body)?.index;
}

/** Where the first delimiter from there on ends. */
function nextDelimiter(body: string, from: number): number | undefined {
  DELIMITER.lastIndex = from;
  return DELIMITER.test(body) ? DELIMITER.lastIndex : undefined;
}

/** Of signature and sealed bytes with NTLM and Kerberos; CredSSP's records may be shorter than what they hold is declared to be. */
function sealedLength(payload: Uint8Array, declared: number): number {
  const header = headerLength(payload);
  const isTls = payload[4] === 0x17 && payload[5] === 0x03;
  return header === undefined || isTls ? 0 : Math.min(4 + header + declared, payload.length);
}

function withoutLineBreak(payload: Uint8Array, declared: number): Uint8Array {
  const whole = sealedLength(payload, declared);
  return whole > 0 && payload.length === whole + 2 ? payload.subarray(0, whole) : payload;
}

function headerLength(payload: Uint8Array): number | undefined {
  const length = payload.length < 4 ? -1 : Buffer.from(payload.subarray(0, 4)).readUInt32LE();
  return length < 0 || length > LONGEST_HEADER || 4 + length > payload.length ? undefined : length;
}

function descriptionReport(text: string): Report {
  const field = (pattern: RegExp) => pattern.exec(text)?.[1]?.trim() ?? '(missing)';
  return {
    title: 'description',
    facts: [
      ['protocol', field(/Content-Type:\s*([^\r\n]+)/i)],
      ['original content', field(/OriginalContent:\s*type=([^\r\n;=]+(?:;\s*charset=[^\r\n;=]+)?);\s*Length=/i)],
      ['original length', field(/Length=(\d+)/i)],
    ],
    parts: [],
  };
}

function sealedReport(payload: Uint8Array): Report {
  const title = `sealed part (${payload.length} bytes)`;
  const length = headerLength(payload);
  if (length === undefined) {
    const facts: Fact[] = [['header', 'its length does not fit: the body is cut or damaged']];
    return { title, facts, parts: [] };
  }
  const header = payload.subarray(4, 4 + length);
  return {
    title,
    facts: [
      ['header', `${length} bytes, ${headerKind(header)}`],
      ['data', `${payload.length - 4 - length} bytes`],
    ],
    parts: [],
  };
}

function headerKind(header: Uint8Array): string {
  const view = Buffer.from(header);
  if (header.length === 16 && view.readUInt32LE(0) === 1)
    return `NTLM signature with sequence number ${view.readUInt32LE(12)}`;
  if (header[0] === 0x05 && header[1] === 0x04) return 'Kerberos wrap token (RFC 4121)';
  if (header[0] === 0x17 && header[1] === 0x03) return 'TLS record of CredSSP';
  return hex(header.subarray(0, 16));
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
