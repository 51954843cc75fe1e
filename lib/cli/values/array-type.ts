import type { LineValue } from './line-value.js';

interface ArrayType {
  /** .NET's type of the elements, without `System.` */
  readonly element: string;
  /** What a script block gave one after the other: a list, whose text is its elements'. */
  readonly isList?: boolean;
}

const TYPES = new WeakMap<readonly LineValue[], ArrayType>();

/** An array whose elements .NET knows the type of: a property that a class declares so, a cast, the pieces of a text. */
export function arrayOf(element: string, values: readonly LineValue[]): readonly LineValue[] {
  TYPES.set(values, { element });
  return values;
}

/** What a calculated property holds of a block that gives several values. */
export function listOf(values: readonly LineValue[]): readonly LineValue[] {
  const list = [...values];
  TYPES.set(list, { element: 'Object', isList: true });
  return list;
}

export const isList = (value: readonly LineValue[]): boolean => TYPES.get(value)?.isList === true;

export const elementType = (value: readonly LineValue[]): string => TYPES.get(value)?.element ?? 'Object';

/** As .NET writes an array in place of its elements: `System.String[]`. */
export function arrayText(value: readonly LineValue[]): string {
  const element = elementType(value);
  return `System.${element === 'IPAddress' ? 'Net.IPAddress' : element}[]`;
}
