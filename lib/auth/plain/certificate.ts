import type { SecurityContext, WrappedMessage } from '../contract/security-context.js';
import { cannotProtectMessages } from './unprotected-messages.js';

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
  readonly capabilities = { encrypts: false, bindsChannel: false, delegates: false, connectionBound: false };
  readonly encryptionProtocol = undefined;
  readonly complete = true;

  async step(): Promise<undefined> {
    return undefined;
  }

  async wrap(): Promise<WrappedMessage> {
    throw cannotProtectMessages('Certificate');
  }

  async unwrap(): Promise<Uint8Array> {
    throw cannotProtectMessages('Certificate');
  }

  dispose(): void {}
}
