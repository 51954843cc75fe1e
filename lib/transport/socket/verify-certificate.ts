import type { PeerCertificate } from 'node:tls';
import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import { certificateNameProblem } from './certificate-name.js';
import { isNameVerdict, UNTRUSTED_AUTHORITY } from './tls-failures.js';
import type { CertificatePolicy } from './tls-options.js';

/**
 * The checks that remain when Node's own were replaced: the pin, and with skipCaCheck the name and the dates.
 * Runs after the TLS handshake and before the first byte of HTTP.
 * @throws `ERR_TLS` for another certificate than the pinned one, and what Node's own check throws for the name.
 */
export function verifyCertificate(
  certificate: PeerCertificate,
  /** Of the TLS socket: declared as an Error, but it is the code as a string. */
  authorizationError: unknown,
  profile: CertificatePolicy,
  where: string,
): void {
  if (certificate.raw === undefined) throw certificateRefusal('CERT_UNTRUSTED');
  if (profile.pin !== undefined) {
    if (certificate.fingerprint256 !== profile.pin) {
      throw new CimletError(
        'ERR_TLS',
        `${where} showed the certificate ${certificate.fingerprint256}, not the pinned ${profile.pin}.`,
        {
          hint: wording`The certificate was replaced, or somebody is in between. Check it on the server before you change ${{ option: 'tls.fingerprint256' }}.`,
        },
      );
    }
    return;
  }
  if (!profile.verifiedAfterwards) return;
  const code = String(authorizationError ?? '');
  if (code !== '' && !UNTRUSTED_AUTHORITY.has(code) && !isNameVerdict(code)) throw certificateRefusal(code);
  // Only the last verification result is reported, so the dates are looked at again.
  const now = Date.now();
  if (Date.parse(certificate.valid_to) < now) throw certificateRefusal('CERT_HAS_EXPIRED');
  if (Date.parse(certificate.valid_from) > now) throw certificateRefusal('CERT_NOT_YET_VALID');
  if (!profile.skipCnCheck) {
    const mismatch = certificateNameProblem(profile.serverName, certificate);
    if (mismatch) throw mismatch;
  }
}

/** An error as Node makes it for a certificate that was not verified. */
export function certificateRefusal(code: string): Error {
  return Object.assign(new Error(code === 'UNSPECIFIED' ? '' : code), { code });
}
