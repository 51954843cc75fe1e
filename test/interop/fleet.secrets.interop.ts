// Secrets go to the computers and nowhere else, whatever comes of a call: not into Redis, outcomes, figures or what a worker hands on.
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Secret } from '../../lib/base/secret.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { fleetDescription } from '../../lib/emulator/lab/lab-description.js';
import { type Fleet, type FleetOutcome, openFleet, startFleetWorker } from '../../lib/fleet/index.js';
import type { Transport } from '../../lib/transport/transport.js';
import { FleetHouse, REDIS_SERVER, SCALE, tally } from './fleet/fleet-house.js';

const CANARY = { first: 'Canary-Kb7-first', second: 'Canary-Kb7-second', vault: 'Canary-Kb7-vault' } as const;
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

let house: FleetHouse;
let lab: Lab;
let fleet: Fleet;
/** All that computers were sent. */
const sent: string[] = [];

beforeAll(async () => {
  if (REDIS_SERVER === undefined) return;
  house = await FleetHouse.open({ servers: 20 * SCALE, ms: 5 }, ['--rdbcompression', 'no']);
  lab = createLab(fleetDescription(4, { paired: true }));
  fleet = await openFleet({ redis: house.url, name: 'drill', connectTimeoutMs: 20_000 });
});
afterAll(async () => {
  await (fleet as Fleet | undefined)?.close();
  (lab as Lab | undefined)?.close();
  await (house as FleetHouse | undefined)?.close();
});

function wayTo(computer: string): Transport {
  const way = lab.transport(computer);
  return {
    url: way.url,
    host: way.host,
    send: (request) => {
      sent.push(Buffer.from(request.body ?? '').toString('utf8'));
      return way.send(request);
    },
    close: () => way.close(),
  };
}

/** Not a word of it is anybody's to repeat: nobody knows which of them is the secret. */
const vaultError = () => Object.assign(new Error(`The vault does not take ${CANARY.vault}.`), { code: 'ECONNREFUSED' });
let asked = 0;
const failing = async (): Promise<never> => {
  asked += 1;
  throw vaultError();
};

drill('a secret', () => {
  it('of a row, of one that fails, or whose vault fails, is in nothing but the call', async () => {
    const told: (readonly [FleetOutcome, string])[] = [];
    const warnings: string[] = [];
    const worker = await startFleetWorker({
      redis: house.url,
      name: 'drill',
      connectTimeoutMs: 20_000,
      lockMs: 60_000,
      allow: { cmdlets: ['*'], computers: ['*'] },
      credentials: { lab: { userName: 'x', password: 'y' }, vault: failing },
      secrets: { first: CANARY.first, second: async () => new Secret(CANARY.second), vault: failing },
      sessionOptions: { transport: ({ computerName }) => wayTo(computerName) },
      onOutcome: (outcome, run) => void told.push([outcome, run]),
      onWarning: (text) => warnings.push(text),
    });
    const [one = '', other = '', third = '', fourth = ''] = lab.servers.map(({ name }) => name);
    const row = (computer: string, PartnerServer: string, ScopeId: string, secret: string) => ({
      computer,
      parameters: { Name: `pair-${secret}`, PartnerServer, ScopeId, SharedSecret: { secret } },
    });
    const add = { cmdlet: 'Add-DhcpServerv4Failover', parameters: { Force: true }, credential: 'lab' } as const;
    const runs = [
      await fleet.start({
        ...add,
        stages: [{ share: 1 }],
        // The second one has no such scope.
        targets: [row(one, other, '10.100.0.0', 'first'), row(third, fourth, '10.9.9.0', 'second')],
      }),
      await fleet.start({ ...add, targets: [row(third, fourth, '10.100.2.0', 'vault')] }),
    ];
    const tallies = [];
    for (const run of runs) {
      await run.wait();
      tallies.push(await tally(run));
    }
    const shown = [JSON.stringify(tallies), JSON.stringify(told), await worker.metrics()];
    for (const run of runs) {
      shown.push(JSON.stringify(await run.status()));
      for await (const outcome of run.outcomes()) shown.push(JSON.stringify(outcome));
    }
    await worker.close();
    expect(tallies).toEqual([{ ok: 1, 'failed DHCP 20005': 1 }, { 'failed ERR_SECRET_UNAVAILABLE': 1 }]);
    // The check can fail: the computers were given them, and the vault was asked with each try.
    for (const secret of [CANARY.first, CANARY.second]) expect(sent.join('\n')).toContain(secret);
    expect(asked).toBe(3);
    expect(warnings).toEqual(['The secret "vault" could not be had (ECONNREFUSED).']);

    const everything = await whole([...shown, ...warnings]);
    expect(everything).toContain('"secret":"second"');
    expect(everything).toContain('pair-second');
    for (const secret of Object.values(CANARY)) expect(everything).not.toContain(secret);
  });
});

