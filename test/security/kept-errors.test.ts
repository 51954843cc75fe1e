// An error that is kept for long keeps no secret: V8 remembers with its stack what the functions on it worked with, until the stack is read.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { defaultLabDescription } from '../../lib/emulator/lab/lab-description.js';

/** Nowhere in one piece, so that a heap has them in one only where somebody keeps them. */
const PASSWORD = ['Pw-QZX', '81-', 'secret'];
const SHARED_SECRET = ['Ss-VKJ', '42-', 'secret'];
const USER = 'CONTOSO\\dhcpadmin';

let emulator: Emulator;
beforeAll(async () => {
  const users = [{ userName: USER, password: PASSWORD.join('') }];
  emulator = await startEmulator({ lab: { ...defaultLabDescription, users } });
});
afterAll(() => emulator.close());

/** Fails in every way, keeps the errors, and says which secrets a snapshot of its heap has; `control` keeps them itself. */
const PROGRAM = `
const { newCimSession, addDhcpServerv4Failover } = require(process.argv[1]);
const { getHeapSnapshot } = require('node:v8');
const [, , port, kind] = process.argv;
const password = () => ${JSON.stringify(PASSWORD)}.join('');
const sharedSecret = () => ${JSON.stringify(SHARED_SECRET)}.join('');
const kept = [];
const options = (more) => ({
  credential: { userName: ${JSON.stringify(USER)}, password: password() },
  authentication: 'Ntlm', connectTo: { host: '127.0.0.1', port: Number(port) }, operationTimeoutMs: 20000, ...more,
});
const parameters = () => ({
  Name: 'kept', PartnerServer: 'dhcpserver2.contoso.com', ScopeId: ['10.10.10.0'], SharedSecret: sharedSecret(), Force: true,
});
async function failing(sessionOptions, use) {
  const session = await newCimSession('dhcpserver.contoso.com', sessionOptions);
  try {
    await use(session);
    throw new Error('it did not fail');
  } catch (error) {
    if (error.code === undefined) throw error;
    kept.push(error);
  } finally {
    await session.close();
  }
}
const add = (more, callOptions) => (session) => addDhcpServerv4Failover({ ...parameters(), ...more, CimSession: session }, callOptions);
const invoke = (more) => (session) => session.invokeMethod({
  namespace: 'root/Microsoft/Windows/DHCP', className: 'PS_DhcpServerv4Failover', method: 'AddByLoadBalance',
  parameters: { ...parameters(), ScopeId: ['192.0.2.0'] }, ...more,
});
async function fail() {
  // The logon is not delegated, so that the partner refuses it; the scope is not there; a parameter does not fit.
  await failing(options(), add({}));
  await failing(options(), add({ ScopeId: ['192.0.2.0'] }));
  await failing(options(), add({ LoadBalancePercent: 500 }));
  await failing(options(), add({ NoSuch: 5 }));
  await failing(options(), add({ Force: false, Confirm: true }));
  await failing(options(), add({}, { timeoutMs: 1 }));
  await failing(options(), add({}, { signal: AbortSignal.abort() }));
  await failing(options(), invoke({}));
  await failing(options(), invoke({ className: 'PS_NoSuchClass' }));
  await failing(options(), invoke({ timeoutMs: 1 }));
  await failing(options(), invoke({ onWarning: () => {} }));
  await failing(options({ credential: { userName: 'nobody', password: password() } }), add({}));
  await failing(options({ connectTo: { host: '127.0.0.1', port: 1 } }), add({}));
  await failing(options({ authentication: 'Basic' }), add({}));
  await failing(options({ maxResponseElements: 1 }), add({}));
  await newCimSession('x', { credential: { userName: 'u', password: password() }, allowNtlm: password() }).catch((error) => kept.push(error));
}
async function snapshot() {
  let text = '';
  const found = { password: false, sharedSecret: false };
  for await (const piece of getHeapSnapshot()) {
    text = text.slice(-100) + piece;
    found.password ||= text.includes(password());
    found.sharedSecret ||= text.includes(sharedSecret());
  }
  return found;
}
(async () => {
  await fail();
  if (kind === 'control') kept.push({ password: password(), sharedSecret: sharedSecret() });
  await new Promise((resolve) => setTimeout(resolve, 200));
  gc();
  process.stdout.write(JSON.stringify({ ...(await snapshot()), errors: kept.length }));
})();
`;

async function run(kind: string): Promise<unknown> {
  const dist = join(__dirname, '../../dist/index.js');
  // V8 cuts the strings of a snapshot after 1,024 characters otherwise; a request is longer.
  const flags = ['--expose-gc', '--heap-snapshot-string-limit=1000000'];
  const child = spawn(process.execPath, [...flags, '-e', PROGRAM, dist, String(emulator.servers[0]?.http.port), kind], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (text) => {
    told += String(text);
  });
  await once(child, 'close');
  return JSON.parse(told);
}

it('errors of every kind that are kept hold no secret', async () => {
  expect(await run('errors')).toEqual({ password: false, sharedSecret: false, errors: 16 });
}, 60_000);

it('a snapshot of the heap shows what is kept', async () => {
  expect(await run('control')).toEqual({ password: true, sharedSecret: true, errors: 17 });
}, 60_000);
