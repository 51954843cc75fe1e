import { isOutputObject, type LineValue, TableValue } from '../values/line-value.js';
import { NumberValue } from '../values/number-value.js';
import { propertyOrder } from './property-order.js';

/** What an item is in JSON: CIM property names, intervals and points in time as text, null as null, and PSComputerName last. */
function jsonValue(item: LineValue): unknown {
  if (item === null || !isOutputObject(item)) return plain(item);
  if (item.base !== undefined) return plain(item.base);
  const entries = [...item.properties].map(([name, value]) => [name, plain(value)] as const);
  return Object.fromEntries(
    item.className === undefined || item.properties.has('PSComputerName')
      ? entries
      : [...entries, ['PSComputerName', item.computerName]],
  );
}

/** One line of JSON. */
export function jsonLine(item: LineValue): string {
  return JSON.stringify(jsonValue(item));
}

/**
 * What ConvertTo-Json prints: one item as itself, several as an array. Intervals are text, where PowerShell would spell out the
 * .NET object.
 */
export function convertToJson(
  items: readonly LineValue[],
  options: { readonly compress: boolean; readonly asArray: boolean },
): string {
  const values = items.map(inOrder).map(jsonValue);
  const value = values.length === 1 && !options.asArray ? values[0] : values;
  return options.compress ? JSON.stringify(value) : JSON.stringify(value, undefined, 2);
}

/** PowerShell goes through the properties of an instance in an order of its own. */
function inOrder(item: LineValue): LineValue {
  if (item === null || !isOutputObject(item) || item.base !== undefined) return item;
  const { properties } = item;
  const names = propertyOrder(item, [...properties.keys()]);
  return { ...item, properties: new Map(names.map((name) => [name, properties.get(name) ?? null])) };
}

/** A 64-bit number stays a number as long as JSON's readers keep it exactly, else it becomes text. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (value instanceof NumberValue) return value.toJSON();
  if (value instanceof TableValue)
    return Object.fromEntries([...value.entries].map(([name, inner]) => [name, plain(inner)]));
  if ('properties' in value && value.properties instanceof Map) return jsonValue(value as LineValue);
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON());
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
