import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { counted, number } from '../data/format.js';
import { useKept } from '../data/kept.js';
import { keep, kept } from '../data/tab-store.js';
import { Icon } from './icon.js';
import { lineAt, moveFocus } from './row-keys.js';
import { Gap, TableLine } from './table-line.js';

export interface Column<T> {
  readonly key: string;
  readonly head: ComponentChildren;
  /** `num`, `low` (not on narrow screens), `nowrap`, `cut`. */
  readonly class?: string;
  /** Of a windowed table, whose columns are as wide as they are told. */
  readonly width?: string;
  readonly compare?: (one: T, other: T) => number;
  readonly cell: (row: T) => ComponentChildren;
  readonly isRowHead?: boolean;
}

export interface Group {
  readonly key: string;
  readonly title: ComponentChildren;
  /** Groups stand in this order, whatever the sorting. */
  readonly order: number;
}

interface TableProps<T> {
  /** Of `sessionStorage`: sorting and scroll position. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly groupOf?: (row: T) => Group;
  /** One line or two. */
  readonly rowHeight?: 32 | 48;
  readonly sortBy?: string;
  readonly isDown?: boolean;
  /** The filter that `/` leads to. */
  readonly filterId?: string;
  readonly isChosen?: (row: T) => boolean;
  /** Gets the rows as they are sorted and grouped. */
  readonly inOrder?: { current: readonly T[] };
  /** A key that does something with the row that has the focus, and the word for it. */
  readonly rowKey?: { readonly key: string; readonly word: string; readonly act: (row: T) => void };
  readonly foot?: ComponentChildren;
  readonly what: string;
}

interface Sorting {
  readonly by: string;
  readonly isDown: boolean;
}

export type Line<T> = { readonly row: T } | { readonly group: Group; readonly count: number };

/** Above this many rows only those in sight are elements. */
const WINDOWED_ABOVE = 200;
const BEYOND_SIGHT = 8;

