// The soak's servers, in a process of their own: a lab behind a man in the middle. Both misbehave now and then, and count how often.
import { connect, createServer } from 'node:net';
import { fleetDescription, startEmulator } from 'cimlet/emulator';

const TARGETS = Number(process.argv[2]);
const FAULT_EVERY_MS = 500;
const ERROR_PAGE = '<html><body><h1>500 Internal Server Error</h1></body></html>';

const emulator = await startEmulator({ lab: fleetDescription(TARGETS) });
const { lab } = emulator;
const [{ http }] = emulator.servers;
const counts = {};
const count = (kind) => {
  counts[kind] = (counts[kind] ?? 0) + 1;
};
const oneOf = (list) => list[Math.floor(Math.random() * list.length)];

/** Pairs of sockets: the client's and the lab's. */
const pairs = new Set();
let sealsToBreak = 0;

/** A byte of the sealed message is turned round. */
function broken(chunk) {
  const at = chunk.indexOf('application/octet-stream\r\n');
  if (at < 0 || chunk.length < at + 80) return chunk;
  const changed = Buffer.from(chunk);
  changed[at + 60] ^= 0x55;
  sealsToBreak -= 1;
  count('bad seal');
  return changed;
}

const proxy = createServer((client) => {
  const up = connect(http.port, http.host);
  const pair = { client, up };
  pairs.add(pair);
  const end = () => {
    pairs.delete(pair);
    client.destroy();
    up.destroy();
  };
  for (const socket of [client, up]) {
    socket.setNoDelay(true);
    socket.on('error', end);
    socket.on('close', end);
  }
  client.on('data', (chunk) => up.write(chunk));
  up.on('data', (chunk) => client.write(sealsToBreak > 0 ? broken(chunk) : chunk));
});
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));

const FAULTS = {
  cut: () => lab.injectFault({ kind: 'cut', afterBytes: Math.floor(Math.random() * 2000), times: 1, server: server() }),
  reset: () =>
    lab.injectFault({ kind: 'reset', afterBytes: Math.floor(Math.random() * 2000), times: 1, server: server() }),
  latency: () => lab.injectFault({ kind: 'latency', ms: 300, times: 5, server: server() }),
  silence: () => lab.injectFault({ kind: 'silence', times: 1, server: server() }),
  'status 500': () => lab.injectFault({ kind: 'page', status: 500, body: ERROR_PAGE, times: 1, server: server() }),
  quota: () => lab.injectFault({ kind: 'quota', times: 2, server: server() }),
  'cut connection': () => {
    const pair = oneOf([...pairs]);
    pair?.client.destroy();
    pair?.up.destroy();
  },
};
const server = () => oneOf(lab.servers).name;

const timer = setInterval(() => {
  const kind = oneOf([...Object.keys(FAULTS), 'bad seal']);
  if (kind === 'bad seal') {
    sealsToBreak += 1;
    return;
  }
  FAULTS[kind]();
  count(kind);
}, FAULT_EVERY_MS);

process.on('message', (message) => {
  if (message === 'heal') {
    clearInterval(timer);
    lab.clearFaults();
    sealsToBreak = 0;
  }
  process.send({ counts, connections: pairs.size });
});
process.on('disconnect', () => process.exit());
process.send({
  names: lab.servers.map(({ name }) => name),
  port: proxy.address().port,
  credential: { userName: emulator.credential.userName, password: emulator.credential.password.reveal() },
  ca: emulator.ca,
});
