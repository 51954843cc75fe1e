// The same 2 KB invoke against the same server through other people's clients: pywinrm in sequence, node-soap with 64 calls in flight.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { getDhcpServerv4Failover, newCimSession } from 'cimlet';
import { capture, sessionTo } from './bench-session.mjs';
import { inTurn, pool, report, server, time } from './measure.mjs';

const PYTHON = '/usr/bin/python3';
const CALLS = 1500;

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));

/** Calls per second of our own invoke: built, sent, read and typed. */
async function ourRate(port, width) {
  const session = await sessionTo(port, 'wsman', { maxConnections: width });
  const parameters = { CimSession: session, Name: 'SFO-SIN-Failover' };
  return {
    rate: async () =>
      CALLS / ((await time(() => pool(CALLS, width, () => getDhcpServerv4Failover(parameters)))) / 1000),
    close: () => session.close(),
  };
}

/** What the cmdlet sends. */
async function requestOfTheCmdlet() {
  const [envelope] = await capture(async (transport) => {
    const session = await newCimSession('dhcpserver.contoso.com', { transport });
    await getDhcpServerv4Failover({ CimSession: session, Name: 'SFO-SIN-Failover' });
  });
  return envelope;
}

async function benchPywinrm(port, envelope) {
  const name = 'calls per second against pywinrm send_message, in sequence';
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
  const ours = await ourRate(port, 1);
  try {
    const pywinrm = async () => {
      const line = Promise.race([once(lines, 'line'), ended]);
      python.stdin.write('\n');
      return Number((await line)[0]);
    };
    const result = await inTurn(ours.rate, pywinrm);
    report(name, result.ratio, { least: 3 }, rates(result));
  } finally {
    python.stdin.end();
    await ours.close();
    rmSync(folder, { recursive: true });
  }
}

async function benchNodeSoap(port, envelope) {
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
  const ours = await ourRate(port, 64);
  try {
    const result = await inTurn(ours.rate, async () => CALLS / ((await time(() => pool(CALLS, 64, call))) / 1000));
    const detail = `${rates(result)}; its request is ${Buffer.byteLength(client.lastRequest)} bytes, ours ${envelope.length}`;
    report('calls per second against node-soap, 64 in flight', result.ratio, { least: 4 }, detail);
  } finally {
    await ours.close();
    httpAgent.destroy();
  }
}

const rates = ({ ours, yardstick }) => `${Math.round(ours)} against ${Math.round(yardstick)} calls/s`;

export async function benchPeers() {
  const echo = await server('./echo-server.mjs');
  const envelope = await requestOfTheCmdlet();
  console.log(`Other clients: ${envelope.length} bytes out, ${echo.bytes} bytes back, ${CALLS} calls a run`);
  try {
    await benchPywinrm(echo.port, envelope);
    await benchNodeSoap(echo.port, envelope);
  } finally {
    echo.stop();
  }
}
