import { type Text, wording, wordingOf } from '../../base/wording.js';
import { CimException } from '../../cim/error/cim-exception.js';
import type { ErrorCategory } from '../../cim/error/error-category.js';
import { withoutServerName } from '../../cim/error/with-server-name.js';
import { ParameterBindingError } from '../contract/binding-error.js';
import type { Cmdlet } from '../contract/cmdlet.js';
import { ErrorRecord } from '../contract/error-record.js';
import { ObjectNotFoundError } from '../contract/object-not-found-error.js';
import type { CmdletOperation } from '../contract/operation.js';
import { OperationError } from '../contract/operation-error.js';
import { ReturnCodeError } from '../contract/return-code-error.js';
import { categoryOfBinding } from './category-of-binding.js';
import { categoryOfCode } from './category-of-code.js';

type ErrorTarget = CmdletOperation['errorTarget'];

/** The record of whatever a target's operation threw (PowerShell: CimJobException). Input that could not be bound has no operation. */
export function recordOfFailure(
  cmdlet: Cmdlet,
  failure: unknown,
  computerName: string | undefined,
  operation?: CmdletOperation,
): ErrorRecord {
  const exception = failure instanceof Error ? failure : new Error(String(failure));
  const target = operation?.errorTarget ?? defaultTarget(cmdlet);
  if (exception instanceof CimException) return recordOfCimException(cmdlet, exception, computerName, target);
  const { code } = exception as { readonly code?: unknown };
  const codeName = typeof code === 'string' ? code : undefined;
  if (exception instanceof OperationError) {
    const { errorId, errorCategory, targetName } = exception;
    const about = targetName === undefined ? target : { name: targetName, type: 'String' };
    return record(cmdlet, exception, errorId, errorCategory, computerName, about);
  }
  if (exception instanceof ReturnCodeError) {
    const errorId = `CimJob_${exception.methodName}_${exception.returnCode}`;
    return record(cmdlet, exception, errorId, 'InvalidResult', computerName, target);
  }
  if (exception instanceof ObjectNotFoundError) {
    return record(cmdlet, exception, '', 'ObjectNotFound', undefined, target, { reason: 'CimException' });
  }
  if ('operations' in cmdlet && codeName === 'ERR_INVALID_ARGUMENT') {
    // CimCommandBase.cs: an error of no other id has the cmdlet's name for one.
    return record(cmdlet, exception, cmdlet.name, 'InvalidOperation', computerName, target, { reason: 'CimException' });
  }
  const prefix = 'operations' in cmdlet ? '' : 'CimJob_';
  const errorId = `${prefix}${codeName ?? exception.name}`;
  return record(cmdlet, exception, errorId, categoryOfCode(codeName), computerName, target);
}

/** The record of a piped object that could not be bound (CommandProcessor.cs). */
export function recordOfInput(cmdlet: Cmdlet, failure: Error, input: unknown): ErrorRecord {
  const target = { name: inputText(input), type: 'PSObject' };
  if (!(failure instanceof ParameterBindingError)) return recordOfFailure(cmdlet, failure, undefined);
  const { category, reason } = categoryOfBinding(failure.errorId);
  return record(cmdlet, failure, failure.errorId, category, undefined, target, { reason });
}

/** An object as PowerShell names it: an instance by its keys, others by their kind. */
function inputText(input: unknown): string {
  if (typeof input !== 'object' || input === null) return String(input);
  return 'cimInstanceProperties' in input ? String(input) : (input.constructor?.name ?? 'Object');
}

/** The record for a session that cannot be used any more; it is given once for each session. */
export function recordOfBrokenSession(
  cmdlet: Cmdlet,
  cause: Error,
  computerName: string,
  operation?: CmdletOperation,
): ErrorRecord {
  const target = operation?.errorTarget ?? defaultTarget(cmdlet);
  const message = wording`The session to ${computerName} cannot be used: ${wordingOf(withoutServerName(cause)).message}`;
  return record(cmdlet, cause, 'CimJob_BrokenCimSession', 'ResourceUnavailable', computerName, target, {
    message,
    reason: 'CimJobException',
  });
}

function recordOfCimException(
  cmdlet: Cmdlet,
  exception: CimException,
  computerName: string | undefined,
  target: ErrorTarget,
): ErrorRecord {
  const errorId = exception.messageId ?? `MiClientApiError_${exception.nativeErrorCode}`;
  const { type, sourceType = type } = target;
  const source = exception.errorData === undefined ? target : { name: exception.errorSource ?? '', type: sourceType };
  return record(cmdlet, exception, errorId, exception.errorCategory, computerName, source);
}

function defaultTarget(cmdlet: Cmdlet): ErrorTarget {
  return 'operations' in cmdlet
    ? { name: '', type: '' }
    : { name: cmdlet.className, type: 'String', sourceType: `${cmdlet.namespace}/${cmdlet.className}` };
}

function record(
  cmdlet: Cmdlet,
  exception: Error,
  errorId: string,
  category: ErrorCategory,
  computerName: string | undefined,
  target: ErrorTarget,
  { message = wordingOf(exception).message, reason = exception.name }: { message?: Text; reason?: string } = {},
): ErrorRecord {
  const errorData = exception instanceof CimException ? exception.errorData : undefined;
  const commandType = 'operations' in cmdlet ? cmdlet.commandType : undefined;
  return new ErrorRecord({
    message,
    fullyQualifiedErrorId: [errorId, commandType ?? cmdlet.name].filter((part) => part !== '').join(),
    categoryInfo: {
      category,
      activity: cmdlet.name,
      reason,
      targetName: target.name,
      targetType: target.type,
    },
    exception,
    errorData,
    PSComputerName: computerName,
  });
}
