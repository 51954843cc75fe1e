import { randomUUID } from 'node:crypto';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { carriedDifferences } from '../comparison/carried-differences.js';
import { comparePair } from '../comparison/compare-pair.js';
import { type ConfigurationItem, KINDS, nameOfItem, SCOPE_KINDS } from '../model/configuration-item.js';
import type { Direction, NotKnown, PairComparison, PairDifference } from '../model/difference.js';
import { type ServerReading, unreadOf } from '../model/server-reading.js';
import type { ReadOptions } from '../reading/read-options.js';
import { type PairServer, readPair } from '../reading/read-server.js';
import { idOf, writeEffect, writeSteps, writesOf } from './item-writes.js';
import { PairPlan } from './pair-plan.js';
import type { PlanDescription } from './plan-description.js';
import { counted, countsOf } from './plan-effects.js';
import { relationshipOf, requirePartner } from './plan-replication.js';
import { powershellLine } from './powershell-line.js';
import { stepsFor } from './put-back-steps.js';
import { savedConfiguration } from './saved-configuration.js';

/** Which thing of a server, as a comparison names it: a {@link PairDifference} will do. */
export type ItemReference = Pick<PairDifference, 'kind' | 'scopeId' | 'key'>;

/** What of one server its partner is to have as well. */
export interface KeepRequest extends ReadOptions {
  /** Whose things are kept: the server that a replication would take them from. */
  readonly owner: PairServer;
  /** Where they are written. */
  readonly partner: PairServer;
  readonly relationship: string;
  /** Which of the owner's: {@link keepable} gives those that a replication would take. */
  readonly items: readonly ItemReference[];
}

/**
 * What the target of a replication would lose by it and its source can be given before: the differences that it removes there or changes, but for
 * those that no cmdlet writes.
 *
 * @param direction That of the replication.
 */
export function keepable(comparison: PairComparison, direction: Direction): PairDifference[] {
  const [source, target] = direction === 'hereToThere' ? (['here', 'there'] as const) : (['there', 'here'] as const);
  return carriedDifferences(comparison.differences, comparison.relationships, direction).filter((one) => {
    const [owned, other] = [itemOf(one, target), itemOf(one, source)];
    return owned !== undefined && stepsFor(owned, other).length > 0;
  });
}

function itemOf(one: PairDifference, side: 'here' | 'there'): ConfigurationItem | undefined {
  const { kind, scopeId, key } = one;
  const values = one[side];
  return kind === 'relationship' || values === null ? undefined : { kind, scopeId, key, label: '', values };
}

/**
 * Plans to keep what a replication would take from a server: it is written to the partner as well, by single cmdlets. Afterwards both have it, and a
 * replication of the partner neither removes it nor changes it. A reservation brings its options along, a value the policy or the reservation that it is of.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for something that the owner does not have in a scope of the relationship; what the owner could not be
 * read for.
 */
export async function planKeep(request: KeepRequest): Promise<PairPlan> {
  const { owner, partner, relationship: name, items: given, ...options } = request;
  const asked = checkedItems(given);
  const reservationOptions = [...new Set(asked.flatMap(addressOf))];
  const read = (more: ReadOptions) =>
    readPair(owner, partner, { ...options, ...more, relationship: name, reservationOptions });
  const { here, there } = await read({});
  const relationship = relationshipOf(here, name);
  const compare = (one: ServerReading, other: ServerReading): PairComparison =>
    comparePair(one, other, { relationships: [name] });
  if (unreadOf(there, 'relationships') === undefined) requirePartner(compare(here, there), name);
  const { items, along, unread } = kept(asked, here, there, relationship.ScopeId);
  const { writes, unknown, homeless } = writesOf(items, there);
  const notKnown = [...unread, ...unknown];
  const effects = writes.map((one) => writeEffect(one, there.server));
  const steps = writeSteps(writes, there.server);
  const what = counted(writes.length, 'thing');
  const title = `Keep ${what} of ${here.server}?`;
  const description: PlanDescription = {
    id: randomUUID(),
    kind: 'keep',
    madeAt: new Date().toISOString(),
    title,
    sentences: [
      `What ${here.server} has is written to ${there.server} as well. Replicating ${there.server} to ${here.server} then leaves it as it is.`,
      ...along.map((base) => `${base} comes along: a value stands on it.`),
      ...(homeless === 0
        ? []
        : [`${counted(homeless, 'thing')} of scopes that ${there.server} does not have are left out.`]),
      ...(unknown.length === 0
        ? []
        : [`${there.server} could not be read completely. What is not known there is left out.`]),
      ...unread.map((one) => `${one.what} could not be read, and does not come along.`),
    ],
    button: `Write ${what} to ${there.server}`,
    effects,
    ...countsOf(effects),
    remains: [],
    notKnown,
    notCompared: [],
    type: notKnown.length > 0 ? there.server : null,
    lines: steps.map(powershellLine),
    saved: savedConfiguration({
      server: there.server,
      reason: title,
      relationship: relationship.Name,
      items: writes.flatMap(({ now }) => now ?? []),
      notSaved: [],
    }),
  };
  return new PairPlan({
    description,
    readings: [here, there],
    readAgain: async (more) => {
      const again = await read(more);
      return [again.here, again.there];
    },
    server: partner,
    steps,
    changing: 1,
    compare: ([one, other]) => (one === undefined || other === undefined ? null : compare(one, other)),
  });
}

