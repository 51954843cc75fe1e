import type { JSX } from 'preact';
import type { PairView } from '../../bridge.js';
import { recoveryOf } from '../data/recovery.js';
import { Button } from './button.js';
import { Notice } from './notice.js';
import type { PairAction } from './pair-action.js';
import { Ago, data, Moment } from './text.js';

const LOOKS = { attention: 'warn', onTheWay: 'info', notKnown: 'warn' } as const;
const ICONS = { attention: 'warn', onTheWay: 'move', notKnown: 'none' } as const;

/** The state in words, its cause where one was found, and the next step. */
export function PairNotice({
  view,
  onAction,
}: {
  readonly view: PairView;
  readonly onAction: (action: PairAction) => void;
}): JSX.Element | null {
  const { notice, staleOn } = view;
  if (notice === null) return null;
  const since = view.stateSince.primary ?? view.stateSince.secondary;
  const recovery = recoveryOf(view);
  return (
    <Notice
      look={LOOKS[notice.kind]}
      icon={ICONS[notice.kind]}
      role="status"
      action={
        staleOn !== null ? (
          <Button onClick={() => onAction({ kind: 'remove', stale: staleOn })}>Remove the stale copy…</Button>
        ) : notice.kind === 'onTheWay' ? null : (
          <Button onClick={() => onAction({ kind: 'why' })}>Find out why</Button>
        )
      }
    >
      <strong>{data(notice.title, 300)}</strong>{' '}
      {since === null || notice.kind === 'notKnown' ? null : (
        <>
          First seen by this console <Ago at={since} />.{' '}
        </>
      )}
      {notice.sentences.map((sentence) => (
        <span key={sentence}>{data(sentence, 400)} </span>
      ))}
      {recovery === null ? null : (
        <>
          {data(recovery.server, 300)} waits until <Moment at={recovery.until} /> at the latest.
        </>
      )}
    </Notice>
  );
}
