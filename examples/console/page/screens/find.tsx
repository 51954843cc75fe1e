import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FindRow } from '../../bridge.js';
import { useCell } from '../data/cell.js';
import { useModel } from '../data/console-model.js';
import { addressNumber, collator } from '../data/filter.js';
import { counted, number } from '../data/format.js';
import { Reading } from '../data/reading.js';
import { href, route, setQuery } from '../data/route.js';
import { Button } from '../parts/button.js';
import { Ends, EntryState } from '../parts/entry-words.js';
import { Empty, Head, useTitle } from '../parts/frame.js';
import { Icon } from '../parts/icon.js';
import { ProblemList, ProblemNotice } from '../parts/notice.js';
import { type Column, Table } from '../parts/table.js';
import { data, Host } from '../parts/text.js';

/** Where is this client? All servers of the list are asked; hits come as they are found. */
export function Find(): JSX.Element {
  const model = useModel();
  const { query } = useCell(route);
  const text = query.get('q') ?? '';
  const [typed, setTyped] = useState(text);
  const [reading] = useState(() => new Reading(model.bridge, 'find', rowKey));
  const view = useCell(reading.view);
  const field = useRef<HTMLInputElement>(null);
  useTitle('Find a client');
  useEffect(() => {
    setTyped(text);
    reading.clear();
    if (text !== '') reading.read({ text, servers: null });
    return () => reading.stop();
  }, [text]);
  const { rows, result, progress, isReading, problem, problems } = view;
  // It repeats what was asked for, and names servers.
  const sentence = result === null ? null : data(result.sentence, 200);
  const find = (): void => {
    const next = typed.trim();
    if (next === '') return void field.current?.focus();
    if (next === text) reading.read({ text, servers: null });
    else setQuery({ q: next });
  };
  return (
    <>
      <Head
        title="Find a client"
        sub="An address, a name or a MAC address in any spelling, with * and ?. Every server of the list is asked."
      />
      <form
        class="row"
        aria-label="Find a client"
        onSubmit={(event) => {
          event.preventDefault();
          find();
        }}
      >
        <input
          ref={field}
          class="search"
          type="search"
          aria-label="Address, name or MAC"
          placeholder="10.1.0.52, printer-*, 00155D0A317C"
          value={typed}
          spellcheck={false}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" look="primary">
          Find
        </Button>
        {isReading ? <Button onClick={() => reading.stop()}>Stop now</Button> : null}
        <span class="muted" role="status">
          {isReading ? (
            <>
              <Icon name="move" class="spin" /> {number(progress?.done ?? 0)} of {number(progress?.total ?? 0)} asked,{' '}
              {counted(rows.length, 'hit')} so far
            </>
          ) : (
            sentence
          )}
        </span>
      </form>
      {problem === null || problem.code === 'STOPPED' ? null : <ProblemNotice problem={problem} />}
      {problems.length === 0 ? null : <ProblemList problems={problems} />}
      {text === '' ? null : (
        <section class="panel" aria-label="Hits">
          {rows.length === 0 ? (
            <Empty>
              {isReading ? 'Asking the servers. Hits come as they are found.' : (sentence ?? 'Nothing was found.')}
            </Empty>
          ) : (
            <Table name="find" label="Hits" what="hit" columns={COLUMNS} rows={rows} keyOf={rowKey} sortBy="address" />
          )}
        </section>
      )}
    </>
  );
}

const rowKey = ({ server, scopeId, entry }: FindRow): string => `${server}/${scopeId}/${entry.address}`;

const COLUMNS: readonly Column<FindRow>[] = [
  {
    key: 'address',
    head: 'Address',
    class: 'nowrap',
    width: '130px',
    isRowHead: true,
    compare: (one, other) => addressNumber(one.entry.address) - addressNumber(other.entry.address),
    cell: ({ server, scopeId, entry }) => (
      <a href={href(['scope', server, scopeId], { q: entry.address })}>{entry.address}</a>
    ),
  },
  {
    key: 'name',
    head: 'Name',
    class: 'cut',
    compare: (one, other) => collator.compare(one.entry.name ?? '', other.entry.name ?? ''),
    cell: ({ entry }) => data(entry.name ?? 'no name', 60),
  },
  {
    key: 'client',
    head: 'Client ID',
    class: 'low cut',
    width: '170px',
    cell: ({ entry }) => <span class="mono">{data(entry.clientId, 60)}</span>,
  },
  {
    key: 'server',
    head: 'Server',
    class: 'cut',
    compare: (one, other) => collator.compare(one.server, other.server),
    cell: ({ server }) => <Host name={server} />,
  },
  {
    key: 'scope',
    head: 'Scope',
    class: 'cut low',
    cell: ({ scopeId, scopeName }) => (
      <>
        {scopeId} <span class="muted">{data(scopeName, 40)}</span>
      </>
    ),
  },
  { key: 'state', head: 'State', class: 'nowrap', width: '170px', cell: ({ entry }) => <EntryState row={entry} /> },
  {
    key: 'ends',
    head: 'Ends',
    class: 'nowrap low',
    width: '110px',
    cell: ({ entry }) => (
      <span class="muted">
        <Ends at={entry.ends} />
      </span>
    ),
  },
];
