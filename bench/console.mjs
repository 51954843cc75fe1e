// The example console's engine: what it adds to the library's own calls, and what its messages of 500 rows save.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createClient } from 'cimlet';
import { comparePair, readPair } from 'cimlet/pairs';
import { requireTypeScript } from '../scripts/load-typescript.mjs';
import { benchPage } from './console-page.mjs';
import { inTurn, median, report, server, time } from './measure.mjs';

const { Engine } = requireTypeScript('./examples/console/engine/engine.ts');
const { Run } = requireTypeScript('./examples/console/engine/run.ts');
const RUNS = 2;
const AT_A_TIME = 64;

/** The result of one run of the engine. */
const resultOf = (engine, method, params) =>
  new Promise((resolve, reject) => {
    engine.run(method, params, (event) => {
      if (event.type !== 'end') return;
      if (event.how === 'done') resolve(event.result);
      else reject(new Error(`${method}: ${event.problem?.code} ${event.problem?.what}`));
    });
  });

export async function benchConsole() {
  console.log('The example console');
  benchMessages();
  await benchPage();
  await benchFleet();
  await benchComparison();
}

/** How long the process is busy at a time with a scope's 10,000 entries on their way to another process. */
function benchMessages() {
  const rows = Array.from({ length: 10_000 }, (_, index) => ({
    kind: 'entry',
    address: `10.32.${index >> 8}.${index & 255}`,
    name: `ws-${index}.contoso.com`,
    clientId: '00-15-5d-0a-31-7c',
    state: 'Active',
    ends: '2026-12-03T08:00:00.000Z',
    givenBy: '10.10.0.2',
    isReservation: false,
    description: null,
    mark: null,
  }));
  const longest = [];
  const whole = [];
  const total = [];
  let messages = 0;
  for (let round = 0; round < 11; round += 1) {
    const turns = [];
    const run = new Run((event) => {
      const start = performance.now();
      structuredClone(event);
      turns.push(performance.now() - start);
    });
    run.row(...rows);
    run.end(null, undefined);
    messages = turns.length - 1;
    const start = performance.now();
    structuredClone(rows);
    const took = performance.now() - start;
    whole.push(took);
    longest.push(Math.max(...turns) / took);
    total.push(turns.reduce((sum, turn) => sum + turn, 0) / took);
  }
  report('messages for 10,000 entries', messages, { most: 20 });
  report(
    'longest of them against one of all',
    median(longest),
    { most: 0.25 },
    `${median(whole).toFixed(0)} ms for all`,
  );
  report('all of them against one of all', median(total), { most: 1.2 });
}

const base = (servers) => {
  const ports = new Map(servers.map(({ name, port }) => [name, port]));
  return {
    kerberos: false,
    connectTo: ({ computerName }) => ({ host: '127.0.0.1', port: ports.get(computerName) }),
  };
};
const signIn = ({ userName, password }) => ({
  how: 'password',
  user: userName,
  password,
  logon: 'Negotiate',
  server: null,
  onlyThere: false,
  remember: false,
});

async function engineFor(servers, credential) {
  const engine = await Engine.open({ folder: null, window: 'browser', base: base(servers) });
  await resultOf(engine, 'servers', { add: servers.map(({ name }) => name).join('\n'), remove: [] });
  await resultOf(engine, 'signIn', signIn(credential));
  return engine;
}

/** Relationships, scopes and how full they are, of 1,000 servers, each of which is logged on to. */
async function benchFleet() {
  const { servers, credential, stop } = await server('./console-server.mjs');
  const names = servers.map(({ name }) => name);
  const ours = async () => {
    const engine = await engineFor(servers, credential);
    const { answered } = await resultOf(engine, 'fleet', { servers: null });
    await engine.close();
    if (answered !== names.length) throw new Error(`${answered} answered`);
  };
  const own = async () => {
    const client = createClient({ ...base(servers), authentication: 'Negotiate', credential, computers: names });
    const call = { ThrottleLimit: AT_A_TIME };
    await client.getDhcpServerv4Failover(call);
    const scopes = await client.getDhcpServerv4Scope(call);
    await client.getDhcpServerv4ScopeStatistics({ ...call, Failover: true });
    await client.close();
    if (scopes.length !== names.length) throw new Error(`${scopes.length} scopes`);
  };
  try {
    const { ratio, ours: took } = await inTurn(
      () => time(ours),
      () => time(own),
      RUNS,
    );
    const detail = `${(took / 1000).toFixed(1)} s`;
    report("fleet of 1,000 servers against the library's own fan-out", ratio, { most: 1.3 }, detail);
  } finally {
    stop();
  }
}

/** The pair of 400 scopes and 10,000 reservations, read and compared by the engine, against the library's two functions. */
async function benchComparison() {
  const { servers, credential, stop } = await server('./pairs-server.mjs');
  const engine = await engineFor(servers, credential);
  const client = createClient({ ...base(servers), authentication: 'Negotiate', credential });
  const [here, there] = await Promise.all(servers.map(({ name }) => client.session(name)));
  const key = 'SFO-SIN-Failover|10.10.10.2|10.10.10.3';
  let calls = 0;
  const count = () => {
    calls += 1;
  };
  const ours = async () => {
    calls = 0;
    subscribe('cimlet:cmdlet:bound', count);
    const { verdict } = await resultOf(engine, 'compare', { key, reservationOptions: [] });
    unsubscribe('cimlet:cmdlet:bound', count);
    if (verdict !== 'inStep') throw new Error(verdict);
  };
  const own = async () => {
    const read = await readPair(here, there);
    comparePair(read.here, read.there);
  };
  try {
    const { ratio, ours: took } = await inTurn(
      () => time(ours),
      () => time(own),
      RUNS,
    );
    report('cmdlets for a pair of 400 scopes, 10,000 reservations', calls, { most: 2418 });
    report('time against readPair and comparePair', ratio, { most: 1.2 }, `${(took / 1000).toFixed(1)} s`);
  } finally {
    await client.close();
    await engine.close();
    stop();
  }
}
