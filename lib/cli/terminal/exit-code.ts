import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import { UsageError } from '../usage/usage-error.js';

/** Exit code for what happened: 2 for what could not be understood or bound, 1 for everything that failed on its way. */
export function exitCodeOf(error: unknown): 1 | 2 {
  return error instanceof UsageError || error instanceof ParameterBindingError ? 2 : 1;
}
