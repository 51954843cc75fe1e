import { randomUUID } from 'node:crypto';
import { isArrayValue, isOutputObject, type LineValue, TableValue } from '../values/line-value.js';
import { JsonNumber, NumberValue } from '../values/number-value.js';
import { typedValue } from '../values/typed-value.js';
import { valueText } from '../values/value-text.js';
import { propertyOrder } from './property-order.js';

/** What JSON has no way of its own for. */
interface Numbers {
  /** An integer of 64 bits, in digits. */
  whole64(digits: string): unknown;
  /** A whole number of another type that JavaScript's numbers do not hold. */
  large(value: NumberValue): unknown;
  readonly infinity: string;
}

/** As the library's `toJSON`: by the type alone, whatever the value. */
const LINE: Numbers = { whole64: (digits) => digits, large: String, infinity: 'INF' };

/** What an item is in JSON: CIM property names, intervals and points in time as text, null as null, and PSComputerName last. */
function jsonValue(item: LineValue, numbers: Numbers): unknown {
  if (item === null || !isOutputObject(item)) return plain(item, numbers);
  if (item.base !== undefined) return plain(item.base, numbers);
  const entries = [...item.properties].map(([name, value]) => [name, plain(value, numbers)] as const);
  return Object.fromEntries(
    item.className === undefined || item.properties.has('PSComputerName')
      ? entries
      : [...entries, ['PSComputerName', item.computerName]],
  );
}

/** One line of JSON. Integers of 64 bits are text by their type, as in the library's `toJSON`, whatever their value. */
export function jsonLine(item: LineValue): string {
  return JSON.stringify(jsonValue(item, LINE));
}

/**
 * What ConvertTo-Json prints: one item as itself, several as an array; integers of 64 bits as numbers with all of their digits, as there. Intervals
 * are text, where PowerShell would spell out the .NET object.
 */
export function convertToJson(
  items: readonly LineValue[],
  options: { readonly compress: boolean; readonly asArray: boolean; readonly depth?: number | undefined },
): string {
  // JSON.stringify has no number of more than 53 bits: the digits go through it as a text that nothing else begins with.
  const mark = randomUUID();
  let isMarked = false;
  const numbers: Numbers = {
    infinity: 'Infinity',
    whole64(digits) {
      if (Number.isSafeInteger(Number(digits))) return Number(digits);
      isMarked = true;
      return mark + digits;
    },
    // .NET gives a decimal a fraction always; a large number of JSON is a BigInteger there.
    large: (value) => numbers.whole64(value instanceof JsonNumber ? String(value) : `${value}.0`),
  };
  const isOne = items.length === 1 && !options.asArray;
  const levels = options.depth === undefined ? undefined : options.depth - (isOne ? 0 : 1);
  const values = items
    .map(inOrder)
    .map((item) => jsonValue(levels === undefined ? item : cutOff(item, levels), numbers));
  const value = isOne ? values[0] : values;
  const text = options.compress ? JSON.stringify(value) : JSON.stringify(value, undefined, 2);
  return isMarked ? withoutQuotes(text, mark) : text;
}

/** What is nested deeper than so many levels as its text. */
function cutOff(value: LineValue, levels: number): LineValue {
  const isObject = value !== null && isOutputObject(value) && value.base === undefined;
  if (!isObject && !isArrayValue(value) && !(value instanceof TableValue)) return value;
  if (levels < 0) return valueText(value);
  if (isArrayValue(value)) return value.map((element) => cutOff(element, levels - 1));
  if (value instanceof TableValue)
    return new TableValue(new Map([...value.entries].map(([name, entry]) => [name, cutOff(entry, levels - 1)])));
  const cut = [...value.properties].map(
    ([name, raw]) => [name, cutOff(typedValue(raw, value.types?.get(name)), levels - 1)] as const,
  );
  return { ...value, properties: new Map(cut) };
}

/** PowerShell goes through the properties of an instance in an order of its own. */
function inOrder(item: LineValue): LineValue {
  if (item === null || !isOutputObject(item) || item.base !== undefined) return item;
  const { properties } = item;
  const names = propertyOrder(item, [...properties.keys()]);
  return { ...item, properties: new Map(names.map((name) => [name, properties.get(name) ?? null])) };
}

function withoutQuotes(text: string, mark: string): string {
  const [before = '', ...marked] = text.split(`"${mark}`);
  return before + marked.map((part) => part.replace('"', '')).join('');
}

function plain(value: unknown, numbers: Numbers): unknown {
  if (typeof value === 'bigint') return numbers.whole64(String(value));
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : String(value).replace('Infinity', numbers.infinity);
  if (Array.isArray(value)) return value.map((element) => plain(element, numbers));
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (value instanceof NumberValue) {
    const is64 = value.type === 'Int64' || value.type === 'UInt64';
    if (is64 && !(value instanceof JsonNumber)) return numbers.whole64(String(value));
    return typeof value.plain === 'bigint' ? numbers.large(value) : value.toJSON();
  }
  if (value instanceof TableValue) {
    return Object.fromEntries([...value.entries].map(([name, inner]) => [name, plain(inner, numbers)]));
  }
  if ('properties' in value && value.properties instanceof Map) return jsonValue(value as LineValue, numbers);
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), numbers);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, numbers)]));
}
