import type { CimScalar } from '../../cim/value/cim-value.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import type { CommandName } from '../contract/binding-error.js';
import { refusalOf } from './conversion-error.js';

const SECOND = 10_000_000n;

/** Applies a parameter's validation attributes to one converted value. @throws ParameterBindingError `ParameterArgumentValidationError`. */
export function validateScalar(cmdlet: CommandName, parameter: CmdletParameter, value: CimScalar): CimScalar {
  const refuse = (problem: string, remedy: string) =>
    refusalOf(cmdlet, parameter, value)('ParameterArgumentValidationError', problem, remedy);
  if (parameter.validateNotNullOrEmpty && value === '')
    throw refuse('is empty.', `Give ${parameter.name} a value, or leave it out.`);
  const { validateSet, validateRange, validateLength, seconds } = parameter;
  if (validateSet !== undefined) {
    const wanted = String(value).toLowerCase();
    const member = validateSet.find((candidate) => candidate.toLowerCase() === wanted);
    if (member === undefined)
      throw refuse('is not in the set of allowed values.', `Give one of ${validateSet.join(', ')}.`);
    return typeof value === 'string' ? member : value;
  }
  if (validateRange !== undefined && (typeof value === 'number' || typeof value === 'bigint')) {
    const { min, max } = validateRange;
    if (value < min || value > max) throw refuse('is out of range.', `Give a value from ${min} to ${max}.`);
  }
  if (validateLength !== undefined && typeof value === 'string') {
    const { min, max } = validateLength;
    if (value.length < min || value.length > max) {
      throw refuse(`has ${value.length} characters.`, `Give ${min} to ${max} characters.`);
    }
  }
  if (seconds !== undefined && value instanceof TimeSpan) {
    const { min, max } = seconds;
    if (value.ticks % SECOND !== 0n) throw refuse('has a fraction of a second.', 'Give whole seconds.');
    const whole = value.ticks / SECOND;
    if (whole < BigInt(min))
      throw refuse('is too short.', `Give at least ${TimeSpan.fromTicks(BigInt(min) * SECOND)}.`);
    if (whole > BigInt(max)) throw refuse('is too long.', `Give at most ${TimeSpan.fromTicks(BigInt(max) * SECOND)}.`);
  }
  return value;
}
