// What fleet.mjs measures, in a process of its own: a worker of a fleet, or calls without one. Tells what CPU it took, in milliseconds.
import { getDhcpServerv4Failover } from 'cimlet';
import { pool } from './measure.mjs';

const { calls, redis, port, inFlight } = JSON.parse(process.argv[2]);
const credential = { userName: 'x', password: 'y' };
const sessionOptions = {
  port,
  connectTo: { host: '127.0.0.1', port },
  httpUrlPrefix: 'wsman?delay=20',
  authentication: 'Basic',
  allowUnencrypted: true,
};
const names = (count) => Array.from({ length: count }, (_, index) => `dhcp${index}.emea.contoso.com`);

async function call(CimSession) {
  const found = await getDhcpServerv4Failover(
    { CimSession, ThrottleLimit: inFlight },
    { sessionOptions: { ...sessionOptions, credential } },
  );
  if (found.length !== [CimSession].flat().length) throw new Error(`${found.length} results`);
}

const work = {
  /** One call for all of them. */
  all: (count) => call(names(count)),
  /** A call for each. */
  each: (count) => pool(count, inFlight, (index) => call(`dhcp${index}.emea.contoso.com`)),
};

if (calls !== true) {
  const { startFleetWorker } = await import('cimlet/fleet');
  await startFleetWorker({
    redis,
    name: 'bench',
    throttle: inFlight,
    connectTimeoutMs: 20_000,
    allow: { cmdlets: ['Get-*'], computers: ['*'] },
    credentials: { bench: credential },
    sessionOptions,
  });
}

process.on('message', async ({ all, each }) => {
  const before = process.cpuUsage();
  if (all !== undefined) await work.all(all);
  if (each !== undefined) await work.each(each);
  const isTotal = all === undefined && each === undefined;
  const { user, system } = isTotal ? process.cpuUsage() : process.cpuUsage(before);
  process.send({ ms: (user + system) / 1000 });
});
process.on('disconnect', () => process.exit(0));
process.send({ ready: true });
