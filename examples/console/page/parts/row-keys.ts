interface Rows {
  readonly count: number;
  readonly isRow: (index: number) => boolean;
  /** Brings a line into sight and the focus to its link. */
  readonly showLine: (index: number) => void;
  readonly filterId: string | undefined;
}

/** The line of the table that a key is pressed in: -1 outside of them, while something is typed, and with a modifier. */
export function lineAt(event: KeyboardEvent): number {
  const target = event.target;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return -1;
  if (target instanceof HTMLInputElement && target.type !== 'checkbox') return -1;
  if (target.tagName === 'SELECT' || target.tagName === 'TEXTAREA') return -1;
  return Number(target.closest('tr')?.getAttribute('data-line') ?? -1);
}

/** `j k ↑ ↓ Home End /` while the focus is on a row of the table, and never elsewhere (WCAG 2.1.4). */
export function moveFocus(event: KeyboardEvent, { count, isRow, showLine, filterId }: Rows): void {
  const target = event.target;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target instanceof HTMLInputElement && target.type !== 'checkbox') return;
  if (target.tagName === 'SELECT' || target.tagName === 'TEXTAREA') return;
  if (event.key === '/' && filterId !== undefined) {
    event.preventDefault();
    document.getElementById(filterId)?.focus();
    return;
  }
  const at = lineAt(event);
  const next = nextLine(event.key, at, count, isRow);
  if (next === undefined) return;
  event.preventDefault();
  if (next !== at) showLine(next);
}

function nextLine(key: string, at: number, count: number, isRow: (index: number) => boolean): number | undefined {
  const [start, step] =
    key === 'j' || key === 'ArrowDown'
      ? [at + 1, 1]
      : key === 'k' || key === 'ArrowUp'
        ? [at - 1, -1]
        : key === 'Home'
          ? [0, 1]
          : key === 'End'
            ? [count - 1, -1]
            : [undefined, 0];
  if (start === undefined) return undefined;
  for (let index = start; index >= 0 && index < count; index += step) if (isRow(index)) return index;
  return at;
}
