import { describe, expect, it } from '@jest/globals';
import { driftDescription } from '../../../lib/emulator/lab/drift.js';
import {
  type ConfigurationItem,
  comparePair,
  type ItemReference,
  keepable,
  type PairDifference,
  planKeep,
  planReplication,
  readPair,
} from '../../../lib/pairs/index.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { A, B, NAME, type PairLab, pairLab } from '../pair-lab.js';

/** The drifted pair with, on the second server alone, a policy that has a value, and a reservation with a value of its own. */
function richDescription(): ReturnType<typeof driftDescription> {
  const { servers: [first, second] = [], ...rest } = driftDescription();
  const [sfo, ...others] = second?.scopes ?? [];
  if (first === undefined || second === undefined || sfo === undefined) throw new Error('The lab has two servers.');
  const reservations = (sfo.reservations ?? []).map((one) =>
    one.ipAddress === '10.10.10.43' ? { ...one, optionValues: [{ optionId: 12, value: ['door-2'] }] } : one,
  );
  const doors = {
    name: 'Doors',
    description: "It's closed",
    enabled: true,
    condition: 'And' as const,
    processingOrder: 1,
    macAddress: ['EQ', '00-15-5D*'],
    ranges: [{ startRange: '10.10.10.200', endRange: '10.10.10.210' }],
    optionValues: [{ optionId: 42, value: ['10.10.10.9'] }],
  };
  return { ...rest, servers: [first, { ...second, scopes: [{ ...sfo, reservations, policies: [doors] }, ...others] }] };
}

const whats = (differences: readonly PairDifference[]): string[] => differences.map(({ what }) => what).sort();
const lines = (items: readonly ConfigurationItem[]): string[] => items.map((item) => JSON.stringify(item)).sort();

/** What a replication of the first server would take from the second one. */
async function lossesOf({ a, b }: PairLab): Promise<PairDifference[]> {
  const { here, there } = await readPair(a, b, { relationship: NAME, reservationOptions: 'all' });
  return keepable(comparePair(here, there), 'hereToThere');
}

