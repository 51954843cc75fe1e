import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { PairView, ScopeRow } from '../../bridge.js';
import { addressNumber } from '../data/filter.js';
import { number, span } from '../data/format.js';
import { href } from '../data/route.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/frame.js';
import { type PairAction, pairNames } from '../parts/pair-action.js';
import { modeText } from '../parts/pair-columns.js';
import { StateBadge, Usage } from '../parts/state-badge.js';
import { type Column, Table } from '../parts/table.js';
import { data } from '../parts/text.js';
import { tickColumn, withKey } from '../parts/tick.js';

interface TabProps {
  readonly view: PairView;
  readonly onAction: (action: PairAction) => void;
}

/** One line a scope, with both sides' figures. */
interface ScopeLine {
  readonly scopeId: string;
  readonly first: ScopeRow;
  readonly sides: readonly (readonly [server: string, row: ScopeRow | undefined])[];
}

export function PairScopes({ view, onAction }: TabProps): JSX.Element {
  const lines = useMemo(() => scopeLines(view), [view]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const off = view.offers.changes?.what ?? null;
  if (lines.length === 0) {
    return (
      <Empty>
        No scope was told by either server.
        <Button onClick={() => onAction({ kind: 'addScopes' })} off={off}>
          Add scopes…
        </Button>
      </Empty>
    );
  }
  return (
    <Table
      name={`scopes ${view.key}`}
      label="Scopes of the pair"
      what="scope"
      columns={scopeColumns(view, chosen, setChosen)}
      rows={lines}
      keyOf={({ scopeId }) => scopeId}
      rowHeight={48}
      isChosen={({ scopeId }) => chosen.has(scopeId)}
      foot={
        <span class="row">
          <Button
            onClick={() => onAction({ kind: 'replicate', from: view.primary.server, scopeIds: [...chosen] })}
            off={off ?? (chosen.size === 0 ? 'Choose scopes first.' : null)}
          >
            Replicate chosen…
          </Button>
          <Button
            onClick={() => onAction({ kind: 'takeOut', scopeIds: [...chosen] })}
            off={off ?? (chosen.size === 0 ? 'Choose scopes first.' : null)}
          >
            Take out…
          </Button>
          <Button onClick={() => onAction({ kind: 'addScopes' })} off={off}>
            Add scopes…
          </Button>
        </span>
      }
    />
  );
}

function scopeLines({ scopeRows, primary, secondary }: PairView): readonly ScopeLine[] {
  const byId = new Map<string, ScopeRow[]>();
  for (const row of scopeRows) byId.set(row.scopeId, [...(byId.get(row.scopeId) ?? []), row]);
  return [...byId].flatMap(([scopeId, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    return [
      {
        scopeId,
        first,
        sides: [primary, secondary].map(({ server }) => [server, rows.find((row) => row.server === server)] as const),
      },
    ];
  });
}

function scopeColumns(
  view: PairView,
  chosen: ReadonlySet<string>,
  choose: (chosen: ReadonlySet<string>) => void,
): readonly Column<ScopeLine>[] {
  const name = pairNames(view);
  return [
    tickColumn(
      ({ scopeId }) => scopeId,
      chosen,
      (scopeId, isOn) => choose(withKey(chosen, scopeId, isOn)),
    ),
    {
      key: 'scope',
      head: 'Scope',
      class: 'nowrap',
      isRowHead: true,
      compare: (one, other) => addressNumber(one.scopeId) - addressNumber(other.scopeId),
      cell: ({ scopeId, first }) => (
        <>
          <a href={href(['scope', first.server, scopeId])}>{scopeId}</a> <span class="quiet">/{first.prefix}</span>
        </>
      ),
    },
    { key: 'name', head: 'Name', class: 'cut low', cell: ({ first }) => data(first.name, 60) },
    {
      key: 'state',
      head: 'State',
      class: 'nowrap',
      cell: ({ first, sides }) => {
        const isActive = sides.every(([, row]) => row?.isActive ?? first.isActive);
        return <StateBadge look={isActive ? 'ok' : 'off'}>{isActive ? 'Active' : 'Inactive'}</StateBadge>;
      },
    },
    {
      key: 'use',
      head: 'In use',
      class: 'nowrap',
      compare: (one, other) => (one.first.percent ?? -1) - (other.first.percent ?? -1),
      cell: ({ first }) => <Usage percent={first.percent} />,
    },
    {
      key: 'free',
      head: 'Free on each',
      cell: ({ sides }) => (
        <span class="two">
          {sides.map(([server, row], index) => (
            <span key={server}>
              {index === 0 ? null : <br />}
              <span class="muted">{name(server)}</span>{' '}
              {row === undefined ? 'not known' : row.free === null ? 'not known' : number(row.free)}
            </span>
          ))}
        </span>
      ),
    },
    {
      key: 'reservations',
      head: 'Reservations',
      class: 'num low',
      cell: ({ first }) => (first.reservations === null ? 'not known' : number(first.reservations)),
    },
  ];
}

export function PairSettings({ view, onAction }: TabProps): JSX.Element {
  const off = view.offers.changes;
  const { mode, percent, primary, secondary, sides } = view;
  return (
    <>
      <div class="body">
        <dl class="facts">
          <dt>Mode</dt>
          <dd>{modeText(mode)}</dd>
          {mode === 'LoadBalance' ? (
            <>
              <dt>Share</dt>
              <dd>
                {percent === null
                  ? 'not known'
                  : `${primary.server} ${percent} %, ${secondary.server} ${100 - percent} %`}
              </dd>
            </>
          ) : (
            <>
              <dt>Active</dt>
              <dd>{sides.primary.role === 'Active' ? primary.server : secondary.server}</dd>
              <dt>Reserve of the standby</dt>
              <dd>{percent === null ? 'not known' : `${percent} % of the free addresses`}</dd>
            </>
          )}
          <dt>Maximum client lead time</dt>
          <dd>{span(view.mcltSeconds * 1000)}</dd>
          <dt>Automatic switch to partner down</dt>
          <dd>
            {view.automaticSwitch ? `after ${span((view.switchAfterSeconds ?? 0) * 1000)} without contact` : 'off'}
          </dd>
          <dt>Messages between the servers</dt>
          <dd>
            {view.authenticated ? 'authenticated with a shared secret, which cannot be read back' : 'not authenticated'}
          </dd>
          <dt>Addresses of the servers</dt>
          <dd>
            {primary.address}, {secondary.address}
          </dd>
        </dl>
      </div>
      <footer>
        <span class="muted">Both servers take a change at once.</span>
        <Button
          onClick={() => onAction({ kind: 'settings' })}
          off={off === null ? null : `${off.what} ${off.remedy ?? ''}`}
        >
          Change settings…
        </Button>
      </footer>
    </>
  );
}
