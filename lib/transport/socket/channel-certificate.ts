import type { CertificateTrust } from '../../auth/contract/certificate-trust.js';
import type { CimletError } from '../../base/errors.js';
import { authorities } from './authorities.js';
import { certificateNameProblem } from './certificate-name.js';
import { fromNodeError } from './node-errors.js';
import { certificatePolicy, type TlsOptions } from './tls-options.js';
import { certificateRefusal, verifyCertificate } from './verify-certificate.js';

/**
 * Judges a certificate that was not shown by the connection itself but within a logon, by the same options. It is a proof or none: what an
 * option lets pass unchecked proves nothing here.
 * @throws `ERR_INVALID_ARGUMENT` for options that cannot be right.
 */
export function channelCertificateTrust(options: TlsOptions, host: string, port: number): CertificateTrust {
  const policy = certificatePolicy(options, host);
  const ca = options.ca === undefined ? undefined : authorities(options.ca);
  return {
    ...(ca === undefined ? {} : { ca }),
    doubt(certificate, verdict): CimletError | undefined {
      const { fingerprint256: fingerprint } = certificate;
      try {
        if (policy.pin !== undefined) verifyCertificate(certificate, verdict, policy, `${host}:${port}`);
        if (policy.pin !== undefined && ca === undefined) return undefined;
        const code = String(verdict ?? '');
        if (code !== '') throw certificateRefusal(code);
        const mismatch = certificateNameProblem(policy.serverName, certificate);
        if (mismatch !== undefined) throw mismatch;
        return undefined;
      } catch (error) {
        return fromNodeError(error, { host, port, secure: true, phase: 'tls', fingerprint });
      }
    },
  };
}
