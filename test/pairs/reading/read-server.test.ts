import { describe, expect, it } from '@jest/globals';
import { driftDescription } from '../../../lib/emulator/lab/drift.js';
import type { LabDescription } from '../../../lib/emulator/lab/lab-description.js';
import { comparePair, type ReadProgress, readPair, readServer } from '../../../lib/pairs/index.js';
import { A, B, NAME, pairLab } from '../pair-lab.js';

/** `scopes` scopes with `reservations` among them, alike on both servers, in one relationship. */
function largePair(scopes: number, reservations: number): LabDescription {
  const [first, second] = driftDescription().servers ?? [];
  const [copy] = first?.relationships ?? [];
  const [copyThere] = second?.relationships ?? [];
  if (first === undefined || second === undefined || copy === undefined || copyThere === undefined) throw new Error();
  const list = Array.from({ length: scopes }, (_, index) => {
    const network = `10.${50 + (index >> 8)}.${index & 255}`;
    return {
      scopeId: `${network}.0`,
      optionValues: [{ optionId: 3, value: [`${network}.1`] }],
      reservations: Array.from({ length: Math.floor(reservations / scopes) }, (_, host) => ({
        ipAddress: `${network}.${20 + host}`,
        clientId: `00-15-5d-${(index >> 8).toString(16).padStart(2, '0')}-${(index & 255).toString(16).padStart(2, '0')}-${host.toString(16).padStart(2, '0')}`,
        name: `pc-${index}-${host}`,
        description: '',
        type: 'Both' as const,
      })),
    };
  });
  const scopeIds = list.map(({ scopeId }) => scopeId);
  return {
    ...driftDescription(),
    servers: [
      { name: first.name, address: first.address, scopes: list, relationships: [{ ...copy, scopes: scopeIds }] },
      { name: second.name, address: second.address, scopes: list, relationships: [{ ...copyThere, scopes: scopeIds }] },
    ],
  };
}

describe('reading', () => {
  it('takes nine calls a server, three a scope and one more for a scope with policies', async () => {
    await using pair = await pairLab();
    const before = pair.sent();
    const reading = await readServer(pair.a);
    // 10.20.20.0 has a policy.
    expect(reading.calls).toBe(9 + 3 * 3 + 1);
    expect(pair.sent() - before).toBe(reading.calls);
  });

  it('takes 2,418 calls for a pair of 400 scopes and 10,000 reservations, and finds it in step', async () => {
    await using pair = await pairLab(largePair(400, 10_000));
    const before = pair.sent();
    const { here, there } = await readPair(pair.a, pair.b);
    expect(pair.sent() - before).toBe(2 * (9 + 3 * 400));
    expect(here.calls + there.calls).toBe(2418);
    expect(here.items.filter(({ kind }) => kind === 'reservation')).toHaveLength(10_000);
    const comparison = comparePair(here, there);
    expect(comparison.verdict).toBe('inStep');
    expect(comparison.counts.same).toBeGreaterThan(10_800);
  }, 300_000);

  it('tells how far it has come, and gives items as they come', async () => {
    await using pair = await pairLab();
    const progress: ReadProgress[] = [];
    const items: string[] = [];
    const reading = await readServer(pair.b, {
      onProgress: (one) => progress.push(one),
      onItems: (some) => items.push(...some.map(({ label }) => label)),
    });
    expect(progress).toHaveLength(reading.calls - 1);
    expect(progress.at(-1)).toEqual({
      server: B,
      done: reading.calls,
      total: reading.calls,
      items: reading.items.length,
      failed: 0,
    });
    expect(progress.every(({ done, total }) => done <= total)).toBe(true);
    expect(items).toEqual(reading.items.map(({ label }) => label));
  });

  it('makes no more calls at a time than it was told', async () => {
    await using pair = await pairLab();
    let [now, most] = [0, 0];
    const { a } = pair;
    const counting = {
      computerName: a.computerName,
      close: () => a.close(),
      invokeMethod: async (request: Parameters<typeof a.invokeMethod>[0]) => {
        most = Math.max(most, ++now);
        try {
          return await a.invokeMethod(request);
        } finally {
          now -= 1;
        }
      },
    };
    await readServer(counting as typeof a, { atATime: 2 });
    expect(most).toBe(2);
  });

  it('stops when it is told to', async () => {
    await using pair = await pairLab();
    const controller = new AbortController();
    const reading = readServer(pair.a, {
      signal: controller.signal,
      onProgress: ({ done }) => done === 3 && controller.abort(),
    });
    await expect(reading).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  });

  it('refuses what is no server', async () => {
    await expect(readServer('dhcpserver' as never)).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
  });

  it('reads the options of the reservations that are asked for', async () => {
    await using pair = await pairLab();
    const { configuration } = pair.lab.server(A).scopes.get('10.10.10.0') ?? {};
    if (configuration === undefined) throw new Error();
    configuration.reservations = configuration.reservations.map((one) => ({
      ...one,
      optionValues: [{ optionId: 12, value: [one.name] }],
    }));
    const options = async (reservationOptions: readonly string[] | 'all' | undefined) => {
      const { items } = await readServer(pair.a, { reservationOptions });
      return items
        .filter(({ kind }) => kind === 'reservationOption')
        .map(({ label, values }) => [label, values['Value']]);
    };
    expect(await options(undefined)).toEqual([]);
    expect(await options(['10.10.10.41'])).toEqual([['10.10.10.41: 12', ['printer-2']]]);
    expect(await options('all')).toHaveLength(3);
  });

  it('has the DNS settings of a scope, which are its option 81, and no lease duration twice', async () => {
    await using pair = await pairLab();
    const { configuration } = pair.lab.server(A).scopes.get('10.30.30.0') ?? {};
    configuration?.optionValues.push({ optionId: 81, value: ['55'] });
    const { items } = await readServer(pair.a, { scopeIds: ['10.30.30.0'] });
    expect(items.filter(({ kind }) => kind === 'dnsSetting').map(({ values }) => values)).toEqual([
      {
        DynamicUpdates: 'Always',
        DeleteDnsRROnLeaseExpiry: true,
        UpdateDnsRRForOlderClients: true,
        NameProtection: true,
        DisableDnsPtrRRUpdate: false,
      },
    ]);
    expect(items.filter(({ kind }) => kind === 'option').map(({ label }) => label)).toEqual(['3']);
  });
});

