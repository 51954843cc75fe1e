// Instances of 17 properties in pages of 400 through enumerateInstances, against a bare scan of the same bytes: the same requests over the
// same HTTP, each reply received whole, decoded, and gone over once with charCodeAt. And what streamed method output costs.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { classDeclarations } from 'cimlet';
import { bareClient, scan } from './bare-client.mjs';
import { sessionTo } from './bench-session.mjs';
import { inTurn, report, server, time } from './measure.mjs';

const CLASSES = [...classDeclarations.values()];
const INSTANCES = 10_000;
const NAMESPACE = 'root/Microsoft/Windows/DHCP';
const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';

/** Reads an enumeration of `count` instances to its end by the least means. */
async function bareEnumeration(client, count) {
  let context;
  let tags = 0;
  for (;;) {
    const inner =
      context === undefined
        ? '<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements></n:Enumerate>'
        : `<n:Pull><n:EnumerationContext>${context}</n:EnumerationContext><n:MaxElements>32000</n:MaxElements></n:Pull>`;
    const bytes = await client.post(
      Buffer.from(
        `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:n="${ENUMERATION}"><s:Header><a:MessageID>uuid:1</a:MessageID></s:Header><s:Body>${inner}</s:Body></s:Envelope>`,
      ),
      `/wsman?instances=${count}`,
    );
    tags += scan(bytes);
    context = /<n:EnumerationContext>(\d+)</.exec(bytes.subarray(0, 1500).toString('latin1'))?.[1];
    if (context === undefined) return tags;
  }
}

export function enumerate(session) {
  return session.enumerateInstances({
    namespace: NAMESPACE,
    className: 'DhcpServerv4Failover',
    classes: CLASSES,
  });
}

async function benchTime(port) {
  const session = await sessionTo(port, `wsman?instances=${INSTANCES}`);
  const client = bareClient(port);
  const ours = () =>
    time(async () => {
      const kept = [];
      for await (const instance of enumerate(session)) kept.push(instance);
      if (kept.length !== INSTANCES || kept[INSTANCES - 1].ScopeId.length !== 3)
        throw new Error(`${kept.length} instances`);
    });
  const bare = () =>
    time(async () => {
      const tags = await bareEnumeration(client, INSTANCES);
      if (tags < 17 * INSTANCES) throw new Error(`${tags} tags`);
    });
  for (let warm = 0; warm < 3; warm += 1) await ours();
  const result = await inTurn(ours, bare, 9);
  const detail = `${result.ours.toFixed(0)} against ${result.yardstick.toFixed(0)} ms`;
  report('time against a bare scan of the same replies', result.ratio, { most: 2.5 }, detail);
  await session.close();
  client.close();
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
  const padded = await sessionTo(pages.port, 'wsman?reply=padded');
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
