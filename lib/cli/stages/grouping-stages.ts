import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { hasWildcard } from '../../cmdlet/convert/wildcard.js';
import { AddressValue } from '../values/address-value.js';
import { compareValues, sortOrder } from '../values/compare.js';
import { convertValue } from '../values/convert.js';
import { LanguageError } from '../values/language-error.js';
import {
  isArrayValue,
  isOutputObject,
  isScalarValue,
  itemsOf,
  type LineValue,
  type OutputObject,
} from '../values/line-value.js';
import { namedMember } from '../values/members.js';
import { NumberValue } from '../values/number-value.js';
import { plainValue } from '../values/typed-value.js';
import { valueText } from '../values/value-text.js';
import { cultureDate } from '../views/culture-date.js';
import {
  type ItemExpression,
  itemExpressions,
  propertiesLike,
  reportedValue,
  withoutNulls,
} from './item-expression.js';
import { commandClass, type StageContext, type StageDefinition } from './stage.js';

/** An object of this process, with its properties in order. */
export function madeObject(entries: readonly (readonly [string, LineValue])[]): OutputObject {
  const source = Object.fromEntries(entries.map(([name, value]) => [name, plainValue(value)]));
  return { properties: new Map(entries), computerName: null, showsComputerName: false, source };
}

const real = (value: number): NumberValue => new NumberValue('Double', value);
const whole = (value: number): NumberValue => NumberValue.of(value, 'Int32');

const STATISTICS = ['Sum', 'Average', 'Maximum', 'Minimum', 'StandardDeviation'] as const;
type Statistic = (typeof STATISTICS)[number];

export const MEASURE_OBJECT: StageDefinition = {
  name: 'Measure-Object',
  aliases: ['measure'],
  parameters: {
    Property: 'properties',
    ...Object.fromEntries([...STATISTICS, 'AllStats'].map((name) => [name, 'switch' as const])),
  },
  positional: ['Property'],
  prepare: (call) => {
    const property = call.value('Property');
    const expressions = property === undefined ? undefined : itemExpressions(call.name, property);
    const wants = (name: Statistic) => call.isOn(name) || call.isOn('AllStats');
    const wantsNumbers = wants('Sum') || wants('Average') || wants('StandardDeviation');
    return async function* (input, context) {
      const measures = new Map<string | null, Measure>(expressions === undefined ? [[null, new Measure()]] : []);
      // One value that is no number leaves the numbers of all properties out.
      let haveNumbers = wantsNumbers;
      for await (const item of withoutNulls(input)) {
        for (const [name, value] of await measuredValues(item, expressions, context)) {
          const measure = measures.get(name) ?? new Measure();
          measures.set(name, measure);
          if (measure.add(value, wantsNumbers)) continue;
          haveNumbers = false;
          const error = new LanguageError(
            'NonNumericInputObject',
            `Input object "${valueText(value)}" is not numeric.`,
          );
          context.report(error, `${error.id},${commandClass('Measure-Object')}`, value);
        }
      }
      const wantsOrder = wants('Maximum') || wants('Minimum');
      if (wantsOrder && ![...measures.values()].every(({ values }) => haveOrder(values, context))) return;
      for (const [name, { count, numbers, values }] of measures) {
        const sum = numbers.reduce((total, value) => total + value, 0);
        const statistic = (statistic: Statistic, value: () => LineValue) => (wants(statistic) ? value() : null);
        yield madeObject([
          ['Count', whole(count)],
          ['Average', statistic('Average', () => (haveNumbers && count > 0 ? real(sum / count) : null))],
          ['Sum', statistic('Sum', () => (haveNumbers ? real(sum) : null))],
          ['Maximum', statistic('Maximum', () => extreme(values, 1))],
          ['Minimum', statistic('Minimum', () => extreme(values, -1))],
          ['StandardDeviation', statistic('StandardDeviation', () => (haveNumbers ? deviation(numbers, sum) : null))],
          ['Property', name],
        ]);
      }
    };
  },
};

/** What is measured under one name; a null counts as 0. */
class Measure {
  count = 0;
  readonly numbers: number[] = [];
  /** What has an order. */
  readonly values: LineValue[] = [];

  /** False for a value that had to be a number and is none: it is only counted. */
  add(value: LineValue, wantsNumber: boolean): boolean {
    this.count += 1;
    if (wantsNumber) {
      const number = convertValue(value, 'Double');
      if (!(number instanceof NumberValue)) return false;
      this.numbers.push(Number(number.value));
    }
    this.values.push(value);
    return true;
  }
}

