// A process of its own, with --expose-gc: what an enumeration holds. Arguments: port, number of instances, `keep` or `drop`.
import { classDeclarations } from 'cimlet';
import { sessionTo } from './bench-session.mjs';

const [port, instances, keep] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4] === 'keep'];
const MB = 2 ** 20;

function inUse() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const request = {
  namespace: 'root/Microsoft/Windows/DHCP',
  className: 'DhcpServerv4Failover',
  classes: [...classDeclarations.values()],
};

async function run(count, each) {
  const session = await sessionTo(port, `wsman?instances=${count}`);
  let seen = 0;
  for await (const instance of session.enumerateInstances(request)) {
    seen += 1;
    each(instance, seen);
  }
  await session.close();
  if (seen !== count) throw new Error(`${seen} instances`);
}

// Code, shapes and caches are there before anything is measured.
await run(4000, () => {});
const before = inUse();
const kept = [];
const samples = [];
let peakRss = 0;
let firstRss = 0;
const step = keep ? 130 : instances / 50;
await run(instances, (instance, seen) => {
  if (keep) kept.push(instance);
  peakRss = Math.max(peakRss, process.memoryUsage.rss());
  if (seen === instances / 10) firstRss = peakRss;
  if (seen % step === 0) samples.push({ seen, bytes: inUse() });
});
const keptBytes = inUse() - before;
const above = samples.map(({ seen, bytes }) => bytes - before - (keep ? (keptBytes * seen) / instances : 0));
const tenth = samples.filter(({ seen }) => seen <= instances / 10).map(({ bytes }) => bytes);
const end = samples.slice(-5).map(({ bytes }) => bytes);
process.send({
  keptMb: keptBytes / MB,
  aboveMb: Math.max(...above) / MB,
  growthMb: (Math.min(...end) - Math.min(...tenth)) / MB,
  firstRssMb: firstRss / MB,
  peakRssMb: peakRss / MB,
});
process.exitCode = kept.length === (keep ? instances : 0) ? 0 : 1;
