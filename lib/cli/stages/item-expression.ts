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
import { findProperty } from '../values/property-value.js';
import { valueText } from '../values/value-text.js';
import { propertyOrder } from '../views/property-order.js';

/** What a stage makes of one item: the value of a property, or what a script block gives. */
export interface ItemExpression {
  /** The header under which it is shown; of names with wildcards the pattern. */
  readonly name: string;
  /** A name as it was written; a calculated property has none. */
  readonly property?: string;
  /** Of a hash table that says more: `Descending`, `Width`, `Alignment`, `FormatString`. */
  readonly settings: TableValue | undefined;
  valueOf(item: LineValue, scope: EvaluationScope): Promise<LineValue>;
}

/** The values of a parameter that takes names, script blocks and calculated properties (about_Calculated_Properties). @throws UsageError. */
export function itemExpressions(cmdlet: string, value: LineValue): ItemExpression[] {
  return itemsOf(value).map((one) => itemExpression(cmdlet, one));
}

function itemExpression(cmdlet: string, value: LineValue): ItemExpression {
  if (value instanceof TableValue) return calculated(cmdlet, value);
  if (isBlock(value)) return ofBlock(value.source.trim(), value, undefined);
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
  const name = entry('name', 'label');
  if (expression === undefined) {
    throw new UsageError(
      `${cmdlet}: a calculated property has no Expression.`,
      "Write @{ Name = 'x'; Expression = { $_.Name } }.",
    );
  }
  if (isBlock(expression))
    return ofBlock(name === undefined ? expression.source.trim() : valueText(name), expression, table);
  const property = ofProperty(valueText(expression));
  return { name: name === undefined ? property.name : valueText(name), settings: table, valueOf: property.valueOf };
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
    if (error instanceof LanguageError) return null;
    throw error;
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
