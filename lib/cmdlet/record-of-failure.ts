import { CimException } from '../cim/cim-exception.js';
import type { ErrorCategory } from '../cim/error-category.js';
import type { CmdletDefinition } from '../schema/cmdlet-definition.js';
import { ParameterBindingError } from './binding-error.js';
import { categoryOfCode } from './error-category.js';
import { ErrorRecord } from './error-record.js';

/** The record of whatever a target's operation threw (PowerShell: CimJobException). */
export function recordOfFailure(
  definition: CmdletDefinition,
  failure: unknown,
  computerName: string | undefined,
): ErrorRecord {
  const exception = failure instanceof Error ? failure : new Error(String(failure));
  if (exception instanceof CimException) return recordOfCimException(definition, exception, computerName);
  const { code } = exception as { readonly code?: unknown };
  const codeName = typeof code === 'string' ? code : undefined;
  const errorId =
    exception instanceof ParameterBindingError ? exception.errorId : `CimJob_${codeName ?? exception.name}`;
  return record(definition, exception, errorId, categoryOfCode(codeName), computerName);
}

/** The record for a session that cannot be used any more; it is given once for each session. */
export function recordOfBrokenSession(definition: CmdletDefinition, cause: Error, computerName: string): ErrorRecord {
  const message = `The session to ${computerName} cannot be used: ${cause.message}`;
  return record(definition, cause, 'CimJob_BrokenCimSession', 'ResourceUnavailable', computerName, message);
}

/** The record for a method whose return value is an error code. */
export function recordOfReturnValue(
  definition: CmdletDefinition,
  method: string,
  code: string,
  computerName: string,
): ErrorRecord {
  const exception = new ReturnCodeError(`${definition.className}.${method} returned the error code ${code}.`);
  return record(definition, exception, `CimJob_${method}_${code}`, 'InvalidResult', computerName);
}

class ReturnCodeError extends Error {
  override readonly name = 'CimJobException';
}

function recordOfCimException(
  definition: CmdletDefinition,
  exception: CimException,
  computerName: string | undefined,
): ErrorRecord {
  const errorId = exception.messageId ?? `MiClientApiError_${exception.nativeErrorCode}`;
  const targetType = `${definition.namespace}/${definition.className}`;
  const target =
    exception.errorData === undefined ? undefined : { targetName: exception.errorSource ?? '', targetType };
  return record(definition, exception, errorId, exception.errorCategory, computerName, exception.message, target);
}

function record(
  definition: CmdletDefinition,
  exception: Error,
  errorId: string,
  category: ErrorCategory,
  computerName: string | undefined,
  message = exception.message,
  target = { targetName: definition.className, targetType: 'String' },
): ErrorRecord {
  return new ErrorRecord({
    message,
    fullyQualifiedErrorId: `${errorId},${definition.name}`,
    categoryInfo: { category, activity: definition.name, reason: exception.name, ...target },
    exception,
    errorData: exception instanceof CimException ? exception.errorData : undefined,
    PSComputerName: computerName,
  });
}
