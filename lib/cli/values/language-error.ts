import { CimletError } from '../../base/errors.js';

/** What evaluating a line has come upon: a value that does not convert, two that have no order, an invalid pattern. */
export class LanguageError extends CimletError {
  /** PowerShell's error id. */
  readonly id: string;

  constructor(id: string, message: string, hint?: string) {
    super('ERR_INVALID_ARGUMENT', message, { hint });
    this.id = id;
  }
}
