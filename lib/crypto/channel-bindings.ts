import { createHash } from 'node:crypto';
import { CimletError } from '../base/errors.js';
import { contextTag, DerReader, DerTag, decodeOid } from './der.js';

/** Hash by the certificate's signature algorithm; what is missing here gets SHA-256. */
const HASH_BY_ALGORITHM: ReadonlyMap<string, string> = new Map([
  // Hashes themselves, as RSASSA-PSS parameters name them (RFC 4055).
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  // RSASSA-PKCS1-v1_5 (RFC 4055).
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.113549.1.1.14', 'sha224'],
  // ECDSA (RFC 5758).
  ['1.2.840.10045.4.3.1', 'sha224'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
  // DSA (RFC 5758).
  ['2.16.840.1.101.3.4.3.1', 'sha224'],
]);

const RSASSA_PSS = '1.2.840.113549.1.1.10';

/**
 * `tls-server-end-point` channel bindings (RFC 5929 section 4): the prefix and the hash of the server's certificate, by the hash of its
 * signature algorithm. MD5 and SHA-1 are replaced by SHA-256 as the RFC orders; so is an algorithm with no single hash (Ed25519) or one unknown here.
 * @param certificate the server's certificate as DER.
 * @throws `ERR_PROTOCOL` when it is not a certificate.
 */
export function tlsServerEndPoint(certificate: Uint8Array): Uint8Array {
  const digest = createHash(hashOfSignature(certificate)).update(certificate).digest();
  return Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), digest]);
}

/** The hash for {@link tlsServerEndPoint}, in OpenSSL's spelling. */
function hashOfSignature(certificate: Uint8Array): string {
  try {
    // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue } (RFC 5280 4.1).
    const fields = new DerReader(certificate).enter(DerTag.sequence);
    fields.read(DerTag.sequence);
    const algorithm = fields.enter(DerTag.sequence);
    const oid = decodeOid(algorithm.read(DerTag.oid));
    const deciding = oid === RSASSA_PSS ? pssHash(algorithm) : oid;
    return (deciding && HASH_BY_ALGORITHM.get(deciding)) || 'sha256';
  } catch (cause) {
    throw new CimletError('ERR_PROTOCOL', "The server's certificate could not be read for channel bindings.", {
      cause,
    });
  }
}

/** RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] DEFAULT sha1, … } (RFC 4055 3.1). */
function pssHash(algorithm: DerReader): string | undefined {
  const hash = algorithm.enterOptional(DerTag.sequence)?.enterOptional(contextTag(0))?.enter(DerTag.sequence);
  return hash && decodeOid(hash.read(DerTag.oid));
}
