import type { ComponentChildren, JSX } from 'preact';
import type { Column } from './table.js';

interface CheckProps {
  readonly isOn: boolean;
  readonly onSet: (isOn: boolean) => void;
  readonly children: ComponentChildren;
}

/** A box with its words beside it. */
export function Check({ isOn, onSet, children }: CheckProps): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={isOn} onChange={(event) => onSet(event.currentTarget.checked)} /> {children}
    </label>
  );
}

interface TickProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onSet: (isOn: boolean, isRange: boolean) => void;
  readonly isOff?: boolean;
  readonly title?: string | undefined;
}

/** The box of a row, which the whole cell belongs to. */
export function Tick({ label, isOn, onSet, isOff, title }: TickProps): JSX.Element {
  return (
    <label class="pick">
      <input
        type="checkbox"
        aria-label={label}
        checked={isOn}
        disabled={isOff}
        title={title}
        onClick={(event) => onSet(event.currentTarget.checked, event.shiftKey)}
      />
    </label>
  );
}

export type Chosen = ReadonlySet<string>;

/** These with that one, or without it. */
export function withKey(chosen: Chosen, key: string, isOn: boolean): Chosen {
  const next = new Set(chosen);
  if (isOn) next.add(key);
  else next.delete(key);
  return next;
}

/** The column of a table whose rows are chosen. */
export function tickColumn<T>(
  keyOf: (row: T) => string,
  chosen: Chosen,
  onSet: (key: string, isOn: boolean, isRange: boolean) => void,
  title?: string,
): Column<T> {
  return {
    key: 'tick',
    head: <span class="hidden">Chosen</span>,
    class: 'tick',
    width: '38px',
    cell: (row) => {
      const key = keyOf(row);
      return (
        <Tick
          label={`Choose ${key}`}
          isOn={chosen.has(key)}
          onSet={(isOn, isRange) => onSet(key, isOn, isRange)}
          title={title}
        />
      );
    },
  };
}
