import {
  baseJson,
  CimletError,
  type CimletErrorCode,
  type CimletErrorJson,
  type CimletErrorOptions,
  optionsOf,
} from '../../base/errors.js';
import { causeJson, registerErrorClass } from '../../base/text/error-json.js';
import type { Text } from '../../base/wording.js';
import { type ErrorCategory, errorCategoryOf } from '../../cim/error/error-category.js';

/** What an operation itself may fail with: the rest is the failure of a request, and has classes of its own. */
export type OperationErrorCode = Extract<CimletErrorCode, 'ERR_FILE' | 'ERR_XML' | 'ERR_INVALID_ARGUMENT'>;

export interface OperationErrorDetails extends CimletErrorOptions {
  /** PowerShell's error id, which the record completes with the cmdlet's name. */
  readonly errorId: string;
  readonly errorCategory: ErrorCategory;
  /** What it is about: a file, a scope. Default: the target of the operation. */
  readonly targetName?: string | undefined;
}

/** An OperationError as JSON has it. */
export interface OperationErrorJson extends CimletErrorJson {
  readonly errorId: string;
  readonly errorCategory: ErrorCategory;
  readonly targetName?: string;
}

/** An operation itself has failed, not a request of it: what its error record is to say. */
export class OperationError extends CimletError {
  declare readonly code: OperationErrorCode;
  readonly errorId: string;
  readonly errorCategory: ErrorCategory;
  readonly targetName: string | undefined;

  constructor(code: OperationErrorCode, message: Text, details: OperationErrorDetails) {
    super(code, message, details);
    this.errorId = details.errorId;
    this.errorCategory = details.errorCategory;
    this.targetName = details.targetName;
  }

  override toJSON(): OperationErrorJson {
    const { errorId, errorCategory, targetName } = this;
    const about = targetName === undefined ? {} : { targetName };
    return { ...baseJson(this), errorId, errorCategory, ...about, ...causeJson(this.cause) };
  }
}

const CODES: readonly OperationErrorCode[] = ['ERR_FILE', 'ERR_XML', 'ERR_INVALID_ARGUMENT'];

registerErrorClass('OperationError', (fields) => {
  const code = CODES.find((known) => known === fields.text('code')) ?? 'ERR_INVALID_ARGUMENT';
  return new OperationError(code, fields.text('message') ?? '', {
    ...optionsOf(fields),
    errorId: fields.text('errorId') ?? '',
    errorCategory: errorCategoryOf(fields.text('errorCategory')) ?? 'NotSpecified',
    targetName: fields.text('targetName'),
  });
});
