// The rooms that a call of addDhcpServerv4Failover enters are those that docs/project/architecture.md lists: V8 counts which functions run.
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  addDhcpServerv4Failover,
  type CimSession,
  type CimSessionOptions,
  getDhcpServerv4Scope,
  newCimSession,
} from '../../lib/index.js';

const ROOT = resolve(__dirname, '../..');
const LIB = `${pathToFileURL(join(ROOT, 'lib'))}/`;

const USER = { userName: 'CONTOSO\\dhcpadmin', password: 'Lab-Passw0rd!' };

/** In a thread of its own, whose functions are not counted: client and server share codecs. */
const EMULATOR = `
  const { parentPort } = require('node:worker_threads');
  const { startEmulator } = require(${JSON.stringify(join(ROOT, 'dist/emulator.js'))});
  startEmulator({ lab: { users: [${JSON.stringify(USER)}] } }).then(({ servers, ca }) =>
    parentPort.postMessage({ connectTo: servers[0].http, tls: { ca } }));`;

/** `cmdlet/bind`, or `cmdlet` for what stands on top of its rooms. */
function roomOf(path: string): string {
  const [floor = '', ...rest] = path.split('/');
  return rest.length > 1 ? `${floor}/${rest[0]}` : floor;
}

/** The floors as docs/project/architecture.md has them, and the rooms of the way, a list for each step. */
const page = readFileSync(join(ROOT, 'docs/project/architecture.md'), 'utf8');
const way = page.slice(page.indexOf('## The way of a call'), page.indexOf('## The seams'));
const steps = [...way.matchAll(/^\| \w+ +\| ((?:`[a-z0-9/-]+` ?)+) *\|/gm)].map(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, room = '']) => room),
);

let emulator: Worker;
let session: CimSession;
const inspector = new Session();

beforeAll(async () => {
  emulator = new Worker(EMULATOR, { eval: true });
  const server = await new Promise<Pick<CimSessionOptions, 'connectTo' | 'tls'>>((ready, fail) =>
    emulator.once('message', ready).once('error', fail),
  );
  session = await newCimSession('dhcpserver.contoso.com', {
    credential: USER,
    authentication: 'CredSsp',
    useSsl: false,
    ...server,
  });
  await getDhcpServerv4Scope({ CimSession: session });
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
});
afterAll(async () => {
  inspector.disconnect();
  await session.close();
  await emulator.terminate();
});

it('a call enters the rooms that the page lists, and no others', async () => {
  await inspector.post('Profiler.takePreciseCoverage');
  const [added] = await addDhcpServerv4Failover({
    CimSession: session,
    Name: 'SFO-SIN-Failover',
    PartnerServer: 'dhcpserver2.contoso.com',
    ScopeId: ['10.10.10.0', '10.20.20.0'],
    LoadBalancePercent: 70,
    SharedSecret: 'a secret',
    Force: true,
    PassThru: true,
  });
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  expect(added?.Name).toBe('SFO-SIN-Failover');

  // A getter is how a module reads what another exports, a constant for example; nothing is entered by that.
  const entered = result
    .filter(({ url }) => url.startsWith(LIB))
    .filter(({ functions }) =>
      functions.some(({ functionName, ranges }) => !/^get\b/.test(functionName) && ranges[0]?.count),
    )
    .map(({ url }) => roomOf(url.slice(LIB.length)));
  expect([...new Set(steps.flat())].sort()).toEqual([...new Set(entered)].sort());
});

it('until it is sent, each step begins on the floor of the step before it, or further down', () => {
  const floors = ['dhcp-server', 'cmdlet', 'cim', 'wsman', 'transport'];
  const sent = steps.findIndex(([first]) => first === 'transport');
  const heights = steps.slice(0, sent + 1).map(([first = '']) => floors.indexOf(first.split('/')[0] ?? ''));
  expect(new Set(heights)).toEqual(new Set([0, 1, 2, 3, 4]));
  expect(heights).toEqual([...heights].sort((a, b) => a - b));
});
