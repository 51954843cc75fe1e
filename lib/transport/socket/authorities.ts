import { X509Certificate } from 'node:crypto';
import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';

/** Certificates as PEM text or DER, one or several. */
export type AuthorityMaterial = string | Uint8Array | readonly (string | Uint8Array)[];

const REMEDY =
  'Give certificates as PEM text or DER (.cer, .crt, .pem). Out of a .p7b: `openssl pkcs7 -print_certs`; out of a .pfx: `openssl pkcs12 -cacerts -nokeys`.';

/**
 * Authorities in the one form that Node takes; it passes over everything else without a word, and then trusts nobody.
 * @throws `ERR_INVALID_ARGUMENT` for what is not a certificate, or names none.
 */
export function authorities(material: AuthorityMaterial): string[] {
  const parts = typeof material === 'string' || material instanceof Uint8Array ? [material] : material;
  if (parts.length === 0) throw noCertificate(undefined, 'the list is empty');
  return parts.flatMap((part, index) => certificatesOf(part, parts.length === 1 ? undefined : index));
}

function certificatesOf(part: string | Uint8Array, index: number | undefined): string[] {
  const text = typeof part === 'string' ? part : textOf(part);
  const blocks = text.match(/-----BEGIN [A-Z0-9 ]+-----[^-]*-----END [A-Z0-9 ]+-----/g) ?? [];
  const certificates = blocks.filter((block) => /^-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(block));
  if (certificates.length > 0) return certificates.map((block) => readable(block, index));
  if (blocks.length > 0) throw noCertificate(index, `it is a ${labelOf(blocks)}`);
  if (typeof part === 'string') throw noCertificate(index, 'it is a text without PEM in it');
  return derCertificates(part, index).map((der) => pemOf(readable(der, index)));
}

/** Checks that it can be read; a PEM block stays as it was given. */
function readable<T extends string | Uint8Array>(certificate: T, index: number | undefined): T {
  try {
    new X509Certificate(certificate);
    return certificate;
  } catch {
    throw noCertificate(index, `${certificate.length} characters or bytes could not be read as one`);
  }
}

/** Certificates in DER, one behind the other: each is a SEQUENCE that says its length (X.690 8.1). */
function derCertificates(bytes: Uint8Array, index: number | undefined): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] === 0x30 ? elementLength(bytes, at) : 0;
    if (length === 0 || at + length > bytes.length) {
      throw noCertificate(index, `${bytes.length} bytes are neither PEM nor whole DER`);
    }
    found.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (found.length === 0) throw noCertificate(index, 'it is empty');
  return found;
}

function elementLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 4) return 0;
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  return 2 + count + length;
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function noCertificate(index: number | undefined, why: string): CimletError {
  const place = index === undefined ? '' : `[${index}]`;
  return new CimletError(
    'ERR_INVALID_ARGUMENT',
    wording`${{ option: 'tls.ca' }}${place} holds no certificate: ${why}.`,
    { hint: REMEDY },
  );
}

/** Windows PowerShell writes texts in UTF-16. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'latin1');
}

function labelOf(blocks: readonly string[]): string {
  return (/^-----BEGIN ([A-Z0-9 ]+)-----/.exec(blocks[0] ?? '')?.[1] ?? 'PEM block').toLowerCase();
}
