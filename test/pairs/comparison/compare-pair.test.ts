// Against the lab of --seed drift: what its description says that differs, and nothing else.
import { describe, expect, it } from '@jest/globals';
import { comparePair, readPair } from '../../../lib/pairs/index.js';
import { A, B, NAME, pairLab } from '../pair-lab.js';

const short = ({
  verdict,
  scopeId,
  what,
  members,
}: {
  verdict: string;
  scopeId: string | null;
  what: string;
  members: readonly string[];
}) => `${verdict} ${scopeId}: ${what}${verdict === 'other' ? ` (${members.join(', ')})` : ''}`;

describe('the pair that has drifted', () => {
  it('differs in exactly what its description says', async () => {
    await using pair = await pairLab();
    const { here, there } = await readPair(pair.a, pair.b);
    const comparison = comparePair(here, there);
    expect(comparison.differences.map(short).sort()).toEqual(
      [
        'other 10.10.10.0: reservation 10.10.10.40 (ClientId)',
        'onlyHere 10.10.10.0: reservation 10.10.10.41',
        'onlyThere 10.10.10.0: reservation 10.10.10.43',
        'other 10.10.10.0: option 3 (Value)',
        'other 10.20.20.0: scope 10.20.20.0 (LeaseDuration)',
        'onlyThere 10.20.20.0: exclusion 10.20.20.10 to 10.20.20.19',
        'other 10.20.20.0: policy Phones (Enabled)',
      ].sort(),
    );
    expect(comparison.neverReplicated.map(short)).toEqual(['other null: server option 6 (Value)']);
    expect(comparison.notKnown).toEqual([]);
    expect(comparison.verdict).toBe('different');
    expect(comparison.counts).toMatchObject({ onlyHere: 1, onlyThere: 2, other: 5, notKnown: 0 });
    expect(comparison.directions).toEqual({
      hereToThere: { adds: 1, changes: 4, removes: 2 },
      thereToHere: { adds: 2, changes: 4, removes: 1 },
    });
    expect(comparison.relationships).toMatchObject([
      { name: NAME, isShared: true, states: { here: 'Normal', there: 'Normal' } },
    ]);
  });

  it('is plain data that JSON and structured clones keep', async () => {
    await using pair = await pairLab();
    const { here, there } = await readPair(pair.a, pair.b, { reservationOptions: 'all' });
    const comparison = comparePair(here, there);
    for (const value of [here, there, comparison]) {
      expect(structuredClone(value)).toEqual(value);
      expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    }
    expect(comparison.notCompared.join()).not.toContain('reservations');
  });

  it('says of each difference what it means, with the servers by name', async () => {
    await using pair = await pairLab();
    const { here, there } = await readPair(pair.a, pair.b);
    const meanings = new Map(comparePair(here, there).differences.map(({ what, meaning }) => [what, meaning] as const));
    expect(meanings.get('reservation 10.10.10.41')).toBe(
      `${B} may lease the address to anybody; ${A} keeps it for this client.`,
    );
    expect([...meanings.values()].every((meaning) => meaning.endsWith('.'))).toBe(true);
  });

  it('is told of one relationship, or of some of its scopes, when they are named', async () => {
    await using pair = await pairLab();
    const { here, there } = await readPair(pair.a, pair.b, { relationship: NAME, scopeIds: ['10.30.30.0'] });
    expect(here.read).toEqual(['10.30.30.0']);
    const comparison = comparePair(here, there, { relationships: [NAME], scopeIds: ['10.30.30.0'] });
    expect(comparison.differences).toEqual([]);
  });
});

