import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import type { NumberType } from '../../cmdlet/convert/number-literal.js';
import { AddressValue } from './address-value.js';
import { NumberValue } from './number-value.js';
import { VersionValue } from './version-value.js';

/** What .NET's types that JavaScript has no own for are in a property: PowerShell compares by them. */
export type PropertyType = NumberType | 'IPAddress' | 'String' | 'Boolean';

/**
 * What the stages after a cmdlet and the views work on: an object with named properties in order. The case of a property's name does not
 * matter, as in PowerShell.
 */
export interface OutputObject {
  /** CIM class; absent for what Select-Object made. */
  readonly className?: string;
  readonly namespace?: string;
  /** Of the view, for what is not an instance. */
  readonly viewName?: string;
  /** As the cmdlet gave them; {@link propertyValue} gives them their types. */
  readonly properties: ReadonlyMap<string, unknown>;
  /** Types of properties, by name; others are what their values are. */
  readonly types?: ReadonlyMap<string, PropertyType>;
  /** Properties of the type extension: an array of one among them is that one, since a script property unrolls it. */
  readonly unrolled?: ReadonlySet<string>;
  /** From which computer it came; null when it is not known. */
  readonly computerName: string | null;
  /** The views show the computer: the cmdlet was given -CimSession (PSShowComputerName). */
  readonly showsComputerName: boolean;
  /** What it was made from, for the next cmdlet of the pipeline. */
  readonly source: unknown;
  /** The value that it is, with properties attached to it (Select-Object -ExpandProperty with -Property). */
  readonly base?: ScalarValue;
  /** A line of a formatted text. */
  readonly line?: string;
  /** How many of its first characters are a heading. */
  readonly accent?: number;
  /** What PowerShell writes where a text is wanted. */
  readonly text?: string;
}

/** A script block as a value: what it means only the language knows. */
export interface BlockValue {
  readonly kind: 'block';
  /** What stands between the braces. */
  readonly source: string;
}

/** A hash table: its keys as they were written, their case does not matter. */
export class TableValue {
  readonly entries: ReadonlyMap<string, LineValue>;

  constructor(entries: ReadonlyMap<string, LineValue>) {
    this.entries = entries;
  }

  get(key: string): LineValue | undefined {
    const wanted = key.toLowerCase();
    for (const [name, value] of this.entries) if (name.toLowerCase() === wanted) return value;
    return undefined;
  }
}

export type ScalarValue = string | boolean | NumberValue | TimeSpan | CimDateTime | AddressValue | VersionValue;

/** What an expression of a line can be, and what a pipeline carries. */
export type LineValue = null | ScalarValue | OutputObject | TableValue | BlockValue | readonly LineValue[];

export function isOutputObject(item: LineValue): item is OutputObject {
  return typeof item === 'object' && item !== null && 'properties' in item;
}

export function isArrayValue(value: LineValue): value is readonly LineValue[] {
  return Array.isArray(value);
}

export function isBlockValue(value: LineValue): value is BlockValue {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'block';
}

/** One of the values that the line writes and compares; not an object, a table, a block or an array. */
export function isScalarValue(value: unknown): value is ScalarValue {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    value instanceof NumberValue ||
    value instanceof TimeSpan ||
    value instanceof CimDateTime ||
    value instanceof AddressValue ||
    value instanceof VersionValue
  );
}

/** What a pipeline carries of a value: the elements of an array one by one. */
export function itemsOf(value: LineValue): readonly LineValue[] {
  return isArrayValue(value) ? value : [value];
}

/** What a variable holds that was assigned a pipeline without results: no items, and null where one value is wanted. */
export const NOTHING: readonly LineValue[] = Object.freeze([]);

/** What a pipeline's results are as a value: nothing, the one, or an array. */
export function collected(items: readonly LineValue[]): LineValue {
  return items.length === 1 ? (items[0] ?? null) : items.length === 0 ? null : items;
}

/** A value without the properties that are attached to it. */
export function bareValue(value: LineValue): LineValue {
  if (value === NOTHING) return null;
  return value !== null && isOutputObject(value) ? (value.base ?? value) : value;
}
