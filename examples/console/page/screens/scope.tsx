import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EntriesResult } from '../../bridge.js';
import { useModel } from '../data/console-model.js';
import { number, shortName } from '../data/format.js';
import { href } from '../data/route.js';
import { save } from '../data/save.js';
import { kept } from '../data/tab-store.js';
import { useEntries } from '../data/use-entries.js';
import { Button, ReadAgain } from '../parts/button.js';
import { EntryTable } from '../parts/entry-list.js';
import { Head, useTitle } from '../parts/frame.js';
import { ReservationDialog } from '../parts/reservation-dialog.js';
import { Ago, data } from '../parts/text.js';

/** One scope: who has how much of its pool, and every lease and reservation in it. */
export function Scope({ server, scopeId }: { readonly server: string; readonly scopeId: string }): JSX.Element {
  const model = useModel();
  const entries = useEntries(server, scopeId);
  const [isAdding, setAdding] = useState(false);
  const { view, rows, read } = entries;
  const scope = view.result?.scope ?? null;
  useTitle(scopeId);
  const servers = view.result?.servers ?? [server];
  return (
    <>
      <Head
        crumb={{ title: 'Scopes', href: href(['scopes']) }}
        title={
          <>
            {scopeId}{' '}
            <span class="quiet">
              {scope === null ? '' : `/${scope.prefix} `}
              {data(scope?.name ?? '', 80)}
            </span>
          </>
        }
        sub={
          <>
            {scope?.relationship ? (
              <>
                In <a href={href(['pair', scope.relationship.key])}>{data(scope.relationship.name, 64)}</a>.{' '}
              </>
            ) : scope === null ? null : (
              <>In no relationship. </>
            )}
            {view.isReading && view.readAt === null
              ? `${number(rows.length)} entries so far.`
              : `${number(rows.length)} ${rows.length === 1 ? 'entry' : 'entries'} from ${servers.length > 1 ? 'both servers' : shortName(server)}, read `}
            {view.readAt === null ? null : (
              <>
                <Ago at={view.readAt} />.
              </>
            )}
          </>
        }
      >
        <ReadAgain onClick={read} isReading={view.isReading} />
        <Button onClick={() => setAdding(true)}>Add reservation…</Button>
        <Button
          onClick={() =>
            void save(model, { what: 'addresses', server, scopeId, filter: kept<string>(`entries ${scopeId}`) ?? '' })
          }
        >
          Save CSV
        </Button>
      </Head>
      {view.result?.pool == null ? null : <Pool pool={view.result.pool} />}
      <section class="panel" aria-label="Leases and reservations">
        <EntryTable entries={entries} server={server} scopeId={scopeId} />
      </section>
      {isAdding ? (
        <ReservationDialog server={server} scopeId={scopeId} row={null} onClose={() => setAdding(false)} />
      ) : null}
    </>
  );
}

const FILLS = ['fill-first', 'fill-second'] as const;

/** Of whom the addresses are: in use and free of each server, and what is excluded. */
function Pool({ pool }: { readonly pool: NonNullable<EntriesResult['pool']> }): JSX.Element {
  const { owners, excluded, percent } = pool;
  const words = [
    ...owners.flatMap(({ server, inUse, free }) => [
      `${number(inUse)} in use of ${shortName(server)}`,
      `${number(free)} free at ${shortName(server)}`,
    ]),
    excluded === null ? 'what is excluded is not known' : `${number(excluded)} excluded`,
  ];
  return (
    <section class="panel" aria-label="Addresses">
      <div class="body">
        <div class="bar" role="img" aria-label={words.join(', ')}>
          {owners.map(({ server, inUse }, index) =>
            inUse === 0 ? null : (
              <i key={`${server} used`} class={FILLS[index] ?? 'fill-first'} style={{ flex: inUse }} />
            ),
          )}
          {owners.map(({ server, free }, index) =>
            free === 0 ? null : (
              <i key={`${server} free`} class={`${FILLS[index] ?? 'fill-first'}-free`} style={{ flex: free }} />
            ),
          )}
          {excluded === null || excluded === 0 ? null : <i class="fill-plain" style={{ flex: excluded }} />}
        </div>
        <p class="row wide legend">
          {owners.map(({ server, inUse, free }, index) => (
            <span key={server}>
              <i class={`swatch ${FILLS[index] ?? 'fill-first'}`} />
              {shortName(server)} {number(inUse)} in use, {number(free)} free
            </span>
          ))}
          {excluded === null ? null : (
            <span class="muted">
              <i class="swatch fill-plain" />
              {number(excluded)} excluded
            </span>
          )}
          <span class="push">
            <strong>{Math.round(percent)} %</strong> in use
          </span>
        </p>
      </div>
    </section>
  );
}
