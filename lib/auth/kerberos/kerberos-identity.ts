import type { Secret } from '../../base/secret.js';
import type { Credential } from '../contract/credential.js';
import type { KerberosIdentity } from './gss-provider.js';

/** A user, whose tickets or key there are when there is no password. */
export interface KerberosUser extends Pick<Credential, 'userName' | 'domain'> {
  readonly password?: Secret;
}

/** Keys and tickets beside a password. */
export interface KerberosKeySource {
  /** Path of a keytab with the user's key, used instead of a password. */
  readonly keytab?: string;
  /** Ticket cache as `KRB5CCNAME` spells it; absent: the default one. */
  readonly ticketCache?: string;
}

/**
 * The principal of a credential. A realm is written in capitals (RFC 4120 6.1 leaves it open; Active Directory's are).
 * `CONTOSO\user` names a NetBIOS domain, which Kerberos does not know: the default realm of the machine is used for it,
 * unless the part before the backslash is a DNS name.
 */
export function kerberosIdentity(user: KerberosUser | undefined, source: KerberosKeySource = {}): KerberosIdentity {
  const { keytab, ticketCache } = source;
  const { password } = user ?? {};
  return {
    ...(user !== undefined && { principal: principalOf(user) }),
    ...(password !== undefined && keytab === undefined && { password }),
    ...(keytab !== undefined && { keytab }),
    ...(ticketCache !== undefined && { ticketCache }),
  };
}

function principalOf({ userName, domain }: KerberosUser): string {
  const backslash = userName.indexOf('\\');
  const user = backslash < 0 ? userName : userName.slice(backslash + 1);
  const at = user.lastIndexOf('@');
  if (at >= 0) return `${user.slice(0, at)}@${user.slice(at + 1).toUpperCase()}`;
  const realm = domain ?? (backslash < 0 ? '' : userName.slice(0, backslash));
  return realm.includes('.') ? `${user}@${realm.toUpperCase()}` : user;
}