describe('what is not known', () => {
  it('is named, is never the same, and takes nothing of the other server for a difference', async () => {
    await using pair = await pairLab();
    pair.lab.injectFault({ kind: 'page', status: 500, server: B, action: 'PS_DhcpServerv4Reservation/GetByScopeId' });
    const { here, there } = await readPair(pair.a, pair.b);
    const comparison = comparePair(here, there);
    expect(comparison.notKnown.map(({ server, what, others }) => [server, what, others])).toEqual([
      [B, 'reservation of 10.10.10.0', 3],
      [B, 'reservation of 10.20.20.0', 0],
      [B, 'reservation of 10.30.30.0', 0],
    ]);
    expect(comparison.verdict).toBe('notKnown');
    expect(comparison.differences.filter(({ kind }) => kind === 'reservation')).toEqual([]);
    expect(comparison.counts.notKnown).toBe(3);
    expect(comparison.notKnown[0]?.problem).toMatchObject({ where: B });
  });

  it('is all of a server that does not answer', async () => {
    await using pair = await pairLab();
    const door = {
      computerName: B,
      open: () => Promise.reject(new Error('No way there.')),
    };
    const { here, there } = await readPair(pair.a, door);
    const comparison = comparePair(here, there);
    expect(there).toMatchObject({ items: [], unread: [{ part: 'server', problem: { what: 'No way there.' } }] });
    expect(comparison).toMatchObject({ verdict: 'notKnown', differences: [], neverReplicated: [] });
    expect(comparison.counts).toMatchObject({ onlyHere: 0, same: 0 });
    expect(comparison.notKnown[0]).toMatchObject({ server: B, what: 'everything' });
  });

  it('does not call a silent server a thousand times', async () => {
    await using pair = await pairLab();
    pair.lab.injectFault({ kind: 'silence', server: B });
    const { there } = await readPair(pair.a, pair.b, { timeoutMs: 500 });
    expect(there.unread.map(({ part }) => part)).toEqual(['relationships', 'scopeList', 'server']);
    expect(there.calls).toBe(2);
  });
});

describe('relationships', () => {
  it('that one server alone has are stale copies', async () => {
    await using pair = await pairLab();
    pair.lab.server(B).relationships.clear();
    const { here, there } = await readPair(pair.a, pair.b);
    const comparison = comparePair(here, there);
    expect(comparison.differences[0]).toMatchObject({
      verdict: 'onlyHere',
      kind: 'relationship',
      byReplication: false,
    });
    expect(comparison.differences[0]?.meaning).toContain('Remove it there.');
    expect(comparison.relationships).toMatchObject([{ isShared: false }]);
  });

  it('of one name with other servers make no pair', async () => {
    await using pair = await pairLab();
    const [key, copy] = [...pair.lab.server(B).relationships][0] ?? [];
    if (key === undefined || copy === undefined) throw new Error('The lab has a relationship.');
    pair.lab.server(B).relationships.set(key, { ...copy, primaryServer: '10.99.99.9' });
    const { here, there } = await readPair(pair.a, pair.b);
    const comparison = comparePair(here, there);
    expect(comparison.differences).toContainEqual(
      expect.objectContaining({
        kind: 'relationship',
        members: ['Servers'],
        meaning: expect.stringContaining('no pair'),
      }),
    );
    expect(comparison.relationships).toMatchObject([{ isShared: false }]);
  });

  it('show one share from two sides, which is no difference; shares that do not fit are one', async () => {
    await using pair = await pairLab();
    const copies = [A, B].map((name) => [...pair.lab.server(name).relationships.values()][0]);
    for (const copy of copies) if (copy !== undefined) copy.percentage = 70;
    const shares = async () => {
      const { here, there } = await readPair(pair.a, pair.b);
      const difference = comparePair(here, there).differences.find(({ kind }) => kind === 'relationship');
      return [
        here.relationships[0]?.LoadBalancePercent,
        there.relationships[0]?.LoadBalancePercent,
        difference?.members,
      ];
    };
    expect(await shares()).toEqual([70, 30, undefined]);
    if (copies[1] !== undefined) copies[1].percentage = 60;
    expect(await shares()).toEqual([70, 40, ['Share']]);
  });

  it('with nobody of the pair leave nothing to compare', async () => {
    await using pair = await pairLab();
    for (const name of [A, B]) pair.lab.server(name).relationships.clear();
    const { here, there } = await readPair(pair.a, pair.b);
    const comparison = comparePair(here, there);
    expect(comparison).toMatchObject({ verdict: 'notPaired', relationships: [] });
    expect(comparison.onBothOutside).toEqual(['10.10.10.0', '10.20.20.0', '10.30.30.0']);
  });
});

it('a state that differs is told, and not counted as what replication mends', async () => {
  await using pair = await pairLab();
  const scope = pair.lab.server(B).scopes.get('10.30.30.0');
  if (scope !== undefined) scope.state = 'Inactive';
  const { here, there } = await readPair(pair.a, pair.b);
  const comparison = comparePair(here, there);
  expect(comparison.differences.find(({ scopeId }) => scopeId === '10.30.30.0')).toMatchObject({
    members: ['State'],
    carried: [],
    byReplication: false,
  });
  expect(comparison.directions.hereToThere).toEqual({ adds: 1, changes: 4, removes: 2 });
});
