import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { EntryRow } from '../../bridge.js';
import { addressNumber, collator, matcher } from '../data/filter.js';
import { number, shortName, timeOf } from '../data/format.js';
import { useKept } from '../data/kept.js';
import { type Entries, useEntries } from '../data/use-entries.js';
import { Button } from './button.js';
import { EntryDialog } from './entry-dialog.js';
import { Ends, EntryState, stateOf } from './entry-words.js';
import { FilterBox } from './filter-box.js';
import { Empty } from './frame.js';
import { ProblemList, ProblemNotice } from './notice.js';
import { ReservationDialog } from './reservation-dialog.js';
import { type Column, Table } from './table.js';
import { data } from './text.js';

interface EntryListProps {
  readonly server: string;
  readonly scopeId: string;
}

/** The entries of a scope inside another panel. */
export function EntryList({ server, scopeId }: EntryListProps): JSX.Element {
  const entries = useEntries(server, scopeId);
  return <EntryTable entries={entries} server={server} scopeId={scopeId} />;
}

const ALL = '';

/** Leases and reservations, merged by address. */
export function EntryTable({
  entries,
  server,
  scopeId,
  onFilter,
}: EntryListProps & {
  readonly entries: Entries;
  readonly onFilter?: (text: string) => void;
}): JSX.Element {
  const { view, rows } = entries;
  const [text, setText] = useKept<string>(`entries ${scopeId}`, '');
  const [state, setState] = useState<string>(ALL);
  const [open, setOpen] = useState<EntryRow | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [reserving, setReserving] = useState<EntryRow | null>(null);
  const states = useMemo(() => [...new Set(rows.map((row) => row.state))].sort(), [rows]);
  const shown = useMemo(() => filtered(rows, text, state), [rows, text, state]);
  const columns = useMemo(
    () =>
      entryColumns((row) => {
        setOpen(row);
        setIsOpen(true);
      }),
    [],
  );
  const isFresh = view.readAt === null && rows.length === 0;
  return (
    <>
      <header>
        <h2>
          Leases and reservations{' '}
          <span class="quiet">
            {text === '' && state === ALL ? number(rows.length) : `${number(shown.length)} of ${number(rows.length)}`}
          </span>
        </h2>
        <span class="row">
          <FilterBox
            id="entries-filter"
            label="Filter leases"
            placeholder="Address, name or MAC, with * and ?"
            text={text}
            onText={(next) => {
              setText(next);
              onFilter?.(next);
            }}
          />
          <select
            class="auto"
            aria-label="State"
            value={state}
            onChange={(event) => setState(event.currentTarget.value)}
          >
            <option value={ALL}>All states</option>
            {states.map((one) => (
              <option key={one} value={one}>
                {stateOf(one)[1]}
              </option>
            ))}
            <option value="mark">Where they disagree</option>
          </select>
        </span>
      </header>
      {view.problem === null ? null : (
        <div class="body">
          <ProblemNotice problem={view.problem} />
        </div>
      )}
      {view.problems.length === 0 ? null : (
        <div class="body">
          <ProblemList problems={view.problems} />
        </div>
      )}
      {shown.length === 0 ? (
        <Empty>
          {isFresh && view.problem === null
            ? 'Asking the servers. Rows come as they answer.'
            : rows.length === 0
              ? 'No lease and no reservation in this scope.'
              : 'Nothing in this scope is like that.'}
          {rows.length === 0 ? null : (
            <Button
              onClick={() => {
                setText('');
                setState(ALL);
              }}
            >
              Show all {number(rows.length)}
            </Button>
          )}
        </Empty>
      ) : (
        <Table
          name={`entries ${scopeId}`}
          label="Leases and reservations"
          what="entry"
          columns={columns}
          rows={shown}
          keyOf={({ address }) => address}
          sortBy="address"
          filterId="entries-filter"
          rowKey={{ key: 'r', word: 'reserve', act: setReserving }}
        />
      )}
      {reserving === null ? null : (
        <ReservationDialog server={server} scopeId={scopeId} row={reserving} onClose={() => setReserving(null)} />
      )}
      {open !== null && isOpen ? (
        <EntryDialog
          row={open}
          server={server}
          scopeId={scopeId}
          servers={view.result?.servers ?? [server]}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </>
  );
}

function filtered(rows: readonly EntryRow[], text: string, state: string): readonly EntryRow[] {
  if (text === '' && state === ALL) return rows;
  const matches = matcher(text);
  return rows.filter(
    (row) =>
      (state === ALL || (state === 'mark' ? row.mark !== null : row.state === state)) &&
      matches({ texts: [row.address, row.name, row.description], clientIds: [row.clientId] }),
  );
}

/** An address as a number, worked out once: ten thousand rows are sorted by it. */
const numbers = new Map<string, number>();
function numberOfAddress(address: string): number {
  const known = numbers.get(address);
  if (known !== undefined) return known;
  if (numbers.size > 100_000) numbers.clear();
  const value = addressNumber(address);
  numbers.set(address, value);
  return value;
}

const byText =
  (of: (row: EntryRow) => string | null) =>
  (one: EntryRow, other: EntryRow): number =>
    collator.compare(of(one) ?? '', of(other) ?? '');

export function entryColumns(onOpen: (row: EntryRow) => void): readonly Column<EntryRow>[] {
  return [
    {
      key: 'address',
      head: 'Address',
      class: 'nowrap',
      width: '14%',
      isRowHead: true,
      compare: (one, other) => numberOfAddress(one.address) - numberOfAddress(other.address),
      cell: (row) => (
        <button type="button" class="link-button" onClick={() => onOpen(row)}>
          {row.address}
        </button>
      ),
    },
    {
      key: 'name',
      head: 'Name',
      class: 'cut',
      width: '18%',
      compare: byText(({ name }) => name),
      cell: ({ name, state }) =>
        name === null || name === '' ? (
          <span class="muted">{state === 'Declined' ? 'BAD_ADDRESS' : 'no name'}</span>
        ) : (
          data(name, 80)
        ),
    },
    {
      key: 'client',
      head: 'Client ID',
      class: 'low cut',
      width: '17%',
      compare: byText(({ clientId }) => clientId),
      cell: ({ clientId }) => <span class="mono">{data(clientId, 60)}</span>,
    },
    {
      key: 'state',
      head: 'State',
      class: 'cut',
      width: '26%',
      compare: byText(({ state }) => state),
      cell: (row) => <EntryState row={row} />,
    },
    {
      key: 'ends',
      head: 'Ends',
      class: 'nowrap',
      width: '12%',
      compare: (one, other) =>
        (timeOf(one.ends) ?? Number.MAX_SAFE_INTEGER) - (timeOf(other.ends) ?? Number.MAX_SAFE_INTEGER),
      cell: ({ ends }) => (
        <span class="muted">
          <Ends at={ends} />
        </span>
      ),
    },
    {
      key: 'by',
      head: 'Given by',
      class: 'low cut',
      width: '13%',
      compare: byText(({ givenBy }) => givenBy),
      cell: ({ givenBy }) => (givenBy === null ? <span class="muted">not told</span> : data(shortName(givenBy), 60)),
    },
  ];
}
