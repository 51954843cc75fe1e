import type { JSX } from 'preact';
import type { PairRow, PairSide, Severity } from '../../bridge.js';
import { collator } from '../data/filter.js';
import { counted, nicknames, number } from '../data/format.js';
import { href } from '../data/route.js';
import { relationshipLook, Share, StateBadge } from './state-badge.js';
import type { Column } from './table.js';
import { Age, data, Host } from './text.js';

export const SEVERITIES = ['attention', 'onTheWay', 'inOrder'] as const;
export const GROUPS: Readonly<Record<Severity, { readonly title: string; readonly order: number }>> = {
  attention: { title: 'Need attention', order: 0 },
  onTheWay: { title: 'On the way', order: 1 },
  inOrder: { title: 'In order', order: 2 },
};

const LOOK_ORDER = ['bad', 'warn', 'none', 'move', 'off', 'ok'];

/** Of the graver side. */
export function graverState({ primary, secondary }: Pick<PairRow, 'primary' | 'secondary'>): string | null {
  const order = ({ state }: PairSide): number => LOOK_ORDER.indexOf(relationshipLook(state)[0]);
  return order(primary) <= order(secondary) ? primary.state : secondary.state;
}

export function modeText(mode: PairRow['mode']): string {
  return mode === 'LoadBalance' ? 'Load balance' : 'Hot standby';
}

export function pairColumns(everyMs: number): readonly Column<PairRow>[] {
  return [
    {
      key: 'name',
      head: 'Relationship',
      class: 'cut',
      width: '19%',
      isRowHead: true,
      compare: (one, other) => collator.compare(one.name, other.name),
      cell: ({ key, name }) => <a href={href(['pair', key])}>{data(name, 64)}</a>,
    },
    {
      key: 'servers',
      head: (
        <>
          Primary
          <br />
          <span class="hidden">and </span>Secondary
        </>
      ),
      class: 'cut',
      width: '15%',
      cell: ({ primary, secondary }) => (
        <span class="two">
          <Host name={primary.server} />
          <br />
          <span class="muted">
            <Host name={secondary.server} />
          </span>
        </span>
      ),
    },
    { key: 'mode', head: 'Mode', class: 'nowrap low mid', width: '110px', cell: ({ mode }) => modeText(mode) },
    { key: 'share', head: 'Share', class: 'nowrap low', width: '150px', cell: (row) => <ShareCell row={row} /> },
    {
      key: 'state',
      head: 'State',
      width: '21%',
      compare: (one, other) =>
        LOOK_ORDER.indexOf(lookOf(other)) - LOOK_ORDER.indexOf(lookOf(one)) || collator.compare(other.name, one.name),
      cell: (row) => <StateCell row={row} />,
    },
    {
      key: 'configuration',
      head: 'Configuration',
      width: '140px',
      compare: (one, other) => (one.configuration.differences ?? -1) - (other.configuration.differences ?? -1),
      cell: (row) => <ConfigurationCell row={row} />,
    },
    {
      key: 'scopes',
      head: 'Scopes',
      class: 'num',
      width: '80px',
      compare: (one, other) => one.scopes - other.scopes,
      cell: ({ scopes }) => number(scopes),
    },
    {
      key: 'read',
      head: 'Read',
      class: 'num nowrap low mid',
      width: '90px',
      cell: ({ readAt }) => (
        <span class="muted">
          <Age at={readAt} everyMs={everyMs} />
        </span>
      ),
    },
  ];
}

function lookOf(row: PairRow): string {
  return relationshipLook(graverState(row))[0];
}

function ShareCell({ row }: { readonly row: PairRow }): JSX.Element {
  const { mode, percent } = row;
  if (percent === null) return <span class="muted">not known</span>;
  if (mode === 'HotStandby') return <>{percent} % reserved</>;
  return (
    <>
      <Share first={percent} isMini />
      {percent} : {100 - percent}
    </>
  );
}

/** The state in words, and the other side's where they differ. */
function StateCell({ row }: { readonly row: PairRow }): JSX.Element {
  const { primary, secondary, note, staleOn, stateText } = row;
  const [first, second] = nicknames(primary.server, secondary.server);
  const name = (server: string): string => (server === primary.server ? first : second);
  const isAlike = primary.state === secondary.state && primary.state !== null;
  const isNormal = primary.state === 'Normal';
  const sides =
    staleOn !== null
      ? `${name(other(row, staleOn).server)} has no such relationship: stale copy on ${name(staleOn)}`
      : isAlike
        ? (note ?? (isNormal ? '' : 'on both'))
        : [primary, secondary].map(({ server, state }) => saying(name(server), state, stateText)).join(', ');
  return (
    <span class="two">
      <StateBadge look={staleOn === null ? relationshipLook(graverState(row))[0] : 'warn'}>{stateText}</StateBadge>
      {sides === '' ? null : (
        <>
          <br />
          <span class="muted one-line" title={sides}>
            {data(sides, 200)}
          </span>
        </>
      )}
    </span>
  );
}

function other({ primary, secondary }: PairRow, server: string): PairSide {
  return primary.server === server ? secondary : primary;
}

/** *ber says so*, *muc is silent*; a state other than the one that is shown by its name. */
function saying(name: string, state: string | null, shown: string): string {
  if (state === null) return `${name} is silent`;
  const [, word] = relationshipLook(state);
  return `${name} says ${word === shown ? 'so' : word}`;
}

function ConfigurationCell({ row }: { readonly row: PairRow }): JSX.Element {
  const { key, configuration } = row;
  switch (configuration.verdict) {
    case 'notRead':
      return <span class="muted">Not read yet</span>;
    case 'inStep':
      return <span class="muted">In step</span>;
    case 'notKnown':
      return (
        <span class="two">
          <StateBadge look="none">Not known</StateBadge>
          {configuration.differences > 0 ? (
            <>
              <br />
              <span class="muted">{counted(configuration.differences, 'difference')} so far</span>
            </>
          ) : null}
        </span>
      );
    default:
      return (
        <a class="tag warn" href={href(['pair', key, 'differences'])}>
          {counted(configuration.differences, 'difference')}
        </a>
      );
  }
}
