import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { isArrayValue, isOutputObject, type LineValue, type OutputObject, TableValue } from '../values/line-value.js';
import { propertyValue } from '../values/property-value.js';
import { longCultureDate } from './culture-date.js';
import { formatValue } from './format-value.js';
import { defaultListRows, instanceRows, listLines, showsComputer } from './list.js';
import { fixedTableHead, fixedTableRow, tableLines } from './table.js';
import { tableEntries, valueObject } from './value-object.js';
import { type ColumnDefinition, lineText, type ViewLine } from './view.js';
import { viewDefinitionOf } from './view-definitions.js';

const NO_OBJECT: OutputObject = { properties: new Map(), computerName: null, showsComputerName: false, source: null };

/** How many properties an object without a view of its own may have to be shown as a table; more make a list (PowerShell's rule). */
const LARGEST_TABLE = 4;

/** The lines of one pipeline's results in a {@link DefaultView} of their own. `width`: characters in a line, default 120. */
export async function* defaultView(items: AsyncIterable<LineValue>, width?: number): AsyncGenerator<string> {
  const view = new DefaultView(width);
  for await (const line of view.lines(items)) yield lineText(line);
  for (const line of view.end()) yield lineText(line);
}

/**
 * What PowerShell prints when nothing else is asked for, of all statements of a line (its Out-Default): text as it is, instances in the view of
 * the first one's class, as they arrive. Instances of another class that follow do not fit that view: each is a list of all its
 * properties. Objects without a view and with few properties wait for the end of their statement, since the columns' widths depend on all
 * of them.
 */
export class DefaultView {
  readonly #width: number | undefined;
  #shape = '';
  /** The class whose view the line has begun with. */
  #viewed: string | undefined;
  #waiting: OutputObject[] = [];

  /** `width`: characters in a line, default 120. */
  constructor(width?: number) {
    this.#width = width;
  }

  /** The results of one statement. */
  async *lines(items: AsyncIterable<LineValue>): AsyncGenerator<ViewLine> {
    for await (const item of items) yield* this.#item(item);
    if (this.#waiting.length > 0) yield* this.end();
  }

  /** What closes the last table or list: at the end of the line, and before a text that another has formatted. */
  *end(): Generator<ViewLine> {
    const [first] = this.#waiting;
    if (first) {
      const names = [...first.properties.keys(), ...(showsComputer(first) ? ['PSComputerName'] : [])];
      yield '';
      yield* tableLines(this.#waiting, [...new Set(names)], { width: this.#width });
    }
    if (this.#shape !== '' && !this.#shape.startsWith('list')) yield '';
    this.#shape = '';
    this.#viewed = undefined;
    this.#waiting = [];
  }

  *#item(item: LineValue): Generator<ViewLine> {
    if (item === null) return;
    if (isArrayValue(item)) {
      for (const element of item) yield* this.#item(element);
      return;
    }
    if (item instanceof TableValue) {
      for (const entry of tableEntries(item)) yield* this.#object(entry);
      return;
    }
    const object = valueObject(item) ?? (isOutputObject(item) ? item : undefined);
    if (object === undefined || object.base !== undefined || object.line !== undefined) yield* this.#text(item);
    else if (this.#isForeign(object)) {
      if (this.#shape.startsWith('list')) this.#shape = '';
      yield '';
      yield* listLines(instanceRows(object), this.#width);
      yield '';
    } else yield* this.#object(object);
  }

  /** A text stands where it comes, and ends no table and no list. */
  *#text(item: LineValue): Generator<ViewLine> {
    const value = item !== null && isOutputObject(item) ? (item.base ?? item) : item;
    if (value instanceof CimDateTime) {
      if (this.#shape !== 'date') {
        yield* this.end();
        yield '';
      }
      this.#shape = 'date';
      yield longCultureDate(value);
    } else if (this.#waiting.length > 0) this.#waiting.push({ ...NO_OBJECT, line: formatValue(value) });
    else yield formatValue(value);
  }

  *#object(item: OutputObject): Generator<ViewLine> {
    const shape = shapeOf(item);
    if (shape !== this.#shape) {
      const isSameList = [shape, this.#shape].every((one) => one.startsWith('list') && !one.startsWith('list System.'));
      if (!isSameList) {
        yield* this.end();
        if (shape.startsWith('list')) yield '';
      }
      this.#shape = shape;
      if (shape.startsWith('table')) yield* this.#tableHead(item);
    }
    if (viewDefinitionOf(item.viewName ?? item.className) !== undefined) this.#viewed = item.className;
    if (shape.startsWith('waiting')) this.#waiting.push(item);
    else if (shape.startsWith('list')) {
      yield* listLines(defaultListRows(item), this.#width);
      yield '';
    } else yield* fixedTableRow(columnsOf(item), item, this.#width);
  }

  *#tableHead(item: OutputObject): Generator<ViewLine> {
    const group = groupOf(item);
    if (group !== undefined) {
      const heading = `   ${group.label}: `;
      yield* ['', { text: `${heading}${group.text}`, accent: heading.length }];
    }
    yield* ['', ...fixedTableHead(columnsOf(item), this.#width)];
  }

  #isForeign({ className }: OutputObject): boolean {
    return this.#viewed !== undefined && className !== undefined && className !== this.#viewed;
  }
}

function shapeOf(item: OutputObject): string {
  const shown = `${item.viewName ?? item.className ?? [...item.properties.keys()].join()} ${item.showsComputerName}`;
  const definition = viewDefinitionOf(item.viewName ?? item.className);
  if (definition) return `${definition.view.kind} ${shown} ${groupOf(item)?.text ?? ''}`;
  const count = item.properties.size + (showsComputer(item) ? 1 : 0);
  return `${count <= LARGEST_TABLE ? 'waiting' : 'list'} ${shown}`;
}

function columnsOf(item: OutputObject): readonly ColumnDefinition[] {
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  const columns = view?.kind === 'table' ? view.columns : [];
  return item.showsComputerName ? [...columns, { property: 'PSComputerName' }] : columns;
}

function groupOf(item: OutputObject): { readonly label: string; readonly text: string } | undefined {
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  if (view?.kind !== 'table' || view.groupBy === undefined) return undefined;
  const { property, label } = view.groupBy;
  return { label, text: formatValue(propertyValue(item, property) ?? null) };
}
