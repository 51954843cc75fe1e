import type { PeerCertificate } from 'node:tls';
import type { CimletError } from '../../base/errors.js';

/** How the certificate of a TLS channel that a security context runs inside of its tokens is judged. */
export interface CertificateTrust {
  /** Authorities to trust, PEM; absent: the well-known ones. */
  readonly ca?: readonly string[];
  /**
   * Why a certificate does not prove the server's name; undefined when it does. `verdict` is what the TLS socket says of chain and dates
   * (`authorizationError`: declared as an Error, but the code as a string).
   */
  readonly doubt: (certificate: PeerCertificate, verdict: unknown) => CimletError | undefined;
}
