import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { parseIpv4 } from '../../base/network/ip-address.js';
import {
  contextTag,
  DerTag,
  encodeBitString,
  encodeBoolean,
  encodeDer,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../../crypto/der.js';

/** What a certificate says (RFC 5280). Keys are EC P-256, signatures ecdsa-with-SHA256. */
export interface CertificateContent {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly issuer: { readonly commonName: string; readonly privateKey: KeyObject };
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly usage: 'authority' | 'server' | 'client';
  readonly dnsNames?: readonly string[];
  readonly ipv4Addresses?: readonly string[];
  /** User principal name of a client, as Windows maps it. */
  readonly userPrincipalName?: string;
}

const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  userPrincipalName: '1.3.6.1.4.1.311.20.2.3',
} as const;

const UTC_TIME = 0x17;
// KeyUsage bits (RFC 5280 4.2.1.3), with the count of unused bits: keyCertSign + cRLSign, digitalSignature.
const SIGNS_CERTIFICATES = { unusedBits: 1, bytes: Uint8Array.of(0x06) };
const SIGNS_DATA = { unusedBits: 7, bytes: Uint8Array.of(0x80) };

/** A signed certificate, as DER. */
export function buildCertificate(content: CertificateContent): Uint8Array {
  const algorithm = encodeSequence(encodeOid(OID.ecdsaWithSha256));
  const tbs = encodeSequence(
    encodeDer(contextTag(0), encodeInteger(2)),
    encodeInteger(BigInt(`0x7f${randomBytes(15).toString('hex')}`)),
    algorithm,
    distinguishedName(content.issuer.commonName),
    encodeSequence(time(content.notBefore), time(content.notAfter)),
    distinguishedName(content.commonName),
    publicKeyInfo(content.publicKey),
    encodeDer(contextTag(3), encodeSequence(...extensions(content))),
  );
  const signature = sign('sha256', tbs, content.issuer.privateKey);
  return encodeSequence(tbs, algorithm, encodeBitString({ bytes: signature, unusedBits: 0 }));
}

export function toPem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extensions(content: CertificateContent): Uint8Array[] {
  const isAuthority = content.usage === 'authority';
  const altNames = subjectAltNames(content);
  const result = [
    extension(OID.basicConstraints, true, isAuthority ? encodeSequence(encodeBoolean(true)) : encodeSequence()),
    extension(OID.keyUsage, true, encodeBitString(isAuthority ? SIGNS_CERTIFICATES : SIGNS_DATA)),
    extension(OID.subjectKeyIdentifier, false, encodeOctetString(keyIdentifier(content.publicKey))),
    extension(
      OID.authorityKeyIdentifier,
      false,
      encodeSequence(encodeDer(contextTag(0, false), keyIdentifier(createPublicKey(content.issuer.privateKey)))),
    ),
  ];
  if (!isAuthority) {
    const purpose = content.usage === 'server' ? OID.serverAuth : OID.clientAuth;
    result.push(extension(OID.extendedKeyUsage, false, encodeSequence(encodeOid(purpose))));
  }
  if (altNames.length > 0) result.push(extension(OID.subjectAltName, false, encodeSequence(...altNames)));
  return result;
}

function subjectAltNames(content: CertificateContent): Uint8Array[] {
  const names = (content.dnsNames ?? []).map((name) => encodeDer(contextTag(2, false), Buffer.from(name, 'latin1')));
  for (const address of content.ipv4Addresses ?? []) {
    const octets = Buffer.alloc(4);
    octets.writeUInt32BE(parseIpv4(address) ?? 0);
    names.push(encodeDer(contextTag(7, false), octets));
  }
  if (content.userPrincipalName !== undefined) {
    const name = encodeDer(DerTag.utf8String, Buffer.from(content.userPrincipalName));
    names.push(encodeDer(contextTag(0), encodeOid(OID.userPrincipalName), encodeDer(contextTag(0), name)));
  }
  return names;
}

function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeOid(oid), ...(critical ? [encodeBoolean(true)] : []), encodeOctetString(value));
}

function distinguishedName(commonName: string): Uint8Array {
  const value = encodeDer(DerTag.utf8String, Buffer.from(commonName));
  return encodeSequence(encodeDer(DerTag.set, encodeSequence(encodeOid(OID.commonName), value)));
}

function publicKeyInfo(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' });
}

/** RFC 5280 4.2.1.2 leaves the form open; this is the SHA-1 of the SubjectPublicKeyInfo. */
function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash('sha1').update(publicKeyInfo(key)).digest();
}

/** UTCTime through 2049 (RFC 5280 4.1.2.5). */
function time(ms: number): Uint8Array {
  const text = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return encodeDer(UTC_TIME, Buffer.from(text.slice(2), 'latin1'));
}
