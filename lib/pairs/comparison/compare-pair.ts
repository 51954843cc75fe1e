import { differingMembers } from '../model/comparable-value.js';
import {
  type ConfigurationItem,
  carriageOf,
  type ItemKind,
  KINDS,
  nameOfItem,
  SCOPE_KINDS,
  SERVER_KINDS,
} from '../model/configuration-item.js';
import type { DifferenceVerdict, NotKnown, PairComparison, PairDifference } from '../model/difference.js';
import { foundProblem } from '../model/pair-problem.js';
import { type ServerReading, type UnreadPart, unreadOf } from '../model/server-reading.js';
import { directionCounts } from './carried-differences.js';
import { meaningOf } from './meaning.js';
import { sharedRelationships } from './shared-relationships.js';

/** What of two servers is compared. */
export interface CompareOptions {
  /** Only these relationships; absent: all that the two have with each other. */
  readonly relationships?: readonly string[] | undefined;
  /** Only these of their scopes. */
  readonly scopeIds?: readonly string[] | undefined;
}

type Items = ReadonlyMap<string, ConfigurationItem>;

/**
 * In what two servers of a pair differ. What one of them did not tell is never the same: it is in `notKnown`, and so is the verdict.
 *
 * Not differences: shares p and 100 - p, roles, the names of partners and computers, leases, an option 51 that repeats the lease duration.
 *
 * @param here What {@link readServer} or {@link readPair} gave of the first server.
 * @param there The same of its partner.
 */
export function comparePair(here: ServerReading, there: ServerReading, options: CompareOptions = {}): PairComparison {
  const { relationships, differences, same } = sharedRelationships(here, there, options.relationships);
  const comparison = new Comparison(here, there, same);
  comparison.found.push(...differences);
  comparison.unknownLists();
  const inRelationships = relationships.flatMap(({ scopes }) => [...scopes.here, ...scopes.there]);
  const wanted = options.scopeIds === undefined ? inRelationships : options.scopeIds;
  for (const scopeId of [...new Set(wanted)]) comparison.scope(scopeId);
  for (const kind of SERVER_KINDS) comparison.part(kind, null);
  const protectedIds = new Set([...here.relationships, ...there.relationships].flatMap(({ ScopeId }) => ScopeId));
  return comparison.result({
    relationships,
    onBothOutside: here.scopeIds.filter((id) => there.scopeIds.includes(id) && !protectedIds.has(id)),
  });
}

class Comparison {
  readonly found: PairDifference[] = [];
  readonly #here: ServerReading;
  readonly #there: ServerReading;
  readonly #items: readonly [ReadonlyMap<string, Items>, ReadonlyMap<string, Items>];
  readonly #never: PairDifference[] = [];
  readonly #unknown: NotKnown[] = [];
  readonly #told = new Set<UnreadPart>();
  #same: number;

  constructor(here: ServerReading, there: ServerReading, same: number) {
    this.#here = here;
    this.#there = there;
    this.#items = [byPart(here), byPart(there)];
    this.#same = same;
  }

  unknownLists(): void {
    for (const reading of [this.#here, this.#there]) {
      for (const part of ['server', 'relationships', 'scopeList'] as const) {
        const unread = reading.unread.find((one) => one.part === part);
        if (unread !== undefined) this.#tellUnread(reading, unread, 0);
      }
    }
  }

  scope(scopeId: string): void {
    for (const reading of [this.#here, this.#there]) {
      const isRead = reading.read.includes(scopeId) || !reading.scopeIds.includes(scopeId);
      if (isRead || unreadOf(reading, 'server') !== undefined) continue;
      this.#unknown.push({
        part: 'scope',
        scopeId,
        of: null,
        problem: foundProblem(reading.server, `What is in ${scopeId} was not read.`, 'Read it with readPair.'),
        server: reading.server,
        what: `scope ${scopeId}`,
        others: 0,
      });
      return;
    }
    for (const kind of SCOPE_KINDS) this.part(kind, scopeId);
  }

