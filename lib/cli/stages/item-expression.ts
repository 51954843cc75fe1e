import { TimeSpan } from '../../cim/value/time-span.js';
import { isWhole } from '../../cmdlet/convert/number-literal.js';
import { hasWildcard, wildcard } from '../../cmdlet/convert/wildcard.js';
import { type EvaluationScope, runStatements, scopeOf } from '../language/evaluate.js';
import type { Block } from '../language/syntax.js';
import { UsageError } from '../usage/usage-error.js';
import { LanguageError } from '../values/language-error.js';
import {
  collected,
  isArrayValue,
  isBlockValue,
  isOutputObject,
  itemsOf,
  type LineValue,
  TableValue,
} from '../values/line-value.js';
import { memberNames, namedMember } from '../values/members.js';
import { formatDate, formatNumber, formatSpan } from '../values/number-and-date-formats.js';
import { NumberValue } from '../values/number-value.js';
import { findProperty } from '../values/property-value.js';
import { valueText } from '../values/value-text.js';
import { placesOf } from '../views/format-value.js';
import { propertyOrder } from '../views/property-order.js';
import type { ColumnStyle } from '../views/view.js';
import { commandClass, type StageContext } from './stage.js';

/** What a stage makes of one item: the value of a property, or what a script block gives. */
export interface ItemExpression {
  /** The header under which it is shown; of names with wildcards the pattern. */
  readonly name: string;
  /** A name as it was written; a calculated property has none. */
  readonly property?: string;
  /** Of a hash table that says which way it sorts: `Descending`, `Ascending`. */
  readonly settings: TableValue | undefined;
  /** Of one that says how it is shown: `Width`, `Alignment`, `FormatString`. */
  readonly style?: ColumnStyle;
  valueOf(item: LineValue, scope: EvaluationScope): Promise<LineValue>;
}

/** The values of a parameter that takes names, script blocks and calculated properties (about_Calculated_Properties). @throws UsageError. */
export function itemExpressions(cmdlet: string, value: LineValue): ItemExpression[] {
  return itemsOf(value).map((one) => itemExpression(cmdlet, one));
}

function itemExpression(cmdlet: string, value: LineValue): ItemExpression {
  if (value instanceof TableValue) return calculated(cmdlet, value);
  if (isBlock(value)) return ofBlock(value.source, value, undefined);
  if (value === null || isArrayValue(value) || isOutputObject(value)) {
    throw new UsageError(`${cmdlet}: the name of a property is expected.`, 'Write for example Name, State.');
  }
  return ofProperty(valueText(value));
}

/** What the entries of a calculated property may be called, or begin with. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'Select-Object': ['expression', 'name', 'label'],
  'Format-Table': ['expression', 'name', 'label', 'width', 'alignment', 'formatstring'],
  'Format-List': ['expression', 'name', 'label', 'formatstring'],
  'Sort-Object': ['expression', 'ascending', 'descending'],
  'Group-Object': ['expression'],
  'Compare-Object': ['expression'],
  'Measure-Object': ['expression'],
  // Of Format-Table and Format-List.
  '-GroupBy': ['expression', 'name', 'label', 'formatstring'],
};

function calculated(cmdlet: string, table: TableValue): ItemExpression {
  const keys = KEYS[cmdlet];
  const other = [...table.entries.keys()].find((key) => keys?.every((wanted) => !wanted.startsWith(key.toLowerCase())));
  if (keys !== undefined && other !== undefined)
    throw new UsageError(
      `${cmdlet}: a calculated property has no ${JSON.stringify(other)}.`,
      `It may have ${keys.join(', ')}, or the beginnings of these.`,
    );
  const entry = (...names: string[]): LineValue | undefined => {
    const key = [...table.entries.keys()].find((name) => names.some((wanted) => wanted.startsWith(name.toLowerCase())));
    return key === undefined ? undefined : table.entries.get(key);
  };
  const expression = entry('expression');
  const label = entry('name', 'label');
  const name = label === undefined || label === '' ? undefined : valueText(label);
  if (expression === undefined) {
    throw new UsageError(
      `${cmdlet}: a calculated property has no Expression.`,
      "Write @{ Name = 'x'; Expression = { $_.Name } }.",
    );
  }
  const style = styleOf(cmdlet, entry);
  if (isBlock(expression)) return { ...ofBlock(name ?? expression.source, expression, table), style };
  if (typeof expression !== 'string' || expression === '')
    throw new UsageError(
      `${cmdlet}: Expression is a script block or the name of a property.`,
      "Write @{ Name = 'x'; Expression = { $_.Name } }.",
    );
  const property = ofProperty(expression);
  return { name: name ?? property.name, settings: table, style, valueOf: property.valueOf };
}

const ALIGNMENTS = ['left', 'center', 'right'] as const;

/** @throws UsageError for what no column can be. */
function styleOf(cmdlet: string, entry: (name: string) => LineValue | undefined): ColumnStyle {
  const [width, alignment, format] = ['width', 'alignment', 'formatstring'].map((name) => entry(name));
  const side = alignment === undefined ? undefined : valueText(alignment).toLowerCase();
  const at = side === undefined ? undefined : ALIGNMENTS.find((one) => side !== '' && one.startsWith(side));
  const pattern = format === undefined ? undefined : valueText(format);
  const problem =
    width !== undefined && !(width instanceof NumberValue && isWhole(width.type) && width.value > 0)
      ? 'Width is a number from 1 on'
      : side !== undefined && at === undefined
        ? 'Alignment is Left, Center or Right'
        : pattern !== undefined && !isFormat(pattern)
          ? `FormatString ${JSON.stringify(pattern)} is not there`
          : undefined;
  if (problem !== undefined)
    throw new UsageError(
      `${cmdlet}: ${problem}.`,
      "Write for example @{ Name = 'x'; Expression = 'y'; Width = 10; Alignment = 'Right'; FormatString = 'N2' }.",
    );
  return {
    ...(width instanceof NumberValue ? { width: Number(width.value) } : {}),
    ...(at === undefined ? {} : { alignment: at }),
    ...(pattern === undefined ? {} : { format: pattern }),
  };
}

