import { lazyValue } from '../../base/collections/lazy-value.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { isWhole, type NumberType, readNumberText } from '../../cmdlet/convert/number-literal.js';
import { AddressValue } from './address-value.js';
import { convertValue, typeOfValue, type ValueType } from './convert.js';
import { LanguageError } from './language-error.js';
import { bareValue, isArrayValue, isOutputObject, type LineValue } from './line-value.js';
import { NumberValue } from './number-value.js';
import { valueText } from './value-text.js';
import { VersionValue } from './version-value.js';

/** PowerShell orders texts by culture: punctuation, digits, letters, accents beside their letter, lower case first. */
const withCase = lazyValue(() => new Intl.Collator('en', { sensitivity: 'variant' }));
const withoutCase = lazyValue(() => new Intl.Collator('en', { sensitivity: 'accent' }));

/**
 * `-eq` of two values of which the left is not an array: the right one is converted to the type of the left one; what does not convert is not
 * equal (LanguagePrimitives.Equals).
 */
export function isEqual(first: LineValue, second: LineValue, caseSensitive = false): boolean {
  const [left, right] = [bareValue(first), bareValue(second)];
  if (left === null || right === null) return left === right;
  if (typeof left === 'string') return compareTexts(left, valueText(right), caseSensitive) === 0;
  if (left instanceof NumberValue && right instanceof NumberValue) return sameType(left, right) === 0;
  const type = typeOfValue(left);
  if (type === undefined) return isSame(left, right);
  const converted = convertedTo(right, type, left);
  return converted !== undefined && sameType(left, converted) === 0;
}

/**
 * Negative, zero or positive for the order of two values, of which the left gives the type (LanguagePrimitives.Compare).
 * @throws LanguageError where the right one does not convert, and for addresses and objects, which have no order.
 */
export function compareValues(first: LineValue, second: LineValue, caseSensitive = false): number {
  const [left, right] = [bareValue(first), bareValue(second)];
  if (left === null) return right === null ? 0 : -sideOfNull(right);
  if (right === null) return sideOfNull(left);
  if (typeof left === 'string') return compareTexts(left, valueText(right), caseSensitive);
  if (left instanceof NumberValue && right instanceof NumberValue) return sameType(left, right) ?? 0;
  const type = typeOfValue(left);
  if (type === undefined || left instanceof AddressValue) {
    if (isSame(left, right)) return 0;
    throw new LanguageError('NotIcomparable', `Cannot compare "${shown(left)}", which has no order.`);
  }
  const converted = convertedTo(right, type, left);
  if (converted === undefined) throw notConvertible(left, right, type);
  return sameType(left, converted) ?? 0;
}

/** Texts by culture, as `-eq`, `-lt` and Sort-Object have them. */
function compareTexts(left: string, right: string, caseSensitive = false): number {
  return (caseSensitive ? withCase() : withoutCase()).compare(left, right);
}

/**
 * The order in which Sort-Object puts values, and by which it and Group-Object take them for alike: nulls first, then by {@link compareValues};
 * values that have no order by their texts.
 */
export function sortOrder(left: LineValue, right: LineValue, caseSensitive = false): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  try {
    return compareValues(left, right, caseSensitive);
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    return compareTexts(valueText(left), valueText(right), caseSensitive);
  }
}

/** The right side as the type of the left one has it; a text beside a number is the number that it stands for. */
function convertedTo(right: LineValue, type: ValueType, left: LineValue): LineValue | undefined {
  if (isArrayValue(right) && type !== 'Boolean') return undefined;
  if (!(left instanceof NumberValue) || typeof right !== 'string') return convertValue(right, type);
  const number = readNumberText(right);
  return number === undefined ? undefined : new NumberValue(number.type, number.value);
}

function sideOfNull(value: LineValue): number {
  return value instanceof NumberValue && Number(value.value) < 0 ? -1 : 1;
}

/** Undefined for values of different types, and for addresses that are not the same. */
function sameType(left: LineValue, right: LineValue): number | undefined {
  if (left instanceof VersionValue && right instanceof VersionValue) return VersionValue.compare(left, right);
  if (left instanceof AddressValue) return isSame(left, right) ? 0 : undefined;
  const [first, second] = [quantityOf(left), quantityOf(right)];
  return first === undefined || second === undefined ? undefined : first < second ? -1 : first > second ? 1 : 0;
}

/** What a value counts, beside its like. */
function quantityOf(value: LineValue): number | bigint | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof NumberValue) return value.value;
  if (value instanceof TimeSpan) return value.ticks;
  return value instanceof CimDateTime ? value.epochMicroseconds : undefined;
}

/** Two objects are equal when they are the same one, two addresses when they read alike. */
function isSame(left: LineValue, right: LineValue): boolean {
  if (left === right) return true;
  if (left instanceof AddressValue && right instanceof AddressValue) return left.text === right.text;
  const objects = [left, right].map((value) =>
    value !== null && typeof value === 'object' && isOutputObject(value) ? value.source : undefined,
  );
  return objects[0] !== undefined && objects[0] === objects[1];
}

function notConvertible(left: LineValue, right: LineValue, type: string): LanguageError {
  const numeric = left instanceof NumberValue && typeof right === 'string';
  const id = !numeric
    ? 'ComparisonFailure'
    : isWhole(type as NumberType)
      ? 'InvalidCastFromStringToInteger'
      : 'InvalidCastFromStringToDoubleOrSingle';
  return new LanguageError(
    id,
    `Could not compare "${shown(left)}" to "${shown(right)}". Error: Cannot convert value "${shown(right)}" to type "System.${type}".`,
  );
}

function shown(value: LineValue): string {
  const text = valueText(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
