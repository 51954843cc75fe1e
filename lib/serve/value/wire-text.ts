import { invalidArgument } from '../../base/errors.js';
import type { CimInstance } from '../../cim/instance/cim-instance.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { CIM_DATA_TYPES, type CimType } from '../../cim/value/cim-type.js';
import type { CimScalar, CimValue } from '../../cim/value/cim-value.js';
import { TimeSpan } from '../../cim/value/time-span.js';

/** Writes an embedded instance: header and row, as JSON. */
export type EmbeddedWriter = (instance: CimInstance) => string;

/**
 * A value as text: booleans `1` and `0`, intervals `t` and ticks of 100 ns, points in time `d` and microseconds since 1970 UTC (or the CIM form, when
 * fields of it are asterisks), arrays as JSON of texts, embedded instances as JSON of header and row. Null stays null.
 */
export function wireText(value: CimValue | undefined, embedded: EmbeddedWriter): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    return JSON.stringify(value.map((one: CimScalar | null) => wireText(one, embedded)));
  }
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof TimeSpan) return `t${value.ticks}`;
  if (value instanceof CimDateTime) return value.hasWildcards ? value.toCim() : `d${value.epochMicroseconds}`;
  if (typeof value === 'object') return embedded(value as CimInstance);
  return String(value);
}

/** A text of {@link wireText}, as the value that it was. Types are spelled as in headers. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function fromWireText(name: string, type: string, text: string | null): CimValue {
  if (text === null) return null;
  if (!type.endsWith('[]')) return scalarFrom(name, type, text);
  const element = type.slice(0, -2);
  return textsIn(name, text).map((one) => (one === null ? null : scalarFrom(name, element, one)));
}

/** The CIM type that a header's spelling stands for. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function cimTypeOf(name: string, type: string): CimType {
  const element = type.replace(/\[\]$/, '');
  if (element === 'interval') return 'datetime';
  const found = CIM_DATA_TYPES.find((one) => one === element);
  if (found !== undefined) return found;
  throw invalidArgument(name, type, `Its type is one of ${CIM_DATA_TYPES.join(', ')}, interval.`);
}

function textsIn(name: string, text: string): readonly (string | null)[] {
  const values = parsedIn(name, text);
  if (Array.isArray(values) && values.every((one) => one === null || typeof one === 'string')) return values;
  throw invalidArgument(name, text, 'Give an array as a JSON array of texts.');
}

function parsedIn(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidArgument(name, text, 'Give an array as a JSON array of texts.');
  }
}

function scalarFrom(name: string, type: string, text: string): CimScalar {
  switch (cimTypeOf(name, type)) {
    case 'string':
    case 'char16':
      return text;
    case 'boolean':
      return text === '1';
    case 'datetime':
      return timeFrom(name, text);
    case 'uint64':
    case 'sint64':
      if (/^-?\d{1,20}$/.test(text)) return BigInt(text);
      throw invalidArgument(name, text, 'Give a whole number.');
    default:
      if (text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text);
      if (text === 'NaN') return Number.NaN;
      throw invalidArgument(name, text, 'Give a number.');
  }
}

function timeFrom(name: string, text: string): CimScalar {
  const [, form, digits = ''] = /^([td])(-?\d{1,20})$/.exec(text) ?? [];
  if (form === 't') return TimeSpan.fromTicks(BigInt(digits));
  if (form === 'd') return CimDateTime.fromIso(isoOf(name, text, BigInt(digits)), name);
  return CimDateTime.fromCim(text, name);
}

function isoOf(name: string, text: string, microseconds: bigint): string {
  const rest = ((microseconds % 1000n) + 1000n) % 1000n;
  const date = new Date(Number((microseconds - rest) / 1000n));
  if (Number.isNaN(date.getTime())) throw invalidArgument(name, text, 'Give microseconds of a year from 0000 to 9999.');
  return date.toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`);
}
