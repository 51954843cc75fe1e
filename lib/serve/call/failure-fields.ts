import { isCimletError } from '../../base/errors.js';
import { wordingOf } from '../../base/wording.js';
import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import { ErrorRecord } from '../../cmdlet/contract/error-record.js';
import { categoryOfCode } from '../../cmdlet/report/category-of-code.js';
import type { ReplyFields } from '../line/line-writer.js';
import { embeddedText } from '../value/instance-row.js';
import { servedText } from './served-face.js';

/** What failed, as a map: PowerShell's error record, and what it needs to be made again on the other side. It holds no secret. */
export function failureFields(error: unknown, cmdlet: string): ReplyFields {
  if (error instanceof ErrorRecord) return recordFields(error);
  const binding = error instanceof ParameterBindingError;
  const known = isCimletError(error) ? error : undefined;
  return {
    ...wordsOf(error),
    fullyQualifiedErrorId: binding
      ? error.fullyQualifiedErrorId
      : `${known?.code === 'ERR_SESSION_CLOSED' ? 'CimJob_BrokenCimSession' : (known?.code ?? 'Error')},${cmdlet}`,
    category: binding ? 'InvalidArgument' : categoryOfCode(known?.code),
    reason: binding ? 'ParameterBindingException' : error instanceof Error ? error.name : 'Error',
    targetName: '',
    targetType: '',
    code: known?.code,
    binding: binding || undefined,
  };
}

function recordFields(record: ErrorRecord): ReplyFields {
  const { categoryInfo, errorData, PSComputerName, fullyQualifiedErrorId } = record;
  const { code, nativeErrorCode, statusCode, messageId } = record.exception as {
    readonly code?: unknown;
    readonly nativeErrorCode?: unknown;
    readonly statusCode?: unknown;
    readonly messageId?: unknown;
  };
  const { hint } = wordsOf(record.exception);
  return {
    message: servedText(wordingOf(record).message),
    hint,
    fullyQualifiedErrorId,
    category: categoryInfo.category,
    reason: categoryInfo.reason,
    targetName: categoryInfo.targetName,
    targetType: categoryInfo.targetType,
    computerName: PSComputerName,
    code: textOf(code),
    nativeErrorCode: textOf(nativeErrorCode),
    statusCode: textOf(statusCode),
    messageId: textOf(messageId),
    errorData: errorData === undefined ? undefined : embeddedText(errorData),
  };
}

function wordsOf(error: unknown): { readonly message: string; readonly hint: string | undefined } {
  if (!isCimletError(error))
    return { message: error instanceof Error ? error.message : String(error), hint: undefined };
  const { message, hint } = wordingOf(error);
  return { message: servedText(message), hint: hint === undefined ? undefined : servedText(hint) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
