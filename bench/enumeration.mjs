// Instances of 17 properties in pages of 400 through enumerateInstances, against a bare scan of the same bytes: the same requests over the
// same HTTP, each reply received whole, decoded, and gone over once with charCodeAt. And what streamed method output costs.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { classDeclarations } from 'cimlet';
import { sessionTo } from './bench-session.mjs';
import { contest, noise } from './contest.mjs';
import { inTurn, report, server, time } from './measure.mjs';
import { enumerate } from './pages.mjs';

const CLASSES = [...classDeclarations.values()];
const INSTANCES = 10_000;
const NAMESPACE = 'root/Microsoft/Windows/DHCP';

const KEPT = 'enumerateInstances';
const PASSED = 'enumerateInstances, none kept';

async function benchTime(port) {
  const options = { calls: 1, rounds: 15, width: 1, port, instances: INSTANCES };
  const results = await contest('./pages.mjs', ['a bare scan', PASSED, KEPT], options);
  const ms = (name) => (results.get(name).us / 1000).toFixed(0);
  for (const [name, what] of [
    [PASSED, 'CPU against a bare scan of the same replies'],
    [KEPT, 'the same, with all instances kept until the last'],
  ]) {
    const { cpu, rate } = results.get(name);
    const detail = `${ms(name)} against ${ms('a bare scan')} ms; time ${(1 / rate).toFixed(2)}; ${noise(results)}`;
    report(what, 1 / cpu, { most: 1.5 }, detail);
  }
}

async function benchFirst(port) {
  const session = await sessionTo(port, 'wsman?instances=4000');
  const count = async () => Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
  const before = await count();
  let asked;
  for await (const _ of enumerate(session)) {
    asked = (await count()) - before;
    break;
  }
  report('requests that the server saw when the first instance was out', asked, { most: 1 });
  await session.close();
}

function inChild(port, instances, keep) {
  const child = fork(fileURLToPath(new URL('./enumeration-memory.mjs', import.meta.url)), [port, instances, keep], {
    execArgv: ['--expose-gc'],
  });
  return new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
}

async function benchMemory(port, full) {
  const kept = await inChild(port, INSTANCES, 'keep');
  const mostAbove = `kept objects ${kept.keptMb.toFixed(1)} MB, highest resident set ${kept.peakRssMb.toFixed(0)} MB`;
  report('MB in use above the objects kept, at its highest', kept.aboveMb, { most: 30 }, mostAbove);
  const many = full ? 1_000_000 : 200_000;
  const flat = await inChild(port, many, 'drop');
  report(
    `MB in use at the end of ${many.toLocaleString('en-US')} instances above the first tenth`,
    flat.growthMb,
    { most: 2 },
    `resident set ${flat.firstRssMb.toFixed(0)} MB after a tenth, ${flat.peakRssMb.toFixed(0)} MB at most`,
  );
}

async function benchStreaming(pages) {
  const invocation = {
    namespace: NAMESPACE,
    className: 'PS_DhcpServerv4Failover',
    method: CLASSES.find(({ className }) => className === 'PS_DhcpServerv4Failover').methods.find(
      ({ name }) => name === 'GetByName',
    ),
    outputClasses: CLASSES,
    parameters: { Name: ['x'] },
  };
  const session = await sessionTo(pages.port);
  const limits = { maxResponseBytes: 2 ** 26, maxResponseElements: 2 ** 20 };
  const padded = await sessionTo(pages.port, 'wsman?reply=padded', limits);
  const streaming = () =>
    time(async () => {
      let items = 0;
      for await (const result of session.invokeMethodStreaming(invocation)) if (result.type === 'item') items += 1;
      if (items !== pages.streamed) throw new Error(`${items} items`);
    });
  const whole = (one) => () =>
    time(async () => {
      const { outParameters } = await one.invokeMethod(invocation);
      if (outParameters.cmdletOutput.length < pages.streamed) throw new Error('too few');
    });
  for (let warm = 0; warm < 3; warm += 1) await streaming();
  for (const [name, one, bound] of [
    ['streamed output against one reply of as many bytes', padded, { most: 1.2 }],
    ['streamed output against the same instances in one reply', session, undefined],
  ]) {
    const result = await inTurn(streaming, whole(one), 9);
    const bytes = one === padded ? pages.paddedBytes : pages.singleBytes;
    const detail = `${result.ours.toFixed(0)} against ${result.yardstick.toFixed(0)} ms, ${(pages.streamedBytes / 1e6).toFixed(1)} against ${(bytes / 1e6).toFixed(1)} MB`;
    report(name, result.ratio, bound, detail);
  }
  await session.close();
  await padded.close();
}

export async function benchEnumeration() {
  const pages = await server('./page-server.mjs');
  console.log(
    `Enumeration: ${INSTANCES} instances of 17 properties, against receiving the same bytes over the same HTTP and one pass over every character (charCodeAt on the decoded reply)`,
  );
  try {
    await benchTime(pages.port);
    await benchFirst(pages.port);
    await benchMemory(pages.port, process.argv.includes('--full'));
    console.log(`Streaming: ${pages.streamed} instances as method output, an envelope each`);
    await benchStreaming(pages);
  } finally {
    pages.stop();
  }
}
