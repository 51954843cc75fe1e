import type { Credential } from '../../auth/contract/credential.js';
import { CimletError } from '../../base/errors.js';
import { CREDENTIAL, wording } from '../../base/wording.js';
import type { CimAuthentication } from './session-options.js';

/** @throws CimletError `ERR_INVALID_ARGUMENT` when there is no credential for an authentication that needs one. */
export function requireCredential(authentication: CimAuthentication, credential: Credential | undefined): Credential {
  if (credential !== undefined) return credential;
  throw new CimletError('ERR_INVALID_ARGUMENT', `${authentication} authentication needs a credential.`, {
    hint: wording`Give ${CREDENTIAL}.`,
  });
}
