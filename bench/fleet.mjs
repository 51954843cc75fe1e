// A fleet against the library without one, with a Redis of its own on loopback, and a server that answers for every computer after 20 ms. CPU is that of
// the processes that do the work: the caller and the workers, without Redis and the server. `--full`: memory of 100,000 computers, and not of 20,000.
import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, report, server, time } from './measure.mjs';

const FEW = 2_000;
const MANY = 20_000;
const MOST = 100_000;
const ROUNDS = 3;
const IN_FLIGHT = 64;
const PLAN = { cmdlet: 'Get-DhcpServerv4Failover', credential: 'bench', stages: [{ share: 1 }] };

const names = (count) => Array.from({ length: count }, (_, index) => `dhcp${index}.emea.contoso.com`);

const spentSince = (before) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** What keeps the bench from being run; undefined where nothing does. */
async function missing() {
  if (spawnSync('redis-server', ['--version']).error !== undefined)
    return 'no redis-server (Debian: apt-get install redis-server)';
  const peers = await Promise.allSettled([import('bullmq'), import('ioredis')]);
  return peers.some(({ status }) => status === 'rejected')
    ? 'no bullmq or ioredis (npm install bullmq ioredis)'
    : undefined;
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  await once(listener, 'close');
  return port;
}

async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-bench-'));
  const port = await freePort();
  const options = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
  };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', words, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** fleet-process.mjs, which calls computers by itself, or is a worker. */
async function startProcess(settings) {
  const child = fork(fileURLToPath(new URL('./fleet-process.mjs', import.meta.url)), [JSON.stringify(settings)]);
  const ask = async (message) => {
    child.send(message);
    const [{ ms }] = await once(child, 'message');
    return ms;
  };
  await once(child, 'message');
  return { ask, stop: () => child.kill() };
}

/** CPU of the workers and of the caller, for one run, in milliseconds; `look` is called meanwhile. */
async function runOf(fleet, workers, count, look = () => {}) {
  const spent = () => Promise.all(workers.map((worker) => worker.ask({ spent: true })));
  const before = await spent();
  const own = process.cpuUsage();
  const run = await fleet.start({ ...PLAN, targets: names(count) });
  for await (const _ of run.watch()) await look();
  const caller = spentSince(own);
  const { ok } = await run.status();
  if (ok !== count) throw new Error(`${ok} of ${count} are ok`);
  const after = await spent();
  return after.reduce((sum, ms, at) => sum + ms - before[at], caller);
}

async function benchOneWorker(fleet, start) {
  const alone = await start({ calls: true });
  const worker = await start({});
  try {
    const above = [];
    const rows = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const own = (await alone.ask({ each: FEW })) / FEW;
      const fleets = (await runOf(fleet, [worker], FEW)) / FEW;
      // The first one warms both up.
      if (round === 0) continue;
      above.push(fleets - own);
      rows.push(`${own.toFixed(2)} and ${fleets.toFixed(2)}`);
    }
    report('CPU a computer above a call of its own, ms, 10 a job', median(above), { most: 0.4 }, rows.join('; '));
  } finally {
    alone.stop();
    worker.stop();
  }
}

async function benchTwoWorkers(fleet, start, redis) {
  const alone = await start({ calls: true });
  const workers = [await start({}), await start({})];
  try {
    await alone.ask({ all: FEW });
    await runOf(fleet, workers, FEW);
    const own = await alone.ask({ all: MANY });
    const fleets = await runOf(fleet, workers, MANY);
    const detail = `${(own / MANY).toFixed(2)} and ${(fleets / MANY).toFixed(2)} ms a computer`;
    report(`CPU of ${MANY.toLocaleString('en')} by two workers against one call`, fleets / own, { most: 1.3 }, detail);

    const count = process.argv.includes('--full') ? MOST : MANY;
    await redis.connection.flushall();
    const before = await redis.memory();
    let peak = 0;
    await runOf(fleet, workers, count, async () => {
      peak = Math.max(peak, await redis.memory());
    });
    const kept = await redis.memory();
    const megabytes = (bytes) => (((bytes - before) / 1e6) * MOST) / count;
    const told = `${megabytes(kept).toFixed(1)} when it has ended; measured with ${count.toLocaleString('en')}`;
    report('MB in Redis of 100,000 computers with results, at most', megabytes(peak), { most: 100 }, told);
  } finally {
    alone.stop();
    for (const worker of workers) worker.stop();
  }
}

async function benchStart(fleet) {
  const targets = names(MOST);
  const walls = [];
  const spent = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    let run;
    walls.push(
      await time(async () => {
        run = await fleet.start({ ...PLAN, targets });
      }),
    );
    spent.push(spentSince(before));
    await run.cancel();
  }
  const detail = `${median(spent).toFixed(0)} ms of CPU`;
  report('seconds until a run of 100,000 is started', median(walls) / 1000, { most: 3 }, detail);
}

export async function benchFleet() {
  const lack = await missing();
  if (lack !== undefined) {
    console.log(`Fleet: skipped, ${lack}`);
    return;
  }
  const { openFleet } = await import('cimlet/fleet');
  const { Redis } = await import('ioredis');
  console.log(
    `Fleet: BullMQ on a Redis of its own, every computer answering after 20 ms, ${IN_FLIGHT} in flight in each process`,
  );
  const echo = await server('./echo-server.mjs');
  const redis = await startRedis();
  const connection = new Redis(redis.port, '127.0.0.1');
  connection.on('error', () => {});
  const memory = async () => Number(/used_memory:(\d+)/.exec(await connection.info('memory'))[1]);
  const fleet = await openFleet({ redis: redis.url, name: 'bench', connectTimeoutMs: 20_000 });
  const start = (settings) => startProcess({ ...settings, redis: redis.url, port: echo.port, inFlight: IN_FLIGHT });
  try {
    await benchStart(fleet);
    await benchOneWorker(fleet, start);
    await benchTwoWorkers(fleet, start, { connection, memory });
  } finally {
    await fleet.close();
    connection.disconnect();
    await redis.stop();
    echo.stop();
  }
}
