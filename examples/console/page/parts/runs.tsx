import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppliedRow, Change } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { type RunView, useModel, useNow } from '../data/console-model.js';
import { counted, number, span } from '../data/format.js';
import { href } from '../data/route.js';
import { Button } from './button.js';
import { ProblemText } from './notice.js';
import { PlanDialog } from './plan-dialog.js';
import { APPLIED, StateBadge } from './state-badge.js';
import { data } from './text.js';

/** What is under way, and what came of it: docked at the foot of every screen until it is closed. */
export function Runs(): JSX.Element | null {
  const runs = useCell(useModel().runs);
  const [putBack, setPutBack] = useState<string | null>(null);
  const [again, setAgain] = useState<Change | null>(null);
  return (
    <>
      {runs.map((run) => (
        <Run key={run.number} run={run} onPutBack={setPutBack} onAgain={setAgain} />
      ))}
      {putBack === null ? null : (
        <PlanDialog title="Put back?" change={{ kind: 'putBack', id: putBack }} onClose={() => setPutBack(null)} />
      )}
      {again === null ? null : <PlanDialog title="Try again?" change={again} onClose={() => setAgain(null)} />}
    </>
  );
}

interface RunProps {
  readonly run: RunView;
  readonly onPutBack: (id: string) => void;
  readonly onAgain: (change: Change) => void;
}

function Run({ run, onPutBack, onAgain }: RunProps): JSX.Element {
  const model = useModel();
  const [isOpen, setOpen] = useState(false);
  const rows = [...run.rows.values()];
  const failed = rows.filter(({ state }) => state === 'failed' || state === 'notKnown');
  const shown = isOpen ? rows : failed;
  const { end, progress, plan } = run;
  const title = end === null ? 'Running' : 'Done';
  return (
    <section class="run" aria-label={`${title}: ${plan.button}`}>
      <header>
        <div>
          <strong>
            {data(end === null ? plan.button : (end.result?.sentence ?? end.problem?.what ?? 'It was stopped.'), 200)}
          </strong>{' '}
          <span class="muted">
            <RunWords run={run} rows={rows} />
          </span>
        </div>
        <div class="row">
          {rows.length > 1 ? <Button onClick={() => setOpen(!isOpen)}>{isOpen ? 'Hide' : 'Show'}</Button> : null}
          {end === null ? (
            <StopButton run={run} atWork={progress?.atWork ?? 0} />
          ) : (
            <>
              {end.result?.canPutBack && end.result.activityId !== null ? (
                <Button onClick={() => onPutBack(end.result?.activityId ?? '')}>Put back…</Button>
              ) : null}
              {end.result?.activityId == null ? null : (
                <a class="button" href={href(['activity', end.result.activityId])}>
                  Details
                </a>
              )}
              <Button onClick={() => model.closeRun(run.number)}>Close</Button>
            </>
          )}
        </div>
        {end === null ? (
          <progress max={Math.max(1, progress?.total ?? 1)} value={progress?.done ?? 0} aria-label={plan.button} />
        ) : null}
      </header>
      {shown.length === 0 ? null : (
        <div class="log">
          <div class="scroll">
            <table aria-label="What became of each">
              <tbody>
                {shown.map((row) => (
                  <RunLine key={row.key} row={row} run={run} onAgain={onAgain} />
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </section>
  );
}

/** *27 done, 2 failed, 8 at work, 3 waiting. About 20 s left.* */
function RunWords({ run, rows }: { readonly run: RunView; readonly rows: readonly AppliedRow[] }): JSX.Element {
  useNow();
  const { progress, end, startedAt, plan } = run;
  if (end !== null) {
    const cut = rows.filter(({ state }) => state === 'notKnown').length;
    const begun = rows.filter(({ state }) => state === 'notBegun').length;
    const words = [
      rows.length > 1 ? `${number(rows.filter(({ state }) => state === 'done').length)} done` : '',
      rows.length > 1 ? `${number(rows.filter(({ state }) => state === 'failed').length)} failed` : '',
      cut > 0 ? `${number(cut)} not known` : '',
      begun > 0 ? `${number(begun)} not begun` : '',
    ].filter((word) => word !== '');
    const refused = end.result?.refused ?? [];
    return (
      <>
        {words.length === 0 ? '' : `${words.join(', ')}. `}
        {refused.length === 0
          ? ''
          : `Questions of the server that the plan did not expect, answered no: ${refused.join(' ')}`}
      </>
    );
  }
  if (progress === null) return <>{counted(Math.max(1, plan.relationships.length), 'relationship')}</>;
  const { done, failed, atWork, total } = progress;
  const waiting = total - done - atWork;
  const spent = Date.now() - startedAt;
  const left = done > 0 && done < total ? (spent / done) * (total - done) : null;
  return (
    <>
      {number(done - failed)} done, {number(failed)} failed, {number(atWork)} at work, {number(waiting)} waiting.
      {left === null || run.stopping !== 'no' ? '' : ` About ${span(left)} left.`}
      {run.stopping === 'after-these' ? ' Nothing new is begun.' : ''}
    </>
  );
}

function StopButton({ run, atWork }: { readonly run: RunView; readonly atWork: number }): JSX.Element {
  if (run.stopping === 'now') return <Button off="It is being stopped.">Stopping</Button>;
  if (run.stopping === 'after-these' || run.plan.relationships.length < 2)
    return <Button onClick={() => run.stop('now')}>Stop now</Button>;
  return <Button onClick={() => run.stop('after-these')}>Stop after these {number(atWork)}</Button>;
}

function RunLine({
  row,
  run,
  onAgain,
}: {
  readonly row: AppliedRow;
  readonly run: RunView;
  readonly onAgain: (change: Change) => void;
}): JSX.Element {
  const model = useModel();
  const [look, word] = APPLIED[row.state];
  const again = changeAgain(run, row);
  return (
    <tr data-applied={row.state}>
      <th scope="row" class="nowrap cut">
        {data(row.title, 60)}
      </th>
      <td>
        <StateBadge look={look}>{word}</StateBadge>
      </td>
      <td class="muted">
        {row.problem === null ? null : <ProblemText problem={row.problem} withDetails={false} />}
        {row.differencesNow === null
          ? null
          : ` ${row.state === 'notKnown' ? 'Read again: ' : ''}${counted(row.differencesNow, 'difference')} now.`}
      </td>
      <td class="num">
        {row.problem !== null && /WIN32 5$|AUTH/.test(row.problem.code) ? (
          <Button look="plain" onClick={() => model.signInFor.set({ server: row.problem?.where ?? null })}>
            Sign in again
          </Button>
        ) : again !== null && (row.state === 'failed' || row.state === 'notKnown' || row.state === 'notBegun') ? (
          <Button look="plain" onClick={() => onAgain(again)}>
            Try again
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

/** The same for one relationship, while the others go on. */
function changeAgain(run: RunView, row: AppliedRow): Change | null {
  const relationship = run.plan.relationships.find(({ key }) => key === row.key);
  if (run.plan.kind !== 'replicate' || relationship === undefined) return null;
  return { kind: 'replicate', relationships: [{ key: relationship.key, from: relationship.from }], scopeIds: null };
}
