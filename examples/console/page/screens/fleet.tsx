import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { FleetRow, FleetState } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { chosenAfter } from '../data/chosen-rows.js';
import { type ConsoleModel, useModel, usePolling } from '../data/console-model.js';
import { matcher } from '../data/filter.js';
import { atTime, counted, number } from '../data/format.js';
import type { ReadingView } from '../data/reading.js';
import { route, setQuery } from '../data/route.js';
import { save } from '../data/save.js';
import { AddServersDialog } from '../parts/add-servers.js';
import { Button, ReadAgain } from '../parts/button.js';
import { FilterBox } from '../parts/filter-box.js';
import { FleetActions } from '../parts/fleet-actions.js';
import { fleetColumns } from '../parts/fleet-columns.js';
import { FleetCounts, STATES } from '../parts/fleet-counts.js';
import { Empty, Head, OfflineNotice, useTitle } from '../parts/frame.js';
import { Notice, ProblemList, SignInButton } from '../parts/notice.js';
import { FLEET_STATES } from '../parts/state-badge.js';
import { Table } from '../parts/table.js';

const EVERY_MS = 5 * 60_000;
/** Who was silent is asked again by itself this seldom. */
const SILENT_MS = 10 * 60_000;
const TROUBLE: readonly FleetState[] = ['partnerDown', 'interrupted', 'noAnswer'];

export function Fleet(): JSX.Element {
  const model = useModel();
  const view = useCell(model.fleet.view);
  const uncovered = useCell(model.state)?.uncovered ?? 0;
  const { query } = useCell(route);
  const [isAdding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const lastClicked = useRef<string | null>(null);
  const inOrder = useRef<readonly FleetRow[]>([]);
  const [showsCauses, setShowsCauses] = useState(false);
  usePolling({
    read: (isByItself) => readFleet(model, isByItself),
    everyMs: EVERY_MS,
    lastAt: () => model.fleet.view.get().startedAt,
    isReading: () => model.fleet.view.get().isReading,
    isOffline: () => model.fleet.view.get().result?.offline != null,
  });
  const counts = useMemo(() => countStates(view.rows), [view.rows]);
  const trouble = TROUBLE.reduce((sum, state) => sum + counts[state], 0);
  useTitle('Fleet', trouble);
  const shown = shownStates(query.get('state'), trouble > 0);
  const text = query.get('q') ?? '';
  const rows = useMemo(() => filtered(view.rows, shown, text), [view.rows, shown.join(), text]);
  const silent = view.rows.filter(({ problem }) => problem !== null);
  const toggle = (state: FleetState): void => {
    const next =
      shown.length === STATES.length
        ? [state]
        : shown.includes(state)
          ? shown.filter((one) => one !== state)
          : [...shown, state];
    setQuery({ q: text, state: next.length === 0 || next.length === STATES.length ? 'all' : next.join(',') });
  };
  const choose = (key: string, isRange: boolean): void => {
    const order = inOrder.current.map(({ server }) => server);
    setChosen(chosenAfter(chosen, order, { key, before: lastClicked.current, isRange }));
    lastClicked.current = key;
  };
  const isFresh = view.rows.length === 0 && view.readAt === null;
  return (
    <>
      <Head
        title="Fleet"
        sub={
          <FleetSub
            view={view}
            onCauses={() => setShowsCauses(!showsCauses)}
            showsCauses={showsCauses}
            silent={silent.length}
          />
        }
      >
        <ReadAgain onClick={() => readFleet(model, false)} isReading={view.isReading} />
        <Button onClick={() => setAdding(true)}>Add servers…</Button>
        <Button onClick={() => void save(model, { what: 'fleet' })}>Save report</Button>
      </Head>
      <OfflineNotice
        problem={view.result?.offline ?? null}
        readAt={view.readAt}
        onRetry={() => readFleet(model, false)}
      />
      {uncovered > 0 ? (
        <Notice look="info" icon="lock" role="status" action={<SignInButton />}>
          {counted(uncovered, 'server')} {uncovered === 1 ? 'was' : 'were'} added since you signed in. Your logon is not
          shown to {uncovered === 1 ? 'it' : 'them'} before you sign in again.
        </Notice>
      ) : null}
      {showsCauses && silent.length > 0 ? (
        <ProblemList problems={silent.flatMap(({ problem }) => problem ?? [])} />
      ) : null}
      <FleetCounts counts={counts} shown={shown} onToggle={toggle} />
      <section class="panel" aria-label="Servers">
        <header>
          <h2>
            {counted(rows.length, 'server')} <span class="quiet">{words(shown)}</span>
          </h2>
          <FilterBox
            id="filter"
            label="Filter servers"
            placeholder="Name, site, address"
            text={text}
            onText={(q) => setQuery({ q, state: query.get('state') ?? '' })}
          />
        </header>
        {chosen.size > 0 ? (
          <FleetActions
            rows={view.rows.filter(({ server }) => chosen.has(server))}
            onClear={() => setChosen(new Set())}
          />
        ) : null}
        {rows.length === 0 ? (
          <Empty>
            {isFresh
              ? 'Asking the servers. Rows come as they answer.'
              : view.rows.length === 0
                ? 'There is no server in the list.'
                : 'No server is like that.'}
            {isFresh ? null : view.rows.length === 0 ? (
              <Button look="primary" onClick={() => setAdding(true)}>
                Add servers…
              </Button>
            ) : (
              <Button onClick={() => setQuery({ state: 'all' })}>Show all {number(view.rows.length)} servers</Button>
            )}
          </Empty>
        ) : (
          <Table
            name="fleet"
            label="Servers"
            what="server"
            columns={fleetColumns(chosen, choose)}
            rows={rows}
            keyOf={({ server }) => server}
            sortBy="state"
            isDown
            filterId="filter"
            isChosen={({ server }) => chosen.has(server)}
            inOrder={inOrder}
            foot={
              silent.length === 0 ? undefined : (
                <Button onClick={() => model.fleet.read({ servers: silent.map(({ server }) => server) }, true)}>
                  Try the {silent.length === 1 ? 'silent one' : `${number(silent.length)} silent`} again
                </Button>
              )
            }
          />
        )}
      </section>
      {isAdding ? (
        <AddServersDialog
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            void model.start();
            readFleet(model, false);
          }}
        />
      ) : null}
    </>
  );
}

