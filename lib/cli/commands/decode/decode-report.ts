import { isCimletError } from '../../../base/errors.js';
import { UsageError } from '../../usage/usage-error.js';
import { encryptedReport, isEncryptedBody } from './encrypted-report.js';
import type { Report } from './report.js';
import { soapReports } from './soap-report.js';
import { tokenReport } from './token-report.js';

/**
 * What these bytes are: a security token, a multipart/encrypted body, SOAP.
 * Throws a {@link UsageError} when they are none of these, or broken, saying where.
 */
export function decodeReport(bytes: Uint8Array): Report[] {
  try {
    if (isEncryptedBody(bytes)) return [encryptedReport(bytes)];
    if (isXml(bytes)) return soapReports(bytes);
    const token = tokenReport(bytes);
    if (token) return [token];
  } catch (error) {
    if (!isCimletError(error)) throw error;
    throw new UsageError(
      `It cannot be decoded: ${error.message}`,
      'Is it whole, and was nothing changed in copying it?',
    );
  }
  if (bytes[0] === 0x16 && bytes[1] === 0x03) {
    return [
      {
        title: `TLS handshake record (${bytes.length} bytes)`,
        facts: [['meaning', 'a CredSSP token before its TLS channel stands']],
        parts: [],
      },
    ];
  }
  throw new UsageError(
    `These ${bytes.length} bytes are neither an NTLM, SPNEGO or Kerberos token nor a multipart/encrypted body nor a SOAP envelope.`,
    'Give what follows Negotiate in an Authorization or WWW-Authenticate header, or a whole HTTP body.',
  );
}

/** UTF-8 or UTF-16, with or without a byte order mark. */
function isXml(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 16))
    .toString('latin1')
    .replace(/[\0\xff\xfe\xef\xbb\xbf\s]/g, '');
  return start.startsWith('<');
}
