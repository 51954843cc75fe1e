import { CimletError } from '../../base/errors.js';

/** What the user typed cannot be run as it stands: exit code 2, nothing was sent. */
export class UsageError extends CimletError {
  constructor(message: string, hint?: string) {
    super('ERR_INVALID_ARGUMENT', message, { hint });
  }
}
