import { CimInstance } from '../../cim/instance/cim-instance.js';
import { AddressValue } from './address-value.js';
import { arrayOf } from './array-type.js';
import {
  isArrayValue,
  isBlockValue,
  isOutputObject,
  isScalarValue,
  type LineValue,
  type OutputObject,
  type PropertyType,
  TableValue,
} from './line-value.js';
import { NumberValue } from './number-value.js';
import { VersionValue } from './version-value.js';

/** A value of JavaScript as the line has it. `type` is what the class declares, where it does. */
export function typedValue(raw: unknown, type?: PropertyType): LineValue {
  if (raw === null || raw === undefined) return null;
  if (Array.isArray(raw)) {
    const values = raw.map((element) => typedValue(element, type));
    if (type !== undefined) return arrayOf(type, values);
    // The line's own arrays have their type already.
    return values.every((value, at) => value === raw[at]) ? raw : values;
  }
  if (typeof raw === 'number' || typeof raw === 'bigint')
    return NumberValue.of(raw, type === 'IPAddress' || type === 'String' || type === 'Boolean' ? undefined : type);
  if (type === 'IPAddress' && typeof raw === 'string') return new AddressValue(raw);
  if (isLineValue(raw)) return raw;
  return objectOf(raw);
}

function isLineValue(raw: unknown): raw is LineValue {
  return (
    isScalarValue(raw) ||
    raw instanceof TableValue ||
    (typeof raw === 'object' && raw !== null && ('computerName' in raw || 'source' in raw) && !('protocol' in raw))
  );
}

/** An object of the library as one of the line: an embedded instance, what a result has in a property. */
function objectOf(raw: unknown): OutputObject | string {
  if (typeof raw !== 'object' || raw === null) return String(raw);
  const isInstance = raw instanceof CimInstance;
  const entries: [string, unknown][] = isInstance
    ? [...raw.cimInstanceProperties].map(({ name, value }) => [name, value])
    : Object.entries(raw);
  return {
    properties: new Map<string, unknown>(entries),
    computerName: null,
    showsComputerName: false,
    source: raw,
    ...(isInstance ? { text: String(raw) } : {}),
  };
}

/** A value as the library's cmdlets take it: the object that the line's one was made from, numbers and addresses as JavaScript has them. */
export function plainValue(value: LineValue): unknown {
  if (isArrayValue(value)) return value.map(plainValue);
  if (value instanceof NumberValue) return value.plain;
  if (value instanceof AddressValue || value instanceof VersionValue) return value.toString();
  if (value instanceof TableValue) {
    const table: Record<string, unknown> = Object.create(null);
    for (const [name, entry] of value.entries) table[name] = plainValue(entry);
    return table;
  }
  if (isBlockValue(value)) return value.source;
  if (value !== null && isOutputObject(value)) return value.source;
  return value;
}