/** The values of an item by the names of its properties, each once; an item without a property does not count for it. */
async function measuredValues(
  item: LineValue,
  expressions: readonly ItemExpression[] | undefined,
  { scope }: StageContext,
): Promise<ReadonlyMap<string | null, LineValue>> {
  if (expressions === undefined) return new Map([[null, item]]);
  const values = new Map<string | null, LineValue>();
  for (const expression of expressions) {
    const { property } = expression;
    if (property === undefined) values.set(expression.name, await expression.valueOf(item, scope));
    else for (const name of propertiesLike(item, property)) values.set(name, namedMember(item, name) ?? null);
  }
  return values;
}

/** Of a sample; 0 for less than two numbers. */
function deviation(numbers: readonly number[], sum: number): LineValue {
  if (numbers.length < 2) return real(0);
  const average = sum / numbers.length;
  const squares = numbers.reduce((total, number) => total + (number - average) ** 2, 0);
  return real(Math.sqrt(squares / (numbers.length - 1)));
}

/** False where they have no order, which is reported. */
function haveOrder(values: readonly LineValue[], context: StageContext): boolean {
  const unordered = values.find((value) => value instanceof AddressValue || isArrayValue(value));
  if (unordered === undefined || values.length < 2) return true;
  const error = new LanguageError('Argument', `"${valueText(unordered)}" has no order.`);
  context.report(error, `${error.id},${commandClass('Measure-Object')}`, unordered);
  return false;
}

/**
 * The largest (`sign` 1) or smallest of values: two numbers, or texts of such, are compared as numbers; where all are, one is the result. A null is less
 * than others but for negative numbers, and whatever comes after a null is taken.
 */
function extreme(values: readonly LineValue[], sign: 1 | -1): LineValue {
  let best: LineValue = null;
  for (const value of values) {
    const [left, right] = [numeric(best), numeric(value)];
    const order =
      value === null
        ? compareValues(value, best)
        : left !== undefined && right !== undefined
          ? right - left
          : sortOrder(value, best, true);
    if (best === null || order * sign > 0) best = value;
  }
  const isNumber = values.every((value) => value === null || numeric(value) !== undefined);
  const number = isNumber ? numeric(best) : undefined;
  return number === undefined ? measured(best) : real(number);
}

function numeric(value: LineValue): number | undefined {
  const number = typeof value === 'string' || value instanceof NumberValue ? convertValue(value, 'Double') : undefined;
  return number instanceof NumberValue ? Number(number.value) : undefined;
}

/** Numbers and Booleans are measured as Doubles. */
function measured(value: LineValue): LineValue {
  if (typeof value === 'boolean') return real(value ? 1 : 0);
  return value instanceof NumberValue ? real(Number(value.value)) : value;
}

export const GROUP_OBJECT: StageDefinition = {
  name: 'Group-Object',
  aliases: ['group'],
  parameters: { Property: 'properties', NoElement: 'switch', CaseSensitive: 'switch' },
  positional: ['Property'],
  prepare: (call) => {
    const property = call.value('Property');
    const expressions = property === undefined ? [undefined] : itemExpressions(call.name, property);
    if (expressions.some((one) => one?.property !== undefined && hasWildcard(one.property)))
      throw call.refusal('the name of a property has wildcards', 'Write the name in full.');
    const caseSensitive = call.isOn('CaseSensitive');
    return async function* (input, context) {
      const byKey = new Map<string, { readonly keys: readonly LineValue[]; readonly items: LineValue[] }>();
      for await (const item of withoutNulls(input)) {
        const keys: LineValue[] = [];
        for (const expression of expressions)
          keys.push(expression === undefined ? item : await reportedValue(expression, item, context, 'Group-Object'));
        const plural = keys.find(
          (key) => key !== null && (isArrayValue(key) || (isOutputObject(key) && key.base === undefined)),
        );
        if (plural !== undefined)
          throw new LanguageError(
            'PSObjectCompareTo',
            'Arrays and objects are no groups: PowerShell takes all of them for alike.',
            'Group by a text: | Group-Object { $_.ScopeId -join " " }.',
          );
        const key = keyOf(keys, caseSensitive);
        const known = byKey.get(key);
        if (known === undefined) byKey.set(key, { keys, items: [item] });
        else known.items.push(item);
      }
      const groups = [...byKey.values()];
      const compare = (left: (typeof groups)[number], right: (typeof groups)[number]): number =>
        left.keys
          .map((key, at) => sortOrder(key, right.keys[at] ?? null, caseSensitive))
          .find((order) => order !== 0) ?? 0;
      for (const { keys, items } of groups.sort(compare)) {
        const group = madeObject([
          ['Values', keys],
          ['Count', whole(items.length)],
          ['Group', call.isOn('NoElement') ? [] : items],
          [
            'Name',
            keys
              .filter((key) => key !== null)
              .map(nameText)
              .join(', '),
          ],
        ]);
        yield {
          ...group,
          viewName: `Microsoft.PowerShell.Commands.GroupInfo${call.isOn('NoElement') ? 'NoElement' : ''}`,
        };
      }
    };
  },
};

