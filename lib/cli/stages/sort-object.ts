import { hasWildcard } from '../../cmdlet/convert/wildcard.js';
import { sortOrder } from '../values/compare.js';
import { isTrue } from '../values/convert.js';
import { LanguageError } from '../values/language-error.js';
import { isOutputObject, type LineValue, type TableValue } from '../values/line-value.js';
import {
  type ItemExpression,
  itemExpressions,
  propertiesLike,
  reportedValue,
  withoutNulls,
} from './item-expression.js';
import type { StageContext, StageDefinition } from './stage.js';

interface Keyed {
  readonly item: LineValue;
  readonly keys: readonly LineValue[];
}

export const SORT_OBJECT: StageDefinition = {
  name: 'Sort-Object',
  aliases: ['sort'],
  parameters: {
    Property: 'properties',
    Descending: 'switch',
    Unique: 'switch',
    CaseSensitive: 'switch',
    Top: 'count',
    Bottom: 'count',
    Stable: 'switch',
  },
  positional: ['Property'],
  prepare: (call) => {
    const property = call.value('Property');
    const expressions = property === undefined ? undefined : itemExpressions(call.name, property);
    const signs = (expressions ?? []).map(({ settings }) =>
      signOf(entryOf(settings, 'descending'), entryOf(settings, 'ascending')),
    );
    const sign = call.isOn('Descending') ? -1 : 1;
    const caseSensitive = call.isOn('CaseSensitive');
    const [top, bottom] = [call.count('Top'), call.count('Bottom')];
    if (top === 0 || bottom === 0) throw call.refusal('-Top and -Bottom begin with 1', 'Write for example -Top 5.');
    if (bottom === 1 && (expressions?.length ?? 0) > 1)
      throw call.refusal(
        '-Bottom 1 by several properties gives the first object in PowerShell 7.6',
        'Write | Select-Object -Last 1 after it.',
      );
    const compare = (left: Keyed, right: Keyed): number => {
      for (const [at, key] of left.keys.entries()) {
        const order = sortOrder(key, right.keys[at] ?? null, caseSensitive) * (signs[at] ?? sign);
        if (order !== 0) return order;
      }
      return 0;
    };
    return async function* (input, context) {
      const all: LineValue[] = [];
      for await (const item of withoutNulls(input)) all.push(item);
      if (
        expressions === undefined &&
        all.some((item) => item !== null && isOutputObject(item) && item.base === undefined)
      ) {
        // PowerShell takes all such objects for alike, and keeps one.
        if (call.isOn('Unique'))
          throw call.refusal('-Unique does not say by what objects are alike', 'Name it: Sort-Object ScopeId -Unique.');
        yield* all;
        return;
      }
      const names = expandWildcards(expressions, all[0] ?? null);
      const keyed: Keyed[] = [];
      for (const item of all) keyed.push({ item, keys: await keysOf(item, names, context) });
      if (keyed.some(({ keys }) => keys.some((key) => key !== null && isOutputObject(key) && key.base === undefined)))
        throw new LanguageError('PSObjectCompareTo', 'Objects have no order.', 'Sort by a property: Sort-Object Name.');
      keyed.sort(compare);
      const unique = call.isOn('Unique')
        ? keyed.filter((one, at) => at === 0 || compare(keyed[at - 1] ?? one, one) !== 0)
        : keyed;
      const taken =
        top !== undefined
          ? unique.slice(0, top)
          : bottom !== undefined
            ? unique.slice(Math.max(0, unique.length - bottom))
            : unique;
      for (const { item } of taken) yield item;
    };
  },
};

/** An entry whose key is the name or its beginning. */
function entryOf(settings: TableValue | undefined, name: string): LineValue | undefined {
  const [, value] = [...(settings?.entries ?? [])].find(([key]) => name.startsWith(key.toLowerCase())) ?? [];
  return value;
}

function signOf(descending: LineValue | undefined, ascending: LineValue | undefined): number | undefined {
  if (ascending !== undefined) return isTrue(ascending) ? 1 : -1;
  return descending === undefined ? undefined : isTrue(descending) ? -1 : 1;
}

/** A name with wildcards stands for the properties of the first item that it fits. */
function expandWildcards(
  expressions: readonly ItemExpression[] | undefined,
  first: LineValue,
): readonly ItemExpression[] | undefined {
  return expressions?.flatMap((expression) => {
    const { property } = expression;
    if (property === undefined || !hasWildcard(property)) return [expression];
    return itemExpressions('Sort-Object', propertiesLike(first, property));
  });
}

async function keysOf(
  item: LineValue,
  expressions: readonly ItemExpression[] | undefined,
  context: StageContext,
): Promise<LineValue[]> {
  if (expressions === undefined) return [item];
  const keys: LineValue[] = [];
  for (const expression of expressions) keys.push(await reportedValue(expression, item, context, 'Sort-Object'));
  return keys;
}
