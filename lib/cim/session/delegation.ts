import type { Delegation } from '../error/second-hop.js';
import type { CimSessionOptions } from './session-options.js';

/** What the options say of delegation. */
export function delegationOf(options: CimSessionOptions): Delegation {
  const { authentication = 'Default', kerberos, allowNtlm, transport } = options;
  if (transport !== undefined) return 'unknown';
  const delegates = kerberos !== undefined && kerberos !== false && (kerberos.delegate ?? false) !== false;
  switch (authentication) {
    // A server that was given the password itself can use it elsewhere, too.
    case 'CredSsp':
    case 'Basic':
      return 'delegated';
    case 'Kerberos':
      return delegates ? 'delegated' : 'not-delegated';
    case 'Default':
    case 'Negotiate':
      if (!delegates) return 'not-delegated';
      // With NTLM nothing is delegated.
      return allowNtlm === true ? 'unknown' : 'delegated';
    default:
      return 'not-delegated';
  }
}
