// Watches the failover relationships of a pair, live from both ends, until Ctrl+C (on the emulated lab: until its story has been told).
//
//   node examples/watch-pair.mjs          CIMLET_SERVERS=server,partner or the emulated lab, whose servers lose sight of each other
import { addDhcpServerv4Failover, CimException, getDhcpServerv4Failover, newCimSession } from 'cimlet';
import { connect } from './connect.mjs';

const NAMESPACE = 'root/Microsoft/Windows/DHCP';
const EVENT = 'DhcpServerv4FailoverStateChange';
const EVERY_MS = 5_000;

const { servers, sessionOptions, lab, close } = await connect();
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());

const sessions = await Promise.all(servers.slice(0, 2).map((server) => newCimSession(server, sessionOptions)));
try {
  if (lab !== undefined) await protect(sessions[0], servers[1]);
  await Promise.all([...sessions.map(watch), lab === undefined ? undefined : tellAStory(lab)]);
} finally {
  for (const session of sessions) await session.close();
  await close();
}

/** A server that knows the event tells of each change; Windows writes it to its event log, so there the state is asked for. */
async function watch(session) {
  try {
    for await (const { computerName, name, from, to } of changes(session)) {
      console.log(`${new Date().toLocaleTimeString()}  ${computerName}  ${name}: ${from} → ${to}`);
    }
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  }
}

async function* changes(session) {
  const { computerName } = session;
  const { signal } = stopping;
  const query = `select * from ${EVENT}`;
  try {
    for await (const { instance } of session.subscribe({ namespace: NAMESPACE, query, signal })) {
      const { Name: name, PreviousState: from, State: to } = Object.fromEntries(Object.entries(instance));
      yield { computerName, name, from, to };
    }
  } catch (error) {
    if (!(error instanceof CimException)) throw error;
    yield* polled(session);
  }
}

async function* polled(session) {
  const { computerName } = session;
  const states = new Map();
  for (; !stopping.signal.aborted; await new Promise((resolve) => setTimeout(resolve, EVERY_MS))) {
    for (const { Name: name, State: to } of await getDhcpServerv4Failover({ CimSession: session })) {
      const from = states.get(name);
      states.set(name, to);
      if (from !== to) yield { computerName, name, from: from ?? '(new)', to };
    }
  }
}

async function protect(session, partner) {
  const ScopeId = ['10.10.10.0', '10.20.20.0'];
  await addDhcpServerv4Failover({ CimSession: session, Name: 'SFO-SIN', PartnerServer: partner, ScopeId });
}

/** The servers lose sight of each other and meet again; when both are Normal, there is nothing more to watch. */
async function tellAStory(lab) {
  const [first, second] = servers;
  const settled = new Promise((resolve) => {
    let restored = 0;
    lab.observe((event) => {
      if (event.type === 'state-changed' && event.to === 'Normal' && ++restored === 2) resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // the subscriptions are under way
  lab.cutLink(first, second);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  lab.restoreLink(first, second);
  await settled;
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // the last events are on their way
  stopping.abort();
}
