import { type Fact, hex, type Report } from './report.js';

const DELIMITER = /--[ ]?Encrypted Boundary/g;
/** A signature or token header longer than this is a misread length. */
const LONGEST_HEADER = 64 * 1024;

/** True for bytes that begin as a multipart/encrypted body does. */
export function isEncryptedBody(bytes: Uint8Array): boolean {
  return /^\s*--[ ]?Encrypted Boundary\r?\n/.test(latin1(bytes.subarray(0, 64)));
}

/**
 * How a multipart/encrypted body is put together (MS-WSMV 2.2.9.1): its parts, their declared and real lengths, the signature before
 * the sealed bytes. Without the session's keys nothing can be unsealed.
 */
export function encryptedReport(bytes: Uint8Array): Report {
  const body = latin1(bytes);
  const delimiters = [...body.matchAll(DELIMITER)];
  const parts: Report[] = [];
  for (const [index, delimiter] of delimiters.entries()) {
    const start = delimiter.index + delimiter[0].length;
    if (body.startsWith('--', start)) break;
    const end = delimiters[index + 1]?.index ?? body.length;
    parts.push(sectionReport(body.slice(start, end), bytes.subarray(start, end)));
  }
  const closed = /--[ ]?Encrypted Boundary--\s*$/.test(body);
  return {
    title: `multipart/encrypted body (${bytes.length} bytes)`,
    facts: [
      ['messages', String(Math.ceil(parts.length / 2))],
      ['end', closed ? 'closing delimiter found' : 'the closing delimiter is missing: the body is cut'],
    ],
    parts,
  };
}

function sectionReport(text: string, bytes: Uint8Array): Report {
  const binary = /^\r?\n\t?Content-Type:\s*application\/octet-stream\r?\n/i.exec(text);
  if (binary) return sealedReport(bytes.subarray(binary[0].length));
  const field = (pattern: RegExp) => pattern.exec(text)?.[1]?.trim() ?? '(missing)';
  return {
    title: 'description',
    facts: [
      ['protocol', field(/Content-Type:\s*([^\r\n]+)/i)],
      ['original content', field(/OriginalContent:\s*type=([^\r\n]+?);\s*Length=/i)],
      ['original length', field(/Length=(\d+)/i)],
    ],
    parts: [],
  };
}

function sealedReport(payload: Uint8Array): Report {
  const title = `sealed part (${payload.length} bytes)`;
  const length = payload.length < 4 ? -1 : Buffer.from(payload.subarray(0, 4)).readUInt32LE();
  if (length < 0 || length > LONGEST_HEADER || 4 + length > payload.length) {
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
