import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PairView } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { lastEnded, useModel, usePolling } from '../data/console-model.js';
import { capital, counted } from '../data/format.js';
import { Reading, type ReadingView } from '../data/reading.js';
import { href } from '../data/route.js';
import { Button, ReadAgain } from '../parts/button.js';
import { Empty, Head, useTitle } from '../parts/frame.js';
import { Icon } from '../parts/icon.js';
import { Later } from '../parts/later.js';
import { ProblemNotice } from '../parts/notice.js';
import type { PairAction } from '../parts/pair-action.js';
import { modeText } from '../parts/pair-columns.js';
import { PairMenu } from '../parts/pair-menu.js';
import { PairNotice } from '../parts/pair-notice.js';
import { PairPicture } from '../parts/pair-picture.js';
import { Ago, data } from '../parts/text.js';
import { Differences } from './differences.js';
import { PairScopes, PairSettings } from './pair-tabs.js';

const EVERY_MS = 15_000;
const TABS = ['differences', 'scopes', 'addresses', 'settings', 'history'] as const;

export function Pair({ pairKey: key, tab }: { readonly pairKey: string; readonly tab: string }): JSX.Element {
  const model = useModel();
  const [pair] = useState(() => new Reading(model.bridge, 'pair', () => ''));
  const [compare] = useState(() => new Reading(model.bridge, 'compare', (row) => `${row.group} ${row.key}`));
  const [action, setAction] = useState<PairAction | null>(null);
  const view = useCell(pair.view);
  const compared = useCell(compare.view);
  const read = (): void => pair.read({ key });
  const readBoth = (): void => {
    read();
    compare.read({ key, reservationOptions: [] });
  };
  usePolling({
    read,
    everyMs: EVERY_MS,
    lastAt: () => pair.view.get().startedAt,
    isReading: () => pair.view.get().isReading,
    isOffline: () => false,
  });
  useEffect(() => {
    compare.read({ key, reservationOptions: [] });
    return () => {
      pair.stop();
      compare.stop();
    };
  }, []);
  // What a run has changed is seen at once.
  const ended = lastEnded(useCell(model.runs));
  useEffect(() => {
    if (ended > 0) readBoth();
  }, [ended]);
  const result = view.result;
  const name = result?.name ?? model.pairs.view.get().rows.find((row) => row.key === key)?.name ?? 'Pair';
  useTitle(name);
  const crumb = { title: 'Pairs', href: href(['pairs']) };
  if (result === null) {
    return (
      <>
        <Head title={data(name)} crumb={crumb} sub={view.problem === null ? 'Asking both servers.' : 'Not known.'} />
        <ProblemNotice problem={view.problem} onAgain={readBoth} />
      </>
    );
  }
  const off = result.offers.changes;
  const whyOff = off === null ? null : `${off.what} ${off.remedy ?? ''}`;
  return (
    <>
      <Head title={data(name)} crumb={crumb} sub={<PairSub view={result} />}>
        <ReadAgain onClick={readBoth} isReading={view.isReading && compared.isReading} />
        <Button
          off={whyOff}
          offAt={whyOff === null ? undefined : 'changes-off'}
          onClick={() => setAction({ kind: 'settings' })}
        >
          Change settings…
        </Button>
        <Button
          look="primary"
          off={whyOff}
          offAt={whyOff === null ? undefined : 'changes-off'}
          onClick={() => setAction({ kind: 'replicate', from: result.primary.server })}
        >
          Replicate…
        </Button>
        <PairMenu view={result} whyOff={whyOff} onAction={setAction} />
      </Head>
      {off === null ? null : (
        <div class="notice info narrow" id="changes-off">
          <Icon name="lock" />
          <div>
            <strong>{off.what}</strong> {off.remedy}
          </div>
        </div>
      )}
      <PairNotice view={result} onAction={setAction} />
      <PairPicture view={result} />
      <section class="panel" aria-label="Configuration">
        <nav class="tabs" aria-label="Sections">
          {TABS.map((one) => (
            <a key={one} href={href(['pair', key, one])} aria-current={one === tab ? 'page' : undefined}>
              {tabTitle(one, result, compared)}
            </a>
          ))}
        </nav>
        <Tab tab={tab} view={result} compared={compared} onAction={setAction} />
      </section>
      {action === null ? null : (
        <Later show={(more) => <more.PairDialogs action={action} view={result} onClose={() => setAction(null)} />} />
      )}
    </>
  );
}

interface TabProps {
  readonly tab: string;
  readonly view: PairView;
  readonly compared: ReadingView<'compare'>;
  readonly onAction: (action: PairAction) => void;
}

function Tab({ tab, view, compared, onAction }: TabProps): JSX.Element {
  switch (tab) {
    case 'differences':
      return <Differences view={view} compared={compared} onAction={onAction} />;
    case 'scopes':
      return <PairScopes view={view} onAction={onAction} />;
    case 'addresses':
      return <Later show={(more) => <more.PairAddresses view={view} />} />;
    case 'settings':
      return <PairSettings view={view} onAction={onAction} />;
    case 'history':
      return <Later show={(more) => <more.PairHistory pairKey={view.key} />} />;
    default:
      return <Empty>There is no such section.</Empty>;
  }
}

function tabTitle(tab: (typeof TABS)[number], view: PairView, { result }: ReadingView<'compare'>): string {
  const word = capital(tab);
  if (tab === 'scopes') return `${word} ${view.scopes}`;
  if (tab !== 'differences' || result === null) return word;
  return result.verdict === 'notKnown' && result.counts.differences === 0
    ? `${word}: not known`
    : `${word} ${result.counts.differences}`;
}

/** *Load balance, 2 scopes, messages authenticated. Both servers answered 20 seconds ago.* */
function PairSub({ view }: { readonly view: PairView }): JSX.Element {
  const silent = [view.primary, view.secondary].filter(({ problem }) => problem !== null);
  return (
    <>
      {modeText(view.mode)}, {counted(view.scopes, 'scope')}, messages{' '}
      {view.authenticated ? 'authenticated' : 'not authenticated'}.{' '}
      {silent.length === 0
        ? 'Both servers'
        : silent.length === 2
          ? 'Neither server'
          : `${view.primary.problem === null ? view.primary.server : view.secondary.server} alone`}{' '}
      answered <Ago at={view.readAt} />.
    </>
  );
}
