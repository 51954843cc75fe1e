import { elementType } from '../values/array-type.js';
import { typeOfValue } from '../values/convert.js';
import { isArrayValue, type LineValue, NOTHING, TableValue } from '../values/line-value.js';

/** `-is [type]`: a value has exactly one of the types that a line knows; everything but null is an Object. */
export function isOfType(value: LineValue, type: string): boolean {
  if (value === null || value === NOTHING) return false;
  if (type === 'Object') return true;
  if (isArrayValue(value)) return type === 'Array' || type === `${elementType(value)}[]`;
  if (value instanceof TableValue) return type === 'Hashtable';
  const own = typeOfValue(value);
  return own === undefined ? type === 'PSCustomObject' : own === type;
}
