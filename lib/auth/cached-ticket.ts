import { isCimletError } from '../base/errors.js';
import { kerberosIdentity } from './kerberos/kerberos-identity.js';
import { systemGssProvider } from './system-gss-provider.js';

/**
 * Whether the ticket cache of the process (`KRB5CCNAME`), or a collection of some, serves this user now, so that no password is needed. Nothing is
 * sent for it. Windows knows the logon of the process instead of caches.
 */
export async function hasCachedTicket(userName: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  try {
    const provider = await systemGssProvider();
    const identity = kerberosIdentity({ userName });
    const session = await provider.initiate({
      identity,
      service: 'HTTP@localhost',
      delegate: false,
      channelBindings: undefined,
    });
    session.dispose();
    return true;
  } catch (error) {
    if (isCimletError(error)) return false;
    throw error;
  }
}
