import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { arrayText } from './array-type.js';
import { dateOfWall } from './convert.js';
import { GivenArguments, type Method, type Methods, one, plain } from './given-arguments.js';
import { LanguageError } from './language-error.js';
import {
  bareValue,
  isArrayValue,
  isOutputObject,
  isScalarValue,
  type LineValue,
  type OutputObject,
  TableValue,
} from './line-value.js';
import { formatDate, formatNumber, formatSpan } from './number-and-date-formats.js';
import { NumberValue } from './number-value.js';
import { TEXT_METHODS } from './text-methods.js';
import { valueText } from './value-text.js';

/** A text without a format, or by one. */
function toText<T>(text: (value: T) => string, format: (value: T, format: string) => string | undefined): Method<T> {
  return {
    counts: [0, 1],
    call: (value, given) => {
      const found = given.count === 0 ? text(value) : format(value, given.text(0));
      if (found !== undefined) return found;
      throw given.failure(
        'FormatException',
        `the format ${JSON.stringify(given.text(0))} is not there`,
        "Write for example 'yyyy-MM-dd HH:mm:ss' for a point in time, 'hh\\:mm' for a time span, 'N0', 'F2', 'D3', 'X' or '0.00' for a number.",
      );
    },
  };
}

const NUMBER: Methods<NumberValue> = { tostring: toText(String, formatNumber) };

const MICROSECONDS = {
  adddays: 86_400_000_000,
  addhours: 3_600_000_000,
  addminutes: 60_000_000,
  addseconds: 1_000_000,
};

const DATE_TIME: Methods<CimDateTime> = {
  ...Object.fromEntries(
    Object.entries(MICROSECONDS).map(([name, unit]) => [
      name,
      one<CimDateTime>((time, given) => later(time, given, unit)),
    ]),
  ),
  tostring: toText(
    (time) => formatDate(time.toDate(), 'G') ?? '',
    (time, format) => formatDate(time.toDate(), format),
  ),
};

/** So many units later by the clock on the wall, which is what a DateTime of .NET counts by. */
function later(time: CimDateTime, given: GivenArguments, unit: number): CimDateTime {
  const date = time.toDate();
  const wall = date.getTime() - date.getTimezoneOffset() * 60_000 + (given.real(0) * unit) / 1000;
  const result = dateOfWall(wall);
  const year = result.getFullYear();
  if (year >= 100 && year <= 9999) return CimDateTime.from(result);
  throw given.failure('ArgumentOutOfRangeException', 'there is no such point in time', 'Write a smaller number.');
}

const SPAN: Methods<TimeSpan> = { tostring: toText(String, formatSpan) };

const TABLE: Methods<TableValue> = {
  contains: one((table, given) => table.get(given.text(0)) !== undefined),
  containskey: one((table, given) => table.get(given.text(0)) !== undefined),
};

const PLAIN: Methods<LineValue> = { tostring: plain(valueText) };
const ARRAY: Methods<readonly LineValue[]> = { tostring: plain(arrayText) };
// Of an object that Select-Object made the text is empty.
const OBJECT: Methods<OutputObject> = { tostring: plain(({ text }) => text ?? '') };

const ALL = [TEXT_METHODS, NUMBER, DATE_TIME, SPAN, TABLE, PLAIN] as const;

/** The names of all methods, in lower case. */
export const METHOD_NAMES: ReadonlySet<string> = new Set(ALL.flatMap((methods) => Object.keys(methods)));

/**
 * Calls a method of .NET (about_Methods); an array has it called on each of its elements.
 * @throws LanguageError for null, for a value that has no such method, and for what does not fit it.
 */
export function callMethod(target: LineValue, name: string, values: readonly LineValue[]): LineValue {
  const value = bareValue(target);
  if (value === null)
    throw new LanguageError(
      'InvokeMethodOnNull',
      `${name}() is called on a value that is null.`,
      'Let through what has a value: | Where-Object Name.',
    );
  if (isArrayValue(value) && !/^(?:tostring|contains|indexof)$/i.test(name))
    return value.flatMap((element) => callMethod(element, name, values));
  const method = methodOf(value, name.toLowerCase());
  if (method === undefined)
    throw new LanguageError(
      'MethodNotFound',
      `${JSON.stringify(valueText(value).slice(0, 60))} has no method ${name}() here.`,
      isArrayValue(value)
        ? 'Take its elements one by one: | ForEach-Object { … }, or compare with -contains.'
        : undefined,
    );
  if (!method.counts.includes(values.length))
    throw new LanguageError(
      'MethodCountCouldNotFindBest',
      `${name}() does not take ${values.length} value${values.length === 1 ? '' : 's'}.`,
      `It takes ${method.counts.join(' or ')}.`,
    );
  return method.call(value as never, new GivenArguments(name, values));
}

/** Calls a method by its name alone, as ForEach-Object does; undefined where the value has none that takes nothing. */
export function calledByName(target: LineValue, name: string): LineValue | undefined {
  const value = bareValue(target);
  const method = methodOf(value, name.toLowerCase());
  return method?.counts.includes(0) === true ? method.call(value as never, new GivenArguments(name, [])) : undefined;
}

/** The method of a value; it is given that value alone. */
function methodOf(value: LineValue, name: string): Method<never> | undefined {
  const methods: Readonly<Record<string, Method<never>>> = methodsOf(value);
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

function methodsOf(value: LineValue): Methods<never> {
  if (typeof value === 'string') return TEXT_METHODS;
  if (value instanceof NumberValue) return NUMBER;
  if (value instanceof CimDateTime) return DATE_TIME;
  if (value instanceof TimeSpan) return SPAN;
  if (value instanceof TableValue) return TABLE;
  if (isScalarValue(value)) return PLAIN;
  if (isArrayValue(value)) return ARRAY;
  return value !== null && isOutputObject(value) ? OBJECT : {};
}