const HINT = 'Give differences of comparePair, as keepable gives them.';

/** The same of an item. */
type Identity = Pick<ConfigurationItem, 'kind' | 'scopeId' | 'key'>;

function checkedItems(items: readonly ItemReference[]): Identity[] {
  if (!Array.isArray(items) || items.length === 0) throw invalidArgument('items', items, HINT);
  return items.map((one: unknown) => {
    const { kind, scopeId, key } = Object(one) as { readonly [N in keyof ItemReference]?: unknown };
    const known = SCOPE_KINDS.find((own) => own === kind);
    if (known === undefined) throw invalidArgument('items.kind', kind, HINT);
    if (typeof scopeId !== 'string') throw invalidArgument('items.scopeId', scopeId, HINT);
    if (typeof key !== 'string') throw invalidArgument('items.key', key, HINT);
    return { kind: known, scopeId, key };
  });
}

/** The address of a reservation, out of its key or that of a value of its own. */
function addressOf({ kind, key }: Identity): string[] {
  if (kind !== 'reservation' && kind !== 'reservationOption') return [];
  const [, address] = /^\["([0-9.]{1,15})"/.exec(key) ?? [];
  if (address === undefined) throw invalidArgument('items.key', key, HINT);
  return [address];
}

interface Kept {
  readonly items: readonly ConfigurationItem[];
  /** What was not asked for, and is what something stands on. */
  readonly along: readonly string[];
  /** Options of reservations that the owner did not tell. */
  readonly unread: readonly NotKnown[];
}

/** The owner's items of these names, and what belongs to them. */
function kept(
  asked: readonly Identity[],
  owner: ServerReading,
  partner: ServerReading,
  scopeIds: readonly string[],
): Kept {
  const owned = new Map(owner.items.map((item) => [idOf(item), item] as const));
  const others = new Set(partner.items.map(idOf));
  const wanted = new Set(asked.map(idOf));
  const chosen = new Map<string, ConfigurationItem>();
  const along: string[] = [];
  const unread: NotKnown[] = [];
  const choose = (item: ConfigurationItem): void => {
    if (chosen.has(idOf(item))) return;
    chosen.set(idOf(item), item);
    const { kind, scopeId, values } = item;
    if (kind === 'reservation') {
      const [address = ''] = addressOf(item);
      const problem = unreadOf(owner, 'reservationOption', scopeId, address);
      const what = `${KINDS.reservationOption.word} ${address}`;
      if (problem !== undefined) unread.push({ ...problem, server: owner.server, what, others: 0 });
      const isOfIt = (one: ConfigurationItem) =>
        one.kind === 'reservationOption' && one.values['ReservedIP'] === values['IPAddress'];
      owner.items.filter(isOfIt).forEach(choose);
    }
    const base = owned.get(baseOf(item));
    if (base === undefined || others.has(idOf(base))) return;
    if (!wanted.has(idOf(base)) && !chosen.has(idOf(base))) along.push(nameOfItem(base));
    choose(base);
  };
  for (const one of asked) {
    const item = scopeIds.includes(one.scopeId ?? '') ? owned.get(idOf(one)) : undefined;
    if (item === undefined) throw notOwned(one, owner);
    choose(item);
  }
  return { items: [...chosen.values()], along, unread };
}

/** What a value stands on, as long as it is not the scope itself: the policy that it is of, or the reservation. */
function baseOf({ kind, scopeId, values }: ConfigurationItem): string {
  if (kind === 'reservationOption') {
    return idOf({ kind: 'reservation', scopeId, key: JSON.stringify([values['ReservedIP']]) });
  }
  const name = kind === 'option' ? values['PolicyName'] : null;
  if (typeof name !== 'string' || name === '') return '';
  return idOf({ kind: 'policy', scopeId, key: JSON.stringify([name.toLowerCase()]) });
}

function notOwned({ kind, scopeId, key }: Identity, owner: ServerReading): CimletError {
  const unread = unreadOf(owner, kind, scopeId) ?? unreadOf(owner, 'scopeList');
  if (unread === undefined) {
    const what = `${KINDS[kind].word} ${key} of ${scopeId}`;
    const remedy = `${owner.server} does not have it in a scope of the relationship. Compare again.`;
    return invalidArgument('items', what, remedy);
  }
  const { problem } = unread;
  return new CimletError('ERR_CMDLET', `${owner.server} could not be read: ${problem.what}`, {
    retryable: problem.again,
    ...(problem.remedy === null ? {} : { hint: problem.remedy }),
  });
}
