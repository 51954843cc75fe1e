import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import fc from '../fast-check.js';
import { fuzzRuns } from '../fuzz-runs.js';
import { TamperingProxy } from './tampering-proxy.js';
import { scopesOf, sessionThrough } from './under-attack.js';

const LOGONS: readonly (readonly [string, CimSessionOptions])[] = [
  ['Ntlm', { authentication: 'Ntlm' }],
  ['CredSsp', { authentication: 'CredSsp' }],
];

interface Damage {
  readonly kind: 'flip' | 'drop' | 'insert' | 'cut' | 'repeat';
  /** Which response of the conversation, logon included. */
  readonly response: number;
  /** Where in it, from 0 to 1. */
  readonly place: number;
  readonly count: number;
  readonly bit: number;
}

const damages: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('flip', 'drop', 'insert', 'cut', 'repeat'),
  response: fc.nat(5),
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  count: fc.integer({ min: 1, max: 40 }),
  bit: fc.nat(7),
});

function damaged(bytes: Buffer, { kind, place, count, bit }: Damage): Buffer {
  const at = Math.floor(place * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (kind) {
    case 'flip': {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      return flipped;
    }
    case 'drop':
      return Buffer.concat([before, after.subarray(count)]);
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(count, `\r\n${String.fromCharCode(64 + bit)}0`), after]);
    case 'cut':
      return Buffer.from(before);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, count), after]);
  }
}

describe.each(LOGONS)('damage anywhere in what a server sends, logon included, %s', (_, options) => {
  let emulator: Emulator;
  let proxy: TamperingProxy;
  let honest: unknown;

  beforeAll(async () => {
    emulator = await startEmulator();
    const [server] = emulator.servers;
    if (server === undefined) throw new Error('The lab has no server.');
    proxy = await TamperingProxy.open(server.http);
    honest = await conversation();
    expect(honest).toMatchObject({ scopes: expect.stringContaining('10.') });
  });
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]();
    await emulator.close();
  });

  async function conversation(): Promise<unknown> {
    const name = emulator.servers[0]?.name ?? '';
    await using session = await sessionThrough(proxy, name, { ...emulator.sessionOptions, ...options });
    return await scopesOf(session);
  }

  it('does no harm or is an error of the library: no other content, no other error, no waiting', async () => {
    const outcomes = { unharmed: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(damages, async (damage) => {
        proxy.arm(({ index, bytes }) => (index === damage.response ? damaged(bytes, damage) : undefined));
        const got = await conversation();
        if (JSON.stringify(got) === JSON.stringify(honest)) outcomes.unharmed++;
        else {
          expect(got).toEqual({ refused: expect.stringMatching(/^ERR_/) });
          expect(got).not.toEqual({ refused: 'ERR_TIMEOUT' });
          outcomes.refused++;
        }
      }),
      // Each is a logon and a call: some 100 ms.
      { numRuns: Math.min(fuzzRuns(60), 5_000) },
    );
    expect(Math.min(outcomes.unharmed, outcomes.refused)).toBeGreaterThan(0);
  });
});
