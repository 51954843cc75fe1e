// A process of its own, with --expose-gc: what stays in use while leases are iterated and dropped. Arguments: port, number of leases.
import { getDhcpServerv4Lease } from 'cimlet';
import { sessionTo } from './bench-session.mjs';

const [port, leases] = [Number(process.argv[2]), Number(process.argv[3])];
const MB = 2 ** 20;

function inUse() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function run(count, each) {
  const session = await sessionTo(port, `wsman?leases=${count}`);
  let seen = 0;
  for await (const _ of getDhcpServerv4Lease({ CimSession: session, ScopeId: '10.40.0.0' })) each(++seen);
  await session.close();
  if (seen !== count) throw new Error(`${seen} leases`);
}

// Code, shapes and caches are there before anything is measured.
await run(4000, () => {});
const samples = [];
let [peakRss, firstRss] = [0, 0];
await run(leases, (seen) => {
  if (seen % 100 === 0) peakRss = Math.max(peakRss, process.memoryUsage.rss());
  if (seen === leases / 10) firstRss = peakRss;
  if (seen % (leases / 50) === 0) samples.push(inUse());
});
process.send({
  growthMb: (Math.min(...samples.slice(-5)) - Math.min(...samples.slice(0, 5))) / MB,
  firstRssMb: firstRss / MB,
  peakRssMb: peakRss / MB,
});
