import { CimletError } from '../../base/errors.js';

/** What `wrap` and `unwrap` throw in contexts that only name the caller. */
export function cannotProtectMessages(mechanism: string): CimletError {
  return new CimletError('ERR_INSECURE_CHANNEL', `${mechanism} authentication cannot encrypt messages.`, {
    hint: 'Use https, or an authentication that encrypts: Negotiate, Kerberos, Ntlm or CredSsp.',
  });
}
