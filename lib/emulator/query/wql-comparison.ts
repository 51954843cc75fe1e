import { CimInstance } from '../../cim/instance/cim-instance.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import type { CimType } from '../../cim/value/cim-type.js';
import type { CimObject, CimScalar } from '../../cim/value/cim-value.js';
import { TimeSpan } from '../../cim/value/time-span.js';

/**
 * Less than zero, zero or more for two values of a query; undefined when they cannot be compared. Strings are compared by code unit,
 * case apart; a constant takes on the type of the property: numbers, booleans and datetimes may stand in quotes.
 */
export function compareWql(left: CimScalar, right: CimScalar): number | undefined {
  if (typeof left === 'string') {
    return typeof right === 'string'
      ? order(left.toLowerCase(), right.toLowerCase())
      : negated(compareTyped(right, left));
  }
  return compareTyped(left, right);
}

function compareTyped(left: CimScalar, right: CimScalar): number | undefined {
  switch (typeof left) {
    case 'boolean': {
      const other = asBoolean(right);
      return other === undefined ? undefined : Number(left) - Number(other);
    }
    case 'number':
    case 'bigint': {
      const other = asNumber(right);
      return other === undefined ? undefined : order(left, other);
    }
    case 'string':
      return typeof right === 'string' ? order(left.toLowerCase(), right.toLowerCase()) : undefined;
    default:
      return compareObjects(left, right);
  }
}

function compareObjects(left: CimDateTime | TimeSpan | CimObject, right: CimScalar): number | undefined {
  const other = typeof right === 'string' ? datetimeOf(right) : right;
  if (left instanceof CimDateTime) return other instanceof CimDateTime ? CimDateTime.compare(left, other) : undefined;
  if (left instanceof TimeSpan) return other instanceof TimeSpan ? TimeSpan.compare(left, other) : undefined;
  const path = pathOf(right);
  const own = pathOf(left);
  return own === undefined || path === undefined ? undefined : order(own, path);
}

/** True when a constant can stand for a value of the type. */
export function fitsType(type: CimType, constant: string | number | bigint | boolean): boolean {
  switch (type) {
    case 'string':
      return typeof constant === 'string';
    case 'boolean':
      return asBoolean(constant) !== undefined;
    case 'char16':
      return typeof constant === 'string';
    case 'datetime':
      return typeof constant === 'string' && datetimeOf(constant) !== undefined;
    case 'reference':
      return typeof constant === 'string';
    case 'instance':
      return false;
    default:
      return asNumber(constant) !== undefined;
  }
}

/** A datetime's text as WQL has it: the 25 characters of CIM. ISO 8601 is taken, too. */
function datetimeOf(text: string): CimDateTime | TimeSpan | undefined {
  try {
    return text.length === 25 && text[21] === ':' ? TimeSpan.fromCim(text) : CimDateTime.from(text);
  } catch {
    return undefined;
  }
}

function asBoolean(value: CimScalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) !== 0;
  if (typeof value !== 'string') return undefined;
  if (/^true$/i.test(value)) return true;
  return /^false$/i.test(value) ? false : undefined;
}

function asNumber(value: CimScalar): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^[+-]?\d{1,400}$/.test(text)) return BigInt(text.replace(/^\+/, ''));
  return /^[+-]?\d{1,400}\.\d{0,400}(?:e[+-]?\d{1,4})?$/i.test(text) ? Number(text) : undefined;
}

/** An object path without the server, as references are compared. */
function pathOf(value: CimScalar): string | undefined {
  const path =
    value instanceof CimInstance ? value.cimSystemProperties.path : typeof value === 'string' ? value : undefined;
  return path?.replace(/^\\\\[^\\]*\\/, '').toLowerCase();
}

/** Numbers and bigints compare with each other exactly; NaN compares with nothing. */
function order<T extends number | bigint | string>(left: T, right: T): number | undefined {
  if (left < right) return -1;
  if (left > right) return 1;
  return left <= right ? 0 : undefined;
}

function negated(result: number | undefined): number | undefined {
  return result === undefined ? undefined : -result;
}