  /** All of a kind in a scope, or of the server. */
  part(kind: ItemKind, scopeId: string | null): void {
    const [here, there] = this.#items.map((items) => items.get(partKey(kind, scopeId)) ?? NONE) as [Items, Items];
    const unread = [unreadOf(this.#here, kind, scopeId), unreadOf(this.#there, kind, scopeId)] as const;
    if (unread[0] !== undefined || unread[1] !== undefined) {
      if (unread[0] !== undefined) this.#tellUnread(this.#here, unread[0], there.size);
      if (unread[1] !== undefined) this.#tellUnread(this.#there, unread[1], here.size);
      return;
    }
    if (kind === 'reservationOption') this.#tellReservations(scopeId);
    for (const [key, one] of here) {
      const other = there.get(key);
      if (kind === 'reservationOption' && !this.#bothRead(one)) continue;
      if (other === undefined) this.#add('onlyHere', one, KINDS[kind].members);
      else {
        const members = differingMembers(kind, KINDS[kind].members, one.values, other.values);
        if (members.length === 0) this.#same += 1;
        else this.#add('other', one, members, other);
      }
    }
    for (const [key, other] of there) {
      if (here.has(key) || (kind === 'reservationOption' && !this.#bothRead(other))) continue;
      this.#add('onlyThere', other, KINDS[kind].members);
    }
  }

  result(parts: Pick<PairComparison, 'relationships' | 'onBothOutside'>): PairComparison {
    const all = [...this.found, ...this.#never];
    const count = (verdict: DifferenceVerdict) => all.filter((one) => one.verdict === verdict).length;
    const isUnknown = this.#unknown.length > 0;
    const isPaired = parts.relationships.length > 0;
    return {
      here: { server: this.#here.server, readAt: this.#here.readAt },
      there: { server: this.#there.server, readAt: this.#there.readAt },
      verdict: isUnknown ? 'notKnown' : !isPaired ? 'notPaired' : all.length > 0 ? 'different' : 'inStep',
      relationships: parts.relationships,
      differences: this.found,
      neverReplicated: this.#never,
      notKnown: this.#unknown,
      notCompared: this.#notCompared(),
      counts: {
        same: this.#same,
        onlyHere: count('onlyHere'),
        onlyThere: count('onlyThere'),
        other: count('other'),
        notKnown: this.#unknown.length,
      },
      directions: {
        hereToThere: directionCounts(this.found, parts.relationships, 'hereToThere'),
        thereToHere: directionCounts(this.found, parts.relationships, 'thereToHere'),
      },
      onBothOutside: parts.onBothOutside,
    };
  }

  #add(
    verdict: DifferenceVerdict,
    item: ConfigurationItem,
    members: readonly string[],
    other?: ConfigurationItem,
  ): void {
    const { kind, scopeId, key, values } = item;
    const isNever = KINDS[kind].carriage === 'never';
    const carried = members.filter((member) => carriageOf(kind, member) === 'carried');
    const difference: PairDifference = {
      verdict,
      kind,
      scopeId,
      key,
      what: nameOfItem(item),
      here: verdict === 'onlyThere' ? null : values,
      there: verdict === 'onlyThere' ? values : (other?.values ?? null),
      members,
      meaning: meaningOf(kind, verdict, members, this.#here.server, this.#there.server),
      carried,
      byReplication: !isNever && (verdict !== 'other' || carried.length > 0),
    };
    (isNever ? this.#never : this.found).push(difference);
  }

  /** Reservations whose options a server did not tell. */
  #tellReservations(scopeId: string | null): void {
    for (const reading of [this.#here, this.#there]) {
      for (const one of reading.unread) {
        if (one.part === 'reservationOption' && one.scopeId === scopeId) this.#tellUnread(reading, one, 0);
      }
    }
  }

  #tellUnread(reading: ServerReading, unread: UnreadPart, others: number): void {
    if (this.#told.has(unread)) return;
    this.#told.add(unread);
    const { part, scopeId, of } = unread;
    const words = { server: 'everything', scopeList: 'which scopes there are', relationships: 'relationships' };
    const name =
      part in words
        ? words[part as keyof typeof words]
        : `${KINDS[part as ItemKind].word}${of === null ? '' : ` ${of}`}`;
    this.#unknown.push({
      ...unread,
      server: reading.server,
      what: scopeId === null ? name : `${name} of ${scopeId}`,
      others,
    });
  }

  #bothRead(item: ConfigurationItem): boolean {
    const [address = ''] = JSON.parse(item.key) as string[];
    return [this.#here, this.#there].every((reading) => {
      const { reservationOptionsOf: read } = reading;
      const isAsked = read === 'all' || read.includes(address);
      return isAsked && unreadOf(reading, 'reservationOption', item.scopeId, address) === undefined;
    });
  }

  #notCompared(): string[] {
    const all = [this.#here, this.#there].every(({ reservationOptionsOf }) => reservationOptionsOf === 'all');
    return [
      'Leases: the failover protocol itself keeps them alike.',
      'Superscopes, NAP profiles, and the DNS suffixes of policies.',
      'Multicast scopes and DHCPv6, of which failover knows nothing.',
      'Settings of the server itself: conflict detection, audit log, database, bindings, DNS credential, authorization.',
      ...(all
        ? []
        : ['Options of single reservations, their DNS settings among them, but of those that were asked for.']),
    ];
  }
}

const NONE: Items = new Map();
const partKey = (kind: ItemKind, scopeId: string | null): string => `${kind} ${scopeId ?? ''}`;

function byPart(reading: ServerReading): ReadonlyMap<string, Items> {
  const parts = new Map<string, Map<string, ConfigurationItem>>();
  for (const item of reading.items) {
    const key = partKey(item.kind, item.scopeId);
    const items = parts.get(key) ?? new Map<string, ConfigurationItem>();
    parts.set(key, items.set(item.key, item));
  }
  return parts;
}
