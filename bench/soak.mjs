// npm run soak [-- --minutes N] [--targets N] [--rate N]: calls to many servers over sockets for an hour, while connections are cut, replies come
// late, not at all or as a page, and seals are broken. Exit code 1 when memory, handles or sockets grow, when anything but the library's errors
// comes out, when a call for all servers loses one without a word, or when a server cannot be used after the last fault.
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { getDhcpServerVersion, getDhcpServerv4Scope, isCimletError, newCimSession } from 'cimlet';
import { growth, thirds } from './soak-verdict.mjs';

const { values: given } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    targets: { type: 'string', default: '50' },
    rate: { type: 'string', default: '40' },
  },
});
const [minutes, targets, rate] = [given.minutes, given.targets, given.rate].map(Number);
if (!(minutes > 0 && targets > 0 && rate > 0)) throw new Error('Give numbers above zero.');

const PAUSE_EVERY_MS = Math.min(60_000, (minutes * 60_000) / 12);
const NAMESPACE = 'root/Microsoft/Windows/DHCP';
const AUTHENTICATIONS = ['Ntlm', 'CredSsp', 'Negotiate'];

const child = fork(fileURLToPath(new URL('./soak-server.mjs', import.meta.url)), [String(targets)]);
const answer = () => new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
const ask = (question) => {
  const answered = answer();
  child.send(question);
  return answered;
};
const { names, port, credential, ca } = await answer();

const strangers = [];
process.on('unhandledRejection', (error) => strangers.push(error));
process.on('uncaughtException', (error) => strangers.push(error));

const optionsFor = (index) => ({
  credential,
  useSsl: false,
  tls: { ca },
  authentication: AUTHENTICATIONS[index % AUTHENTICATIONS.length],
  kerberos: false,
  connectTo: { host: '127.0.0.1', port },
  maxConnections: 2,
  operationTimeoutMs: 10_000,
});
const sessions = await Promise.all(names.map((name, index) => newCimSession(name, optionsFor(index))));

/** What is done, each with one server, or with all of them. */
const CALLS = [
  (index) => getDhcpServerv4Scope({ CimSession: sessions[index] }),
  (index) => getDhcpServerVersion({ CimSession: sessions[index] }, { enhanced: false }),
  (index) => sessions[index].invokeMethod({ namespace: NAMESPACE, className: 'PS_DhcpServerv4Scope', method: 'Get' }),
  (index) => sessions[index].testConnection(),
  (index) => getDhcpServerv4Scope({ ComputerName: names[index] }, { sessionOptions: optionsFor(index) }),
  (index) =>
    getDhcpServerv4Scope(
      { CimSession: sessions[index] },
      { signal: AbortSignal.timeout(1 + Math.floor(Math.random() * 20)) },
    ),
  async (index) => {
    const former = sessions[index];
    sessions[index] = await newCimSession(names[index], optionsFor(index));
    await former.close();
  },
];
const EVERY_SERVER = 200;

const outcomes = { succeeded: 0 };
let calls = 0;
let inFlight = 0;
/** Calls for all servers: what each server gave, an answer or an error's code. Who gave neither was lost. */
const fanOuts = { calls: 0, answers: 0, lost: 0, refused: {} };

function note(error) {
  const code = isCimletError(error) ? error.code : undefined;
  if (code === undefined) strangers.push(error);
  else outcomes[code] = (outcomes[code] ?? 0) + 1;
}

function noteFanOut({ output, errors }) {
  const answered = new Set(output.map(({ PSComputerName }) => PSComputerName));
  const refused = new Set(errors.map(({ PSComputerName }) => PSComputerName));
  fanOuts.calls += 1;
  fanOuts.answers += answered.size;
  fanOuts.lost += sessions.filter(({ computerName: name }) => !answered.has(name) && !refused.has(name)).length;
  for (const { exception } of errors) fanOuts.refused[exception.code] = (fanOuts.refused[exception.code] ?? 0) + 1;
}

