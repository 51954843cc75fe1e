import type { OutputObject } from '../values/line-value.js';
import { NumberValue } from '../values/number-value.js';
import { propertyValue } from '../values/property-value.js';
import { formatProperty } from './format-value.js';
import { isEnumeration } from './value-object.js';
import type { ColumnDefinition, ColumnStyle, ViewLine } from './view.js';
import { linesOf, wrapped } from './wrapped.js';

/** White space is taken together before a cell is cut: so many characters are looked at for one that is shown. */
const SEEN = 16;

/** Characters in a line where there is no terminal: as a console of Windows has; PowerShell without one takes 80, which cuts more. */
const USUAL_WIDTH = 120;
/** After what does not fit its column of a class's view, as transcripts of the module show it. */
const OVERFLOW = '...';
/** After what the width of the line cuts, as PowerShell 7 writes it. */
const EDGE = '…';

interface Column {
  readonly heading: string;
  readonly width: number;
  readonly alignment: NonNullable<ColumnStyle['alignment']>;
  /** What stands in the place of what is cut. */
  readonly cut: string;
}

/** A column before the line's width is shared out. */
type WantedColumn = Omit<Column, 'width'> & { readonly width: number | undefined };

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
  /** Columns are as wide as their values, whatever `styles` say of widths (Format-Table -AutoSize). */
  readonly isAutoSized?: boolean;
  /** Of calculated properties, by the name that they have among an item's. */
  readonly styles?: ReadonlyMap<string, ColumnStyle>;
}

/**
 * A whole table, each column as wide as it needs to be, as far as the line goes: what does not fit at the end is cut or left out, as in
 * PowerShell. A server's text makes no line longer. Columns in which the first object has a number or a Boolean stand to the right. A line
 * among the items stands between their rows as it is.
 */
export function* tableLines(
  items: readonly OutputObject[],
  names: readonly string[],
  {
    headings = true,
    width = USUAL_WIDTH,
    alignment = 'first',
    wrap = false,
    like = items[0],
    isAutoSized = false,
    styles = new Map(),
  }: TableOptions = {},
): Generator<ViewLine> {
  const properties = names.slice(0, Math.max(1, Math.floor((width + 1) / 2)));
  const shown = (text: string): string => (wrap ? text : onOneLine(shortened(text, width)));
  const cells = items.map((item) =>
    item.line === undefined
      ? properties.map((name) => shown(formatProperty(item, name, styles.get(name)?.format)))
      : undefined,
  );
  // Where the first column has a width of its own, those without share what the line has left; else no width counts (as in PowerShell 7).
  const shares = !isAutoSized && styles.get(properties[0] ?? '')?.width !== undefined;
  const wanted = properties.map((name, index): WantedColumn => {
    const first = like && propertyValue(like, name);
    const style = styles.get(name);
    const heading = style?.heading ?? name;
    const isRight =
      alignment === 'first' &&
      (first instanceof NumberValue || typeof first === 'boolean' || (like !== undefined && isEnumeration(like, name)));
    return {
      heading,
      width: shares
        ? style?.width
        : cells.reduce((most, row) => Math.max(most, longestLine(row?.[index] ?? '')), heading.length),
      alignment: style?.alignment ?? (isRight ? 'right' : 'left'),
      cut: EDGE,
    };
  });
  const columns = fittedColumns(sharedColumns(wanted, width), width);
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
  return linesOf(text).reduce((most, one) => Math.max(most, one.length), 0);
}

/** One line, or as many as the longest cell takes. */
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

/** A view's columns in a line. */
function viewColumns(columns: readonly ColumnDefinition[], width: number): Column[] {
  const wanted = columns.map(
    ({ property, width: own, isRight = false, cut = OVERFLOW }): WantedColumn => ({
      heading: property,
      width: own,
      alignment: isRight ? 'right' : 'left',
      cut: own === undefined ? EDGE : cut,
    }),
  );
  return fittedColumns(sharedColumns(wanted, width), width);
}

/** Columns without a width of their own share what the line has left. */
function sharedColumns(columns: readonly WantedColumn[], width: number): Column[] {
  const taken = columns.reduce((sum, column) => sum + (column.width ?? 1) + 1, -1);
  const sharing = columns.filter((column) => column.width === undefined).length;
  const left = Math.max(0, width - taken);
  let shared = 0;
  return columns.map((column): Column => {
    if (column.width !== undefined) return { ...column, width: column.width };
    shared += 1;
    return { ...column, width: 1 + Math.floor(left / sharing) + (shared <= left % sharing ? 1 : 0) };
  });
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
    .map(({ width, alignment, cut }, index) => {
      const cell = fitted(onOneLine(shortened(cells[index] ?? '', width)), width, cut, alignment === 'right');
      if (alignment === 'left') return cell.padEnd(width);
      const before = alignment === 'right' ? width : cell.length + Math.floor((width - cell.length) / 2);
      return cell.padStart(before).padEnd(width);
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

/** `keepsEnd`: the beginning is cut, as of numbers. */
function fitted(text: string, width: number, cut: string, keepsEnd: boolean): string {
  if (text.length <= width) return text;
  if (keepsEnd) return width > cut.length ? `${cut}${text.slice(cut.length - width)}` : text.slice(-width);
  return width > cut.length ? `${text.slice(0, width - cut.length)}${cut}` : text.slice(0, width);
}
