import type { SecurityContext } from '../contract/security-context.js';

/**
 * Authentication by the TLS client certificate (DSP0226 annex C.3.5, `secprofile/https/mutual`): TLS proves who calls,
 * the header only says that this is meant. The connection needs `tls.cert` and `tls.key`, or `tls.pfx`.
 */
export function certificateContext(): SecurityContext {
  return new CertificateContext();
}

class CertificateContext implements SecurityContext {
  readonly scheme = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';
  readonly mechanism = 'Certificate';
  readonly capabilities = {
    bindsChannel: false,
    delegates: false,
    connectionBound: false,
    needsClientCertificate: true,
  };
  readonly complete = true;
  readonly refusalHint =
    'The certificate has to be mapped to an account on the server (WSMan:\\localhost\\ClientCertificate).';

  async step(): Promise<undefined> {
    return undefined;
  }

  dispose(): void {}
}
