import { comparePair, readPair } from 'cimlet/pairs';
import type { Configuration, PairRow, PairSide, PairsResult, Params, Problem } from '../bridge.js';
import type { EngineContext } from './context.js';
import { doorOf } from './door.js';
import { AT_A_TIME } from './fleet.js';
import { pairProblem, problemOf, refuse } from './problem.js';
import { type Basics, offlineProblem } from './readings.js';
import { type Copy, nameOfKey, pairKey, primaryPercent } from './relationship.js';
import type { Run } from './run.js';
import { graver, wordsOf } from './words.js';

/** Pairs whose configuration is compared at a time. */
const COMPARED_AT_A_TIME = 4;
const NOT_READ: Configuration = { verdict: 'notRead', differences: null, notKnown: null };

/** Both copies of a relationship, as far as they are known. */
export interface Pair {
  readonly key: string;
  readonly name: string;
  readonly copies: readonly Copy[];
  readonly primary: PairSide;
  readonly secondary: PairSide;
}

/** Every relationship of the servers, from both sides; then, when asked for, whether both are in step. */
export async function readPairs(
  context: EngineContext,
  run: Run<'pairs'>,
  { servers, compare }: Params['pairs'],
): Promise<PairsResult> {
  const { list, readings } = context;
  const chosen = list.chosen(servers);
  const failed: Problem[] = [];
  const answered: Basics[] = [];
  const tell = (basics: Basics | undefined) => {
    for (const copy of basics?.copies ?? []) {
      const pair = findPair(context, pairKey(copy));
      if (pair !== undefined) run.row(pairRow(pair, NOT_READ));
    }
  };
  await run.each(
    chosen,
    AT_A_TIME,
    async (server) => {
      const basics = await readings.read(server, run.signal, false);
      answered.push(basics);
      tell(basics);
    },
    (server, error) => {
      const problem = problemOf(error, server);
      failed.push(problem);
      run.problem(problem);
    },
  );
  // Now it is known who was silent, and which copies stand alone.
  const wanted = new Set(chosen.map((name) => name.toLowerCase()));
  const pairs = allPairs(context).filter(({ copies }) => copies.some(({ server }) => wanted.has(server.toLowerCase())));
  const rows = new Map<string, PairRow>();
  const show = (...shown: readonly PairRow[]): void => {
    for (const row of shown) rows.set(row.key, row);
    run.row(...shown);
  };
  show(...pairs.map((pair) => pairRow(pair, NOT_READ)));
  if (compare && !run.hasStopped) await compareEach(context, run, pairs, show);
  return {
    attention: [...rows.values()].filter(({ severity }) => severity === 'attention').length,
    answered: answered.length,
    silent: failed.length,
    outside: outsideOf(answered),
    offline: offlineProblem(failed, chosen.length),
  };
}

async function compareEach(
  context: EngineContext,
  run: Run<'pairs'>,
  pairs: readonly Pair[],
  show: (row: PairRow) => void,
): Promise<void> {
  const both = pairs.filter(({ copies }) => copies.length === 2);
  await run.each(
    both,
    COMPARED_AT_A_TIME,
    async (pair) => {
      show(pairRow(pair, await configurationOf(context, pair, run.signal)));
    },
    (pair, error) => {
      run.problem(problemOf(error, pair.name));
      show(pairRow(pair, { verdict: 'notKnown', differences: 0, notKnown: 1 }));
    },
  );
}

async function configurationOf(context: EngineContext, pair: Pair, signal: AbortSignal): Promise<Configuration> {
  const { primary, secondary, name } = pair;
  const options = { relationship: name, signal };
  const { here, there } = await readPair(doorOf(context, primary.server), doorOf(context, secondary.server), options);
  const { verdict, differences, notKnown } = comparePair(here, there, { relationships: [name] });
  if (verdict === 'notPaired') return { verdict: 'notKnown', differences: 0, notKnown: 1 };
  return { verdict, differences: differences.length, notKnown: notKnown.length };
}

/** Every pair that the last readings know. */
export function allPairs(context: EngineContext): Pair[] {
  const keys = new Set(context.readings.all.flatMap(({ copies }) => copies.map(pairKey)));
  return [...keys].flatMap((key) => findPair(context, key) ?? []);
}

/** A pair by its key, out of the last readings. */
export function findPair({ readings, list }: EngineContext, key: string): Pair | undefined {
  const found = readings.all.flatMap(({ copies }) => copies.filter((copy) => pairKey(copy) === key));
  // A server that stands in the list under two names has one copy for each: one is enough.
  const primaryCopy = found.find(({ isPrimary }) => isPrimary);
  const secondaryCopy = found.find(({ isPrimary }) => !isPrimary);
  const copies = [primaryCopy, secondaryCopy].flatMap((copy) => copy ?? []);
  const [any] = copies;
  if (any === undefined) return undefined;
  const side = (own: Copy | undefined, address: string, name: string): PairSide => {
    const server = own?.server ?? readings.nameOf(address, name) ?? name;
    const basics = readings.known(server);
    const problem = basics?.problem ?? null;
    return {
      server,
      address,
      isListed: list.nameOf(server) !== undefined,
      state: problem === null ? (own?.state ?? null) : null,
      problem,
      readAt: basics?.readAt ?? null,
    };
  };
  const { addresses, names } = any;
  return {
    key,
    name: any.name,
    copies,
    primary: side(primaryCopy, addresses.primary, names.primary),
    secondary: side(secondaryCopy, addresses.secondary, names.secondary),
  };
}

