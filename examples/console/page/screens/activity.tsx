import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ActivityRow } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { lastEnded, useModel } from '../data/console-model.js';
import { fullTime, timeOf } from '../data/format.js';
import { Reading } from '../data/reading.js';
import { href } from '../data/route.js';
import { save } from '../data/save.js';
import { Button, ReadAgain } from '../parts/button.js';
import { PowerShellLine } from '../parts/copy-button.js';
import { Empty, Head, useTitle } from '../parts/frame.js';
import { Notice, ProblemNotice } from '../parts/notice.js';
import { EffectList } from '../parts/plan-content.js';
import { PlanDialog } from '../parts/plan-dialog.js';
import { APPLIED, type Look, StateBadge } from '../parts/state-badge.js';
import { type Column, Table } from '../parts/table.js';
import { data, Moment } from '../parts/text.js';

/** Every change that this console made, and the states that it saw. */
export function Activity({ id }: { readonly id: string }): JSX.Element {
  const model = useModel();
  useTitle('Activity');
  if (id !== '') return <OneActivity key={id} id={id} />;
  return (
    <>
      <Head
        title="Activity"
        sub="What this console changed, and the states that it saw. Kept for 30 days, readable by you alone."
      >
        <Button onClick={() => void save(model, { what: 'activity' })}>Save report</Button>
      </Head>
      <section class="panel" aria-label="Activity">
        <ActivityList pairKey={null} />
      </section>
    </>
  );
}

function useActivity(key: string | null, id: string | null) {
  const model = useModel();
  const [reading] = useState(() => new Reading(model.bridge, 'activity', (row: ActivityRow) => row.id));
  const view = useCell(reading.view);
  const ended = lastEnded(useCell(model.runs));
  const read = (): void => reading.read({ key, id });
  useEffect(() => {
    read();
    return () => reading.stop();
  }, [key, id, ended]);
  return { view, read };
}

/** All of it, or of one pair. */
export function ActivityList({ pairKey }: { readonly pairKey: string | null }): JSX.Element {
  const { view } = useActivity(pairKey, null);
  if (view.problem !== null) {
    return (
      <div class="body">
        <ProblemNotice problem={view.problem} />
      </div>
    );
  }
  if (view.rows.length === 0) {
    return (
      <Empty>
        {view.readAt === null
          ? 'Reading what was kept.'
          : pairKey === null
            ? 'Nothing was changed yet. Every change will stand here.'
            : 'This console has changed nothing here, and seen no change of state.'}
      </Empty>
    );
  }
  return (
    <Table
      name={`activity ${pairKey ?? ''}`}
      label="Activity"
      what="entry"
      columns={COLUMNS}
      rows={view.rows}
      keyOf={({ id }) => id}
      sortBy="at"
      isDown
    />
  );
}

const HOW: Readonly<Record<ActivityRow['how'], readonly [Look, string]>> = {
  done: ['ok', 'Done'],
  stopped: ['off', 'Stopped'],
  failed: ['bad', 'Failed'],
  notKnown: ['none', 'Not known'],
};

const COLUMNS: readonly Column<ActivityRow>[] = [
  {
    key: 'at',
    head: 'When',
    class: 'nowrap',
    width: '130px',
    compare: (one, other) => (timeOf(one.at) ?? 0) - (timeOf(other.at) ?? 0),
    cell: ({ at }) => <Moment at={at} />,
  },
  {
    key: 'what',
    head: 'What',
    isRowHead: true,
    cell: ({ id, what }) => <a href={href(['activity', id])}>{data(what, 140)}</a>,
  },
  { key: 'who', head: 'Who', class: 'cut low', width: '20%', cell: ({ who }) => data(who, 60) },
  {
    key: 'how',
    head: 'Result',
    class: 'nowrap',
    width: '130px',
    cell: ({ how }) => <StateBadge look={HOW[how][0]}>{HOW[how][1]}</StateBadge>,
  },
  {
    key: 'back',
    head: 'Put back',
    class: 'nowrap low',
    width: '120px',
    cell: ({ canPutBack, putBackBy }) => (
      <span class="muted">{putBackBy !== null ? 'was put back' : canPutBack ? 'can be' : '–'}</span>
    ),
  },
];

function OneActivity({ id }: { readonly id: string }): JSX.Element {
  const { view, read } = useActivity(null, id);
  const [isAsking, setAsking] = useState(false);
  const row = view.rows.find((one) => one.id === id);
  const crumb = { title: 'Activity', href: href(['activity']) };
  if (row === undefined) {
    return (
      <>
        <Head title="One change" crumb={crumb} sub={view.readAt === null ? 'Reading what was kept.' : undefined}>
          <ReadAgain onClick={read} isReading={view.isReading} />
        </Head>
        {view.problem !== null ? (
          <ProblemNotice problem={view.problem} />
        ) : view.readAt === null ? null : (
          <Empty>It is not kept any more.</Empty>
        )}
      </>
    );
  }
  const [look, word] = HOW[row.how];
  const servers = [...new Set(row.effects.map(({ server }) => server))];
  return (
    <>
      <Head
        crumb={crumb}
        title={data(row.what, 200)}
        sub={
          <>
            {data(row.who, 80)}, {fullTime(timeOf(row.at) ?? 0)}. <StateBadge look={look}>{word}</StateBadge>
          </>
        }
      >
        {row.canPutBack && row.putBackBy === null ? (
          <Button look="primary" onClick={() => setAsking(true)}>
            Put back…
          </Button>
        ) : null}
      </Head>
      {row.putBackBy === null ? null : (
        <Notice look="info">
          It was <a href={href(['activity', row.putBackBy])}>put back</a>.
        </Notice>
      )}
      {row.results.length === 0 ? null : (
        <section class="panel" aria-label="Result on each server">
          <div class="scroll">
            <table aria-label="Result on each server">
              <thead>
                <tr>
                  <th scope="col">Server</th>
                  <th scope="col">Result</th>
                  <th scope="col">What it said</th>
                </tr>
              </thead>
              <tbody>
                {row.results.map(({ server, how, what }) => (
                  <tr key={server}>
                    <th scope="row">{data(server, 80)}</th>
                    <td>
                      <StateBadge look={APPLIED[how][0]}>{APPLIED[how][1]}</StateBadge>
                    </td>
                    <td class="muted">{data(what ?? '', 300)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {servers.map((server) => (
        <section class="panel" key={server} aria-label={`Before and after on ${server}`}>
          <header>
            <h2>On {data(server, 80)}</h2>
          </header>
          <div class="body">
            <EffectList effects={row.effects.filter((effect) => effect.server === server)} />
          </div>
        </section>
      ))}
      {row.line === null || row.line === '' ? null : <PowerShellLine line={row.line} isOpen />}
      {isAsking ? (
        <PlanDialog title="Put back?" change={{ kind: 'putBack', id }} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}
