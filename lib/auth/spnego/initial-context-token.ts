import { applicationTag, DerReader, DerTag, decodeOid, encodeDer, encodeOid } from '../../crypto/der.js';

const INITIAL_CONTEXT_TOKEN = applicationTag(0);

/** GSSAPI's frame around a mechanism's first token (RFC 2743 3.1). */
export interface InitialContextToken {
  readonly oid: string;
  readonly innerToken: Uint8Array;
}

/** True when `bytes` begin like a framed token; NTLM's never do. */
export function isInitialContextToken(bytes: Uint8Array): boolean {
  return bytes[0] === INITIAL_CONTEXT_TOKEN;
}

/** @throws ERR_PROTOCOL when the frame is malformed or something follows it. */
export function parseInitialContextToken(bytes: Uint8Array): InitialContextToken {
  const outer = new DerReader(bytes);
  const content = outer.read(INITIAL_CONTEXT_TOKEN);
  outer.end();
  const oid = new DerReader(content).next();
  return {
    oid: decodeOid(new DerReader(content).read(DerTag.oid)),
    innerToken: new Uint8Array(content.subarray(oid.encoded.length)),
  };
}

export function encodeInitialContextToken(oid: string, innerToken: Uint8Array): Uint8Array {
  return encodeDer(INITIAL_CONTEXT_TOKEN, encodeOid(oid), innerToken);
}
