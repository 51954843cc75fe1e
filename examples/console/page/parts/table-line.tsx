import type { JSX } from 'preact';
import { number } from '../data/format.js';
import type { Column, Line } from './table.js';

/** A row, or the heading of a group. */
export function TableLine<T>({
  line,
  index,
  columns,
  height,
  isChosen,
}: {
  readonly line: Line<T>;
  readonly index: number;
  readonly columns: readonly Column<T>[];
  readonly height: number | null;
  readonly isChosen: boolean;
}): JSX.Element {
  const common = {
    'data-line': index,
    'aria-rowindex': height === null ? undefined : index + 2,
    style: height === null ? undefined : { blockSize: `${height}px` },
  };
  if (!('row' in line)) {
    return (
      <tr class="group" {...common}>
        <th colSpan={columns.length} scope="rowgroup">
          {line.group.title}
          <small>{number(line.count)}</small>
        </th>
      </tr>
    );
  }
  return (
    <tr class={isChosen ? 'chosen' : ''} {...common}>
      {columns.map(({ key, class: className, cell, isRowHead }) =>
        isRowHead ? (
          <th key={key} scope="row" class={className}>
            {cell(line.row)}
          </th>
        ) : (
          <td key={key} class={className}>
            {cell(line.row)}
          </td>
        ),
      )}
    </tr>
  );
}

/** The rows that are out of sight, as height. */
export function Gap({ count, rowHeight }: { readonly count: number; readonly rowHeight: number }): JSX.Element | null {
  if (count <= 0) return null;
  return (
    <tr class="gap" style={{ blockSize: `${count * rowHeight}px` }}>
      {/* One cell: more of them would be columns of their own where a narrow window hides some. */}
      <td />
    </tr>
  );
}