describe('servers that lie', () => {
  it('a thing that is told twice leaves the part unknown', async () => {
    await using pair = await pairLab();
    const { configuration } = pair.lab.server(B).scopes.get('10.10.10.0') ?? {};
    configuration?.reservations.push({
      ipAddress: '10.10.10.42',
      clientId: '00-15-5d-66-66-66',
      name: 'other',
      description: '',
      type: 'Both',
    });
    const { here, there } = await readPair(pair.a, pair.b);
    expect(there.unread).toMatchObject([
      {
        part: 'reservation',
        scopeId: '10.10.10.0',
        problem: { what: 'The server told of reservation 10.10.10.42 twice.' },
      },
    ]);
    expect(there.items.filter(({ kind, scopeId }) => kind === 'reservation' && scopeId === '10.10.10.0')).toEqual([]);
    expect(comparePair(here, there).verdict).toBe('notKnown');
  });

  it('texts are kept as they are, however they look', async () => {
    const names = [
      '<img src=x onerror=alert(1)>',
      '\u202egpj.exe',
      'x'.repeat(10_000),
      'line\nbreak',
      "it's; Remove-Item",
    ];
    await using pair = await pairLab();
    const { configuration } = pair.lab.server(A).scopes.get('10.10.10.0') ?? {};
    if (configuration === undefined) throw new Error();
    configuration.reservations = names.map((name, index) => ({
      ipAddress: `10.10.10.${100 + index}`,
      clientId: `00-15-5d-0a-0a-${60 + index}`,
      name,
      description: name,
      type: 'Both' as const,
    }));
    const { items } = await readServer(pair.a, { relationship: NAME });
    const read = items.filter(({ kind, scopeId }) => kind === 'reservation' && scopeId === '10.10.10.0');
    expect(read.map(({ values }) => values['Name'])).toEqual(names);
  });

  it('a NUL, which XML cannot carry, takes no other reservation along', async () => {
    await using pair = await pairLab();
    const { configuration } = pair.lab.server(A).scopes.get('10.10.10.0') ?? {};
    if (configuration === undefined) throw new Error();
    configuration.reservations = configuration.reservations.map((one) => ({ ...one, name: `a\u0000b ${one.name}` }));
    const { here, there } = await readPair(pair.a, pair.b);
    const read = here.items.filter(({ kind }) => kind === 'reservation').length;
    const unread = here.unread.filter(({ part }) => part === 'reservation').length;
    // Either the texts came through in some form, or the part is not known: never are there fewer.
    expect([3, 0]).toContain(read);
    expect(unread).toBe(read === 3 ? 0 : 1);
    expect(comparePair(here, there).verdict).not.toBe('inStep');
  });

  it('an account without rights learns that nothing is known, and why', async () => {
    await using pair = await pairLab({
      ...driftDescription(),
      users: [{ userName: 'CONTOSO\\nobody', access: 'none' }],
    });
    const { there } = await readPair(pair.a, pair.b);
    expect(there.unread[0]?.problem.code).toBe('WIN32 5');
    expect(there.unread.at(-1)?.part).toBe('server');
    expect(there.items).toEqual([]);
  });
});
