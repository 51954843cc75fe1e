import type { DhcpServerv4Lease, DhcpServerv4Reservation } from 'cimlet/dhcp-server';
import type { EntriesResult, EntryRow, Params, Problem } from '../bridge.js';
import type { EngineContext } from './context.js';
import { notListed } from './door.js';
import { problemOf, refuse } from './problem.js';
import type { Basics } from './readings.js';
import type { Copy } from './relationship.js';
import type { Run } from './run.js';
import { addressNumber, scopeRow } from './scopes.js';

const TIMEOUT_MS = 180_000;

/** What one server has in a scope, by address. */
interface Side {
  readonly server: string;
  readonly entries: ReadonlyMap<string, EntryRow>;
}

/** Leases and reservations of a scope from both servers, merged by address, in the order of the addresses. */
export async function readAddresses(
  context: EngineContext,
  run: Run<'entries'>,
  { server, scopeId }: Extract<Params['entries'], { kind: 'addresses' }>,
): Promise<EntriesResult> {
  const found = await mergedEntries(
    context,
    server,
    scopeId,
    run.signal,
    (count) => run.progress({ done: count }),
    (problem) => run.problem(problem),
  );
  run.row(...found.entries);
  return { ...found.result, total: found.entries.length };
}

/** The same for whoever saves it. */
export async function mergedEntries(
  context: EngineContext,
  server: string,
  scopeId: string,
  signal: AbortSignal,
  tell: (read: number) => void,
  fail: (problem: Problem) => void,
): Promise<{ readonly entries: readonly EntryRow[]; readonly result: Omit<EntriesResult, 'total'> }> {
  const { list, readings } = context;
  if (list.nameOf(server) === undefined) throw notListed(server);
  const basics = await readings.read(server, signal, true).catch((error: unknown) => {
    fail(problemOf(error, server));
    return readings.known(server);
  });
  const copy = basics?.copies.find(({ scopeIds }) => scopeIds.includes(scopeId));
  const servers = [server, ...partnerOf(context, copy)];
  let read = 0;
  const sides: Side[] = [];
  await Promise.all(
    servers.map(async (one) => {
      try {
        const side = await readSide(context, one, scopeId, signal, () => {
          read += 1;
          if (read % 500 === 0) tell(read);
        });
        sides.push(side);
      } catch (error) {
        if (signal.aborted) throw error;
        fail(problemOf(error, one));
      }
    }),
  );
  tell(read);
  if (sides.length === 0)
    throw refuse('NOT_FOUND', `Neither server tells what is in ${scopeId}.`, 'Try again when they answer.');
  sides.sort((one, other) => servers.indexOf(one.server) - servers.indexOf(other.server));
  const scope = basics?.scopes.find((one) => one.scopeId === scopeId);
  return {
    entries: merge(sides),
    result: {
      scope: basics === undefined || scope === undefined ? null : scopeRow(context, basics, scope),
      servers,
      pool: basics === undefined ? null : poolOf(basics, scopeId, servers),
      answered: sides.length,
      silent: servers.length - sides.length,
    },
  };
}

function partnerOf({ readings }: EngineContext, copy: Copy | undefined): string[] {
  if (copy === undefined) return [];
  const { isPrimary, addresses, names } = copy;
  const name = readings.nameOf(
    isPrimary ? addresses.secondary : addresses.primary,
    isPrimary ? names.secondary : names.primary,
  );
  return name === undefined ? [] : [name];
}

async function readSide(
  { logons }: EngineContext,
  server: string,
  ScopeId: string,
  signal: AbortSignal,
  count: () => void,
): Promise<Side> {
  const options = { signal, timeoutMs: TIMEOUT_MS };
  return await logons.use(server, async (client) => {
    const CimSession = await client.session(server);
    const entries = new Map<string, EntryRow>();
    for (const reservation of await client.getDhcpServerv4Reservation({ CimSession, ScopeId }, options)) {
      entries.set(reservation.IPAddress, reservationEntry(reservation));
    }
    // One after the other, so that a scope of a hundred thousand is not there twice.
    for await (const lease of client.getDhcpServerv4Lease({ CimSession, ScopeId, AllLeases: true }, options)) {
      entries.set(lease.IPAddress, leaseEntry(lease, entries.get(lease.IPAddress)));
      count();
    }
    return { server, entries };
  });
}