describe('keeping what a replication would take', () => {
  it('names what the target loses and the source can be given, and nothing else', async () => {
    await using pair = await pairLab();
    const { here, there } = await readPair(pair.a, pair.b, { relationship: NAME });
    expect(whats(keepable(comparePair(here, there), 'hereToThere'))).toEqual([
      'exclusion 10.20.20.10 to 10.20.20.19',
      'option 3',
      'policy Phones',
      'reservation 10.10.10.40',
      'reservation 10.10.10.43',
      'scope 10.20.20.0',
    ]);
    // In the other direction the first server is the one that loses: its printer, and what changes.
    expect(whats(keepable(comparePair(here, there), 'thereToHere'))).toContain('reservation 10.10.10.41');
    expect(whats(keepable(comparePair(here, there), 'thereToHere'))).not.toContain('reservation 10.10.10.43');
  });

  it('gives the partner whatever was chosen, nothing else to anybody, so that a replication takes only the rest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (coins) => {
        await using pair = await pairLab(richDescription());
        const before = await readPair(pair.a, pair.b, { relationship: NAME, reservationOptions: 'all' });
        const losses = keepable(comparePair(before.here, before.there), 'hereToThere');
        const chosen = losses.filter(() => coins.next().value);
        fc.pre(chosen.length > 0);
        const plan = await planKeep({ owner: pair.b, partner: pair.a, relationship: NAME, items: chosen });
        const outcome = await plan.apply();
        expect(outcome).toMatchObject({ how: 'done', changed: 'something', problems: [], refused: [] });
        const after = await readPair(pair.a, pair.b, { relationship: NAME, reservationOptions: 'all' });
        expect(lines(after.there.items)).toEqual(lines(before.there.items));
        const left = keepable(comparePair(after.here, after.there), 'hereToThere');
        const written = plan.description.effects.map(({ what }) => what);
        for (const { what } of chosen) expect(written).toContain(what);
        expect(whats(left)).toEqual(whats(losses.filter(({ what }) => !written.includes(what))));
        // What was not written is on the first server as it was.
        const untouched = (items: readonly ConfigurationItem[]) =>
          items.filter(({ kind, key, scopeId }) => !isAmong({ kind, key, scopeId }, losses, written));
        expect(lines(untouched(after.here.items))).toEqual(lines(untouched(before.here.items)));
        const replication = await planReplication({ source: pair.a, target: pair.b, relationship: NAME });
        const taken = replication.description.effects.filter(({ verb }) => verb !== 'add').map(({ what }) => what);
        expect(taken.filter((what) => written.includes(what))).toEqual([]);
      }),
      { numRuns: fuzzRuns(3) },
    );
  }, 240_000);

  it('brings the options of a reservation along, and the policy that a value stands on', async () => {
    await using pair = await pairLab(richDescription());
    const losses = await lossesOf(pair);
    const items = losses.filter(
      ({ what }) => what === 'reservation 10.10.10.43' || what === 'option 42 of policy Doors',
    );
    expect(items).toHaveLength(2);
    const { description } = await planKeep({ owner: pair.b, partner: pair.a, relationship: NAME, items });
    expect(description.effects.map(({ verb, server, what }) => `${verb} ${what} on ${server}`)).toEqual([
      `add policy Doors on ${A}`,
      `add option 42 of policy Doors on ${A}`,
      `add reservation 10.10.10.43 on ${A}`,
      `add option of reservation 10.10.10.43: 12 on ${A}`,
    ]);
    expect(description.sentences).toContain('policy Doors comes along: a value stands on it.');
    expect(description).toMatchObject({ kind: 'keep', adds: 4, changes: 0, removes: 0, type: null });
    expect(description.title).toBe(`Keep 4 things of ${B}?`);
    expect(description.lines).toContain(
      `Add-DhcpServerv4Reservation -ComputerName '${A}' -ScopeId '10.10.10.0' -IPAddress '10.10.10.43' -ClientId '00-15-5d-0a-0a-2b' -Name 'door-2' -Type 'Both' -Description 'East'`,
    );
  });

  it('brings a reservation along of which only a value was chosen', async () => {
    await using pair = await pairLab(richDescription());
    const items = (await lossesOf(pair)).filter(({ kind }) => kind === 'reservationOption');
    const { description } = await planKeep({ owner: pair.b, partner: pair.a, relationship: NAME, items });
    expect(description.effects.map(({ what }) => what)).toEqual([
      'reservation 10.10.10.43',
      'option of reservation 10.10.10.43: 12',
    ]);
    expect(description.sentences).toContain('reservation 10.10.10.43 comes along: a value stands on it.');
  });

  it('saves what it overwrites on the partner', async () => {
    await using pair = await pairLab();
    const items = (await lossesOf(pair)).filter(({ what }) => what === 'reservation 10.10.10.40');
    const { description } = await planKeep({ owner: pair.b, partner: pair.a, relationship: NAME, items });
    expect(description.effects).toMatchObject([
      { verb: 'change', from: { ClientId: '00-15-5d-0a-0a-28' }, to: { ClientId: '00-15-5d-ff-ff-28' } },
    ]);
    expect(description.saved).toMatchObject({ server: A, items: [{ values: { ClientId: '00-15-5d-0a-0a-28' } }] });
  });

  it('is not applied when the servers changed since', async () => {
    await using pair = await pairLab();
    const items = (await lossesOf(pair)).filter(({ what }) => what === 'reservation 10.10.10.43');
    const request = { owner: pair.b, partner: pair.a, relationship: NAME, items };
    const [plan, same] = [await planKeep(request), await planKeep(request)];
    expect(await same.apply()).toMatchObject({ how: 'done' });
    await expect(plan.apply()).rejects.toMatchObject({ code: 'ERR_CHANGED' });
    // Everything is there now.
    expect((await planKeep(request)).description.effects).toEqual([]);
  });

  it('leaves out what the partner did not tell, and wants a word then', async () => {
    await using pair = await pairLab();
    const items = await lossesOf(pair);
    const action = 'PS_DhcpServerv4Reservation/GetByScopeId';
    pair.lab.injectFault({ kind: 'page', status: 500, server: A, action });
    const { description } = await planKeep({ owner: pair.b, partner: pair.a, relationship: NAME, items });
    expect(description.type).toBe(A);
    expect(description.effects.some(({ kind }) => kind === 'reservation')).toBe(false);
    expect(description.notKnown).toMatchObject([{ server: A, what: 'reservation of 10.10.10.0', others: 2 }]);
    pair.lab.clearFaults();
    pair.lab.injectFault({ kind: 'page', status: 500, server: B, action });
    const asked = planKeep({ owner: pair.b, partner: pair.a, relationship: NAME, items });
    await expect(asked).rejects.toThrow(`${B} could not be read`);
  });

  it.each<readonly [string, readonly unknown[]]>([
    ['nothing', []],
    ['no list', 'all' as never],
    ['a relationship', [{ kind: 'relationship', scopeId: null, key: 'x' }]],
    ['what is of the server', [{ kind: 'serverOption', scopeId: null, key: '["6","","",""]' }]],
    ['a scope that is no text', [{ kind: 'option', scopeId: 7, key: '[]' }]],
    ['a key that is no text', [{ kind: 'option', scopeId: '10.10.10.0', key: null }]],
    ['a reservation without an address', [{ kind: 'reservation', scopeId: '10.10.10.0', key: '["x"]' }]],
    ['what is not there', [{ kind: 'reservation', scopeId: '10.10.10.0', key: '["10.10.10.99"]' }]],
    ['what is elsewhere', [{ kind: 'option', scopeId: '10.99.0.0', key: '["3","","",""]' }]],
  ])('refuses %s', async (_, items) => {
    await using pair = await pairLab();
    const request = { owner: pair.b, partner: pair.a, relationship: NAME, items: items as readonly ItemReference[] };
    await expect(planKeep(request)).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
  });
});

function isAmong(item: ItemReference, losses: readonly PairDifference[], written: readonly string[]): boolean {
  return losses.some(
    ({ kind, key, scopeId, what }) =>
      written.includes(what) && kind === item.kind && key === item.key && scopeId === item.scopeId,
  );
}
