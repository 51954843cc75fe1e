import { CimletError, invalidArgument } from '../../base/errors.js';
import { type CmdletSession, isCmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import { problemOf } from '../model/pair-problem.js';
import type { ServerReading } from '../model/server-reading.js';
import type { ReadOptions } from './read-options.js';
import { ServerReader } from './server-reader.js';

/**
 * A server by its name and a way to it, for one that perhaps does not answer: what `open` fails with becomes what is not known. Whoever opens
 * sessions closes them.
 */
export interface ServerDoor {
  readonly computerName: string;
  open(): Promise<CmdletSession>;
}

/** One server of a pair. */
export type PairServer = CmdletSession | ServerDoor;

/** Which scopes of a server are read. */
export interface ReadServerOptions extends ReadOptions {
  /** Only the scopes of this relationship; those of all scopes when absent. */
  readonly relationship?: string | undefined;
  /** Only these scopes, or these beside those of `relationship`. */
  readonly scopeIds?: readonly string[] | undefined;
}

/** Which relationship of a pair is read. */
export interface ReadPairOptions extends ReadOptions {
  /** Only the scopes that are in this relationship, or in these, on one of the servers; absent: those of all relationships. */
  readonly relationship?: string | readonly string[] | undefined;
  /** Only these of them. */
  readonly scopeIds?: readonly string[] | undefined;
}

/** Both servers of a pair, read at the same time. */
export interface PairReading {
  readonly here: ServerReading;
  readonly there: ServerReading;
}

/**
 * A server's DHCPv4 configuration as plain data: relationships, scopes with what is in them, and what the server has for all of its scopes.
 * What could not be read is named in `unread`, with the reason; a server that does not answer is a reading of which nothing is known.
 *
 * Nine calls a server and three a scope, one more for a scope with policies, eight at a time; leases are not read.
 *
 * @param server A session, or a name and a way to open one.
 * @throws CimletError `ERR_ABORTED` by `signal`, `ERR_INVALID_ARGUMENT`.
 */
export async function readServer(server: PairServer, options: ReadServerOptions = {}): Promise<ServerReading> {
  const { relationship, scopeIds } = options;
  const reader = await begun(server, options);
  if (!(reader instanceof ServerReader)) return reader;
  const own = relationship === undefined ? reader.scopeIds : reader.scopesOf(relationship);
  const all = own.length === 0 ? reader.scopesOf(relationship) : own;
  const wanted = scopeIds === undefined ? all : relationship === undefined ? scopeIds : [...all, ...scopeIds];
  return await reader.finish(wanted);
}

/**
 * Both servers of a pair for {@link comparePair}, side by side: the scopes that are in a relationship on one of them, or in this one relationship,
 * are read on both.
 * @throws as {@link readServer}
 */
export async function readPair(
  here: PairServer,
  there: PairServer,
  options: ReadPairOptions = {},
): Promise<PairReading> {
  const readers = await Promise.all([begun(here, options), begun(there, options)]);
  const known = readers.flatMap((reader) =>
    reader instanceof ServerReader ? reader.scopesOf(options.relationship) : [],
  );
  const { scopeIds } = options;
  const wanted = scopeIds === undefined ? known : known.filter((scopeId) => scopeIds.includes(scopeId));
  const [first, second] = await Promise.all(
    readers.map((reader) => (reader instanceof ServerReader ? reader.finish(wanted) : reader)),
  );
  return { here: first as ServerReading, there: second as ServerReading };
}

async function begun(server: PairServer, options: ReadOptions): Promise<ServerReader | ServerReading> {
  checkServer(server);
  let session: CmdletSession;
  try {
    session = await sessionTo(server);
  } catch (error) {
    if (options.signal?.aborted === true)
      throw new CimletError('ERR_ABORTED', 'Reading was stopped.', { cause: error });
    return silentReading(server.computerName, error);
  }
  const reader = await ServerReader.of(session, options);
  await reader.begin();
  return reader;
}

/** The session to a server of a pair. */
export async function sessionTo(server: PairServer): Promise<CmdletSession> {
  return isCmdletSession(server) ? server : await server.open();
}

function checkServer(server: unknown): void {
  if (isCmdletSession(server)) return;
  const { computerName, open } = Object(server) as Partial<ServerDoor>;
  if (typeof computerName === 'string' && typeof open === 'function') return;
  throw invalidArgument('server', server, 'Give a session of newCimSession, or { computerName, open }.');
}

/** A reading of a server to which no session could be opened. */
function silentReading(server: string, error: unknown): ServerReading {
  const problem = problemOf(error, server);
  return {
    server,
    readAt: new Date().toISOString(),
    calls: 0,
    relationships: [],
    scopeIds: [],
    read: [],
    reservationOptionsOf: [],
    items: [],
    unread: [{ part: 'server', scopeId: null, of: null, problem }],
  };
}
