import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { PairRow, Severity } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { type ConsoleModel, useModel, useNow, usePolling } from '../data/console-model.js';
import { matcher } from '../data/filter.js';
import { counted, number } from '../data/format.js';
import type { ReadingView } from '../data/reading.js';
import { href, route, setQuery } from '../data/route.js';
import { save } from '../data/save.js';
import { Button, ReadAgain } from '../parts/button.js';
import { FilterBox } from '../parts/filter-box.js';
import { Empty, Head, OfflineNotice, useTitle } from '../parts/frame.js';
import { Notice, ProblemList, ProblemNotice } from '../parts/notice.js';
import { GROUPS, pairColumns, SEVERITIES } from '../parts/pair-columns.js';
import { Table } from '../parts/table.js';
import { Ago, data } from '../parts/text.js';

const EVERY_MS = 60_000;

export function Pairs(): JSX.Element {
  const model = useModel();
  const view = useCell(model.pairs.view);
  const { query } = useCell(route);
  const [showsCauses, setShowsCauses] = useState(false);
  usePolling({
    read: () => readPairs(model),
    everyMs: EVERY_MS,
    lastAt: () => model.pairs.view.get().startedAt,
    isReading: () => model.pairs.view.get().isReading,
    isOffline: () => model.pairs.view.get().result?.offline != null,
  });
  const attention = view.rows.filter(({ severity }) => severity === 'attention').length;
  useTitle('Pairs', attention);
  const [text, state, step] = [query.get('q') ?? '', query.get('state') ?? '', query.get('step') ?? ''];
  const rows = useMemo(() => filtered(view.rows, text, state, step), [view.rows, text, state, step]);
  const change = (values: Readonly<Record<string, string>>): void => setQuery({ q: text, state, step, ...values });
  return (
    <>
      <Head
        title="Pairs"
        sub={<PairsSub view={view} showsCauses={showsCauses} onCauses={() => setShowsCauses(!showsCauses)} />}
      >
        <ReadAgain onClick={() => readPairs(model)} isReading={view.isReading} />
        <a class="button primary" href={href(['pairs', 'new'])}>
          Protect scopes…
        </a>
      </Head>
      <OfflineNotice problem={view.result?.offline ?? null} readAt={view.readAt} onRetry={() => readPairs(model)} />
      <ProblemNotice problem={view.problem} />
      {showsCauses && view.problems.length > 0 ? <ProblemList problems={view.problems} /> : null}
      <Outside view={view} />
      <search class="row">
        <FilterBox
          id="filter"
          label="Filter pairs"
          placeholder="Name, server, scope or address"
          text={text}
          onText={(q) => change({ q })}
        />
        <select
          class="auto"
          aria-label="State"
          value={state}
          onChange={(event) => change({ state: event.currentTarget.value })}
        >
          <option value="">All states</option>
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {GROUPS[severity].title}
            </option>
          ))}
        </select>
        <select
          class="auto"
          aria-label="Differences"
          value={step}
          onChange={(event) => change({ step: event.currentTarget.value })}
        >
          <option value="">In step or not</option>
          <option value="different">Out of step</option>
          <option value="notKnown">Not known</option>
          <option value="inStep">In step</option>
        </select>
        <span class="push">
          <Button look="plain" onClick={() => void save(model, { what: 'pairs' })}>
            Save report
          </Button>
        </span>
      </search>
      <section class={view.result?.offline ? 'panel stale-data' : 'panel'} aria-label="Relationships">
        {rows.length === 0 ? (
          <Nothing view={view} onAll={() => setQuery({})} />
        ) : (
          <Table
            name="pairs"
            label="Relationships"
            what="relationship"
            columns={pairColumns(EVERY_MS)}
            rows={rows}
            keyOf={({ key }) => key}
            groupOf={({ severity }) => ({ key: severity, ...GROUPS[severity] })}
            rowHeight={48}
            sortBy="state"
            isDown
            filterId="filter"
          />
        )}
      </section>
    </>
  );
}

export function readPairs(model: ConsoleModel): void {
  model.pairs.read({ servers: null, compare: true });
}

function PairsSub({
  view,
  showsCauses,
  onCauses,
}: {
  readonly view: ReadingView<'pairs'>;
  readonly showsCauses: boolean;
  readonly onCauses: () => void;
}): JSX.Element {
  useNow();
  const { isReading, progress, rows, result, readAt, problems } = view;
  const silent = result?.silent ?? problems.length;
  const causes =
    problems.length === 0 ? (
      silent > 0 ? (
        `, ${number(silent)} did not`
      ) : (
        ''
      )
    ) : (
      <>
        ,{' '}
        <button type="button" class="plain" aria-expanded={showsCauses} onClick={onCauses}>
          {number(silent)} did not
        </button>
      </>
    );
  if (readAt === null) {
    return (
      <>
        {number(progress?.done ?? 0)} of {number(progress?.total ?? 0)} answered{causes}
      </>
    );
  }
  const answered = result?.answered ?? 0;
  return (
    <>
      {counted(rows.length, 'relationship')} on {counted(answered + (result?.silent ?? 0), 'server')}.{' '}
      {isReading && progress !== null
        ? `${number(progress.done)} of ${number(progress.total)} answered again`
        : `${counted(answered, 'server')} answered`}
      {causes}. Read <Ago at={readAt} />.
    </>
  );
}

/** A scope on two servers and in no relationship gives addresses out twice. */
function Outside({ view }: { readonly view: ReadingView<'pairs'> }): JSX.Element | null {
  const outside = view.result?.outside ?? [];
  if (outside.length === 0) return null;
  return (
    <Notice look="warn" role="status">
      <strong>{counted(outside.length, 'scope')} on two servers and in no relationship.</strong> Unless their ranges are
      split, addresses are given out twice.
      <details>
        <summary>Which</summary>
        <ul>
          {outside.map(({ servers, scopeId, what }) => (
            <li key={`${scopeId} ${servers.join()}`}>
              {data(what === '' ? `${scopeId} on ${servers.join(' and ')}` : what, 300)}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  );
}

function Nothing({ view, onAll }: { readonly view: ReadingView<'pairs'>; readonly onAll: () => void }): JSX.Element {
  if (view.readAt === null && view.problem === null)
    return <Empty>Asking the servers. Rows come as they answer.</Empty>;
  if (view.rows.length > 0) {
    return (
      <Empty>
        No relationship is like that.
        <Button onClick={onAll}>Show all {number(view.rows.length)}</Button>
      </Empty>
    );
  }
  return (
    <Empty>
      No relationships on these {counted(view.result?.answered ?? 0, 'server')}.
      <a class="button primary" href={href(['pairs', 'new'])}>
        Protect scopes…
      </a>
    </Empty>
  );
}

function filtered(rows: readonly PairRow[], text: string, state: string, step: string): readonly PairRow[] {
  const matches = matcher(text);
  return rows.filter(
    ({ severity, configuration, name, primary, secondary, note }) =>
      (state === '' || severity === (state as Severity)) &&
      (step === '' || configuration.verdict === step) &&
      matches({ texts: [name, primary.server, primary.address, secondary.server, secondary.address, note] }),
  );
}
