import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { CompareResult, DifferenceRow, PairView } from '../../bridge.js';
import { useModel } from '../data/console-model.js';
import { addressNumber, collator } from '../data/filter.js';
import { capital, counted, number, visible } from '../data/format.js';
import type { ReadingView } from '../data/reading.js';
import { save } from '../data/save.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/frame.js';
import { ProblemNotice } from '../parts/notice.js';
import { type PairAction, pairNames } from '../parts/pair-action.js';
import { type Column, type Group, Table } from '../parts/table.js';
import { arrow, data, Host } from '../parts/text.js';

interface DifferencesProps {
  readonly view: PairView;
  readonly compared: ReadingView<'compare'>;
  readonly onAction: (action: PairAction) => void;
}

/** In what the two servers differ, scope by scope; apart from it what Windows never replicates. */
export function Differences({ view, compared, onAction }: DifferencesProps): JSX.Element {
  const { rows, result, problem, progress } = compared;
  const columns = useMemo(() => columnsFor(view), [view.primary.server, view.secondary.server]);
  const sorted = useMemo(
    () => [...rows].sort((one, other) => collator.compare(one.scopeId ?? '', other.scopeId ?? '')),
    [rows],
  );
  if (problem !== null && result === null) {
    return (
      <div class="body">
        <ProblemNotice problem={problem} role="status" />
      </div>
    );
  }
  if (result === null) {
    return (
      <Empty>
        Reading the configuration of both servers
        {progress === null ? '' : `: ${number(progress.done)} of ${number(progress.total)} parts`}.
      </Empty>
    );
  }
  return (
    <>
      {rows.length === 0 ? (
        <Empty>{SENTENCES[result.verdict]}</Empty>
      ) : (
        <div class="diff">
          <Table
            name={`differences ${view.key}`}
            label="Differences"
            what="line"
            columns={columns}
            rows={sorted}
            keyOf={({ group, key }) => `${group} ${key}`}
            groupOf={groupOf}
            rowHeight={48}
            foot={<DifferencesFoot view={view} compared={compared} result={result} onAction={onAction} />}
          />
        </div>
      )}
    </>
  );
}

const SENTENCES: Readonly<Record<CompareResult['verdict'], string>> = {
  inStep: 'In step: everything that is compared was read from both servers, and is the same.',
  different: 'They differ.',
  notKnown: 'Not known: a server did not tell enough to compare them.',
  notPaired: 'The two servers have no relationship with each other by that name.',
};

function groupOf({ group, scopeId, scopeName }: DifferenceRow): Group {
  if (group === 'notKnown') return { key: 'not known', title: 'Not known', order: 0 };
  if (group === 'never') return { key: 'never', title: 'Never replicated by Windows', order: 1e12 };
  const title = (
    <>
      {data(scopeId ?? 'The relationship')} {data(scopeName, 60)}
    </>
  );
  return { key: scopeId ?? '', title, order: scopeId === null ? 1 : 2 + addressNumber(scopeId) };
}

function columnsFor(view: PairView): readonly Column<DifferenceRow>[] {
  const [first, second] = [view.primary.server, view.secondary.server];
  const name = pairNames(view);
  // The heads have the whole names; in a sentence about both of them the short ones are read faster.
  const short = (meaning: string): string => meaning.replaceAll(first, name(first)).replaceAll(second, name(second));
  return [
    {
      key: 'what',
      head: 'What',
      class: 'what',
      width: '27%',
      isRowHead: true,
      cell: ({ what }) => <span class="kind">{data(capital(what), 160)}</span>,
    },
    {
      key: 'primary',
      head: (
        <>
          On <Host name={view.primary.server} />
        </>
      ),
      cell: (row) => <Value row={row} text={row.primary} isHere={row.verdict === 'onlyHere'} />,
    },
    {
      key: 'secondary',
      head: (
        <>
          On <Host name={view.secondary.server} />
        </>
      ),
      cell: (row) => <Value row={row} text={row.secondary} isHere={row.verdict === 'onlyThere'} />,
    },
    {
      key: 'meaning',
      head: 'What it means',
      class: 'low means',
      width: '26%',
      cell: ({ meaning }) => <span class="muted">{data(short(meaning), 220)}</span>,
    },
  ];
}

function Value({
  row: { verdict },
  text,
  isHere,
}: {
  readonly row: DifferenceRow;
  readonly text: string | null;
  readonly isHere: boolean;
}): JSX.Element {
  if (verdict === 'notKnown') return text === null ? <span class="absent">not known</span> : data(text, 200);
  if (verdict !== 'other' && !isHere) return <span class="absent">not there</span>;
  return (
    <span class={verdict === 'other' ? 'other' : 'only'}>
      {data(text === null || text === '' ? (verdict === 'other' ? 'empty' : 'there') : text, 200)}
    </span>
  );
}

/** What replication would do, and the way to it. */
function DifferencesFoot({
  view,
  compared: { rows, isReading },
  result,
  onAction,
}: DifferencesProps & { readonly result: CompareResult }): JSX.Element {
  const model = useModel();
  const off = view.offers.changes?.what ?? null;
  const kept = rows.filter(({ keepable }) => keepable.length > 0);
  const isOfSecondary = kept.some(({ keepable }) => keepable.includes('secondary'));
  const name = pairNames(view);
  const { adds, changes, removes } = result.fromPrimary;
  const [from, to] = [name(result.primary), name(result.secondary)];
  return (
    <>
      <span>
        Replicating <strong>{arrow(from, to)}</strong> would{' '}
        {adds + changes + removes === 0 ? 'change nothing' : `add ${number(adds)}, change ${number(changes)} and `}
        {adds + changes + removes === 0 ? null : <strong>remove {number(removes)}</strong>} on {data(to)}.
        {result.counts.notKnown > 0 ? ` ${counted(result.counts.notKnown, 'part is', 'parts are')} not known.` : ''}
        {isReading ? ' Being read again.' : ''}
      </span>
      <span class="row">
        {kept.length === 0 ? null : (
          <Button
            off={off}
            offAt={off === null ? undefined : 'changes-off'}
            onClick={() => onAction({ kind: 'keep', rows: kept })}
          >
            {`Keep some of ${visible(isOfSecondary ? to : from).slice(0, 40)}'s…`}
          </Button>
        )}
        <Button onClick={() => onAction({ kind: 'replicate', from: result.secondary })}>The other way…</Button>
        <Button onClick={() => void save(model, { what: 'differences', key: view.key })}>Save report</Button>
      </span>
    </>
  );
}
