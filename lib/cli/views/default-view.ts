import { isOutputObject, type LineValue, type OutputObject } from '../values/line-value.js';
import { propertyValue } from '../values/property-value.js';
import { formatValue } from './format-value.js';
import { defaultListRows, listLines } from './list.js';
import { fixedTableHead, fixedTableRow, tableLines } from './table.js';
import type { ColumnDefinition } from './view.js';
import { viewDefinitionOf } from './view-definitions.js';

/** How many properties an object without a view of its own may have to be shown as a table; more make a list (PowerShell's rule). */
const LARGEST_TABLE = 4;

/**
 * What PowerShell prints when nothing else is asked for: each class in its own view, text as it is, as the items arrive. Objects without
 * a view of their own and with few properties wait for the end of their group, since the columns' widths depend on all of them. `width`:
 * characters in a line.
 */
export async function* defaultView(items: AsyncIterable<LineValue>, width?: number): AsyncGenerator<string> {
  let shape = '';
  let waiting: OutputObject[] = [];
  for await (const item of items) {
    if (item === null) continue;
    const next = shapeOf(item);
    if (next !== shape) {
      yield* endGroup(shape, waiting, width);
      waiting = [];
      shape = next;
      yield* beginGroup(item);
    }
    if (!isOutputObject(item) || shape === 'value') yield formatValue(item);
    else if (shape.startsWith('waiting')) waiting.push(item);
    else if (shape.startsWith('list')) {
      yield '';
      yield* listLines(defaultListRows(item));
    } else yield fixedTableRow(columnsOf(item), item);
  }
  yield* endGroup(shape, waiting, width);
}

function shapeOf(item: LineValue): string {
  if (item === null || !isOutputObject(item) || item.base !== undefined || item.line !== undefined) return 'value';
  const shown = `${item.viewName ?? item.className ?? [...item.properties.keys()].join()} ${item.showsComputerName}`;
  const definition = viewDefinitionOf(item.viewName ?? item.className);
  if (definition) return `${definition.view.kind} ${shown} ${groupOf(item)?.text ?? ''}`;
  return `${item.properties.size <= LARGEST_TABLE ? 'waiting' : 'list'} ${shown}`;
}

function columnsOf(item: OutputObject): readonly ColumnDefinition[] {
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  const columns = view?.kind === 'table' ? view.columns : [];
  return item.showsComputerName ? [...columns, { property: 'PSComputerName', width: 24 }] : columns;
}

function groupOf(item: OutputObject): { readonly label: string; readonly text: string } | undefined {
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  if (view?.kind !== 'table' || view.groupBy === undefined) return undefined;
  const { property, label } = view.groupBy;
  return { label, text: formatValue(propertyValue(item, property) ?? null) };
}

function* beginGroup(item: LineValue): Generator<string> {
  if (item === null || !isOutputObject(item) || !shapeOf(item).startsWith('table')) return;
  const group = groupOf(item);
  if (group !== undefined) yield* ['', `   ${group.label}: ${group.text}`];
  yield* ['', ...fixedTableHead(columnsOf(item))];
}

function* endGroup(shape: string, waiting: readonly OutputObject[], width: number | undefined): Generator<string> {
  const [first] = waiting;
  if (first) {
    const names = [...first.properties.keys(), ...(first.showsComputerName ? ['PSComputerName'] : [])];
    yield '';
    yield* tableLines(waiting, [...new Set(names)], { width });
  }
  if (shape !== '' && shape !== 'value') yield '';
}
