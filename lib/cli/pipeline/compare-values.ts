import { parseIpv4 } from '../../base/ip-address.js';
import { wildcard } from '../../cmdlet/convert/wildcard.js';
import type { StageValue } from './output-stages.js';

/** What Where-Object and Sort-Object compare: numbers as numbers, intervals by length, IPv4 addresses by number, other things as text. */
export function compareValues(left: unknown, right: unknown, caseSensitive = false): number {
  const [a, b] = [comparable(left), comparable(right)];
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a !== 'string' && typeof b !== 'string') return a < b ? -1 : a > b ? 1 : 0;
  const [x, y] = caseSensitive
    ? [String(left), String(right)]
    : [String(left).toLowerCase(), String(right).toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * One of Where-Object's comparisons, `operator` in lower case. An array on the left passes when one of its elements does, as in PowerShell.
 */
export function passes(
  operator: string,
  left: unknown,
  right: StageValue | readonly StageValue[] | undefined,
): boolean {
  const caseSensitive = operator.startsWith('c') && operator !== 'contains';
  const name = /^[ic](?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin)$/.test(operator)
    ? operator.slice(1)
    : operator;
  if (name === 'contains' || name === 'notcontains') {
    const found = asArray(left).some((element) => equal(element, single(right), caseSensitive));
    return found === (name === 'contains');
  }
  if (name === 'in' || name === 'notin') {
    const found = asArray(right).some((element) => equal(left, element, caseSensitive));
    return found === (name === 'in');
  }
  if (Array.isArray(left)) return left.some((element) => compares(name, element, single(right), caseSensitive));
  return compares(name, left, single(right), caseSensitive);
}

function compares(name: string, left: unknown, right: unknown, caseSensitive: boolean): boolean {
  switch (name) {
    case 'eq':
      return equal(left, right, caseSensitive);
    case 'ne':
      return !equal(left, right, caseSensitive);
    case 'gt':
      return compareValues(left, right, caseSensitive) > 0;
    case 'ge':
      return compareValues(left, right, caseSensitive) >= 0;
    case 'lt':
      return compareValues(left, right, caseSensitive) < 0;
    case 'le':
      return compareValues(left, right, caseSensitive) <= 0;
    case 'like':
    case 'notlike':
      return wildcard(text(right), caseSensitive).test(text(left)) === (name === 'like');
    default:
      return pattern(text(right), caseSensitive).test(text(left)) === (name === 'match');
  }
}

function equal(left: unknown, right: unknown, caseSensitive: boolean): boolean {
  if (typeof left === 'boolean' && typeof right === 'string') return (right !== '') === left;
  return compareValues(left, right, caseSensitive) === 0;
}

function pattern(source: string, caseSensitive: boolean): RegExp {
  return new RegExp(source, caseSensitive ? '' : 'i');
}

/** PowerShell's idea of true. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 1 || (value.length === 1 && isTrue(value[0]));
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== 0n && value !== '';
}

const asArray = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const single = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
const text = (value: unknown): string =>
  value === null || value === undefined ? '' : value === true ? 'True' : value === false ? 'False' : String(value);

/** A number, a big integer or a lower-case text that orders as the value does; undefined for null. */
function comparable(value: unknown): number | bigint | string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return Number(value);
  if (Array.isArray(value)) return comparable(value[0]);
  const written = String(value);
  if (/^[+-]?\d+(?:\.\d+)?$/.test(written)) return Number(written);
  const address = parseIpv4(written);
  if (address !== undefined) return address;
  const span = /^(-?)(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/.exec(written);
  if (span) {
    const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = span;
    const total =
      ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds) + Number(`0.${fraction}0`);
    return sign === '-' ? -total : total;
  }
  return written.toLowerCase();
}
