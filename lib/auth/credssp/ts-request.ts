import { CimletError } from '../../base/errors.js';
import {
  contextTag,
  DerReader,
  DerTag,
  decodeSmallInteger,
  encodeDer,
  encodeInteger,
  encodeOctetString,
  encodeSequence,
} from '../../crypto/der.js';

/** CredSSP's envelope, always inside TLS (MS-CSSP 2.2.1). */
export interface TsRequest {
  /** The sender's highest version. */
  readonly version: number;
  /** A SPNEGO token. */
  readonly negoToken?: Uint8Array;
  /** The delegated credential, sealed. */
  readonly authInfo?: Uint8Array;
  /** The proof of the TLS channel's public key, sealed. */
  readonly pubKeyAuth?: Uint8Array;
  /** NTSTATUS. */
  readonly errorCode?: number;
  /** 32 random bytes, since version 5. */
  readonly clientNonce?: Uint8Array;
}

/** @throws ERR_PROTOCOL when it breaks its format. */
export function parseTsRequest(bytes: Uint8Array): TsRequest {
  const outer = new DerReader(bytes);
  const fields = outer.enter(DerTag.sequence);
  outer.end();
  const version = only(fields.enter(contextTag(0)), (reader) => decodeSmallInteger(reader.read(DerTag.integer)));
  const negoToken = optional(fields, 1, parseNegoData);
  const authInfo = optional(fields, 2, octets);
  const pubKeyAuth = optional(fields, 3, octets);
  const errorCode = optional(fields, 4, (reader) => decodeSmallInteger(reader.read(DerTag.integer)) >>> 0);
  const clientNonce = optional(fields, 5, octets);
  fields.end();
  return {
    version,
    ...(negoToken !== undefined && { negoToken }),
    ...(authInfo !== undefined && { authInfo }),
    ...(pubKeyAuth !== undefined && { pubKeyAuth }),
    ...(errorCode !== undefined && { errorCode }),
    ...(clientNonce !== undefined && { clientNonce }),
  };
}

export function encodeTsRequest(request: TsRequest): Uint8Array {
  const fields = [encodeDer(contextTag(0), encodeInteger(request.version))];
  if (request.negoToken !== undefined) {
    const item = encodeSequence(encodeDer(contextTag(0), encodeOctetString(request.negoToken)));
    fields.push(encodeDer(contextTag(1), encodeSequence(item)));
  }
  if (request.authInfo !== undefined) fields.push(encodeDer(contextTag(2), encodeOctetString(request.authInfo)));
  if (request.pubKeyAuth !== undefined) fields.push(encodeDer(contextTag(3), encodeOctetString(request.pubKeyAuth)));
  // An NTSTATUS is a signed 32-bit integer.
  if (request.errorCode !== undefined) fields.push(encodeDer(contextTag(4), encodeInteger(request.errorCode | 0)));
  if (request.clientNonce !== undefined) fields.push(encodeDer(contextTag(5), encodeOctetString(request.clientNonce)));
  return encodeSequence(...fields);
}

/** NegoData: a list, in which nobody sends more than one token. */
function parseNegoData(reader: DerReader): Uint8Array {
  const list = reader.enter(DerTag.sequence);
  const item = list.enter(DerTag.sequence);
  if (!list.done) throw new CimletError('ERR_PROTOCOL', 'Malformed TSRequest: more than one negoToken.');
  const token = only(item.enter(contextTag(0)), octets);
  item.end();
  return token;
}

function optional<T>(fields: DerReader, tag: number, read: (reader: DerReader) => T): T | undefined {
  const field = fields.enterOptional(contextTag(tag));
  return field === undefined ? undefined : only(field, read);
}

function only<T>(reader: DerReader, read: (reader: DerReader) => T): T {
  const value = read(reader);
  reader.end();
  return value;
}

function octets(reader: DerReader): Uint8Array {
  return new Uint8Array(reader.read(DerTag.octetString));
}
