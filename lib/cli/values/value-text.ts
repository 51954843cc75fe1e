import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { arrayText } from './array-type.js';
import {
  isArrayValue,
  isBlockValue,
  isOutputObject,
  isScalarValue,
  type LineValue,
  type OutputObject,
  TableValue,
} from './line-value.js';
import { formatDate } from './number-and-date-formats.js';
import { propertyValue } from './property-value.js';

/** A value where a text is wanted, as PowerShell's invariant culture writes it: `True`, `02:00:00`, `a b` for an array, nothing for null. */
export function valueText(value: LineValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isArrayValue(value)) return value.map(elementText).join(' ');
  if (value instanceof CimDateTime)
    return value.hasWildcards ? value.toCim() : (formatDate(value.toDate(), 'MM/dd/yyyy HH:mm:ss') ?? '');
  if (value instanceof TimeSpan || isScalarValue(value)) return String(value);
  if (value instanceof TableValue) return 'System.Collections.Hashtable';
  if (isBlockValue(value)) return value.source;
  return objectText(value, valueText);
}

/** An object as a text; `dateText` writes the points in time that it has. */
export function objectText(item: OutputObject, dateText: (time: CimDateTime) => string): string {
  if (item.text !== undefined) return item.text;
  const properties = [...item.properties.keys()].map((name) => {
    const value = propertyValue(item, name) ?? null;
    return `${name}=${value instanceof CimDateTime ? dateText(value) : memberText(value)}`;
  });
  return properties.length === 0 ? '' : `@{${properties.join('; ')}}`;
}

/** An array in an array is no more than its type, as .NET writes it. */
export function elementText(value: LineValue): string {
  return isArrayValue(value) ? arrayText(value) : valueText(value);
}

function memberText(value: LineValue): string {
  return value !== null && typeof value === 'object' && isOutputObject(value) ? (value.text ?? '') : elementText(value);
}
