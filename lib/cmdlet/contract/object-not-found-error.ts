import { CimletError } from '../../base/errors.js';

/** What was asked for on this side, such as a session, is not there (PowerShell: CimException of category ObjectNotFound). Its code is `ERR_INVALID_ARGUMENT`. */
export class ObjectNotFoundError extends CimletError {
  // For callers, and in JSON, it is one: only its error record says more.
  override readonly name = 'CimletError';

  constructor(message: string, hint: string) {
    super('ERR_INVALID_ARGUMENT', message, { hint });
  }
}