function reservationEntry({ IPAddress, Name, ClientId, Description }: DhcpServerv4Reservation): EntryRow {
  return {
    kind: 'entry',
    address: IPAddress,
    name: Name || null,
    clientId: ClientId || null,
    state: 'Reservation',
    ends: null,
    givenBy: null,
    isReservation: true,
    description: Description || null,
    mark: null,
  };
}

export function leaseEntry(lease: DhcpServerv4Lease, reservation: EntryRow | undefined): EntryRow {
  const { IPAddress, HostName, ClientId, AddressState, LeaseExpiryTime, ServerIP, Description } = lease;
  return {
    kind: 'entry',
    address: IPAddress,
    name: HostName || reservation?.name || null,
    clientId: ClientId || reservation?.clientId || null,
    state: AddressState,
    ends: LeaseExpiryTime?.toDate().toISOString() ?? null,
    givenBy: ServerIP || null,
    isReservation:
      reservation !== undefined || AddressState === 'ActiveReservation' || AddressState === 'InactiveReservation',
    description: reservation?.description ?? (Description || null),
    mark: null,
  };
}

/** The first server's entry, with a mark where the second one has another, or none. Leases within the lag of failover are no difference. */
function merge(sides: readonly Side[]): EntryRow[] {
  const [first, second] = sides;
  if (first === undefined) return [];
  const all = new Map<string, EntryRow>();
  for (const [address, entry] of first.entries) {
    const other = second?.entries.get(address);
    all.set(
      address,
      second === undefined ? entry : { ...entry, mark: markOf(entry, other, first.server, second.server) },
    );
  }
  for (const [address, entry] of second?.entries ?? []) {
    if (!first.entries.has(address)) all.set(address, { ...entry, mark: onlyOn(second?.server ?? '') });
  }
  const numbered = [...all.values()].map((entry) => [addressNumber(entry.address), entry] as const);
  return numbered.sort(([one], [other]) => one - other).map(([, entry]) => entry);
}

const digits = (id: string | null): string => (id ?? '').replaceAll(/[-:. ]/g, '').toLowerCase();
const onlyOn = (server: string): string => `only on ${server.split('.')[0]}`;

function markOf(entry: EntryRow, other: EntryRow | undefined, here: string, there: string): string | null {
  if (other === undefined) return onlyOn(here);
  const short = there.split('.')[0];
  if (entry.isReservation !== other.isReservation)
    return `reserved ${entry.isReservation ? onlyOn(here) : onlyOn(there)}`;
  if (digits(entry.clientId) !== digits(other.clientId)) return `${other.clientId ?? 'no client'} on ${short}`;
  if (entry.isReservation && entry.name !== other.name) return `${other.name ?? 'no name'} on ${short}`;
  return null;
}

/** By owner, as the server that was asked sees it. */
function poolOf(
  { statistics }: Basics,
  scopeId: string,
  [server = '', partner]: readonly string[],
): EntriesResult['pool'] {
  const figures = statistics?.get(scopeId);
  if (figures === undefined) return null;
  const { free, inUse, percent, freeHere, freeThere, inUseHere, inUseThere } = figures;
  const isShared = partner !== undefined && freeHere !== null && freeThere !== null;
  return {
    owners: isShared
      ? [
          { server, inUse: inUseHere ?? 0, free: freeHere },
          { server: partner, inUse: inUseThere ?? 0, free: freeThere },
        ]
      : [{ server, inUse, free }],
    excluded: null,
    percent: Math.round(percent * 10) / 10,
  };
}