/** The pair of a key; both of its servers are read for it first, when there is nothing that says which they are. @throws ConsoleError */
export async function requirePair(context: EngineContext, key: string, signal: AbortSignal): Promise<Pair> {
  const found = findPair(context, key);
  if (found !== undefined) return found;
  const { list, readings } = context;
  // After a reload: the page knows the key, the engine has read nothing yet.
  for (const server of list.names) {
    if (readings.known(server) !== undefined) continue;
    await readings.read(server, signal, false).catch(() => undefined);
    const now = findPair(context, key);
    if (now !== undefined) return now;
  }
  throw refuse('NOT_FOUND', `No server of the list has the relationship ${nameOfKey(key)}.`, 'Read the pairs again.');
}

/** The side of a pair that is a server. @throws ConsoleError for any other. */
export function sidesOf(pair: Pair, server: string): { readonly own: PairSide; readonly other: PairSide } {
  const { primary, secondary } = pair;
  if (primary.server === server) return { own: primary, other: secondary };
  if (secondary.server === server) return { own: secondary, other: primary };
  throw refuse(
    'REFUSED',
    `${server} is not one of the two servers of ${pair.name}.`,
    `They are ${primary.server} and ${secondary.server}.`,
  );
}

export function pairRow(pair: Pair, configuration: Configuration): PairRow {
  const { key, name, primary, secondary, copies } = pair;
  const [any] = copies;
  if (any === undefined) throw new TypeError(`${name} has no copy.`);
  const states = [primary, secondary].flatMap(({ state }) => state ?? []).map((state) => wordsOf(state));
  const severity = states.map((words) => words.severity).reduce(graver, 'inOrder');
  const gravest = states.find((words) => words.severity === severity);
  const [lonely] = copies.length === 1 ? copies : [];
  const missing = lonely === undefined ? undefined : lonely.isPrimary ? secondary : primary;
  const isStale = missing?.isListed === true && missing.problem === null && missing.readAt !== null;
  const silent = [primary, secondary].find(({ problem }) => problem !== null);
  const isOutOfStep = configuration.verdict === 'different' || configuration.verdict === 'notKnown';
  return {
    key,
    name,
    primary,
    secondary,
    mode: any.mode,
    percent: primaryPercent(any),
    severity: isStale || silent !== undefined || isOutOfStep ? graver(severity, 'attention') : severity,
    stateText: isStale ? 'Stale copy' : (gravest?.text ?? 'Not known'),
    note: noteOf(pair, isStale, missing, silent) ?? (gravest?.sentence || null),
    staleOn: isStale ? (lonely?.server ?? null) : null,
    configuration,
    scopes: new Set(copies.flatMap(({ scopeIds }) => scopeIds)).size,
    readAt: [primary, secondary].flatMap(({ readAt }) => readAt ?? []).sort()[0] ?? any.readAt,
  };
}

function noteOf(
  { name, copies }: Pair,
  isStale: boolean,
  missing: PairSide | undefined,
  silent: PairSide | undefined,
): string | null {
  const [only] = copies;
  if (isStale && missing !== undefined && only !== undefined) {
    return `${missing.server} has no relationship ${name}: the copy on ${only.server} is stale. Remove it there.`;
  }
  if (silent?.problem != null) {
    const { what, remedy } = pairProblem({ ...silent.problem, where: silent.server });
    return [`${silent.server} is silent. ${what}`, remedy].filter((one) => one !== null).join(' ');
  }
  if (missing !== undefined && !missing.isListed) {
    return `${missing.server} is not in the list of servers, so that its side is not known. Add it.`;
  }
  return null;
}

/** Scopes that two servers have and that no relationship holds. */
function outsideOf(answered: readonly Basics[]): PairsResult['outside'] {
  const holders = new Map<string, string[]>();
  for (const { server, scopes, copies } of answered) {
    const held = new Set(copies.flatMap(({ scopeIds }) => scopeIds));
    for (const { scopeId, isActive } of scopes) {
      if (!held.has(scopeId) && isActive) holders.set(scopeId, [...(holders.get(scopeId) ?? []), server]);
    }
  }
  return [...holders]
    .filter(([, servers]) => servers.length > 1)
    .map(([scopeId, servers]) => ({
      servers,
      scopeId,
      what: `${servers.join(' and ')} have ${scopeId} and no relationship for it: addresses are given out twice unless their ranges are split.`,
    }));
}
