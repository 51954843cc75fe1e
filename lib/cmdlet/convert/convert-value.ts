import { Secret } from '../../base/secret.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { BoundObject, type BoundScalar, type BoundValue } from '../contract/bound-value.js';
import { argumentError, ConversionFailure } from './conversion-error.js';
import { CONVERTERS } from './convert-scalar.js';
import { validateScalar } from './validate-scalar.js';

/**
 * Converts a value to the parameter's type as PowerShell does for a script cmdlet, and validates it: a scalar given to an array parameter
 * becomes an array of one; ValidateSet gives the declared spelling; a secret is wrapped.
 * @throws ParameterBindingError that names parameter, value (unless it is secret) and remedy.
 */
export function convertValue(
  cmdlet: string,
  parameter: CmdletParameter,
  value: unknown,
  mandatory: boolean,
): BoundValue {
  if (value === null) return nullValue(cmdlet, parameter);
  if (!parameter.isArray) {
    if (!Array.isArray(value)) return convertElement(cmdlet, parameter, value, mandatory);
    const remedy = 'Give one value, not an array.';
    throw argumentError(
      cmdlet,
      parameter,
      'ParameterArgumentTransformationError',
      value,
      'is not a single value.',
      remedy,
    );
  }
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (elements.length === 0 && mandatory && !parameter.allowEmptyCollection) {
    const remedy = 'Give at least one value.';
    throw argumentError(
      cmdlet,
      parameter,
      'ParameterArgumentValidationErrorEmptyArrayNotAllowed',
      value,
      'is empty.',
      remedy,
    );
  }
  validateCount(cmdlet, parameter, elements);
  return elements.map((element) => {
    if (element !== null && element !== undefined) return convertElement(cmdlet, parameter, element, mandatory);
    const remedy = 'Take the null out of the array.';
    throw argumentError(
      cmdlet,
      parameter,
      'ParameterArgumentValidationErrorNullNotAllowed',
      value,
      'holds a null.',
      remedy,
    );
  });
}

function nullValue(cmdlet: string, parameter: CmdletParameter): null {
  if (parameter.allowNull || parameter.nullable) return null;
  const remedy = `Leave ${parameter.name} out, or give a value.`;
  throw argumentError(
    cmdlet,
    parameter,
    'ParameterArgumentValidationErrorNullNotAllowed',
    null,
    'is not allowed.',
    remedy,
  );
}

function convertElement(cmdlet: string, parameter: CmdletParameter, value: unknown, mandatory: boolean): BoundScalar {
  const plain = parameter.secret && value instanceof Secret ? value.reveal() : value;
  if (plain === '' && mandatory && !parameter.allowEmptyString) {
    const errorId = 'ParameterArgumentValidationErrorEmptyStringNotAllowed';
    throw argumentError(cmdlet, parameter, errorId, value, 'is empty.', `Give ${parameter.name} a value.`);
  }
  const converted = transform(cmdlet, parameter, plain);
  if (converted instanceof Secret || converted instanceof BoundObject) return converted;
  const validated = validateScalar(cmdlet, parameter, converted);
  return parameter.secret ? new Secret(String(validated)) : validated;
}

function transform(cmdlet: string, parameter: CmdletParameter, value: unknown): BoundScalar {
  try {
    return parameter.enumeration === undefined
      ? CONVERTERS[parameter.type](value, parameter)
      : enumerationValue(parameter.enumeration, value);
  } catch (error) {
    if (!(error instanceof ConversionFailure)) throw error;
    throw argumentError(cmdlet, parameter, 'ParameterArgumentTransformationError', value, error.message, error.remedy);
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

function validateCount(cmdlet: string, parameter: CmdletParameter, elements: readonly unknown[]): void {
  if (parameter.validateNotNullOrEmpty && elements.length === 0) {
    const remedy = 'Give at least one value.';
    throw argumentError(cmdlet, parameter, 'ParameterArgumentValidationError', elements, 'is empty.', remedy);
  }
  const count = parameter.validateCount;
  if (count === undefined || (elements.length >= count.min && elements.length <= count.max)) return;
  const remedy = `Give ${count.min} to ${count.max} values.`;
  throw argumentError(
    cmdlet,
    parameter,
    'ParameterArgumentValidationError',
    elements,
    'has the wrong number of elements.',
    remedy,
  );
}