/** One that a number, a time span or a point in time has, or a text with places for the value. */
function isFormat(format: string): boolean {
  const isKnown = (one: string) =>
    [formatNumber(NumberValue.of(1), one), formatSpan(TimeSpan.zero, one), formatDate(new Date(0), one)].some(
      (text) => text !== undefined,
    );
  return format !== '' && placesOf(format)?.every((one) => one === '' || isKnown(one)) === true;
}

function ofBlock(name: string, block: Block, settings: TableValue | undefined): ItemExpression {
  return { name, settings, valueOf: (item, scope) => blockValue(block, item, scope, true) };
}

/** Of a calculated property what fails is null, and nobody is told. */
export async function shownValue(
  expression: ItemExpression,
  item: LineValue,
  scope: EvaluationScope,
): Promise<LineValue> {
  try {
    return await expression.valueOf(item, scope);
  } catch (error) {
    if (error instanceof LanguageError && !error.isOurs) return null;
    throw error;
  }
}

/** The same, and who runs the line is told. */
export async function reportedValue(
  expression: ItemExpression,
  item: LineValue,
  context: StageContext,
  cmdlet: string,
): Promise<LineValue> {
  try {
    return await expression.valueOf(item, context.scope);
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    context.report(error, `ExpressionEvaluation,${commandClass(cmdlet)}`, item);
    return null;
  }
}

function ofProperty(name: string): ItemExpression {
  return { name, property: name, settings: undefined, valueOf: (item) => Promise.resolve(propertyOf(item, name)) };
}

/** A member of an item; a name with wildcards that fits one property is that one. */
function propertyOf(item: LineValue, name: string): LineValue {
  const [only, ...more] = hasWildcard(name) ? propertiesLike(item, name) : [name];
  return only === undefined || more.length > 0 ? null : (namedMember(item, only) ?? null);
}

/** The names of an item's properties that a name with wildcards fits; else the name as the item spells it, undefined when it has none of it. */
export function propertiesLike(item: LineValue, name: string): string[] {
  const isObject = item !== null && isOutputObject(item);
  if (!isObject && !hasWildcard(name)) return namedMember(item, name) === undefined ? [] : [name];
  if (isObject && !hasWildcard(name)) return [findProperty(item, name)].filter((found) => found !== undefined);
  const pattern = wildcard(name);
  return (isObject ? propertyOrder(item, propertyNames(item)) : memberNames(item)).filter((key) => pattern.test(key));
}

/** The names of an object's properties, of a hash table's entries, and of what .NET's values have. */
export function propertyNames(item: LineValue): readonly string[] {
  if (item === null || !isOutputObject(item)) return memberNames(item);
  const names = [...item.properties.keys()];
  return item.className === undefined || names.includes('PSComputerName') ? names : [...names, 'PSComputerName'];
}

/** What Select-, Sort-, Group- and Measure-Object see of their input. */
export async function* withoutNulls(input: AsyncIterable<LineValue>): AsyncGenerator<LineValue> {
  for await (const item of input) if (item !== null) yield item;
}

/** True for a script block of the line. */
export function isBlock(value: LineValue | undefined): value is Block {
  return value !== undefined && isBlockValue(value) && 'statements' in value;
}

/** What a script block gives for an item, one after the other. */
export function blockItems(
  block: Block,
  item: LineValue,
  scope: EvaluationScope,
  isWhole = false,
): AsyncGenerator<LineValue> {
  return runStatements(block.statements, scopeOf(item, scope, isWhole));
}

/** The same as one value. `isWhole`: the block's first failure is thrown. */
export async function blockValue(
  block: Block,
  item: LineValue,
  scope: EvaluationScope,
  isWhole = false,
): Promise<LineValue> {
  const items: LineValue[] = [];
  for await (const one of blockItems(block, item, scope, isWhole)) items.push(one);
  return collected(items);
}