/** By itself it asks only those of whom an answer can be expected. */
function readFleet(model: ConsoleModel, isByItself: boolean): void {
  const { rows, result } = model.fleet.view.get();
  const asked = rows.filter(({ problem, readAt }) => problem === null || Date.now() - Date.parse(readAt) >= SILENT_MS);
  const isPart =
    isByItself && result !== null && result.offline === null && asked.length > 0 && asked.length < rows.length;
  model.fleet.read({ servers: isPart ? asked.map(({ server }) => server) : null }, isPart);
}

function FleetSub({
  view,
  silent,
  showsCauses,
  onCauses,
}: {
  readonly view: ReadingView<'fleet'>;
  readonly silent: number;
  readonly showsCauses: boolean;
  readonly onCauses: () => void;
}): JSX.Element {
  const { isReading, progress, rows, result, readAt } = view;
  const causes =
    silent === 0 ? null : (
      <>
        {' '}
        <button type="button" class="plain" aria-expanded={showsCauses} onClick={onCauses}>
          {number(silent)} did not answer
        </button>
      </>
    );
  if (isReading && (progress !== null || readAt === null)) {
    return (
      <>
        {number(progress?.done ?? 0)} of {number(progress?.total ?? 0)} answered
        {causes}
      </>
    );
  }
  if (readAt === null) return <>Not read yet.</>;
  const scopes = rows.reduce((sum, row) => sum + (row.scopes ?? 0), 0);
  return (
    <>
      {counted(rows.length, 'server')}, {counted(scopes, 'scope')}. Read {atTime(readAt, Date.now())}
      {result === null ? '' : `, in ${counted(Math.max(1, Math.round(result.seconds)), 'second')}`}; reading again every
      5 minutes.
      {causes}
    </>
  );
}

function countStates(rows: readonly FleetRow[]): Record<FleetState, number> {
  const counts = { partnerDown: 0, interrupted: 0, noAnswer: 0, onTheWay: 0, noFailover: 0, inOrder: 0 };
  for (const { state } of rows) counts[state]++;
  return counts;
}

/** Exceptions first: without a choice in the address those that need somebody, where there are any. */
function shownStates(choice: string | null, hasTrouble: boolean): readonly FleetState[] {
  if (choice === 'all' || (choice === null && !hasTrouble)) return STATES;
  if (choice === null || choice === '') return hasTrouble ? TROUBLE : STATES;
  const named = choice.split(',');
  return STATES.filter((state) => named.includes(state));
}

function words(shown: readonly FleetState[]): string {
  if (shown.length === STATES.length) return 'of every state';
  const names = shown.map((state) => FLEET_STATES[state].word.toLowerCase());
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function filtered(rows: readonly FleetRow[], shown: readonly FleetState[], text: string): readonly FleetRow[] {
  const matches = matcher(text);
  return rows.filter(
    (row) =>
      shown.includes(row.state) &&
      matches({ texts: [row.server, row.site, row.why, ...row.relationships.map(({ name }) => name)] }),
  );
}
