import type { Secret } from '../../base/secret.js';

/** Who the caller is. `userName` may carry the domain itself: `CONTOSO\dhcpadmin` or `dhcpadmin@contoso.com`. */
export interface Credential {
  readonly userName: string;
  readonly password: Secret;
  /** NetBIOS or DNS name; absent when `userName` carries it, or for an account of the server itself. */
  readonly domain?: string;
}
