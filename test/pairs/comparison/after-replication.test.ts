// Adds, changes and removes, done to the target, give the source: for whatever two servers hold.
import { describe, expect, it } from '@jest/globals';
import {
  afterReplication,
  type ConfigurationItem,
  comparePair,
  type ItemKind,
  KINDS,
  type PlainValue,
  type RelationshipReading,
  SCOPE_KINDS,
  type ServerReading,
} from '../../../lib/pairs/index.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

const SCOPES = ['10.1.0.0', '10.2.0.0', '10.3.0.0'];
const KEYS = ['["a"]', '["b"]', '["c"]'];

const value: fc.Arbitrary<PlainValue> = fc.oneof(
  fc.constantFrom<PlainValue>(null, '', 'x', 'X', 'EQ', '00-15-5D-01', '00155d01', true, 1),
  fc.array(fc.constantFrom('EQ', 'NE', 'aa', 'BB', ''), { maxLength: 3 }),
);

const itemsOf = (kind: ItemKind, scopeId: string): fc.Arbitrary<ConfigurationItem[]> =>
  fc
    .uniqueArray(fc.constantFrom(...(kind === 'dnsSetting' ? ['[]'] : KEYS)), { maxLength: 3 })
    .chain((keys) => fc.tuple(...keys.map((key) => itemOf(kind, scopeId, key))));

const itemOf = (kind: ItemKind, scopeId: string, key: string): fc.Arbitrary<ConfigurationItem> =>
  fc.tuple(...KINDS[kind].members.map(() => value)).map((values) => ({
    kind,
    scopeId,
    key,
    label: key,
    values: Object.fromEntries(KINDS[kind].members.map((member, index) => [member, values[index] ?? null])),
  }));

const scopeOf = (scopeId: string): fc.Arbitrary<ConfigurationItem[]> =>
  fc
    .tuple(
      itemOf('scope', scopeId, '[]'),
      ...SCOPE_KINDS.filter((kind) => kind !== 'scope').map((kind) => itemsOf(kind, scopeId)),
    )
    .map(([scope, ...others]) => [scope, ...others.flat()]);

function relationship(ScopeId: readonly string[], isPrimary: boolean): RelationshipReading {
  return {
    Name: 'X',
    PartnerServer: isPrimary ? 'b' : 'a',
    Mode: 'LoadBalance',
    ServerRole: null,
    LoadBalancePercent: 50,
    ReservePercent: null,
    ScopeId,
    MaxClientLeadTime: '01:00:00',
    AutoStateTransition: false,
    StateSwitchInterval: null,
    State: 'Normal',
    EnableAuth: false,
    PrimaryServerIP: '10.0.0.1',
    SecondaryServerIP: '10.0.0.2',
    PrimaryServerName: 'a',
    SecondaryServerName: 'b',
    ServerType: isPrimary ? 'PrimaryServer' : 'SecondaryServer',
  };
}

const reading = (server: string): fc.Arbitrary<ServerReading> =>
  fc.tuple(fc.subarray(SCOPES), fc.subarray(SCOPES)).chain(([scopeIds, inRelationship]) =>
    fc.tuple(...scopeIds.map(scopeOf)).map((scopes) => ({
      server,
      readAt: '2026-11-29T12:00:00.000Z',
      calls: 0,
      relationships: [
        relationship(
          inRelationship.filter((id) => scopeIds.includes(id)),
          server === 'a',
        ),
      ],
      scopeIds,
      read: scopeIds,
      reservationOptionsOf: 'all' as const,
      items: scopes.flat(),
      unread: [],
    })),
  );

/** As this test reads the rule: nothing is nothing, whatever it is written as; ids have no hyphens; conditions are sets. */
function normal(kind: ItemKind, member: string, given: PlainValue | undefined): string {
  const isEmpty = given === null || given === undefined || given === '' || (Array.isArray(given) && given.length === 0);
  if (isEmpty) return '';
  const words = Array.isArray(given) ? given : [String(given)];
  const isCondition =
    kind === 'policy' && !['Description', 'Enabled', 'Condition', 'ProcessingOrder', 'Ranges'].includes(member);
  if (isCondition) {
    const isHex = !['VendorClass', 'UserClass', 'Fqdn'].includes(member);
    let comparator = '';
    const set = new Set<string>();
    for (const word of words.map((one) => one.toLowerCase())) {
      if (word === 'eq' || word === 'ne') comparator = word;
      else if (word !== '') set.add(`${comparator} ${isHex ? word.replaceAll('-', '') : word}`);
    }
    return [...set].sort().join();
  }
  if (kind === 'policy' && member === 'Condition') return String(given).toLowerCase();
  if (kind === 'reservation' && member === 'ClientId') return String(given).replaceAll('-', '').toLowerCase();
  return `${typeof given} ${JSON.stringify(given)}`;
}

function lines(items: readonly ConfigurationItem[], scopes: readonly string[], withState: boolean): string[] {
  return items
    .filter(({ scopeId }) => scopes.includes(scopeId ?? ''))
    .map(({ kind, scopeId, key, values }) => {
      const members = KINDS[kind].members.filter((member) => withState || member !== 'State');
      return `${kind} ${scopeId} ${key} ${members.map((member) => normal(kind, member, values[member])).join('|')}`;
    })
    .sort();
}

describe('what a replication leaves at its target', () => {
  it.each(['hereToThere', 'thereToHere'] as const)('is what the source has, %s', (direction) => {
    fc.assert(
      fc.property(reading('a'), reading('b'), (a, b) => {
        const [source, target] = direction === 'hereToThere' ? [a, b] : [b, a];
        const comparison = comparePair(a, b);
        const after = afterReplication(comparison, direction, source, target);
        const replicated = source.relationships.flatMap(({ ScopeId }) => ScopeId);
        const others = SCOPES.filter((scopeId) => !replicated.includes(scopeId));
        expect(lines(after, replicated, false)).toEqual(lines(source.items, replicated, false));
        // What is no part of the relationship at the source is left alone.
        expect(lines(after, others, true)).toEqual(lines(target.items, others, true));

        const [first, second] = direction === 'hereToThere' ? [a, { ...b, items: after }] : [{ ...a, items: after }, b];
        const scopeIds = [...new Set([...second.scopeIds, ...replicated])];
        const again = comparePair(
          direction === 'hereToThere' ? first : { ...first, scopeIds, read: scopeIds },
          direction === 'hereToThere' ? { ...second, scopeIds, read: scopeIds } : second,
        );
        expect(again.directions[direction]).toEqual({ adds: 0, changes: 0, removes: 0 });
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('counts as many adds, changes and removes as it does', () => {
    fc.assert(
      fc.property(reading('a'), reading('b'), (a, b) => {
        const { directions, differences } = comparePair(a, b);
        const { adds, changes, removes } = directions.hereToThere;
        expect(adds + changes + removes).toBeLessThanOrEqual(differences.length);
        const replicated = new Set(a.relationships.flatMap(({ ScopeId }) => ScopeId));
        const inScope = (items: readonly ConfigurationItem[]) =>
          items.filter(({ scopeId }) => replicated.has(scopeId ?? ''));
        expect(inScope(b.items).length + adds - removes).toBe(inScope(a.items).length);
      }),
      { numRuns: fuzzRuns(300) },
    );
  });
});
