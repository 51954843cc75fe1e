import { invalidArgument } from '../../base/errors.js';
import type { Credential } from '../contract/credential.js';

/** An account as NTLM carries it. */
export interface NtlmAccountName {
  readonly userName: string;
  /** Empty for an account of the server itself, and for `user@realm`, whose domain the server finds. */
  readonly domain: string;
}

/**
 * Takes `DOMAIN\user`, `SERVER\user`, `.\user`, `user@realm` and `user` apart. A `domain` beside the user name wins,
 * and the user name is then taken as it is.
 * @throws ERR_INVALID_ARGUMENT without a user name: NTLM's anonymous logon is not supported.
 */
export function ntlmAccountName(credential: Pick<Credential, 'userName' | 'domain'>): NtlmAccountName {
  const { userName, domain } = credential;
  const separator = domain === undefined ? userName.indexOf('\\') : -1;
  const name: NtlmAccountName =
    separator < 0
      ? { userName, domain: domain ?? '' }
      : { userName: userName.slice(separator + 1), domain: userName.slice(0, separator) };
  if (name.userName === '') {
    throw invalidArgument(
      'userName',
      userName,
      'Give DOMAIN\\user, user@realm or the name of an account of the server.',
    );
  }
  return name.domain === '.' ? { userName: name.userName, domain: '' } : name;
}
