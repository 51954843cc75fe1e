import { CimletError } from '../../base/errors.js';

/** A place in a MOF or CDXML file; lines and columns count from 1. */
export interface SchemaPosition {
  readonly line: number;
  readonly column: number;
}

/** A MOF or CDXML file that cannot be used: where, and what is wrong with it. Its code is `ERR_INVALID_ARGUMENT`. */
export class SchemaError extends CimletError {
  /** The file as the caller named it. */
  readonly fileName: string;
  /** The place, where it is known: MOF always, CDXML not (the message then holds the path of the element). */
  readonly position: SchemaPosition | undefined;

  constructor(
    fileName: string,
    problem: string,
    details: { position?: SchemaPosition; hint?: string; cause?: unknown } = {},
  ) {
    const { position, hint, cause } = details;
    const place = position === undefined ? fileName : `${fileName}:${position.line}:${position.column}`;
    super('ERR_INVALID_ARGUMENT', `${place}: ${problem}`, { hint, cause });
    this.fileName = fileName;
    this.position = position;
  }
}
