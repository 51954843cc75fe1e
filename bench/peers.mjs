// The same 2 KB invoke against the same server through other people's clients: pywinrm in sequence, node-soap with 64 calls in flight.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { getDhcpServerv4Failover } from 'cimlet';
import { capture, sessionTo } from './bench-session.mjs';
import { getByName } from './calls.mjs';
import { inTurn, pool, report, server, time } from './measure.mjs';

const PYTHON = '/usr/bin/python3';
const CALLS = 1500;

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));

/** What is compared: the invoke itself, for which there are promises, and the cmdlet, which sends more and does more. */
const CONTENDERS = [
  { what: 'session.invokeMethod', callOf: getByName, pywinrm: { least: 3 }, nodeSoap: { least: 4 } },
  {
    what: 'the whole cmdlet',
    callOf: (session) => () => getDhcpServerv4Failover({ CimSession: session, Name: 'SFO-SIN-Failover' }),
  },
];

/** Calls per second: built, sent, read and typed. */
async function ourRate({ callOf }, port, width) {
  const session = await sessionTo(port, 'wsman', { maxConnections: width });
  const call = callOf(session);
  return {
    rate: async () => CALLS / ((await time(() => pool(CALLS, width, call))) / 1000),
    close: () => session.close(),
  };
}

/** What a contender sends. */
async function requestOf({ callOf }, port) {
  const [envelope] = await capture(async (transport) => callOf(await sessionTo(port, 'wsman', { transport }))());
  return envelope;
}

async function benchPywinrm(contender, port, envelope) {
  const name = `${contender.what} against pywinrm send_message, in sequence`;
  const found = spawnSync(PYTHON, ['-c', 'import winrm'], { encoding: 'utf8' });
  if (found.status !== 0) {
    console.log(`${name}: skipped, ${found.error?.message ?? 'python3-winrm is not installed'}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-bench-'));
  writeFileSync(join(folder, 'invoke.xml'), envelope);
  const arguments_ = [beside('./peers.py'), `http://127.0.0.1:${port}/wsman`, join(folder, 'invoke.xml'), CALLS];
  const python = spawn(PYTHON, arguments_, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: python.stdout });
  const ended = once(python, 'exit').then(([code]) => {
    throw new Error(`python3 ended with ${code}`);
  });
  ended.catch(() => {});
  const ours = await ourRate(contender, port, 1);
  try {
    const pywinrm = async () => {
      const line = Promise.race([once(lines, 'line'), ended]);
      python.stdin.write('\n');
      return Number((await line)[0]);
    };
    const result = await inTurn(ours.rate, pywinrm);
    report(name, result.ratio, contender.pywinrm, `${rates(result)}; both send ${envelope.length} bytes`);
  } finally {
    python.stdin.end();
    await ours.close();
    rmSync(folder, { recursive: true });
  }
}

async function benchNodeSoap(contender, port, envelope) {
  const { createClientAsync } = (await import('soap')).default;
  const client = await createClientAsync(beside('./peers.wsdl'), { forceSoap12Headers: true });
  client.setEndpoint(`http://127.0.0.1:${port}/wsman`);
  client.addHttpHeader('Authorization', 'Basic eDp5');
  const headers = /Header>(.*)<\/[a-z]+:Header>/s.exec(envelope.toString())[1];
  const declared = [...envelope.toString().matchAll(/xmlns:(?!s=)\w+="[^"]*"/g)].map(([text]) => text);
  client.wsdl.xmlnsInEnvelope += ` ${[...new Set(declared)].filter((text) => !client.wsdl.xmlnsInEnvelope.includes(text.split('=')[0])).join(' ')} xmlns:s="http://www.w3.org/2003/05/soap-envelope"`;
  client.addSoapHeader(headers);
  const httpAgent = new Agent({ keepAlive: true, maxSockets: 64 });
  const call = async () => {
    const [result] = await client.GetByNameAsync({ Name: ['SFO-SIN-Failover'] }, { httpAgent, forever: true });
    if (result.cmdletOutput === undefined) throw new Error('another reply');
  };
  const ours = await ourRate(contender, port, 64);
  try {
    const result = await inTurn(ours.rate, async () => CALLS / ((await time(() => pool(CALLS, 64, call))) / 1000));
    const detail = `${rates(result)}; its request is ${Buffer.byteLength(client.lastRequest)} bytes, ours ${envelope.length}`;
    report(`${contender.what} against node-soap, 64 in flight`, result.ratio, contender.nodeSoap, detail);
  } finally {
    await ours.close();
    httpAgent.destroy();
  }
}

const rates = ({ ours, yardstick }) => `${Math.round(ours)} against ${Math.round(yardstick)} calls/s`;

export async function benchPeers() {
  const echo = await server('./echo-server.mjs');
  console.log(`Other clients, calls per second: ${echo.bytes} bytes back, ${CALLS} calls a run`);
  try {
    for (const contender of CONTENDERS) {
      const envelope = await requestOf(contender, echo.port);
      await benchPywinrm(contender, echo.port, envelope);
      await benchNodeSoap(contender, echo.port, envelope);
    }
  } finally {
    echo.stop();
  }
}
