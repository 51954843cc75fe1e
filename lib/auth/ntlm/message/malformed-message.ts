import { CimletError } from '../../../base/errors.js';

/** The peer's NTLM message breaks its format; `what` never quotes its content. */
export function malformedMessage(what: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `Malformed NTLM message: ${what}.`);
}