/** Gives `value`, after it has failed so often; tells what had happened at the computers until then. */
function awayFor<T>(times: number, value: T) {
  let failures = 0;
  let before: ReturnType<typeof house.lab.events> | undefined;
  const give = async (): Promise<T> => {
    if (failures < times) {
      failures += 1;
      throw vaultError();
    }
    before ??= house.lab.events();
    await before;
    return value;
  };
  return { give, failures: () => failures, before: async () => await before };
}

drill('a vault that is away for a while', () => {
  it('is asked again with each try: the run ends complete, nothing was sent meanwhile, and none of its words is anywhere', async () => {
    const times = house.lab.names.length;
    const account = awayFor(times, house.lab.credential);
    const pair = awayFor(times, new Secret(CANARY.second));
    const warnings: string[] = [];
    const told: FleetOutcome[] = [];
    const worker = await startFleetWorker({
      redis: house.url,
      name: 'drill',
      connectTimeoutMs: 20_000,
      lockMs: 60_000,
      allow: { cmdlets: ['*'], computers: ['*'] },
      credentials: { vault: account.give },
      secrets: { vault: pair.give },
      sessionOptions: { connectTo: house.lab.http, authentication: 'Basic', allowUnencrypted: true },
      onOutcome: (outcome) => void told.push(outcome),
      onWarning: (text) => warnings.push(text),
    });
    const run = await fleet.start({
      cmdlet: 'Add-DhcpServerv4Failover',
      parameters: { Force: true },
      credential: 'vault',
      stages: [{ share: 1 }],
      attempts: 20,
      attemptDelayMs: 20,
      targets: house.lab.names.flatMap((computer, index, all) => {
        const PartnerServer = all[index + 1];
        if (index % 2 === 1 || PartnerServer === undefined) return [];
        const row = {
          Name: `pair-${index}`,
          PartnerServer,
          ScopeId: scopeOf(index),
          SharedSecret: { secret: 'vault' },
        };
        return [{ computer, parameters: row }];
      }),
    });
    await run.wait();
    const came = await tally(run);
    const shown = [
      JSON.stringify(came),
      JSON.stringify(told),
      JSON.stringify(await run.status()),
      await worker.metrics(),
    ];
    await worker.close();
    expect(came).toEqual({ ok: house.lab.names.length / 2 });
    expect([account.failures(), pair.failures()]).toEqual([times, times]);
    expect(told.some(({ attempt }) => attempt > 2)).toBe(true);
    // Nothing had happened at a computer when the last of them was refused; the check can fail: what came afterwards is there.
    expect([await pair.before(), await account.before()]).toEqual([{}, {}]);
    expect(await house.lab.events()).toMatchObject({ 'relationship-created': times });
    const everything = await whole([...shown, ...warnings]);
    for (const secret of [CANARY.second, CANARY.vault]) expect(everything).not.toContain(secret);
    expect(warnings.sort()).toEqual([
      'The credential "vault" can be had again.',
      'The credential "vault" could not be had (ECONNREFUSED).',
      'The secret "vault" can be had again.',
      'The secret "vault" could not be had (ECONNREFUSED).',
    ]);
  });
});

const scopeOf = (server: number) => `10.${100 + (server >> 8)}.${server & 255}.0`;

/** All that was shown, and all that Redis holds, in its memory and on its disk. */
async function whole(shown: readonly string[]): Promise<string> {
  house.redisCli('save');
  return [...shown, house.dataFiles().toString('latin1'), ...(await stored())].join('\n');
}

/** What each hash and list of the fleet's holds, with what is deflated there. */
async function stored(): Promise<readonly string[]> {
  const redis = new Redis(house.port, '127.0.0.1');
  try {
    const values: Buffer[] = [];
    for (const key of await redis.keys('*')) {
      const type = await redis.type(key);
      if (type === 'hash') values.push(...(await redis.hvalsBuffer(key)));
      if (type === 'list') values.push(...(await redis.lrangeBuffer(key, 0, -1)));
    }
    return values.map((value) => (value[0] === 1 ? inflateRawSync(value.subarray(1)) : value).toString('utf8'));
  } finally {
    redis.disconnect();
  }
}