async function call() {
  const index = Math.floor(Math.random() * targets);
  const work = CALLS[Math.floor(Math.random() * CALLS.length)];
  calls += 1;
  inFlight += 1;
  try {
    if (calls % EVERY_SERVER === 0) {
      const ran = await getDhcpServerv4Scope({ CimSession: sessions, ThrottleLimit: 16 }).then(
        (output) => ({ output, errors: [] }),
        (error) => error,
      );
      if (!Array.isArray(ran.output)) throw ran;
      noteFanOut(ran);
    } else await work(index);
    outcomes.succeeded += 1;
  } catch (error) {
    note(error);
  } finally {
    inFlight -= 1;
  }
}

function measured() {
  global.gc();
  global.gc();
  const { heapUsed, rss, external } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const mb = (bytes) => Math.round((bytes / 2 ** 20) * 10) / 10;
  return {
    heapMb: mb(heapUsed),
    outsideMb: mb(external),
    rssMb: mb(rss),
    handles: resources.length,
    sockets: resources.filter((name) => /^TCP/.test(name)).length,
    files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
  };
}

const samples = [];
async function pause() {
  while (inFlight > 0) await delay(20);
  await delay(200);
  const sample = measured();
  samples.push(sample);
  const minute = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(
    `${minute.padStart(6)} min  ${String(calls).padStart(8)} calls  ${Object.entries(sample)
      .map(([name, value]) => `${name} ${value}`)
      .join('  ')}`,
  );
}

const start = performance.now();
const end = start + minutes * 60_000;
let nextPause = start + PAUSE_EVERY_MS;
while (performance.now() < end) {
  void call();
  await delay(1000 / rate);
  if (performance.now() < nextPause) continue;
  await pause();
  nextPause += PAUSE_EVERY_MS;
}
await pause();

const { counts } = await ask('heal');
const faults = Object.values(counts).reduce((sum, one) => sum + one, 0);
let unusable = 0;
for (const [index, session] of sessions.entries()) {
  // What was answered wrongly just before may cost the first tries their connections.
  let failure;
  for (let tries = 0; tries < 5; tries += 1) {
    failure = await getDhcpServerv4Scope({ CimSession: session }).then(
      () => undefined,
      (error) => error,
    );
    if (failure === undefined) break;
  }
  if (failure === undefined) continue;
  unusable += 1;
  console.log(`${names[index]} cannot be used any more: ${failure}`);
}
await Promise.all(sessions.map((session) => session.close()));
await delay(500);
const left = (await ask('count')).connections;

const grown = growth(samples);
const list = (entries) =>
  Object.entries(entries)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
console.log(`\n${minutes} minutes, ${targets} servers: ${calls} calls: ${list(outcomes)}`);
console.log(`${faults} faults: ${list(counts)}`);
console.log(
  `${fanOuts.calls} calls for all servers: ${fanOuts.answers} answers, refused: ${list(fanOuts.refused)}, lost: ${fanOuts.lost}`,
);
if (samples.length >= 6) {
  for (const [name, values] of Object.entries(thirds(samples)))
    console.log(`${name.padEnd(10)} start ${values[0]}, middle ${values[1]}, end ${values[2]}`);
}
const wrong = [
  ...grown,
  ...(faults === 0 ? ['no fault was injected'] : []),
  ...(fanOuts.lost > 0 ? [`${fanOuts.lost} servers had neither an answer nor an error in a call for all of them`] : []),
  ...(unusable > 0 ? [`${unusable} servers could not be used after the faults`] : []),
  ...(left > 0 ? [`${left} connections are open after all sessions were closed`] : []),
  ...(strangers.length > 0
    ? [`${strangers.length} errors that are not the library's, the first: ${strangers[0]?.stack ?? strangers[0]}`]
    : []),
];
for (const what of wrong) console.log(`NOT FLAT: ${what}`);
console.log(wrong.length === 0 ? 'FLAT' : `${wrong.length} things are wrong`);
child.disconnect();
process.exitCode = wrong.length === 0 ? 0 : 1;
