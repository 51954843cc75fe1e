// What may be wrong around a fleet: each is a clear message, within seconds, and nothing is lost or sent.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fleet, openFleet, startFleetWorker } from '../../lib/fleet/index.js';
import { counted, FleetHouse, REDIS_SERVER, settled, until } from './fleet/fleet-house.js';
import { freePort } from './kdc.js';

const READ = {
  cmdlet: 'Get-DhcpServerv4Failover',
  credential: 'lab',
  targets: ['dhcp1'],
  stages: [{ share: 1 }],
} as const;
const ALLOW = { cmdlets: ['Get-*'], computers: ['*'] };
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

let house: FleetHouse;
beforeAll(async () => {
  if (REDIS_SERVER !== undefined) house = await FleetHouse.open({ servers: 40, ms: 5 });
});
afterAll(async () => {
  await (house as FleetHouse | undefined)?.close();
});

const open = (redis: string) => openFleet({ redis, name: 'drill', connectTimeoutMs: 3_000 });

drill('a Redis', () => {
  it('that is not there, has another name or speaks no TLS is told of, without the password', async () => {
    const port = await freePort();
    await expect(open(`redis://:hunter2@127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'ERR_CONNECTION_REFUSED',
      message: `Redis at redis://127.0.0.1:${port} does not listen.`,
      hint: 'Start it, or mend the address.',
    });
    await expect(open('redis://:hunter2@redis.invalid')).rejects.toMatchObject({
      code: 'ERR_NAME_NOT_RESOLVED',
      message: expect.not.stringContaining('hunter2'),
    });
    const tls = await open(`rediss://127.0.0.1:${house.port}`).catch((error: unknown) => error);
    expect(tls).toMatchObject({
      code: expect.stringMatching(/^ERR_(?:TLS|TIMEOUT)$/),
      hint: expect.stringContaining('redis://'),
    });
    const worker = startFleetWorker({
      redis: `redis://127.0.0.1:${port}`,
      allow: ALLOW,
      connectTimeoutMs: 1_000,
    } as never);
    await expect(worker).rejects.toMatchObject({ code: 'ERR_CONNECTION_REFUSED' });
  });

  it('that refuses the password, or the commands, says so', async () => {
    house.redisCli('config', 'set', 'requirepass', 'right');
    try {
      await expect(open(`redis://:hunter2@127.0.0.1:${house.port}`)).rejects.toMatchObject({
        code: 'ERR_AUTHENTICATION',
      });
      await expect(open(house.url)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
      house.redisCli('-a', 'right', 'acl', 'setuser', 'guest', 'on', '>guest', '~other*', '+@all');
      const guest = await open(`redis://guest:guest@127.0.0.1:${house.port}`);
      await expect(guest.start(READ)).rejects.toMatchObject({ code: 'ERR_AUTHORIZATION' });
      await guest.close();
      house.redisCli(
        '-a',
        'right',
        'acl',
        'setuser',
        'fleet',
        'on',
        '>fleet',
        '~{cimlet-drill}*',
        '+@all',
        '-@dangerous',
        '+info',
      );
      const fleet = await open(`redis://fleet:fleet@127.0.0.1:${house.port}`);
      const run = await fleet.start(READ);
      expect((await run.status()).state).toBe('queued');
      await run.cancel();
      expect((await run.status()).end).toBe('cancelled');
      await fleet.close();
    } finally {
      house.redisCli('-a', 'right', 'config', 'set', 'requirepass', '');
    }
  });

  it('that would drop what it holds is refused', async () => {
    house.redisCli('config', 'set', 'maxmemory-policy', 'allkeys-lru');
    try {
      await expect(open(house.url)).rejects.toMatchObject({
        code: 'ERR_QUEUE',
        message: expect.stringContaining('maxmemory-policy is allkeys-lru'),
        hint: 'Set maxmemory-policy noeviction.',
      });
    } finally {
      house.redisCli('config', 'set', 'maxmemory-policy', 'noeviction');
    }
  });

  it('that is full takes no run, and loses none of those that are under way', async () => {
    await house.fresh(100);
    const fleet = await house.fleet();
    await house.worker({ throttle: 4 });
    const run = await fleet.start({ ...READ, targets: house.lab.names });
    await until('some are done', async () => (await settled(run)) > 4);
    house.redisCli('config', 'set', 'maxmemory', '1');
    await expect(fleet.start({ ...READ, targets: house.lab.names })).rejects.toMatchObject({
      code: 'ERR_QUEUE',
      message: expect.stringContaining('is full'),
    });
    await until('a worker has noticed', () => /written again|OOM/.test(house.warnings()));
    house.redisCli('config', 'set', 'maxmemory', '0');
    expect(counted(await run.wait())).toEqual([40, 0, 0, 0, 40]);
  });
});

drill('a start', () => {
  /** A batch is in Redis, and another one is to come. */
  async function* targets(between: () => unknown) {
    for (let index = 0; index < 5_000; index += 1) yield `first${index}`;
    await between();
    for (let index = 0; index < 5_000; index += 1) yield `second${index}`;
  }
  const runs = async (fleet: Fleet) => {
    const ids: string[] = [];
    for await (const { id } of fleet.runs()) ids.push(id);
    return ids;
  };

  it('in the middle of which Redis is full leaves nothing behind', async () => {
    await house.fresh(5);
    const fleet = await house.fleet();
    try {
      const started = fleet.start({
        ...READ,
        targets: targets(() => house.redisCli('config', 'set', 'maxmemory', '1')),
      });
      await expect(started).rejects.toMatchObject({ code: 'ERR_QUEUE', message: expect.stringContaining('is full') });
      expect(house.redisCli('keys', '*:run:*').trim()).toBe('');
    } finally {
      house.redisCli('config', 'set', 'maxmemory', '0');
    }
    expect(await runs(fleet)).toEqual([]);
  });

  it('in the middle of which Redis dies queues nothing, and the next one works', async () => {
    await house.fresh(5);
    const fleet = await house.fleet();
    const started = fleet.start({ ...READ, targets: targets(() => house.endRedis('SIGKILL')) });
    await expect(started).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_CONNECTION_/) });
    await house.startRedis();
    expect(await runs(fleet)).toEqual([]);
    await house.worker();
    const run = await fleet.start({ ...READ, targets: house.lab.names });
    expect(counted(await run.wait())).toEqual([40, 0, 0, 0, 40]);
    expect(await runs(fleet)).toEqual([run.id]);
  });
});

