import { Secret } from '../../base/secret.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { takesNull } from '../../schema/definition/takes-null.js';
import type { CommandName } from '../contract/binding-error.js';
import { BoundObject, type BoundScalar, type BoundValue } from '../contract/bound-value.js';
import { ConversionFailure, type Refuse, refusalOf } from './conversion-error.js';
import { CONVERTERS } from './convert-scalar.js';
import { refusalOfNull } from './null-value.js';
import { validateScalar } from './validate-scalar.js';

/**
 * Converts a value to the parameter's type as PowerShell does for a script cmdlet, and validates it: a scalar given to an array parameter
 * becomes an array of one; ValidateSet gives the declared spelling; a secret is wrapped.
 * @throws ParameterBindingError that names parameter, value (unless it is secret) and remedy.
 */
export function convertValue(
  cmdlet: CommandName,
  parameter: CmdletParameter,
  value: unknown,
  mandatory: boolean,
): BoundValue {
  const refuse = refusalOf(cmdlet, parameter, value);
  if (value === null) return nullValue(parameter, refuse);
  if (!parameter.isArray) {
    if (!Array.isArray(value)) return convertElement(cmdlet, parameter, value, mandatory);
    throw refuse('ParameterArgumentTransformationError', 'is not a single value.', remedyOfArray(parameter));
  }
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  // In PowerShell's order: what the parameter declares comes before what is mandatory.
  validateCount(parameter, elements, refusalOf(cmdlet, parameter, elements));
  if (elements.length === 0 && mandatory && !parameter.allowEmptyCollection) {
    const errorId = 'ParameterArgumentValidationErrorEmptyArrayNotAllowed';
    throw refuse(errorId, 'is empty.', 'Give at least one value.');
  }
  return elements.map((element) => {
    if (element !== null && element !== undefined) return convertElement(cmdlet, parameter, element, mandatory);
    const errorId = 'ParameterArgumentValidationErrorNullNotAllowed';
    throw refuse(errorId, 'holds a null.', 'Take the null out of the array.');
  });
}

/** A computer by name is one; several are given as PowerShell has it. */
function remedyOfArray({ name }: CmdletParameter): string {
  if (name !== 'ComputerName') return 'Give one value, not an array.';
  return 'Give one name. Several computers, by name or as sessions, are the values of CimSession.';
}

/**
 * PowerShell makes an empty text or 0 of null, or takes a list of nothing for none at all: nobody who gives it in code means that, and what is done
 * without the parameter may reach further (this server, all scopes). So it is refused.
 */
function nullValue(parameter: CmdletParameter, refuse: Refuse): null {
  if (takesNull(parameter)) return null;
  const errorId = refusalOfNull(parameter);
  const remedy = `Leave ${parameter.name} out, or give a value.`;
  throw refuse(errorId ?? 'ParameterArgumentValidationErrorNullNotAllowed', 'is not allowed.', remedy);
}

function convertElement(
  cmdlet: CommandName,
  parameter: CmdletParameter,
  value: unknown,
  mandatory: boolean,
): BoundScalar {
  const plain = parameter.secret && value instanceof Secret ? value.reveal() : value;
  const converted = transform(cmdlet, parameter, plain);
  if (converted instanceof Secret || converted instanceof BoundObject) return converted;
  const validated = validateScalar(cmdlet, parameter, converted);
  if (validated === '' && mandatory && !parameter.allowEmptyString) {
    const errorId = 'ParameterArgumentValidationErrorEmptyStringNotAllowed';
    throw refusalOf(cmdlet, parameter, value)(errorId, 'is empty.', `Give ${parameter.name} a value.`);
  }
  return parameter.secret ? new Secret(String(validated)) : validated;
}

function transform(cmdlet: CommandName, parameter: CmdletParameter, value: unknown): BoundScalar {
  try {
    return parameter.enumeration === undefined
      ? CONVERTERS[parameter.type](value, parameter)
      : enumerationValue(parameter.enumeration, value);
  } catch (error) {
    if (!(error instanceof ConversionFailure)) throw error;
    const refuse = refusalOf(cmdlet, parameter, value);
    throw refuse('ParameterArgumentTransformationError', error.message, error.remedy);
  }
}

function enumerationValue(enumeration: NonNullable<CmdletParameter['enumeration']>, value: unknown): number {
  const values = Object.entries(enumeration.values);
  const remedy = `Give ${enumeration.flags ? 'some' : 'one'} of ${values.map(([name]) => name).join(', ')}.`;
  const texts = String(value)
    .split(enumeration.flags ? ',' : /$^/)
    .map((text) => text.trim().toLowerCase());
  const numbers = texts.map(
    (text) => values.find(([name, number]) => name.toLowerCase() === text || String(number) === text)?.[1],
  );
  let result = 0;
  for (const number of numbers) {
    if (number === undefined) throw new ConversionFailure('is not a name of the enumeration.', remedy);
    result = enumeration.flags ? result | number : number;
  }
  return result;
}

function validateCount(parameter: CmdletParameter, elements: readonly unknown[], refuse: Refuse): void {
  const errorId = 'ParameterArgumentValidationError';
  if (parameter.validateNotNullOrEmpty && elements.length === 0) {
    throw refuse(errorId, 'is empty.', 'Give at least one value.');
  }
  const count = parameter.validateCount;
  if (count === undefined || (elements.length >= count.min && elements.length <= count.max)) return;
  throw refuse(errorId, 'has the wrong number of elements.', `Give ${count.min} to ${count.max} values.`);
}
