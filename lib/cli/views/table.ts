import type { OutputObject } from '../values/line-value.js';
import { NumberValue } from '../values/number-value.js';
import { propertyValue } from '../values/property-value.js';
import { formatProperty } from './format-value.js';
import { isEnumeration } from './value-object.js';
import type { ColumnDefinition, ViewLine } from './view.js';

/** White space is taken together before a cell is cut: so many characters are looked at for one that is shown. */
const SEEN = 16;

const LINE_BREAK = /\r\n|\r|\n/;

/** Characters in a line where there is no terminal: as a console of Windows has; PowerShell without one takes 80, which cuts more. */
const USUAL_WIDTH = 120;
/** After what does not fit its column of a class's view, as transcripts of the module show it. */
const OVERFLOW = '...';
/** After what the width of the line cuts, as PowerShell 7 writes it. */
const EDGE = '…';

interface Column {
  readonly heading: string;
  readonly width: number;
  readonly right: boolean;
  /** What stands in the place of what is cut. */
  readonly cut: string;
}

/** The head of a table whose columns have a view's widths, so that rows can follow as they arrive. `width`: of the line, default 120. */
export function fixedTableHead(columns: readonly ColumnDefinition[], width = USUAL_WIDTH): ViewLine[] {
  return headLines(viewColumns(columns, width));
}

/** One row of a table whose columns have a view's widths; several lines with `wrap`. */
export function fixedTableRow(
  columns: readonly ColumnDefinition[],
  item: OutputObject,
  width = USUAL_WIDTH,
  wrap = false,
): string[] {
  const fixed = viewColumns(columns, width);
  return rowLines(
    fixed,
    fixed.map(({ heading }) => formatProperty(item, heading)),
    wrap,
  );
}

export interface TableOptions {
  /** False leaves the head out. */
  readonly headings?: boolean;
  /** Characters in a line. Default 120. */
  readonly width?: number | undefined;
  /** Numbers and Booleans of the first object put their columns to the right, unless the class's view has them to the left. */
  readonly alignment?: 'first' | 'left';
  /** The object that decides on it, where it is not the first of these. */
  readonly like?: OutputObject | undefined;
  /** What is longer than its column goes on below it, instead of being cut (Format-Table -Wrap). */
  readonly wrap?: boolean;
}

/**
 * A whole table, each column as wide as it needs to be, as far as the line goes: what does not fit at the end is cut or left out, as in
 * PowerShell. A server's text makes no line longer. Columns in which the first object has a number or a Boolean stand to the right. A line
 * among the items stands between their rows as it is.
 */
export function* tableLines(
  items: readonly OutputObject[],
  names: readonly string[],
  { headings = true, width = USUAL_WIDTH, alignment = 'first', wrap = false, like = items[0] }: TableOptions = {},
): Generator<ViewLine> {
  const properties = names.slice(0, Math.max(1, Math.floor((width + 1) / 2)));
  const shown = (text: string): string => (wrap ? text : onOneLine(shortened(text, width)));
  const cells = items.map((item) =>
    item.line === undefined ? properties.map((name) => shown(formatProperty(item, name))) : undefined,
  );
  const wanted = properties.map((heading, index): Column => {
    const first = like && propertyValue(like, heading);
    return {
      heading,
      width: cells.reduce((most, row) => Math.max(most, longestLine(row?.[index] ?? '')), heading.length),
      right:
        alignment === 'first' &&
        (first instanceof NumberValue ||
          typeof first === 'boolean' ||
          (like !== undefined && isEnumeration(like, heading))),
      cut: EDGE,
    };
  });
  const columns = fittedColumns(wanted, width);
  if (headings) yield* headLines(columns);
  for (const [at, row] of cells.entries())
    yield* row === undefined ? [items[at]?.line ?? ''] : rowLines(columns, row, wrap);
}

/** Headings, which go on below where they are too long, and what underlines them. */
function headLines(columns: readonly Column[]): ViewLine[] {
  const headings = rowLines(
    columns,
    columns.map(({ heading }) => heading),
    true,
  );
  const rules = columns.map((column) => '-'.repeat(Math.min(column.heading.length, column.width)));
  return [...headings, line(columns, rules)].map((text) => ({ text, accent: text.length }));
}

/** The longest of a text's lines. */
function longestLine(text: string): number {
  return text.split(LINE_BREAK).reduce((most, one) => Math.max(most, one.length), 0);
}

/** One line, or as many as the longest cell takes: cut at the width, as PowerShell 7 cuts there, not between words. */
function rowLines(columns: readonly Column[], cells: readonly string[], wrap: boolean): string[] {
  if (!wrap) return [line(columns, cells)];
  const pieces = columns.map(({ width }, index) => wrapped(cells[index] ?? '', width));
  const height = pieces.reduce((most, { length }) => Math.max(most, length), 1);
  return Array.from({ length: height }, (_, at) =>
    line(
      columns,
      pieces.map((parts) => parts[at] ?? ''),
    ),
  );
}

function wrapped(text: string, width: number): string[] {
  return text.split(LINE_BREAK).flatMap((one) => {
    const pieces: string[] = [];
    for (let at = 0; at < Math.max(one.length, 1); at += width) pieces.push(one.slice(at, at + width));
    return pieces;
  });
}

/** A view's columns in a line: those without a width of their own share what is left. */
function viewColumns(columns: readonly ColumnDefinition[], width: number): Column[] {
  const taken = columns.reduce((sum, column) => sum + (column.width ?? 1) + 1, -1);
  const sharing = columns.filter((column) => column.width === undefined).length;
  const left = Math.max(0, width - taken);
  let shared = 0;
  const kept = columns.map(({ property, width: own, isRight: right = false, cut = OVERFLOW }): Column => {
    if (own !== undefined) return { heading: property, width: own, right, cut };
    shared += 1;
    const share = Math.floor(left / sharing) + (shared <= left % sharing ? 1 : 0);
    return { heading: property, width: 1 + share, right, cut: EDGE };
  });
  return fittedColumns(kept, width);
}

/** From the end columns are cut or left out until the line has room for them (PowerShell's ColumnWidthManager). */
function fittedColumns(columns: readonly Column[], width: number): Column[] {
  const kept = [...columns];
  for (let excess = columns.reduce((sum, column) => sum + column.width + 1, -1) - width; excess > 0; ) {
    const last = kept.pop();
    if (last === undefined) break;
    if (last.width > excess) kept.push({ ...last, width: last.width - excess, cut: EDGE });
    excess -= last.width > excess ? excess : last.width + 1;
  }
  return kept;
}

function line(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map(({ width, right, cut }, index) => {
      const cell = fitted(onOneLine(shortened(cells[index] ?? '', width)), width, cut);
      return right ? cell.padStart(width) : cell.padEnd(width);
    })
    .join(' ')
    .trimEnd();
}

/** So much of a text as can be seen in a line of `width`, however its white space is taken together. */
function shortened(text: string, width: number): string {
  const most = SEEN * (width + 1);
  return text.length <= most ? text : text.slice(0, most);
}

/** Each run of white space with a line break in it as one space. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, (space) => (/[\r\n]/.test(space) ? ' ' : space));
}

function fitted(text: string, width: number, cut: string): string {
  if (text.length <= width) return text;
  return width > cut.length ? `${text.slice(0, width - cut.length)}${cut}` : text.slice(0, width);
}