drill('a worker', () => {
  it.each([
    ['ahead of', 3_600_000],
    ['behind', -3_600_000],
  ])('whose clock is an hour %s that of Redis is refused', async (where, clockAheadMs) => {
    const { message } = await house.tryWorker({ clockAheadMs });
    expect(message.failed).toMatchObject({
      code: 'ERR_QUEUE',
      message: `The clock of this machine is 3600 seconds ${where} that of Redis.`,
      hint: 'Set the clocks, by NTP, and start the worker again.',
    });
  });

  it('that does not know the credential or the secret ends the run, and says which', async () => {
    await house.fresh(5);
    const fleet = await house.fleet();
    await house.worker();
    const run = await fleet.start({ ...READ, targets: house.lab.names, credential: 'emea-dhcp' });
    const status = await run.wait();
    expect([status.end, status.failed, status.ok]).toEqual(['stopped', expect.any(Number), 0]);
    expect(status.reason).toContain('This worker knows no credential named "emea-dhcp". It knows lab, wrong.');
    expect(house.calls('GetByName')).toEqual([]);
  });
});

it('without the peers a fleet says which line installs them, and the library loads neither', () => {
  const script = join(house.folder, 'without.cjs');
  writeFileSync(
    script,
    `const Module = require('node:module');
     const loaded = () => Object.keys(require.cache).filter((path) => /node_modules.(bullmq|ioredis)/.test(path)).length;
     require(${JSON.stringify(join(__dirname, '../../dist/index.js'))}).getDhcpServerv4Scope;
     const fleet = require(${JSON.stringify(join(__dirname, '../../dist/fleet.js'))});
     const { openFleet, startFleetWorker } = fleet;
     const before = loaded();
     const resolve = Module._resolveFilename;
     Module._resolveFilename = function (name, ...rest) {
       if (name === 'ioredis' || name === 'bullmq') throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' });
       return resolve.call(this, name, ...rest);
     };
     const told = async (action) => action().then(() => 'worked', ({ code, hint }) => code + ' ' + hint);
     const options = { redis: 'redis://127.0.0.1:1', allow: { cmdlets: [], computers: [] } };
     (async () => console.log(JSON.stringify([before, await told(() => openFleet({ redis: options.redis })), await told(() => startFleetWorker(options))])))();`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const told = 'ERR_MISSING_PEER Run: npm install bullmq ioredis';
  expect([stdout.trim(), stderr]).toEqual([JSON.stringify([0, told, told]), '']);
});
