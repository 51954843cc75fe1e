import { CimletError } from '../../base/errors.js';

/** A query that WMI refuses, and where in its text the reason stands. */
export class WqlError extends CimletError {
  /** Index of the character at which the query stops making sense. */
  readonly position: number;

  constructor(message: string, position: number) {
    super('ERR_PROTOCOL', `${message} (at position ${position})`);
    this.position = position;
  }
}
