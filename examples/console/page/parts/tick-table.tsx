import type { JSX } from 'preact';
import { type Chosen, Tick, withKey } from './tick.js';

interface TickTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** What its box is called. */
  readonly labelOf: (row: T) => string;
  /** Of the box that chooses all. */
  readonly allLabel: string;
  readonly isOff?: (row: T) => boolean;
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
  /** Headings of the columns behind the boxes, with their classes. */
  readonly heads: readonly (readonly [head: JSX.Element | string, className?: string])[];
  readonly cells: (row: T) => JSX.Element;
}

/** A table in a dialog or a step, out of which is chosen: one by one, or all. */
export function TickTable<T>(props: TickTableProps<T>): JSX.Element {
  const { label, rows, keyOf, labelOf, allLabel, isOff = () => false, chosen, onChosen, heads, cells } = props;
  const can = rows.filter((row) => !isOff(row)).map(keyOf);
  const isAll = can.length > 0 && can.every((key) => chosen.has(key));
  return (
    <div class="scroll tall">
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col" class="tick">
              <Tick
                label={allLabel}
                isOn={isAll}
                isOff={can.length === 0}
                onSet={(isOn) => onChosen(can.reduce((all, key) => withKey(all, key, isOn), chosen))}
              />
            </th>
            {heads.map(([head, className], index) => (
              <th key={index} scope="col" class={className}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            return (
              <tr key={key}>
                <td class="tick">
                  <Tick
                    label={labelOf(row)}
                    isOn={chosen.has(key)}
                    isOff={isOff(row)}
                    onSet={(isOn) => onChosen(withKey(chosen, key, isOn))}
                  />
                </td>
                {cells(row)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
