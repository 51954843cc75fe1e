import type { OutputObject } from '../values/line-value.js';
import { NumberValue } from '../values/number-value.js';
import { propertyValue } from '../values/property-value.js';
import { formatProperty } from './format-value.js';
import type { ColumnDefinition } from './view-definitions.js';

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

/**
 * A whole table, each column as wide as it needs to be. A column of numbers stands to the right, as in PowerShell.
 * `headings` false leaves the head out.
 */
export function tableLines(items: readonly OutputObject[], properties: readonly string[], headings = true): string[] {
  const cells = items.map((item) => properties.map((name) => formatProperty(item, name)));
  const columns = properties.map((heading, index): Column => {
    const first = items
      .map((item) => propertyValue(item, heading))
      .find((value) => value !== null && value !== undefined);
    return {
      heading,
      width: Math.max(headings ? heading.length : 0, ...cells.map((row) => row[index]?.length ?? 0)),
      right: first instanceof NumberValue,
    };
  });
  const head = headings
    ? [
        line(
          columns,
          columns.map(({ heading }) => heading),
        ),
        line(
          columns,
          columns.map(({ heading }) => '-'.repeat(heading.length)),
        ),
      ]
    : [];
  return [...head, ...cells.map((row) => line(columns, row))];
}

function toFixedColumn({ property, width }: ColumnDefinition): Column {
  return { heading: property, width, right: false };
}

function line(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map(({ width, right }, index) => {
      const cell = fitted(onOneLine(cells[index] ?? ''), width);
      return right ? cell.padStart(width) : cell.padEnd(width);
    })
    .join(' ')
    .trimEnd();
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
