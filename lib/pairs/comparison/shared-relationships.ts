import { differingMembers } from '../model/comparable-value.js';
import type { PairDifference, SharedRelationship } from '../model/difference.js';
import { type RelationshipReading, type ServerReading, unreadOf } from '../model/server-reading.js';

/** What is compared of a relationship. `Share` is what the primary server has of the clients, or what is in reserve. */
export const RELATIONSHIP_MEMBERS = [
  'Mode',
  'Share',
  'MaxClientLeadTime',
  'StateSwitchInterval',
  'EnableAuth',
  'ScopeId',
  'Servers',
] as const;

interface Match {
  readonly name: string;
  readonly here: RelationshipReading | undefined;
  readonly there: RelationshipReading | undefined;
}

const ownAddress = (one: RelationshipReading): string =>
  one.ServerType === 'PrimaryServer' ? one.PrimaryServerIP : one.SecondaryServerIP;
const partnerAddress = (one: RelationshipReading): string =>
  one.ServerType === 'PrimaryServer' ? one.SecondaryServerIP : one.PrimaryServerIP;
const shortName = (name: string): string => name.toLowerCase().split('.')[0] ?? '';
const addresses = (one: RelationshipReading): string => `${one.PrimaryServerIP} ${one.SecondaryServerIP}`;

/**
 * True unless a relationship is certainly with somebody else: the addresses under which the other server is known are others, and so is its
 * name. A server tells its own address in its relationships alone.
 */
function isWith(one: RelationshipReading, other: ServerReading): boolean {
  const own = new Set(other.relationships.map(ownAddress));
  if (own.has(partnerAddress(one)) || other.server === partnerAddress(one)) return true;
  if (shortName(one.PartnerServer) === shortName(other.server)) return true;
  return own.size === 0;
}

function matches(here: ServerReading, there: ServerReading, only: readonly string[] | undefined): Match[] {
  const byName = (reading: ServerReading) =>
    new Map(reading.relationships.map((one) => [one.Name.toLowerCase(), one] as const));
  const [first, second] = [byName(here), byName(there)];
  const names = new Map([...first, ...second].map(([key, one]) => [key, one.Name] as const));
  const wanted = only?.map((name) => name.toLowerCase());
  return [...names].flatMap(([key, name]): Match[] => {
    const [one, other] = [first.get(key), second.get(key)];
    if (wanted !== undefined && !wanted.includes(key)) return [];
    const isPair = one !== undefined && other !== undefined && addresses(one) === addresses(other);
    const concerns =
      isPair || (one !== undefined && isWith(one, there)) || (other !== undefined && isWith(other, here));
    return concerns || wanted !== undefined ? [{ name, here: one, there: other }] : [];
  });
}

/** The relationships of two servers with each other, and in what the two copies differ. */
export function sharedRelationships(
  here: ServerReading,
  there: ServerReading,
  only: readonly string[] | undefined,
): { readonly relationships: SharedRelationship[]; readonly differences: PairDifference[]; readonly same: number } {
  const isKnown = [here, there].every((reading) => unreadOf(reading, 'relationships') === undefined);
  const found = matches(here, there, only);
  const differences = isKnown ? found.flatMap((match) => differenceOf(match, here.server, there.server)) : [];
  const relationships = found.map(({ name, here: one, there: other }): SharedRelationship => {
    return {
      name,
      isShared: one !== undefined && other !== undefined && addresses(one) === addresses(other),
      scopes: { here: one?.ScopeId ?? [], there: other?.ScopeId ?? [] },
      states: { here: one?.State ?? null, there: other?.State ?? null },
    };
  });
  return { relationships, differences, same: isKnown ? found.length - differences.length : 0 };
}

function differenceOf({ name, here, there }: Match, hereName: string, thereName: string): PairDifference[] {
  const base = {
    kind: 'relationship' as const,
    scopeId: null,
    key: name.toLowerCase(),
    what: `relationship ${name}`,
    carried: [],
    byReplication: false,
  };
  if (here === undefined || there === undefined) {
    const [has, lacks] = here === undefined ? [thereName, hereName] : [hereName, thereName];
    return [
      {
        ...base,
        verdict: here === undefined ? 'onlyThere' : 'onlyHere',
        here: here === undefined ? null : valuesOf(here),
        there: there === undefined ? null : valuesOf(there),
        members: RELATIONSHIP_MEMBERS,
        meaning: `${has} has a copy that ${lacks} does not know: nothing is replicated, and ${has} still counts on its partner. Remove it there.`,
      },
    ];
  }
  const [one, other] = [valuesOf(here), valuesOf(there)];
  const members = differingMembers('relationship', RELATIONSHIP_MEMBERS, one, other).filter(
    (member) => member !== 'Share' || !sharesFit(here, there),
  );
  if (members.length === 0) return [];
  const meaning = members.includes('Servers')
    ? 'They have relationships of one name with other servers: they are no pair in it.'
    : members.includes('ScopeId')
      ? 'A scope that only one of them has in it is not protected.'
      : 'Both should have the same. Set-DhcpServerv4Failover writes it to both.';
  return [{ ...base, verdict: 'other', here: one, there: other, members, meaning }];
}

/** p and 100 - p are two views of one share; so are p and p, should a server tell the primary's. */
function sharesFit(here: RelationshipReading, there: RelationshipReading): boolean {
  if (here.Mode !== there.Mode || here.Mode !== 'LoadBalance') return false;
  const [one, other] = [here.LoadBalancePercent, there.LoadBalancePercent];
  return one !== null && other !== null && (one === other || one + other === 100);
}

function valuesOf(one: RelationshipReading): NonNullable<PairDifference['here']> {
  return {
    Mode: one.Mode,
    Share: one.Mode === 'HotStandby' ? one.ReservePercent : one.LoadBalancePercent,
    MaxClientLeadTime: one.MaxClientLeadTime,
    StateSwitchInterval: one.AutoStateTransition ? one.StateSwitchInterval : null,
    EnableAuth: one.EnableAuth,
    ScopeId: [...one.ScopeId].sort(),
    Servers: [one.PrimaryServerIP, one.SecondaryServerIP],
  };
}
