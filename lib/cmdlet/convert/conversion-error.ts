import { describeValue } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import { type Text, wording } from '../../base/wording.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { type BindingErrorId, type CommandName, ParameterBindingError } from '../contract/binding-error.js';

/** Why a value does not convert; the caller of the conversion adds cmdlet, parameter and value. */
export class ConversionFailure extends Error {
  readonly remedy: Text;

  constructor(problem: string, remedy: Text) {
    super(problem);
    this.remedy = remedy;
  }
}

/** Makes the error of one value that does not fit its parameter. */
export type Refuse = (errorId: BindingErrorId, problem: string, remedy: Text) => ParameterBindingError;

/** The errors of one value of one parameter. The value of a secret parameter is not shown, nor is a Secret's anywhere. */
export function refusalOf(
  cmdlet: CommandName,
  { name, secret }: Pick<CmdletParameter, 'name' | 'secret'>,
  value: unknown,
): Refuse {
  return (errorId, problem, remedy) => {
    const shown = secret || value instanceof Secret ? 'the given value' : showValue(value);
    return new ParameterBindingError({
      cmdlet,
      errorId,
      message: wording`${name}: ${shown} ${problem} ${remedy}`,
      hint: remedy,
      parameters: [name],
    });
  };
}

function showValue(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value === null) return '$null';
  if (value instanceof TimeSpan) return describeValue(String(value));
  if (typeof value === 'object') return `an object of type ${value.constructor?.name ?? 'Object'}`;
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  return describeValue(value);
}
