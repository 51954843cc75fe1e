import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { driftDescription } from '../../../lib/emulator/lab/drift.js';
import {
  type ConfigurationItem,
  KINDS,
  planPutBack,
  planRemoval,
  planReplication,
  readSaved,
  readServer,
  writeSaved,
} from '../../../lib/pairs/index.js';
import { A, B, NAME, pairLab } from '../pair-lab.js';

const compared = (items: readonly ConfigurationItem[]) =>
  items
    .filter(({ scopeId }) => scopeId !== null)
    .map(({ kind, scopeId, key, values }) => [
      kind,
      scopeId,
      key,
      KINDS[kind].members.map((name) => values[name] ?? null),
    ]);
const sorted = (items: readonly ConfigurationItem[]) =>
  compared(items)
    .map((item) => JSON.stringify(item))
    .sort();

/** What only a saved configuration still has: options of all kinds, a policy with ranges, DNS settings. */
function richDescription() {
  const [first, second] = driftDescription().servers ?? [];
  const [sfo, ...others] = second?.scopes ?? [];
  if (first === undefined || second === undefined || sfo === undefined) throw new Error();
  return {
    ...driftDescription(),
    servers: [
      first,
      {
        ...second,
        scopes: [
          {
            ...sfo,
            optionValues: [
              ...(sfo.optionValues ?? []),
              { optionId: 81, value: ['23'] },
              { optionId: 1, value: ['7'], vendorClass: 'Microsoft Options' },
            ],
            reservations: (sfo.reservations ?? []).map((one) =>
              one.ipAddress === '10.10.10.43' ? { ...one, optionValues: [{ optionId: 12, value: ['door-2'] }] } : one,
            ),
            policies: [
              {
                name: 'Doors',
                description: "It's closed",
                enabled: true,
                condition: 'And' as const,
                processingOrder: 1,
                macAddress: ['EQ', '00-15-5D*'],
                ranges: [{ startRange: '10.10.10.200', endRange: '10.10.10.210' }],
                optionValues: [{ optionId: 42, value: ['10.10.10.9'] }],
              },
            ],
          },
          ...others,
        ],
      },
    ],
  };
}

describe('putting back', () => {
  it('gives a server again what a replication took and changed', async () => {
    await using pair = await pairLab(richDescription());
    const before = await readServer(pair.b, { reservationOptions: 'all' });
    const plan = await planReplication({ source: pair.a, target: pair.b, relationship: NAME });
    const { saved, how } = await plan.apply({ typed: '1' });
    expect(how).toBe('done');
    expect(saved.items.map(({ kind }) => kind)).toContain('reservationOption');
    const back = await planPutBack({ server: pair.b, saved });
    expect(back.description.adds).toBeGreaterThan(5);
    const outcome = await back.apply();
    expect(outcome).toMatchObject({ how: 'done', problems: [], changed: 'something' });
    const now = await readServer(pair.b, { reservationOptions: 'all' });
    const added = plan.description.effects.filter(({ verb }) => verb === 'add').map(({ what }) => what);
    expect(added).toEqual(['reservation 10.10.10.41']);
    // All of what was there, and what came by the replication, which stays.
    expect(sorted(now.items.filter(({ label }) => label !== '10.10.10.41'))).toEqual(sorted(before.items));
  });

  it('gives scopes again that went with their relationship, inactive', async () => {
    await using pair = await pairLab(richDescription());
    const before = await readServer(pair.b);
    const plan = await planRemoval({ keeper: pair.a, other: pair.b, relationship: NAME });
    const { saved } = await plan.apply({ typed: NAME });
    expect(pair.lab.server(B).scopes.size).toBe(0);
    const back = await planPutBack({ server: pair.b, saved });
    expect(back.description.sentences.join(' ')).toContain('3 scopes come back inactive');
    expect(await back.apply()).toMatchObject({ how: 'done', problems: [] });
    const now = await readServer(pair.b);
    const active = (items: readonly ConfigurationItem[]) =>
      items.map((item) => (item.kind === 'scope' ? { ...item, values: { ...item.values, State: null } } : item));
    expect(sorted(active(now.items))).toEqual(sorted(active(before.items)));
    expect([...pair.lab.server(B).scopes.values()].map(({ state }) => state)).toEqual([
      'Inactive',
      'Inactive',
      'Inactive',
    ]);
  });

  it('changes nothing that is there as it was', async () => {
    await using pair = await pairLab();
    const { description } = await planReplication({ source: pair.a, target: pair.b, relationship: NAME });
    const back = await planPutBack({ server: pair.b, saved: description.saved });
    expect(back.description.effects).toEqual([]);
  });

  it('goes through a file that nobody else can read, and that is not overwritten', async () => {
    await using pair = await pairLab();
    const { description } = await planReplication({ source: pair.a, target: pair.b, relationship: NAME });
    const folder = mkdtempSync(join(tmpdir(), 'cimlet-saved-'));
    const file = join(folder, 'saved.json');
    await writeSaved(file, description.saved);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readSaved(file)).toEqual(description.saved);
    await expect(writeSaved(file, description.saved)).rejects.toMatchObject({ code: 'ERR_FILE' });
    const text = readFileSync(file, 'utf8');
    for (const bad of [
      'no json',
      '[]',
      text.replace('"reservation"', '"server"'),
      text.replace('"version": 1', '"version": 2'),
    ]) {
      writeFileSync(file, bad);
      await expect(readSaved(file)).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    }
    rmSync(folder, { recursive: true });
    await expect(readSaved(file)).rejects.toMatchObject({ code: 'ERR_FILE' });
  });

  it('is for the server that it was saved of', async () => {
    await using pair = await pairLab();
    const { description } = await planReplication({ source: pair.a, target: pair.b, relationship: NAME });
    await expect(planPutBack({ server: pair.a, saved: description.saved })).rejects.toThrow(`not to ${A}`);
  });
});
