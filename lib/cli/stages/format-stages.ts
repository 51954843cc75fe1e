import { hasWildcard } from '../../cmdlet/convert/wildcard.js';
import type { EvaluationScope } from '../language/evaluate.js';
import {
  isOutputObject,
  isScalarValue,
  itemsOf,
  type LineValue,
  type OutputObject,
  TableValue,
} from '../values/line-value.js';
import { findProperty } from '../values/property-value.js';
import { formatValue } from '../views/format-value.js';
import { convertToJson } from '../views/json.js';
import { allRows, listLines, propertyRows } from '../views/list.js';
import { fixedTableHead, fixedTableRow, tableLines } from '../views/table.js';
import { formattedObject, tableEntries } from '../views/value-object.js';
import { type ColumnDefinition, type ColumnStyle, lineText, type ViewLine } from '../views/view.js';
import { viewDefinitionOf } from '../views/view-definitions.js';
import { madeObject } from './grouping-stages.js';
import { type ItemExpression, itemExpressions, propertiesLike, shownValue } from './item-expression.js';
import type { StageDefinition } from './stage.js';
import type { StageCall } from './stage-call.js';

/** A line of a formatted text as an item of the pipeline. */
function formatted(line: ViewLine): OutputObject {
  return { ...madeObject([]), line: lineText(line), ...(typeof line === 'string' ? {} : { accent: line.accent }) };
}

export const FORMAT_TABLE: StageDefinition = {
  name: 'Format-Table',
  aliases: ['ft'],
  parameters: {
    Property: 'properties',
    AutoSize: 'switch',
    Wrap: 'switch',
    HideTableHeaders: 'switch',
    GroupBy: 'properties',
  },
  positional: ['Property'],
  gives: 'format',
  prepare: (call) => {
    const property = call.value('Property');
    const expressions = property === undefined ? undefined : itemExpressions(call.name, property);
    const groupBy = groupingOf(call);
    const [headings, isAutoSized] = [!call.isOn('HideTableHeaders'), call.isOn('AutoSize')];
    const wrap = call.isOn('Wrap');
    return async function* (input, { scope, width }) {
      const objects: OutputObject[] = [];
      for await (const item of elementsOf(input)) {
        const shown = shownObjects(item, expressions === undefined ? 'table' : 'named');
        const line = shown.length > 0 || item === null ? undefined : formatted(formatValue(item));
        // A text stands where it comes, between the rows.
        if (line !== undefined && objects.length > 0) objects.push(line);
        else if (line !== undefined) yield line;
        objects.push(...shown);
      }
      const groups = await groupsOf(objects, groupBy, scope);
      const [like] = objects;
      for (const { heading, items } of groups) {
        const head = heading === undefined ? [''] : ['', `   ${heading}`, ''];
        for (const line of head) yield formatted(line);
        for (const line of await rows(items, { like, expressions, scope, headings, width, isAutoSized, wrap }))
          yield formatted(line);
      }
      if (groups.length > 0) yield formatted('');
    };
  },
};

interface TableWanted {
  /** The first object of all, which decides on which side columns stand. */
  readonly like: OutputObject | undefined;
  /** Undefined for the columns of the class's view. */
  readonly expressions: readonly ItemExpression[] | undefined;
  readonly scope: EvaluationScope;
  readonly headings: boolean;
  readonly width: number | undefined;
  readonly isAutoSized: boolean;
  readonly wrap: boolean;
}

