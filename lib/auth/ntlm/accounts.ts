import type { Secret } from '../../base/secret.js';

/** What an acceptor has to know of an account: its password, or the NT hash of it (16 bytes). */
export type NtlmAccount = { readonly ntHash: Uint8Array } | { readonly password: Secret };

/**
 * Finds an account by what the caller sent; undefined when there is none. User names are case-insensitive.
 * `domain` is empty for `user@realm` and for accounts of the server.
 */
export type NtlmAccountLookup = (userName: string, domain: string) => Promise<NtlmAccount | undefined>;
