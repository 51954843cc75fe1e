import type { OutputObject } from '../values/line-value.js';
import { NumberValue } from '../values/number-value.js';
import { propertyValue } from '../values/property-value.js';
import { formatProperty } from './format-value.js';
import type { ColumnDefinition } from './view.js';

/** White space is taken together before a cell is cut: so many characters are looked at for one that is shown. */
const SEEN = 16;

interface Column {
  readonly heading: string;
  readonly width: number;
  readonly right: boolean;
}

/** The head of a table whose columns have fixed widths, so that rows can follow as they arrive. */
export function fixedTableHead(columns: readonly ColumnDefinition[]): string[] {
  const fixed = columns.map(toFixedColumn);
  return [
    line(
      fixed,
      fixed.map(({ heading }) => heading),
    ),
    line(
      fixed,
      fixed.map(({ heading }) => '-'.repeat(heading.length)),
    ),
  ];
}

/** One row of a table whose columns have fixed widths. */
export function fixedTableRow(columns: readonly ColumnDefinition[], item: OutputObject): string {
  return line(
    columns.map(toFixedColumn),
    columns.map(({ property }) => formatProperty(item, property)),
  );
}

/** Characters in a line where there is no terminal, as PowerShell takes them. */
const USUAL_WIDTH = 120;
/** No column is cut below this; what does not fit beside it is left out. */
const NARROWEST = 8;

export interface TableOptions {
  /** False leaves the head out. */
  readonly headings?: boolean;
  /** Characters in a line. Default 120. */
  readonly width?: number | undefined;
}

/**
 * A whole table, each column as wide as it needs to be, as far as the line goes: the widest columns are cut first, and columns that still do not
 * fit are left out, as PowerShell leaves them out. A server's text makes no line longer. A column of numbers stands to the right.
 */
export function* tableLines(
  items: readonly OutputObject[],
  names: readonly string[],
  { headings = true, width = USUAL_WIDTH }: TableOptions = {},
): Generator<string> {
  const properties = names.slice(0, Math.max(1, Math.floor((width + 1) / 2)));
  const cells = items.map((item) => properties.map((name) => onOneLine(shortened(formatProperty(item, name), width))));
  const wanted = properties.map((heading, index): Column => {
    const first = items
      .map((item) => propertyValue(item, heading))
      .find((value) => value !== null && value !== undefined);
    return {
      heading,
      width: cells.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), headings ? heading.length : 0),
      right: first instanceof NumberValue,
    };
  });
  const columns = fittedColumns(wanted, width);
  if (headings) {
    yield line(
      columns,
      columns.map(({ heading }) => heading),
    );
    yield line(
      columns,
      columns.map((column) => '-'.repeat(Math.min(column.heading.length, column.width))),
    );
  }
  for (const row of cells) yield line(columns, row);
}

/** The columns that a line has room for, the widest cut to the same width. */
function fittedColumns(columns: readonly Column[], width: number): Column[] {
  const kept: Column[] = [];
  let least = -1;
  for (const column of columns) {
    least += Math.min(column.width, NARROWEST) + 1;
    if (kept.length > 0 && least > width) break;
    kept.push(column);
  }
  let room = width - kept.length + 1;
  let widest = width;
  // The narrow ones take what they need, and leave the rest to be shared.
  for (const [index, { width: own }] of [...kept].sort((one, other) => one.width - other.width).entries()) {
    widest = Math.max(Math.floor(room / (kept.length - index)), 1);
    if (own > widest) break;
    room -= own;
    widest = width;
  }
  return kept.map((column) => ({ ...column, width: Math.min(column.width, widest) }));
}

function toFixedColumn({ property, width }: ColumnDefinition): Column {
  return { heading: property, width, right: false };
}

function line(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map(({ width, right }, index) => {
      const cell = fitted(onOneLine(shortened(cells[index] ?? '', width)), width);
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

/** Cut as PowerShell 5.1 cuts what does not fit. */
function fitted(text: string, width: number): string {
  if (text.length <= width) return text;
  return width > 3 ? `${text.slice(0, width - 3)}...` : text.slice(0, width);
}
