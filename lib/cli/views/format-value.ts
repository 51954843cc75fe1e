import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { LanguageError } from '../values/language-error.js';
import {
  isArrayValue,
  isOutputObject,
  isScalarValue,
  type LineValue,
  type OutputObject,
  TableValue,
} from '../values/line-value.js';
import { formatDate, formatNumber, formatSpan } from '../values/number-and-date-formats.js';
import { NumberValue } from '../values/number-value.js';
import { propertyValue } from '../values/property-value.js';
import { objectText, valueText } from '../values/value-text.js';
import { cultureDate } from './culture-date.js';

/** PowerShell's $FormatEnumerationLimit: so many elements of an array are shown. */
const ENUMERATION_LIMIT = 4;

/** What stands under such a name in a hash table is not shown on a terminal, though PowerShell shows it. */
const SECRET_NAME = /secret|password/i;

/**
 * A value as PowerShell's list and table views print it: null blank, `True`, `01:00:00`, `{10.10.10.0, 10.20.20.0}`, points in time
 * as the reader's culture writes them.
 */
export function formatValue(value: LineValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isArrayValue(value)) {
    return enumerated(value.map((element) => () => elementText(element)));
  }
  if (value instanceof TableValue)
    return enumerated(
      [...value.entries].map(
        ([key, entry]) =>
          () =>
            `[${key}, ${SECRET_NAME.test(key) ? '[redacted]' : valueText(entry)}]`,
      ),
    );
  if (value instanceof NumberValue) return numberText(value);
  if (value instanceof CimDateTime) return cultureDate(value);
  if (isOutputObject(value)) return value.line ?? objectText(value, cultureDate);
  return isScalarValue(value) ? String(value) : valueText(value);
}

function elementText(element: LineValue): string {
  if (element === null) return '$null';
  return isArrayValue(element) ? valueText(element) : formatValue(element);
}

function enumerated(elements: readonly (() => string)[]): string {
  const shown = elements.slice(0, ENUMERATION_LIMIT).map((text) => text());
  return `{${shown.join(', ')}${elements.length > ENUMERATION_LIMIT ? '…' : ''}}`;
}

/** Real numbers are shown with 15 digits, or with the 7 of a real32. */
function numberText({ type, value }: NumberValue): string {
  const digits = type === 'Double' ? 15 : type === 'Single' ? 7 : undefined;
  if (digits === undefined || typeof value === 'bigint') return String(value);
  return new NumberValue('Double', Number(value.toPrecision(digits))).toString();
}

/** The property of an object as the views print it; a number, a time span and a point in time by .NET's `format`. */
export function formatProperty(item: OutputObject, name: string, format?: string): string {
  const value = propertyValue(item, name) ?? null;
  return format === undefined ? formatValue(value) : formattedBy(value, format);
}

/** A text with the value in it: `{0} s`, `{0:N2}`. */
const COMPOSITE = /^[^{}]*(?:\{0(?::[^{}]*)?\}[^{}]*)+$/;
const PLACE = /\{0(?::([^{}]*))?\}/g;

/** The formats within one of .NET's composite ones; of another one itself, undefined where its braces are no places. */
export function placesOf(format: string): readonly string[] | undefined {
  if (COMPOSITE.test(format)) return [...format.matchAll(PLACE)].map(([, inner = '']) => inner);
  return /[{}]/.test(format) ? undefined : [format];
}

/** @throws LanguageError for a format that the value does not have. */
function formattedBy(value: LineValue, format: string): string {
  if (isArrayValue(value) && COMPOSITE.test(format)) return format.replace(PLACE, () => valueText(value));
  if (isArrayValue(value)) return value.map((element) => formattedBy(element, format)).join(' ');
  if (COMPOSITE.test(format)) return format.replace(PLACE, (_, inner = '') => formattedBy(value, inner));
  const text =
    format === ''
      ? formatValue(value)
      : value instanceof NumberValue
        ? formatNumber(value, format)
        : value instanceof TimeSpan
          ? formatSpan(value, format)
          : value instanceof CimDateTime
            ? formatDate(value.toDate(), format)
            : formatValue(value);
  if (text !== undefined) return text;
  throw new LanguageError(
    'FormatException',
    `${JSON.stringify(format)} is no format of ${JSON.stringify(formatValue(value))} here.`,
    "Write for example 'N2' for a number, 'yyyy-MM-dd' for a point in time, 'hh\\:mm' for a time span.",
  );
}