/** A group's name has points in time as the culture writes them. */
function nameText(key: LineValue): string {
  return key instanceof CimDateTime ? cultureDate(key) : valueText(key);
}

export const COMPARE_OBJECT: StageDefinition = {
  name: 'Compare-Object',
  aliases: ['compare', 'diff'],
  parameters: {
    ReferenceObject: 'value',
    DifferenceObject: 'value',
    Property: 'properties',
    IncludeEqual: 'switch',
    ExcludeDifferent: 'switch',
    PassThru: 'switch',
    CaseSensitive: 'switch',
  },
  positional: ['ReferenceObject', 'DifferenceObject'],
  makes: true,
  prepare: (call) => {
    const reference = call.value('ReferenceObject') ?? null;
    const given = call.value('DifferenceObject');
    if (given === null)
      throw call.refusal('-DifferenceObject is null', 'Give what differs: Compare-Object $before $after.');
    if (reference === null)
      throw call.refusal(
        '-ReferenceObject is missing or null',
        'Give what is compared with: Compare-Object $before $after.',
      );
    const property = call.value('Property');
    const expressions = property === undefined ? undefined : itemExpressions(call.name, property);
    const caseSensitive = call.isOn('CaseSensitive');
    return async function* (input, context) {
      const piped: LineValue[] = [];
      let nulls = 0;
      for await (const item of input) {
        if (item !== null) piped.push(item);
        else {
          nulls += 1;
          const error = new LanguageError(
            'ParameterArgumentValidationErrorNullNotAllowed',
            'A null is compared with nothing.',
            'Let through what has a value: | Where-Object { $_ }.',
          );
          context.report(error, `${error.id},${commandClass('Compare-Object')}`, item);
        }
      }
      // Nothing was compared then.
      if (nulls > 0 && piped.length === 0) return;
      const difference = given === undefined ? piped : itemsOf(given);
      const keysOf = async (item: LineValue): Promise<readonly LineValue[]> =>
        expressions === undefined
          ? [item]
          : await Promise.all(expressions.map((expression) => expression.valueOf(item, context.scope)));
      const rest = new Map<string, { readonly item: LineValue; readonly keys: readonly LineValue[] }[]>();
      for (const item of difference) {
        const keys = await keysOf(item);
        const key = keyOf(keys, caseSensitive);
        rest.set(key, [...(rest.get(key) ?? []), { item, keys }]);
      }
      const only: { readonly item: LineValue; readonly keys: readonly LineValue[] }[] = [];
      const result = (item: LineValue, keys: readonly LineValue[], side: string): LineValue => {
        if (call.isOn('PassThru')) return withNote(item, 'SideIndicator', side);
        if (expressions === undefined)
          return madeObject([
            ['InputObject', item],
            ['SideIndicator', side],
          ]);
        return madeObject([
          ...expressions.map(({ name }, at) => [name, keys[at] ?? null] as const),
          ['SideIndicator', side],
        ]);
      };
      for (const item of itemsOf(reference)) {
        const keys = await keysOf(item);
        if (rest.get(keyOf(keys, caseSensitive))?.shift() === undefined) only.push({ item, keys });
        else if (call.isOn('IncludeEqual') || call.isOn('ExcludeDifferent')) yield result(item, keys, '==');
      }
      if (call.isOn('ExcludeDifferent')) return;
      for (const { item, keys } of [...rest.values()].flat()) yield result(item, keys, '=>');
      for (const { item, keys } of only) yield result(item, keys, '<=');
    };
  },
};

/** A value with a property attached to it. */
function withNote(value: LineValue, name: string, note: string): LineValue {
  const object = value !== null && isOutputObject(value) ? value : madeObject([]);
  const properties = new Map([...object.properties, [name, note]]);
  if (object === value) return { ...object, properties };
  return isScalarValue(value) ? { ...object, properties, base: value, text: valueText(value) } : value;
}

/** Values are alike by their texts. */
function keyOf(keys: readonly LineValue[], caseSensitive: boolean): string {
  const text = JSON.stringify(keys.map(valueText));
  return caseSensitive ? text : text.toLowerCase();
}

export const TEE_OBJECT: StageDefinition = {
  name: 'Tee-Object',
  aliases: ['tee'],
  parameters: { Variable: 'text' },
  positional: [],
  prepare: (call) => {
    const name = call.text('Variable');
    if (name === undefined)
      throw call.refusal('-Variable is missing', 'Write Tee-Object -Variable x; a file is written by Out-File.');
    return async function* (input, context) {
      const all: LineValue[] = [];
      for await (const item of input) {
        all.push(item);
        yield item;
      }
      context.assign(name, all.length === 1 ? (all[0] ?? null) : all);
    };
  },
};
