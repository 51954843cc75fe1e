import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

/** Begins like Node's own code for a certificate of another name, so that it counts as a verdict on the certificate. */
export const NO_ALTERNATIVE_NAME = 'ERR_TLS_CERT_ALTNAME_MISSING';

/**
 * Whether the certificate is for `name`. Names stand among its subject alternative names and nowhere else (RFC 9525 6.3): Node, and OpenSSL by
 * default, take the subject's common name where there are none.
 */
export function certificateNameProblem(name: string, certificate: PeerCertificate): Error | undefined {
  if (certificate.subjectaltname === undefined) return noAlternativeName();
  const mismatch = checkServerIdentity(name, certificate);
  if (mismatch !== undefined) return mismatch;
  return holdsAlternativeName(name, new X509Certificate(certificate.raw)) ? undefined : noAlternativeName();
}

/** Whether a name or an address is one of the alternative names. */
export function holdsAlternativeName(name: string, certificate: X509Certificate): boolean {
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined;
  return certificate.checkHost(name.replace(/\.$/, ''), { subject: 'never' }) !== undefined;
}

function noAlternativeName(): Error {
  return Object.assign(new Error('The certificate has no subject alternative name for a server.'), {
    code: NO_ALTERNATIVE_NAME,
  });
}
