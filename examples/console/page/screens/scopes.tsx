import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ScopeRow } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { type ConsoleModel, useModel, usePolling } from '../data/console-model.js';
import { addressNumber, collator, matcher } from '../data/filter.js';
import { counted, number } from '../data/format.js';
import { href, route, setQuery } from '../data/route.js';
import { Button, ReadAgain } from '../parts/button.js';
import { FilterBox } from '../parts/filter-box.js';
import { Empty, Head, useTitle } from '../parts/frame.js';
import { ProblemList, ProblemNotice } from '../parts/notice.js';
import { StateBadge, Usage } from '../parts/state-badge.js';
import { type Column, Table } from '../parts/table.js';
import { Ago, data } from '../parts/text.js';

const EVERY_MS = 5 * 60_000;

/** Every scope of every server: fullest first, and whether a relationship holds it. */
export function Scopes(): JSX.Element {
  const model = useModel();
  const view = useCell(model.scopes.view);
  const { query } = useCell(route);
  const [showsCauses, setShowsCauses] = useState(false);
  usePolling({
    read: () => readScopes(model),
    everyMs: EVERY_MS,
    lastAt: () => model.scopes.view.get().startedAt,
    isReading: () => model.scopes.view.get().isReading,
    isOffline: () => false,
  });
  useTitle('Scopes');
  const all = view.rows as readonly ScopeRow[];
  const [text, holder] = [query.get('q') ?? '', query.get('in') ?? ''];
  const rows = useMemo(() => filtered(all, text, holder), [all, text, holder]);
  const alone = all.filter(({ relationship }) => relationship === null).length;
  const change = (values: Readonly<Record<string, string>>): void => setQuery({ q: text, in: holder, ...values });
  const { progress, isReading, readAt, problems } = view;
  return (
    <>
      <Head
        title="Scopes"
        sub={
          <>
            {isReading && progress !== null
              ? `${number(progress.done)} of ${number(progress.total)} servers answered. `
              : `${counted(all.length, 'scope')}, ${number(alone)} in no relationship. `}
            {problems.length === 0 ? null : (
              <button
                type="button"
                class="plain"
                aria-expanded={showsCauses}
                onClick={() => setShowsCauses(!showsCauses)}
              >
                {number(problems.length)} did not answer
              </button>
            )}
            {readAt === null ? null : (
              <>
                Read <Ago at={readAt} />.
              </>
            )}
          </>
        }
      >
        <ReadAgain onClick={() => readScopes(model)} isReading={isReading} />
      </Head>
      <ProblemNotice problem={view.problem} />
      {showsCauses && problems.length > 0 ? <ProblemList problems={problems} /> : null}
      <section class="panel" aria-label="Scopes">
        <header>
          <h2>
            {counted(rows.length, 'scope')}{' '}
            <span class="quiet">
              {holder === 'none' ? 'in no relationship' : holder === 'full' ? '80 % in use and more' : ''}
            </span>
          </h2>
          <span class="row">
            <FilterBox
              id="filter"
              label="Filter scopes"
              placeholder="Address, name or server"
              text={text}
              onText={(q) => change({ q })}
            />
            <select
              class="auto"
              aria-label="Which"
              value={holder}
              onChange={(event) => change({ in: event.currentTarget.value })}
            >
              <option value="">All scopes</option>
              <option value="none">In no relationship</option>
              <option value="some">In a relationship</option>
              <option value="full">80 % in use and more</option>
            </select>
          </span>
        </header>
        {rows.length === 0 ? (
          <Empty>
            {readAt === null && view.problem === null
              ? 'Asking the servers. Rows come as they answer.'
              : all.length === 0
                ? 'No scope on any of the servers.'
                : 'No scope is like that.'}
            {all.length === 0 ? null : <Button onClick={() => setQuery({})}>Show all {number(all.length)}</Button>}
          </Empty>
        ) : (
          <Table
            name="scopes"
            label="Scopes"
            what="scope"
            columns={COLUMNS}
            rows={rows}
            keyOf={({ key }) => key}
            sortBy="use"
            isDown
            filterId="filter"
          />
        )}
      </section>
    </>
  );
}

function readScopes(model: ConsoleModel): void {
  model.scopes.read({ kind: 'scopes', servers: null });
}

function filtered(rows: readonly ScopeRow[], text: string, holder: string): readonly ScopeRow[] {
  const matches = matcher(text);
  return rows.filter(
    ({ scopeId, name, server, relationship, percent }) =>
      (holder === '' || (holder === 'full' ? (percent ?? 0) >= 80 : (relationship === null) === (holder === 'none'))) &&
      matches({ texts: [scopeId, name, server, relationship?.name] }),
  );
}

const COLUMNS: readonly Column<ScopeRow>[] = [
  {
    key: 'scope',
    head: 'Scope',
    class: 'nowrap',
    width: '150px',
    isRowHead: true,
    compare: (one, other) => addressNumber(one.scopeId) - addressNumber(other.scopeId),
    cell: ({ server, scopeId, prefix }) => (
      <>
        <a href={href(['scope', server, scopeId])}>{scopeId}</a> <span class="quiet">/{prefix}</span>
      </>
    ),
  },
  {
    key: 'name',
    head: 'Name',
    class: 'cut',
    compare: (one, other) => collator.compare(one.name, other.name),
    cell: ({ name }) => data(name, 60),
  },
  {
    key: 'server',
    head: 'Server',
    class: 'cut',
    width: '20%',
    compare: (one, other) => collator.compare(one.server, other.server),
    cell: ({ server }) => data(server, 64),
  },
  {
    key: 'relationship',
    head: 'Relationship',
    class: 'cut',
    width: '18%',
    compare: (one, other) => collator.compare(one.relationship?.name ?? '', other.relationship?.name ?? ''),
    cell: ({ relationship, server, cannotProtect }) =>
      relationship === null ? (
        cannotProtect === null ? (
          <a class="tag" href={href(['pairs', 'new'], { server })}>
            none: protect…
          </a>
        ) : (
          <span class="muted" title={cannotProtect}>
            none: {data(cannotProtect, 40)}
          </span>
        )
      ) : (
        <a href={href(['pair', relationship.key])}>{data(relationship.name, 48)}</a>
      ),
  },
  {
    key: 'state',
    head: 'State',
    class: 'nowrap low',
    width: '110px',
    compare: (one, other) => Number(one.isActive) - Number(other.isActive),
    cell: ({ isActive }) => (isActive ? 'Active' : <StateBadge look="off">Inactive</StateBadge>),
  },
  {
    key: 'free',
    head: 'Free',
    class: 'num low',
    width: '90px',
    compare: (one, other) => (one.free ?? -1) - (other.free ?? -1),
    cell: ({ free }) => (free === null ? <span class="muted">not known</span> : number(free)),
  },
  {
    key: 'use',
    head: 'In use',
    class: 'nowrap',
    width: '175px',
    compare: (one, other) => (one.percent ?? -1) - (other.percent ?? -1),
    cell: ({ percent }) => <Usage percent={percent} />,
  },
];
