import { CimletError, isCimletError } from '../../base/errors.js';
import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';

/** An error about one target, with its number, from 1, and its name. Anything but an error of the library passes as it is. */
export function rowError(cmdlet: Cmdlet, number: number, computer: string, cause: unknown): unknown {
  if (!isCimletError(cause)) return cause;
  const message = `Target ${number}, ${computer}: ${cause.message}`;
  const { hint } = cause;
  if (cause instanceof ParameterBindingError) {
    const { errorId, parameterNames, given } = cause;
    return new ParameterBindingError({ cmdlet, errorId, message, hint, parameters: parameterNames, given, cause });
  }
  return new CimletError(cause.code, message, { hint, cause });
}
