import { gssapiProvider } from './gssapi/gssapi-provider.js';
import type { GssProvider } from './kerberos/gss-provider.js';
import { sspiProvider } from './sspi/sspi-provider.js';

let loading: Promise<GssProvider> | undefined;

/**
 * The Kerberos of the machine: SSPI on Windows, MIT's GSSAPI elsewhere. Loaded when first asked for, once for the process.
 * Throws `ERR_MISSING_PEER` when koffi or the library is absent; then the next call tries again.
 */
export function systemGssProvider(): Promise<GssProvider> {
  loading ??= (process.platform === 'win32' ? sspiProvider() : gssapiProvider()).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