export function Table<T>(props: TableProps<T>): JSX.Element {
  const { name, label, columns, rows, keyOf, groupOf, rowHeight = 32, filterId } = props;
  const [sorting, setSorting] = useKept<Sorting>(`sort:${name}`, {
    by: props.sortBy ?? '',
    isDown: props.isDown ?? false,
  });
  const lines = useMemo(() => arranged(rows, columns, sorting, groupOf), [rows, sorting]);
  if (props.inOrder) props.inOrder.current = lines.flatMap((line) => ('row' in line ? [line.row] : []));
  const isWindowed = lines.length > WINDOWED_ABOVE;
  const scroll = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  useLayoutEffect(() => {
    const box = scroll.current;
    if (!isWindowed || box === null) return;
    box.scrollTop = kept<number>(`scroll:${name}`) ?? 0;
    const measure = (): void => setHeight(box.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    measure();
    return () => observer.disconnect();
  }, [isWindowed]);
  // The keys are those of the rows in it; each row is reached by its link as well.
  useEffect(() => {
    const keys = (event: KeyboardEvent): void => {
      moveFocus(event, { count: lines.length, isRow: (index) => 'row' in (lines[index] ?? {}), showLine, filterId });
      const line = event.key === props.rowKey?.key ? lines[lineAt(event)] : undefined;
      if (line === undefined || !('row' in line)) return;
      event.preventDefault();
      props.rowKey?.act(line.row);
    };
    const box = scroll.current;
    box?.addEventListener('keydown', keys);
    return () => box?.removeEventListener('keydown', keys);
  });
  const focusWanted = (): void => {
    if (wanted.current === null) return;
    const row = scroll.current?.querySelector(`[data-line="${wanted.current}"]`);
    const link =
      row?.querySelector<HTMLElement>('th a, th button') ?? row?.querySelector<HTMLElement>('a, button, input');
    if (!link) return;
    link.focus({ preventScroll: isWindowed });
    wanted.current = null;
  };
  useLayoutEffect(focusWanted);
  const first = isWindowed ? Math.max(0, Math.min(lines.length - 1, Math.floor(top / rowHeight)) - BEYOND_SIGHT) : 0;
  const last = isWindowed ? Math.min(lines.length, Math.ceil((top + height) / rowHeight) + BEYOND_SIGHT) : lines.length;
  const showLine = (index: number): void => {
    const box = scroll.current;
    wanted.current = index;
    if (isWindowed && box !== null) {
      const at = index * rowHeight;
      if (at < box.scrollTop) box.scrollTop = at;
      // Below the heading, which stays.
      else if (at + 2 * rowHeight > box.scrollTop + box.clientHeight - rowHeight)
        box.scrollTop = at + 3 * rowHeight - box.clientHeight;
    }
    setTop(box?.scrollTop ?? 0);
    focusWanted();
  };
  const sortBy = (column: Column<T>): void => {
    setSorting({ by: column.key, isDown: sorting.by === column.key ? !sorting.isDown : false });
  };
  return (
    <>
      <div
        class={isWindowed ? 'scroll tall' : 'scroll'}
        ref={scroll}
        onScroll={(event) => {
          if (!isWindowed) return;
          setTop(event.currentTarget.scrollTop);
          keep(`scroll:${name}`, event.currentTarget.scrollTop);
        }}
      >
        <table
          class={isWindowed ? 'windowed' : ''}
          aria-label={label}
          aria-rowcount={isWindowed ? lines.length + 1 : undefined}
        >
          <thead>
            <tr aria-rowindex={isWindowed ? 1 : undefined}>
              {columns.map((column) => (
                <Heading key={column.key} column={column} sorting={sorting} isWindowed={isWindowed} onSort={sortBy} />
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap count={first} rowHeight={rowHeight} />
            {lines.slice(first, last).map((line, offset) => (
              <TableLine
                key={'row' in line ? keyOf(line.row) : `group ${line.group.key}`}
                line={line}
                index={first + offset}
                columns={columns}
                height={isWindowed ? rowHeight : null}
                isChosen={'row' in line && (props.isChosen?.(line.row) ?? false)}
              />
            ))}
            <Gap count={lines.length - last} rowHeight={rowHeight} />
          </tbody>
        </table>
      </div>
      <footer>
        <span class="muted">
          {isWindowed
            ? `${number(Math.min(lines.length, Math.floor(top / rowHeight) + 1))} to ${number(Math.min(lines.length, Math.floor((top + height) / rowHeight)))} of ${number(lines.length)}`
            : counted(rows.length, props.what)}
        </span>
        {props.foot ?? (
          <span class="muted">
            {filterId ? (
              <>
                <kbd>/</kbd> filter{' '}
              </>
            ) : null}
            <kbd>j</kbd> <kbd>k</kbd> move <kbd>Enter</kbd> open
            {props.rowKey ? (
              <>
                {' '}
                <kbd>{props.rowKey.key}</kbd> {props.rowKey.word}
              </>
            ) : null}
          </span>
        )}
      </footer>
    </>
  );
}

function arranged<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  { by, isDown }: Sorting,
  groupOf: ((row: T) => Group) | undefined,
): readonly Line<T>[] {
  const compare = columns.find(({ key }) => key === by)?.compare;
  const sorted = compare ? [...rows].sort((one, other) => (isDown ? compare(other, one) : compare(one, other))) : rows;
  if (groupOf === undefined) return sorted.map((row) => ({ row }));
  const groups = new Map<string, { readonly group: Group; readonly rows: T[] }>();
  for (const row of sorted) {
    const group = groupOf(row);
    const same = groups.get(group.key);
    if (same) same.rows.push(row);
    else groups.set(group.key, { group, rows: [row] });
  }
  return [...groups.values()]
    .sort((one, other) => one.group.order - other.group.order)
    .flatMap(({ group, rows: members }): Line<T>[] => [
      { group, count: members.length },
      ...members.map((row) => ({ row })),
    ]);
}

function Heading<T>({
  column,
  sorting,
  isWindowed,
  onSort,
}: {
  readonly column: Column<T>;
  readonly sorting: Sorting;
  readonly isWindowed: boolean;
  readonly onSort: (column: Column<T>) => void;
}): JSX.Element {
  const isSorted = sorting.by === column.key;
  return (
    <th
      scope="col"
      class={column.class}
      style={isWindowed && column.width ? { inlineSize: column.width } : undefined}
      aria-sort={column.compare && isSorted ? (sorting.isDown ? 'descending' : 'ascending') : undefined}
    >
      {column.compare === undefined ? (
        column.head
      ) : (
        <button type="button" onClick={() => onSort(column)}>
          {column.head}
          {isSorted ? <Icon name="down" class={sorting.isDown ? '' : 'up'} /> : null}
        </button>
      )}
    </th>
  );
}