/** The rows of one table: without names in the columns of the class's view, with the view's widths unless -AutoSize is given. */
async function rows(items: readonly OutputObject[], wanted: TableWanted): Promise<readonly ViewLine[]> {
  const { like, expressions, scope, headings, width, isAutoSized, wrap } = wanted;
  const [first] = items;
  if (first === undefined) return [];
  if (expressions !== undefined) {
    const [shown, columns] = await withCalculated(items, expressions, scope);
    const styles = stylesOf(expressions);
    const [first] = like === undefined ? [] : (await withCalculated([like], expressions, scope))[0];
    return [...tableLines(shown, columns, { headings, width, wrap, like: first, styles, isAutoSized })];
  }
  const columns = viewColumns(first);
  if (columns !== undefined && !isAutoSized) {
    const head = headings ? fixedTableHead(columns, width) : [];
    return [...head, ...items.flatMap((item) => fixedTableRow(columns, item, width, wrap))];
  }
  const alignment = columns === undefined && first.viewName !== 'System.TimeSpan' ? 'first' : 'left';
  return [...tableLines(items, tableColumns(first), { headings, width, alignment, wrap, like })];
}

function viewColumns(item: OutputObject): readonly ColumnDefinition[] | undefined {
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  if (view?.kind !== 'table') return undefined;
  return item.showsComputerName ? [...view.columns, { property: 'PSComputerName' }] : view.columns;
}

/** What has properties to show, and the entries of a hash table; none for a text, a number, a Boolean. */
function shownObjects(item: LineValue, view: 'table' | 'list' | 'named'): OutputObject[] {
  if (item instanceof TableValue) return tableEntries(item);
  const object = formattedObject(item, view) ?? (item !== null && isOutputObject(item) ? item : undefined);
  return object === undefined || object.base !== undefined ? [] : [object];
}

/** Neighbours with the same value of a property stand in one table. */
async function groupsOf(objects: readonly OutputObject[], groupBy: ItemExpression | undefined, scope: EvaluationScope) {
  const groups: { readonly heading: string | undefined; readonly items: OutputObject[] }[] = [];
  for (const item of objects) {
    const last = groups.at(-1);
    const heading = item.line === undefined ? await headingOf(item, groupBy, scope) : last?.heading;
    if (last !== undefined && isSameHeading(last.heading, heading)) last.items.push(item);
    else groups.push({ heading, items: [item] });
  }
  return groups;
}

const isSameHeading = (left: string | undefined, right: string | undefined): boolean =>
  left?.toLowerCase() === right?.toLowerCase();

/** @throws UsageError for more than one property. */
function groupingOf(call: StageCall): ItemExpression | undefined {
  const given = call.value('GroupBy');
  const [groupBy, another] = given === undefined ? [] : itemExpressions('-GroupBy', given);
  if (another === undefined) return groupBy;
  throw call.refusal('-GroupBy takes one property', 'Write for example -GroupBy State.');
}

/** Undefined where nothing is grouped. */
async function headingOf(
  item: OutputObject,
  groupBy: ItemExpression | undefined,
  scope: EvaluationScope,
): Promise<string | undefined> {
  if (groupBy === undefined) return undefined;
  const [[shown = item], names] = await withCalculated([item], [groupBy], scope);
  // Of a group no format counts.
  const { style: _, ...heading } = groupBy;
  const [first] = propertyRows(shown, names, stylesOf([heading]));
  return first === undefined ? '' : `${first[0]}: ${first[1]}`;
}

/** Of an object without a view a table has no more. */
const MOST_COLUMNS = 10;

function tableColumns(item: OutputObject): string[] {
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  const names =
    view === undefined
      ? [...item.properties.keys()].slice(0, MOST_COLUMNS)
      : view.kind === 'table'
        ? view.columns.map((column) => column.property)
        : view.properties;
  return [...new Set([...names, ...(item.showsComputerName ? ['PSComputerName'] : [])])];
}

/** Objects that have the calculated properties too, and the names of all that is shown. */
async function withCalculated(
  items: readonly OutputObject[],
  expressions: readonly ItemExpression[],
  scope: EvaluationScope,
): Promise<[OutputObject[], string[]]> {
  const [first] = items;
  const calculated = [...expressions.entries()].filter(([, { property }]) => property === undefined);
  const shown: OutputObject[] = [];
  for (const item of items) {
    const properties = new Map(item.properties);
    for (const [at, expression] of calculated)
      properties.set(keyOf(expression, at), await shownValue(expression, item, scope));
    shown.push(calculated.length === 0 || item.line !== undefined ? item : { ...item, properties });
  }
  const columns = expressions.flatMap((expression, at) => {
    const { property } = expression;
    return property === undefined || first === undefined ? [keyOf(expression, at)] : expandName(first, property);
  });
  return [shown, columns];
}

