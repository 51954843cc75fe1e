import { wording, wordingOf } from '../../base/wording.js';
import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';

/**
 * An error about a value that stands without a name, with the parameters that such values went to: the order of positions is not that of the syntax
 * in PowerShell's help. `placed`: these parameters in their order.
 */
export function toldByPosition(error: unknown, definition: Cmdlet, placed: readonly string[]): unknown {
  if (!(error instanceof ParameterBindingError) || !error.parameterNames.some((name) => placed.includes(name))) {
    return error;
  }
  const { message, hint } = wordingOf(error);
  const order = `Values without a name are ${placed.map((name) => `-${name}`).join(', ')}, in this order.`;
  // What does not fit its type says its remedy at the end of its message.
  const isToldAlready = hint === undefined || String(message).endsWith(String(hint));
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: error.errorId,
    message,
    given: error.given,
    hint: isToldAlready ? order : wording`${hint} ${order}`,
    parameters: error.parameterNames,
    cause: error.cause,
  });
}
