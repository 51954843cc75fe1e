import { createHash, timingSafeEqual } from 'node:crypto';
import { contextTag, DerReader, DerTag, decodeBitString } from '../../crypto/der.js';

/** The first version whose binding cannot be relayed (CVE-2018-0886). */
export const HASHED_BINDING_VERSION = 5;
export const NONCE_BYTES = 32;

/** The ASN.1-encoded SubjectPublicKey of a certificate in DER: what the BIT STRING of its SubjectPublicKeyInfo holds (RFC 5280 4.1). */
export function subjectPublicKey(certificate: Uint8Array): Uint8Array {
  const tbs = new DerReader(certificate).enter(DerTag.sequence).enter(DerTag.sequence);
  tbs.readOptional(contextTag(0)); // version
  tbs.read(DerTag.integer); // serialNumber
  for (let skipped = 0; skipped < 4; skipped++) tbs.read(DerTag.sequence); // signature, issuer, validity, subject
  const info = tbs.enter(DerTag.sequence);
  info.read(DerTag.sequence); // algorithm
  return new Uint8Array(decodeBitString(info.read(DerTag.bitString)).bytes);
}

/**
 * What `sender` seals as pubKeyAuth (MS-CSSP 3.1.5): from version 5 on, with a nonce, a hash; before that, the key itself,
 * with its first byte increased by the server.
 */
export function publicKeyProof(
  publicKey: Uint8Array,
  sender: 'client' | 'server',
  nonce: Uint8Array | undefined,
): Uint8Array {
  if (nonce !== undefined) {
    const direction = sender === 'client' ? 'Client-To-Server' : 'Server-To-Client';
    const magic = `CredSSP ${direction} Binding Hash\0`;
    return createHash('sha256').update(magic, 'latin1').update(nonce).update(publicKey).digest();
  }
  const proof = new Uint8Array(publicKey);
  if (sender === 'server') proof[0] = (proof[0] ?? 0) + 1;
  return proof;
}

export function equalProofs(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