/** Under what a calculated property is kept, so that no property and no other one is called the same. */
const keyOf = ({ name, property }: ItemExpression, at: number): string =>
  property === undefined ? `${at}\0${name}` : name;

/** What calculated properties say of their columns. */
function stylesOf(expressions: readonly ItemExpression[]): ReadonlyMap<string, ColumnStyle> {
  return new Map(
    expressions.flatMap((expression, at) =>
      expression.property === undefined
        ? [[keyOf(expression, at), { ...expression.style, heading: expression.name }] as const]
        : [],
    ),
  );
}

function expandName(item: OutputObject, name: string): string[] {
  return hasWildcard(name) ? propertiesLike(item, name) : [findProperty(item, name) ?? name];
}

/** What a Format- cmdlet gets: the elements of an array one by one, too. */
async function* elementsOf(input: AsyncIterable<LineValue>): AsyncGenerator<LineValue> {
  for await (const item of input) yield* itemsOf(item);
}

export const FORMAT_LIST: StageDefinition = {
  name: 'Format-List',
  aliases: ['fl'],
  parameters: { Property: 'properties', GroupBy: 'properties' },
  positional: ['Property'],
  gives: 'format',
  prepare: (call) => {
    const property = call.value('Property');
    const expressions = property === undefined ? undefined : itemExpressions(call.name, property);
    const groupBy = groupingOf(call);
    return async function* (input, { scope, width }) {
      let objects = 0;
      let group: string | undefined;
      for await (const item of elementsOf(input)) {
        if (item === null) continue;
        const shown = shownObjects(item, expressions === undefined ? 'list' : 'named');
        if (shown.length === 0) {
          if (objects > 0) yield formatted('');
          objects = 0;
          yield formatted(formatValue(item));
        }
        for (const object of shown) {
          const heading = await headingOf(object, groupBy, scope);
          if (heading !== undefined && (objects === 0 || !isSameHeading(heading, group)))
            for (const line of [...(objects === 0 ? [] : ['']), '', `   ${heading}`]) yield formatted(line);
          group = heading;
          objects += 1;
          yield formatted('');
          for (const line of listLines(await listRows(object, expressions, scope), width)) yield formatted(line);
        }
      }
      if (objects > 0) yield formatted('');
    };
  },
};

async function listRows(
  item: OutputObject,
  expressions: readonly ItemExpression[] | undefined,
  scope: EvaluationScope,
) {
  if (expressions?.length === 1 && expressions[0]?.property === '*' && !isScalarValue(item.source))
    return allRows(item);
  if (expressions !== undefined) {
    const [[shown = item], names] = await withCalculated([item], expressions, scope);
    return propertyRows(shown, names, stylesOf(expressions));
  }
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  const names = (view?.kind === 'list' ? view.properties : view?.list) ?? [...item.properties.keys()];
  return propertyRows(item, [...names, ...(item.showsComputerName ? ['PSComputerName'] : [])]);
}

export const CONVERT_TO_JSON: StageDefinition = {
  name: 'ConvertTo-Json',
  aliases: [],
  parameters: { Compress: 'switch', AsArray: 'switch', Depth: 'count' },
  positional: [],
  gives: 'text',
  prepare: (call) => {
    if ((call.count('Depth') ?? 0) > 100)
      throw call.refusal('-Depth is at most 100', 'Leave it out: all levels are written.');
    const options = { compress: call.isOn('Compress'), asArray: call.isOn('AsArray'), depth: call.count('Depth') };
    return async function* (input) {
      const all: LineValue[] = [];
      for await (const item of input) all.push(item);
      if (all.length > 0) yield convertToJson(all, options);
    };
  },
};
