import type { FleetRow } from '../../bridge.js';
import { collator } from '../data/filter.js';
import { number } from '../data/format.js';
import { href } from '../data/route.js';
import { STATES } from './fleet-counts.js';
import { FLEET_STATES, StateBadge, Usage } from './state-badge.js';
import type { Column } from './table.js';
import { Age, data, Host } from './text.js';
import { tickColumn } from './tick.js';

const bySeverity = (one: FleetRow, other: FleetRow): number =>
  STATES.indexOf(other.state) - STATES.indexOf(one.state) || collator.compare(other.server, one.server);

export function fleetColumns(
  chosen: ReadonlySet<string>,
  toggle: (server: string, isRange: boolean) => void,
): readonly Column<FleetRow>[] {
  return [
    tickColumn(
      ({ server }) => server,
      chosen,
      (server, _, isRange) => toggle(server, isRange),
      'With Shift: all from the one before',
    ),
    {
      key: 'server',
      head: 'Server',
      class: 'nowrap cut',
      width: '18%',
      isRowHead: true,
      compare: (one, other) => collator.compare(one.server, other.server),
      cell: (row) => (
        <a href={linkOf(row)}>
          <Host name={row.server} />
        </a>
      ),
    },
    {
      key: 'site',
      head: 'Site',
      class: 'low cut',
      width: '12%',
      compare: (one, other) => collator.compare(one.site ?? '', other.site ?? ''),
      cell: ({ site }) => <span class="muted">{data(site, 40)}</span>,
    },
    {
      key: 'state',
      head: 'State',
      class: 'nowrap',
      width: '140px',
      compare: bySeverity,
      cell: ({ state }) => <StateBadge look={FLEET_STATES[state].look}>{FLEET_STATES[state].word}</StateBadge>,
    },
    {
      key: 'why',
      head: 'Why, and what to do',
      cell: ({ why, problem, scopes, readAt }) => (
        <span class="muted">
          {data(why, 200)}
          {problem !== null && scopes !== null ? (
            <>
              {' '}
              (figures of <Age at={readAt} everyMs={0} />)
            </>
          ) : null}
        </span>
      ),
    },
    {
      key: 'scopes',
      head: 'Scopes',
      class: 'num',
      width: '84px',
      compare: (one, other) => (one.scopes ?? -1) - (other.scopes ?? -1),
      cell: ({ scopes }) => (scopes === null ? <span class="muted">not known</span> : number(scopes)),
    },
    {
      key: 'fullest',
      head: 'Fullest scope',
      class: 'nowrap',
      width: '170px',
      compare: (one, other) => (one.fullest?.percent ?? -1) - (other.fullest?.percent ?? -1),
      cell: ({ fullest, scopes }) =>
        scopes === 0 ? <span class="muted">no scope</span> : <Usage percent={fullest?.percent ?? null} />,
    },
  ];
}

function linkOf({ server, relationships }: FleetRow): string {
  const [only] = relationships;
  if (only !== undefined && relationships.length === 1) return href(['pair', only.key]);
  return relationships.length > 1 ? href(['pairs'], { q: server }) : href(['scopes'], { q: server });
}
