import type { ComponentChildren, JSX } from 'preact';
import type { CheckRow } from '../../bridge.js';
import { Icon, type IconName } from './icon.js';
import { data } from './text.js';

const LOOKS: Readonly<
  Record<CheckRow['state'], { readonly icon: IconName; readonly class: string; readonly word: string }>
> = {
  inTheWay: { icon: 'bad', class: 'in-the-way', word: 'In the way: ' },
  notKnown: { icon: 'none', class: 'not-known', word: 'Not known: ' },
  waiting: { icon: 'move', class: 'waiting', word: 'Waiting: ' },
  inOrder: { icon: 'ok', class: 'in-order', word: 'In order: ' },
};
const ORDER: readonly CheckRow['state'][] = ['inTheWay', 'notKnown', 'waiting', 'inOrder'];

/** A detail is a few words, what comes behind it is a sentence of its own. */
const sentences = (texts: readonly (string | null)[]): string => texts.join('. ').replaceAll('.. ', '. ');

interface CheckListProps {
  readonly rows: readonly CheckRow[];
  readonly isReading?: boolean;
  /** What stands in the way comes first; else the order of looking. */
  readonly isSorted?: boolean;
  readonly action?: (row: CheckRow) => ComponentChildren;
}

export function CheckList({ rows, isReading = false, isSorted = false, action }: CheckListProps): JSX.Element {
  const sorted = isSorted
    ? [...rows].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))
    : rows;
  return (
    <ul class="checks" aria-busy={isReading ? 'true' : undefined}>
      {sorted.map((row) => {
        const { icon, class: className, word } = LOOKS[row.state];
        const title = data(row.title, 200);
        const why = [row.detail, row.state === 'inOrder' ? null : row.remedy].filter(
          (text) => text !== null && text !== '',
        );
        const more = action?.(row) ?? null;
        return (
          <li key={row.id} data-check={row.state}>
            <span class={className}>
              <Icon name={icon} class={row.state === 'waiting' ? 'spin' : ''} />
            </span>
            <span>
              <span class="hidden">{word}</span>
              {row.state === 'inTheWay' ? <strong>{title}</strong> : title}
            </span>
            {why.length === 0 && more === null ? null : (
              <span class="why">
                {data(sentences(why), 400)} {more}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
