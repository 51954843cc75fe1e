import { types } from 'node:util';
import { Secret } from '../../base/secret.js';
import { CimDateTime } from '../value/cim-date-time.js';
import type { CimValueDeclaration } from '../value/class-declaration.js';
import { TimeSpan } from '../value/time-span.js';
import { formatChar16 } from './char16.js';
import { formatInteger, integerRangeText, isIntegerType, parseInteger } from './integer.js';
import { formatReal } from './real.js';
import { unfitValue } from './value-place.js';

/** A number above 2^53 has lost its last digits already, and text is no number; what was meant can be said as a bigint. */
function asBigint(type: CimValueDeclaration['type'], value: unknown): string {
  if (type !== 'uint64' && type !== 'sint64') return '';
  const meant =
    typeof value === 'string'
      ? parseInteger(type, value)
      : typeof value === 'number' && Number.isInteger(value)
        ? BigInt(value)
        : undefined;
  const text = meant === undefined ? undefined : formatInteger(type, meant);
  return text === undefined ? '' : ` Give it as a bigint, such as ${text}n.`;
}

/** The text of one value of a plain type (not datetime, reference or instance); a Secret is revealed here. `owner` is named in errors. */
export function scalarText(owner: string, declaration: CimValueDeclaration, value: unknown): string {
  const { type } = declaration;
  if (isIntegerType(type)) {
    const text = typeof value === 'number' || typeof value === 'bigint' ? formatInteger(type, value) : undefined;
    if (text !== undefined) return text;
    throw unfitValue(
      owner,
      declaration,
      value,
      `A ${type} is an integer from ${integerRangeText(type)}.${asBigint(type, value)}`,
    );
  }
  switch (type) {
    case 'boolean':
      if (typeof value === 'boolean') return value ? 'true' : 'false';
      throw unfitValue(owner, declaration, value, 'Give true or false.');
    case 'real32':
    case 'real64': {
      const text = typeof value === 'number' ? formatReal(type, value) : undefined;
      if (text !== undefined) return text;
      throw unfitValue(owner, declaration, value, `Give a number that a ${type} can hold.`);
    }
    case 'char16': {
      const text = typeof value === 'string' ? formatChar16(value) : undefined;
      if (text !== undefined) return text;
      throw unfitValue(owner, declaration, value, 'A char16 is a string of one UTF-16 unit.');
    }
    default:
      if (typeof value === 'string') return value;
      if (value instanceof Secret) return value.reveal();
      throw unfitValue(owner, declaration, value, 'Give a string.');
  }
}

/** A datetime from what a caller may give. */
export function datetimeValue(owner: string, declaration: CimValueDeclaration, value: unknown): CimDateTime | TimeSpan {
  if (value instanceof TimeSpan) {
    if (value.ticks >= 0n) return value;
    throw unfitValue(owner, declaration, String(value), 'A CIM interval cannot be negative.');
  }
  if (declaration.interval !== true) {
    if (value instanceof CimDateTime) return value;
    if (types.isDate(value)) return CimDateTime.from(value, `${owner}.${declaration.name}`);
  }
  const remedy = declaration.interval === true ? 'Give a TimeSpan.' : 'Give a CimDateTime, a Date or a TimeSpan.';
  throw unfitValue(owner, declaration, value, remedy);
}
