import { randomUUID } from 'node:crypto';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { carriedDifferences } from '../comparison/carried-differences.js';
import { comparePair } from '../comparison/compare-pair.js';
import type { NotKnown, PairComparison } from '../model/difference.js';
import { type ServerReading, unreadOf } from '../model/server-reading.js';
import { readReservationOptions } from '../reading/read-details.js';
import type { ReadOptions } from '../reading/read-options.js';
import { type PairServer, readPair } from '../reading/read-server.js';
import { PairPlan } from './pair-plan.js';
import type { PlanDescription } from './plan-description.js';
import { counted, countsOf, effectsOf, itemsThatGo } from './plan-effects.js';
import { type PlanStep, powershellLine } from './powershell-line.js';
import { savedConfiguration } from './saved-configuration.js';

/** Reservations that go without anybody typing how many. */
const FEW = 10;
const A_TENTH = 0.1;

/** What is to be replicated. */
export interface ReplicationRequest extends ReadOptions {
  /** From here. */
  readonly source: PairServer;
  /** To its partner, whose configuration becomes that of the source. */
  readonly target: PairServer;
  readonly relationship: string;
  /** Only these scopes of it. */
  readonly scopeIds?: readonly string[] | undefined;
}

/**
 * Plans Invoke-DhcpServerv4FailoverReplication: reads both servers, and says what the target gets, what changes there and what it loses, with what it
 * loses saved.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a relationship or scope that the source does not have; what the source could not be read for.
 */
export async function planReplication(request: ReplicationRequest): Promise<PairPlan> {
  const { source, target, relationship: name, scopeIds, ...options } = request;
  const read = (more: ReadOptions) => readPair(source, target, { ...options, ...more, relationship: name, scopeIds });
  const { here, there } = await read({});
  const relationship = relationshipOf(here, name);
  const scopes = scopeIds ?? relationship.ScopeId;
  const stranger = scopes.find((scopeId) => !relationship.ScopeId.includes(scopeId));
  if (stranger !== undefined) {
    throw invalidArgument('scopeIds', stranger, `${name} has the scopes ${relationship.ScopeId.join(', ')}.`);
  }
  const compare = (one: ServerReading, other: ServerReading): PairComparison =>
    comparePair(one, other, { relationships: [name], scopeIds: scopes });
  const comparison = compare(here, there);
  if (unreadOf(there, 'relationships') === undefined) requirePartner(comparison, name);
  const differences = carriedDifferences(comparison.differences, comparison.relationships, 'hereToThere');
  const effects = effectsOf(differences, comparison, 'hereToThere');
  const going = itemsThatGo(there.items, differences, 'there');
  const reservations = going.filter(({ kind }) => kind === 'reservation');
  const details =
    options.reservationOptions === 'all' || unreadOf(there, 'server') !== undefined
      ? { items: [], unread: [] }
      : await readReservationOptions(target, reservations, options);
  const step: PlanStep = {
    server: here.server,
    cmdlet: 'Invoke-DhcpServerv4FailoverReplication',
    parameters: scopeIds === undefined ? { Name: [relationship.Name] } : { ScopeId: scopes },
  };
  const title = `Replicate ${here.server} to ${there.server}?`;
  const { removes, ...counts } = countsOf(effects);
  const notKnown = comparison.notKnown.filter(isCarried);
  const description: PlanDescription = {
    id: randomUUID(),
    kind: 'replicate',
    madeAt: new Date().toISOString(),
    title,
    sentences: [
      `The configuration of ${counted(scopes.length, 'scope')} on ${there.server} becomes that of ${here.server}.`,
      'Leases are not touched. Server options and classes are never replicated.',
      ...(notKnown.some(({ server }) => server === there.server)
        ? [`${there.server} could not be read completely. What is lost there is not known.`]
        : []),
      ...(notKnown.some(({ server }) => server === here.server)
        ? [`${here.server} could not be read completely. What it replicates is not known.`]
        : []),
    ],
    button:
      notKnown.length > 0
        ? 'Replicate without knowing'
        : removes > 0
          ? `Replicate, remove ${removes} on ${there.server}`
          : 'Replicate',
    effects,
    ...counts,
    removes,
    remains: [...comparison.differences.filter((one) => !differences.includes(one)), ...comparison.neverReplicated],
    notKnown,
    notCompared: comparison.notCompared,
    type: notKnown.length > 0 ? there.server : typedCount(there, effects.filter(isRemovedReservation).length),
    lines: [powershellLine(step)],
    saved: savedConfiguration({
      server: there.server,
      reason: title,
      relationship: relationship.Name,
      items: [...going, ...details.items],
      notSaved: [
        ...details.unread.map((address) => `The options of reservation ${address}, which could not be read.`),
        ...(notKnown.length > 0 ? ['What could not be read.'] : []),
      ],
    }),
  };
  return new PairPlan({
    description,
    readings: [here, there],
    readAgain: async (more) => {
      const again = await read(more);
      return [again.here, again.there];
    },
    server: source,
    steps: [step],
    changing: 1,
    compare: ([one, other]) => (one === undefined || other === undefined ? null : compare(one, other)),
  });
}

/** The server's own relationship of that name. @throws what stands against it. */
export function relationshipOf(reading: ServerReading, name: string): ServerReading['relationships'][number] {
  const unread = unreadOf(reading, 'relationships');
  if (unread !== undefined) {
    const { what, remedy, again } = unread.problem;
    throw new CimletError('ERR_CMDLET', `${reading.server} could not be read: ${what}`, {
      retryable: again,
      ...(remedy === null ? {} : { hint: remedy }),
    });
  }
  const found = reading.relationships.find(({ Name }) => Name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = reading.relationships.map(({ Name }) => Name).join(', ');
  throw invalidArgument('relationship', name, `${reading.server} has ${names === '' ? 'no relationship' : names}.`);
}

/** Windows goes to the partner that the source knows: a plan that was read of another server would be of that one. */
export function requirePartner({ relationships, here, there }: PairComparison, name: string): void {
  if (relationships.some(({ isShared }) => isShared)) return;
  const remedy = `It is not the partner of ${here.server} in ${name}, or does not know it. Compare the two.`;
  throw invalidArgument('target', there.server, remedy);
}

const isRemovedReservation = ({ kind, verb }: PlanDescription['effects'][number]): boolean =>
  kind === 'reservation' && verb === 'remove';

function isCarried({ part }: NotKnown): boolean {
  return !['serverOption', 'serverPolicy', 'class', 'optionDefinition', 'filter', 'filterList'].includes(part);
}

/** Where many reservations go, or a great part of them, their number has to be typed. */
function typedCount(target: ServerReading, removed: number): string | null {
  const all = target.items.filter(({ kind }) => kind === 'reservation').length;
  return removed >= FEW || removed > all * A_TENTH ? String(removed) : null;
}
