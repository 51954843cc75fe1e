import { isIP } from 'node:net';
import { type ConnectionOptions, createSecureContext, type SecureVersion } from 'node:tls';
import { invalidArgument } from '../../base/errors.js';
import { serviceHost } from '../../base/network/host-name.js';
import { type AuthorityMaterial, authorities } from './authorities.js';
import { certificateNameProblem } from './certificate-name.js';
import { type ClientCertificateOptions, clientCertificate, unreadable } from './client-certificate.js';

/** How the server is verified over https, and what the client shows of itself. */
export interface TlsOptions extends ClientCertificateOptions {
  /** Authorities to trust instead of the well-known ones: PEM texts or DER. */
  readonly ca?: AuthorityMaterial | undefined;
  /**
   * SHA-256 fingerprint of the server's own certificate, hexadecimal with or without colons.
   * The certificate has to be exactly this one. Without `ca` that is the whole check: neither its authority nor its name is looked at.
   */
  readonly fingerprint256?: string | undefined;
  /** The name that the certificate has to hold, and that is sent as SNI. Default: the host. */
  readonly serverName?: string | undefined;
  /** Default `TLSv1.2`. */
  readonly minVersion?: SecureVersion | undefined;
  /**
   * Default: the newest; `TLSv1.2` with a client certificate, because Windows asks for one by renegotiation,
   * which TLS 1.3 does not have.
   */
  readonly maxVersion?: SecureVersion | undefined;
  /** Accept a certificate of any authority, as PowerShell's SkipCACheck. Name and dates are still checked. */
  readonly skipCaCheck?: boolean | undefined;
  /** Accept a certificate for any name, as PowerShell's SkipCNCheck. The authority is still checked. */
  readonly skipCnCheck?: boolean | undefined;
}

/** What a server's certificate has to be. */
export interface CertificatePolicy {
  /** The leaf's fingerprint, upper-case with colons as Node prints it. */
  readonly pin: string | undefined;
  /** Node does not refuse on its own, see {@link verifyCertificate}. */
  readonly verifiedAfterwards: boolean;
  readonly skipCnCheck: boolean;
  readonly serverName: string;
}

/** What a TLS connection is made and verified with; made once a transport, so that key material is parsed once. */
export interface TlsProfile extends CertificatePolicy {
  readonly connectionOptions: ConnectionOptions;
  readonly hasClientCertificate: boolean;
}

/** @throws `ERR_INVALID_ARGUMENT` for a malformed pin or name. */
export function certificatePolicy(options: TlsOptions, host: string): CertificatePolicy {
  const serverName = serviceHost(options.serverName ?? host);
  if (serverName === undefined) {
    throw invalidArgument({ option: 'tls.serverName' }, options.serverName ?? host, 'Give a name or an address.');
  }
  const pin = options.fingerprint256 === undefined ? undefined : normalizeFingerprint(options.fingerprint256);
  return {
    pin,
    verifiedAfterwards: options.skipCaCheck === true || (pin !== undefined && options.ca === undefined),
    skipCnCheck: options.skipCnCheck === true,
    serverName,
  };
}

/** @throws `ERR_INVALID_ARGUMENT` for a malformed pin and for key material that cannot be read. */
export function tlsProfile(options: TlsOptions, host: string): TlsProfile {
  const policy = certificatePolicy(options, host);
  const { serverName, skipCnCheck, verifiedAfterwards } = policy;
  const hasClientCertificate = hasCertificate(options);
  const maxVersion = options.maxVersion ?? (hasClientCertificate ? 'TLSv1.2' : undefined);
  return {
    ...policy,
    hasClientCertificate,
    connectionOptions: {
      secureContext: secureContext(options),
      // SNI carries no addresses (RFC 6066 section 3).
      servername: isIP(serverName) === 0 ? serverName : '',
      checkServerIdentity: (_, certificate) =>
        skipCnCheck ? undefined : certificateNameProblem(serverName, certificate),
      rejectUnauthorized: !verifiedAfterwards,
      ALPNProtocols: ['http/1.1'],
      minVersion: options.minVersion ?? 'TLSv1.2',
      ...(maxVersion === undefined ? {} : { maxVersion }),
    },
  };
}

function secureContext(options: TlsOptions) {
  const { ca, minVersion = 'TLSv1.2' } = options;
  const client = clientCertificate(options);
  const trusted = ca === undefined ? {} : { ca: authorities(ca) };
  const maxVersion = options.maxVersion ?? (hasCertificate(options) ? 'TLSv1.2' : undefined);
  try {
    return createSecureContext({
      ...trusted,
      ...client,
      minVersion,
      ...(maxVersion === undefined ? {} : { maxVersion }),
    });
  } catch (cause) {
    throw unreadable(client, cause);
  }
}

function hasCertificate({ cert, pfx }: TlsOptions): boolean {
  return cert !== undefined || pfx !== undefined;
}

function normalizeFingerprint(text: string): string {
  const digits = text.replaceAll(/[:\s]/g, '').toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) {
    throw invalidArgument(
      { option: 'tls.fingerprint256' },
      text,
      'Give 64 hexadecimal digits: `openssl x509 -noout -fingerprint -sha256`.',
    );
  }
  return (digits.match(/../g) ?? []).join(':');
}
