import { CimletError } from '../../base/errors.js';

/** With these a line refuses what .NET may well do. */
const OURS: ReadonlySet<string> = new Set([
  'CannotIndex',
  'FormatException',
  'MethodArgumentConversionInvalidCastArgument',
  'MethodCountCouldNotFindBest',
  'OutOfMemoryException',
]);

/** What evaluating a line has come upon: a value that does not convert, two that have no order, an invalid pattern. */
export class LanguageError extends CimletError {
  /** PowerShell's error id. */
  readonly id: string;
  /** Nothing of PowerShell's stands for it, such as the null of a calculated property that fails. */
  readonly isOurs: boolean;

  constructor(id: string, message: string, hint?: string, isOurs = OURS.has(id)) {
    super('ERR_INVALID_ARGUMENT', message, { hint });
    this.id = id;
    this.isOurs = isOurs;
  }
}
