import type { JSX } from 'preact';
import type { EntryRow } from '../../bridge.js';
import { useNow } from '../data/console-model.js';
import { fullTime, span, timeOf } from '../data/format.js';
import { StateBadge } from './state-badge.js';
import { data } from './text.js';

/** Windows' words, and the two that we made. */
const STATES: Readonly<Record<string, readonly ['ok' | 'bad' | 'off' | 'none', string]>> = {
  Active: ['ok', 'Active'],
  ActiveReservation: ['ok', 'Active reservation'],
  InactiveReservation: ['off', 'Inactive reservation'],
  Reservation: ['off', 'Reservation'],
  Declined: ['bad', 'Declined'],
  Expired: ['off', 'Expired'],
  Offered: ['off', 'Offered'],
};

export function stateOf(state: string): readonly ['ok' | 'bad' | 'off' | 'none', string] {
  return STATES[state] ?? ['none', state];
}

export function EntryState({ row }: { readonly row: Pick<EntryRow, 'state' | 'mark'> }): JSX.Element {
  const [look, word] = stateOf(row.state);
  return (
    <>
      {look === 'ok' ? word : <StateBadge look={look}>{word}</StateBadge>}
      {row.mark === null ? null : (
        <>
          {' '}
          <span class="tag warn" title={row.mark}>
            {data(row.mark, 40)}
          </span>
        </>
      )}
    </>
  );
}

/** *in 1 d 0 h*, *never*, *2 h ago*. */
export function Ends({ at }: { readonly at: string | null }): JSX.Element {
  const now = useNow();
  const time = timeOf(at);
  if (time === null) return <>never</>;
  return <span title={fullTime(time)}>{time >= now ? `in ${span(time - now)}` : `${span(now - time)} ago`}</span>;
}
