import type { CimInput } from './cim-input.js';
import type { CimType } from './cim-type.js';
import type { CimValueDeclaration } from './class-declaration.js';

const INTEGER = /^[su]int(?:8|16|32|64)$/;

/**
 * A value as the type that its place declares, as MMI's CimMethodParameter and CimProperty convert it with .NET's Convert: texts of digits become
 * numbers, fractions whole ones (halves go to the even neighbour), numbers and `true` or `false` Boolean values, and all of them texts. What does not
 * convert, and a scalar where an array is declared, stays as it is, for the codec to refuse.
 */
export function convertedValue(
  { type, isArray }: Pick<CimValueDeclaration, 'type' | 'isArray'>,
  value: CimInput,
): CimInput {
  if (isArray !== true) return converted(type, value);
  return Array.isArray(value) ? (value.map((element) => converted(type, element as CimInput)) as CimInput) : value;
}

function converted(type: CimType, value: CimInput): CimInput {
  if (INTEGER.test(type)) return wholeNumber(value) ?? value;
  switch (type) {
    case 'real32':
    case 'real64':
      return realNumber(value) ?? value;
    case 'boolean':
      return truth(value) ?? value;
    case 'string':
      return text(value) ?? value;
    default:
      return value;
  }
}

function wholeNumber(value: CimInput): bigint | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string')
    return /^\s*[+-]?\d{1,20}\s*$/.test(value) ? BigInt(value.trim().replace(/^\+/, '')) : undefined;
  // A number that holds no whole one exactly says nothing certain.
  if (typeof value !== 'number' || Number.isInteger(value) || !(Math.abs(value) < 2 ** 52)) return undefined;
  const floor = Math.floor(value);
  const rest = value - floor;
  return BigInt(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
}

function realNumber(value: CimInput): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  const isText = typeof value === 'string' && /^\s*[+-]?\d{1,30}(?:\.\d{1,30})?\s*$/.test(value);
  return isText ? Number(value) : undefined;
}

function truth(value: CimInput): boolean | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) !== 0;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

function text(value: CimInput): string | undefined {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}
