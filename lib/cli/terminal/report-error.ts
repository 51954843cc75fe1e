import { isCimletError } from '../../base/errors.js';
import { textIn, wordingOf } from '../../base/wording.js';
import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import { ErrorRecord } from '../../cmdlet/contract/error-record.js';
import { categoryOfBinding } from '../../cmdlet/report/category-of-binding.js';
import { categoryOfCode } from '../../cmdlet/report/category-of-code.js';
import { UsageError } from '../usage/usage-error.js';
import { type ErrorDetails, errorLines } from '../views/error.js';
import { COMMAND } from './command-face.js';
import { inPowerShellsWords } from './powershell-words.js';

/** An error as lines for standard error: PowerShell's layout, or one line of JSON. `place`: of its statement in a file. */
export function errorReport(error: unknown, cmdlet: string | undefined, json: boolean, place?: string): string[] {
  if (json) {
    const report = error instanceof ErrorRecord ? jsonOfRecord(error) : jsonOf(error, cmdlet);
    return [JSON.stringify(place === undefined ? report : { ...report, place })];
  }
  const [first = '', ...rest] = textReport(error, cmdlet);
  return [place === undefined ? first : `${place}: ${first}`, ...rest];
}

function textReport(error: unknown, cmdlet: string | undefined): string[] {
  if (error instanceof ErrorRecord) return errorLines(recordDetails(error));
  if (error instanceof UsageError || cmdlet === undefined) {
    const { message, hint } = messageAndHint(error);
    // Of a value that does not fit, PowerShell's sentence ends with the hint.
    return [`cimlet: ${message}`, ...(hint === undefined || message.endsWith(hint) ? [] : [`        ${hint}`])];
  }
  return errorLines(failureDetails(error, cmdlet));
}

function recordDetails(record: ErrorRecord): ErrorDetails {
  const { categoryInfo, fullyQualifiedErrorId, exception, PSComputerName } = record;
  const { hint } = messageAndHint(exception);
  return {
    ...categoryInfo,
    message: messageOfRecord(record),
    fullyQualifiedErrorId,
    ...(PSComputerName === undefined ? {} : { computerName: PSComputerName }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** What failed before or beside the targets: binding, a refused confirmation, an abort, a time-out. */
function failureDetails(error: unknown, cmdlet: string): ErrorDetails {
  const { message, hint } = messageAndHint(error);
  const code = isCimletError(error) ? error.code : undefined;
  const { category, reason } =
    error instanceof ParameterBindingError
      ? categoryOfBinding(error.errorId)
      : { category: categoryOfCode(code), reason: error instanceof Error ? error.name : 'Error' };
  return {
    activity: error instanceof ParameterBindingError ? error.cmdlet : cmdlet,
    message,
    category,
    targetName: '',
    targetType: '',
    reason,
    fullyQualifiedErrorId: errorId(error, cmdlet),
    ...(hint === undefined ? {} : { hint }),
  };
}

function messageOfRecord(record: ErrorRecord): string {
  const { exception } = record;
  return exception instanceof ParameterBindingError
    ? messageAndHint(exception).message
    : textIn(COMMAND, wordingOf(record).message);
}

function errorId(error: unknown, cmdlet: string): string {
  if (error instanceof ParameterBindingError) return error.fullyQualifiedErrorId;
  return `${isCimletError(error) ? error.code : 'Error'},${cmdlet}`;
}

function jsonOfRecord(record: ErrorRecord): Record<string, unknown> {
  const { hint } = messageAndHint(record.exception);
  // What its exception says stands beside it already, in the command's words.
  const { exception, hint: libraryHint, ...rest } = record.toJSON();
  return { ...rest, message: messageOfRecord(record), ...(hint === undefined ? {} : { hint }) };
}

function jsonOf(error: unknown, cmdlet: string | undefined): Record<string, unknown> {
  const { message, hint } = messageAndHint(error);
  const rest = hint === undefined ? {} : { hint };
  const code = isCimletError(error) ? { code: error.code } : {};
  if (error instanceof UsageError || cmdlet === undefined) return { message, ...code, ...rest };
  const { category, activity, reason, targetName, targetType } = failureDetails(error, cmdlet);
  return {
    message,
    fullyQualifiedErrorId: errorId(error, cmdlet),
    categoryInfo: { category, activity, reason, targetName, targetType },
    ...code,
    ...rest,
  };
}

/** In the command's own words, and in PowerShell's for what its binder says. */
export function messageAndHint(error: unknown): { readonly message: string; readonly hint: string | undefined } {
  if (!isCimletError(error))
    return { message: error instanceof Error ? error.message : String(error), hint: undefined };
  const { message, hint } = wordingOf(error);
  const text = textIn(COMMAND, message);
  return {
    message: error instanceof ParameterBindingError ? inPowerShellsWords(error, text) : text,
    // A hint may be about nothing but what the command has not.
    hint: (hint && textIn(COMMAND, hint)) || undefined,
  };
}
