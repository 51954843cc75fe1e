// Get-DhcpServerv4Lease of 100,000 leases, streamed in pages of 400, against a bare scan of the same bytes: received over the same HTTP, each
// chunk decoded and gone over once with charCodeAt. Both are CPU time of this process, which other work on the machine changes least.
import { fork } from 'node:child_process';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getDhcpServerv4Lease } from 'cimlet';
import { scan } from './bare-client.mjs';
import { sessionTo } from './bench-session.mjs';
import { inTurn, report, server } from './measure.mjs';

const LEASES = 100_000;
const SCOPE = '10.40.0.0';
const BODY =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"><s:Header><a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165E</a:MessageID><p:OperationID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165F</p:OperationID></s:Header><s:Body><GetByScopeId_INPUT/></s:Body></s:Envelope>';

/** Milliseconds of CPU that `work` takes in this process. */
async function cpu(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function bare(port) {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path: `/wsman?leases=${LEASES}`, method: 'POST' },
      (response) => {
        let tags = 0;
        response.on('data', (chunk) => {
          tags += scan(chunk);
        });
        response.on('end', () => (tags > 30 * LEASES ? resolve() : reject(new Error(`${tags} tags`))));
      },
    );
    outgoing.on('error', reject).end(BODY);
  });
}

async function benchTime(port) {
  const session = await sessionTo(port, `wsman?leases=${LEASES}`);
  const ours = () =>
    cpu(async () => {
      let seen = 0;
      for await (const lease of getDhcpServerv4Lease({ CimSession: session, ScopeId: SCOPE }))
        if (lease.IPAddress) seen += 1;
      if (seen !== LEASES) throw new Error(`${seen} leases`);
    });
  const { ours: mine, yardstick, ratio } = await inTurn(ours, () => cpu(() => bare(port)), 3);
  report(
    'CPU against a bare scan of the same bytes',
    ratio,
    { most: 1.5 },
    `${mine.toFixed(0)} against ${yardstick.toFixed(0)} ms`,
  );
  await session.close();
}

async function benchFirst(port) {
  const session = await sessionTo(port, 'wsman?leases=4000&pause=300');
  let pages;
  for await (const _ of getDhcpServerv4Lease({ CimSession: session, ScopeId: SCOPE })) {
    pages ??= Number(await (await fetch(`http://127.0.0.1:${port}/pages`)).text());
  }
  report('pages that the server had sent when the first lease was out', pages, { most: 1 });
  await session.close();
}

async function benchMemory(port) {
  const child = fork(fileURLToPath(new URL('./lease-memory.mjs', import.meta.url)), [port, LEASES], {
    execArgv: ['--expose-gc'],
  });
  const { growthMb, firstRssMb, peakRssMb } = await new Promise((resolve, reject) =>
    child.once('message', resolve).once('exit', reject),
  );
  const detail = `resident set ${firstRssMb.toFixed(0)} MB after a tenth, ${peakRssMb.toFixed(0)} MB at most`;
  report('MB in use at the end above the first tenth, iterated', growthMb, { most: 2 }, detail);
}

export async function benchLeases() {
  const leases = await server('./lease-server.mjs');
  console.log(`Get-DhcpServerv4Lease: ${LEASES.toLocaleString('en-US')} leases, an envelope each, in pages of 400`);
  try {
    await benchTime(leases.port);
    await benchFirst(leases.port);
    await benchMemory(leases.port);
  } finally {
    leases.stop();
  }
}
