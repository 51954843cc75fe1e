import { CimletError } from '../../../base/errors.js';
import {
  applicationTag,
  contextTag,
  DerReader,
  DerTag,
  decodeBitString,
  decodeInteger,
  decodeSmallInteger,
} from '../../../crypto/der.js';
import { type Fact, factsOf, type Report } from './report.js';

/** Kerberos messages by their application tag (RFC 4120 5.10), as far as GSSAPI carries them. */
const AP_REQ = applicationTag(14);
const AP_REP = applicationTag(15);
const KRB_ERROR = applicationTag(30);

/** RFC 3961 8, RFC 8009, RFC 4757. */
const ENCRYPTION_TYPES: Readonly<Record<number, string>> = {
  1: 'des-cbc-crc',
  3: 'des-cbc-md5',
  16: 'des3-cbc-sha1-kd',
  17: 'aes128-cts-hmac-sha1-96',
  18: 'aes256-cts-hmac-sha1-96',
  19: 'aes128-cts-hmac-sha256-128',
  20: 'aes256-cts-hmac-sha384-192',
  23: 'rc4-hmac',
  24: 'rc4-hmac-exp',
};

/** RFC 4120 6.2. */
const NAME_TYPES: Readonly<Record<number, string>> = {
  0: 'unknown',
  1: 'principal',
  2: 'service instance',
  3: 'service with host',
  10: 'enterprise',
};

/** RFC 4120 7.5.9: the codes that a client of a service meets. */
const ERROR_CODES: Readonly<Record<number, string>> = {
  6: 'KDC_ERR_C_PRINCIPAL_UNKNOWN',
  7: 'KDC_ERR_S_PRINCIPAL_UNKNOWN',
  14: 'KDC_ERR_ETYPE_NOSUPP',
  31: 'KRB_AP_ERR_BAD_INTEGRITY',
  32: 'KRB_AP_ERR_TKT_EXPIRED',
  33: 'KRB_AP_ERR_TKT_NYV',
  34: 'KRB_AP_ERR_REPEAT',
  35: 'KRB_AP_ERR_NOT_US',
  36: 'KRB_AP_ERR_BADMATCH',
  37: 'KRB_AP_ERR_SKEW',
  41: 'KRB_AP_ERR_MODIFIED',
  44: 'KRB_AP_ERR_BADKEYVER',
  45: 'KRB_AP_ERR_NOKEY',
  60: 'KRB_ERR_GENERIC',
};

/** A Kerberos message, with or without GSSAPI's two-byte token id before it (RFC 4121 4.1). What is encrypted stays so. */
export function kerberosReport(bytes: Uint8Array): Report {
  const hasTokenId = bytes[0] !== undefined && bytes[0] < 4 && bytes[1] === 0;
  const message = hasTokenId ? bytes.subarray(2) : bytes;
  switch (message[0]) {
    case AP_REQ:
      return apReq(sequenceIn(message, AP_REQ), bytes.length);
    case AP_REP:
      return apRep(sequenceIn(message, AP_REP), bytes.length);
    case KRB_ERROR:
      return krbError(sequenceIn(message, KRB_ERROR), bytes.length);
    default:
      throw new CimletError('ERR_PROTOCOL', 'It is not a Kerberos AP-REQ, AP-REP or KRB-ERROR.');
  }
}

/** True when {@link kerberosReport} may be able to read it. */
export function isKerberosMessage(bytes: Uint8Array): boolean {
  const first = bytes[0] !== undefined && bytes[0] < 4 && bytes[1] === 0 ? bytes[2] : bytes[0];
  return first === AP_REQ || first === AP_REP || first === KRB_ERROR;
}

function apReq(fields: DerReader, length: number): Report {
  header(fields);
  const options = decodeBitString(fields.enter(contextTag(2)).read(DerTag.bitString)).bytes[0] ?? 0;
  const ticket = sequenceIn(fields.read(contextTag(3)), applicationTag(1));
  const authenticator = encryption(fields.enter(contextTag(4)).enter(DerTag.sequence));
  ticket.read(contextTag(0));
  const realm = text(ticket.enter(contextTag(1)));
  const service = principal(ticket.enter(contextTag(2)).enter(DerTag.sequence));
  return {
    title: `Kerberos AP-REQ (${length} bytes)`,
    facts: factsOf([
      [
        'options',
        [options & 0x40 ? 'use-session-key' : '', options & 0x20 ? 'mutual-required' : ''].filter(Boolean).join(' ') ||
          'none',
      ],
      ['service', `${service.name}@${realm}`],
      ['name type', service.type],
      ['ticket', encryption(ticket.enter(contextTag(3)).enter(DerTag.sequence))],
      ['authenticator', authenticator],
    ]),
    parts: [],
  };
}

function apRep(fields: DerReader, length: number): Report {
  header(fields);
  const facts: Fact[] = [['encrypted part', encryption(fields.enter(contextTag(2)).enter(DerTag.sequence))]];
  return { title: `Kerberos AP-REP (${length} bytes)`, facts, parts: [] };
}

function krbError(fields: DerReader, length: number): Report {
  header(fields);
  const optional = (number: number) => fields.enterOptional(contextTag(number));
  optional(2);
  optional(3);
  const serverTime = text(optional(4));
  optional(5);
  const code = decodeSmallInteger(fields.enter(contextTag(6)).read(DerTag.integer));
  const clientRealm = text(optional(7));
  optional(8);
  const realm = text(optional(9));
  const service = optional(10);
  const name = service && principal(service.enter(DerTag.sequence)).name;
  const message = text(optional(11));
  return {
    title: `Kerberos KRB-ERROR (${length} bytes)`,
    facts: factsOf([
      ['error', `${code} ${ERROR_CODES[code] ?? ''}`.trimEnd()],
      ['text', message],
      ['server time', serverTime],
      ['client realm', clientRealm],
      ['service', name === undefined ? undefined : `${name}@${realm ?? ''}`],
    ]),
    parts: [],
  };
}

/** pvno and msg-type. */
function header(fields: DerReader): void {
  fields.read(contextTag(0));
  fields.read(contextTag(1));
}

function sequenceIn(bytes: Uint8Array, tag: number): DerReader {
  return new DerReader(bytes).enter(tag).enter(DerTag.sequence);
}

function principal(fields: DerReader): { readonly name: string; readonly type: string } {
  const type = decodeSmallInteger(fields.enter(contextTag(0)).read(DerTag.integer));
  const names = [...fields.enter(contextTag(1)).enter(DerTag.sequence)].map(({ value }) => utf8(value));
  return { name: names.join('/'), type: NAME_TYPES[type] ?? String(type) };
}

function encryption(fields: DerReader): string {
  const type = decodeSmallInteger(fields.enter(contextTag(0)).read(DerTag.integer));
  const version = fields.enterOptional(contextTag(1));
  const kvno = version && decodeInteger(version.read(DerTag.integer));
  const cipher = fields.enter(contextTag(2)).read(DerTag.octetString);
  return `${cipher.length} bytes of ${ENCRYPTION_TYPES[type] ?? `encryption type ${type}`}${kvno === undefined ? '' : `, key version ${kvno}`}`;
}

function text(field: DerReader | undefined): string | undefined {
  return field && utf8(field.next().value);
}

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
