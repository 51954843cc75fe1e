import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { basicContext } from '../../../lib/auth/plain/basic.js';
import { Deadline } from '../../../lib/base/deadline.js';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import { getDhcpServerv4Scope } from '../../../lib/dhcp-server/index.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { HttpTransport } from '../../../lib/transport/http-transport.js';
import type { Transport } from '../../../lib/transport/transport.js';
import { call, envelope } from '../call.js';

const GET = 'PS_DhcpServerv4Scope.Get';
const SCOPE = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_DhcpServerv4Scope';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.lab.clearFaults());

function overSockets(): Transport {
  const [first] = emulator.servers;
  if (first === undefined) throw new Error('no server');
  const { credential, ca } = emulator;
  return new HttpTransport({
    host: first.name,
    tls: { ca },
    security: () => basicContext(credential),
    connectTo: first.https,
  });
}

/** The same faults on both ways to a server. */
const ways = [
  ['over sockets', overSockets],
  ['in memory', () => emulator.lab.transport('dhcpserver')],
] as const;

describe.each(ways)('injected faults %s', (_, open) => {
  let transport: Transport;
  beforeEach(() => {
    transport = open();
  });

  const receive = async (timeoutMs = 5_000): Promise<{ status: number; bytes: number }> => {
    using deadline = new Deadline({ timeoutMs });
    const reply = await transport.send({
      body: Buffer.from(
        envelope({
          resourceUri: SCOPE,
          action: `${SCOPE}/Get`,
          selectors: { __cimnamespace: 'root/Microsoft/Windows/DHCP' },
        }),
      ),
      contentType: 'application/soap+xml;charset=UTF-8',
      repeatable: false,
      deadline,
    });
    let bytes = 0;
    for await (const chunk of reply.body) bytes += chunk.length;
    return { status: reply.status, bytes };
  };

  it.each([
    { kind: 'reset', afterBytes: 0 },
    { kind: 'reset', afterBytes: 100 },
    { kind: 'cut', afterBytes: 1 },
    { kind: 'cut', afterBytes: 500 },
  ] as const)('breaks the connection: %j', async (fault) => {
    emulator.lab.injectFault(fault);
    await expect(receive()).rejects.toThrow(expect.objectContaining({ code: 'ERR_CONNECTION_LOST' }));
    emulator.lab.clearFaults();
    expect((await receive()).status).toBe(200);
    await transport.close();
  });

  it('delays the reply, within the deadline and past it', async () => {
    emulator.lab.injectFault({ kind: 'latency', ms: 30 });
    const start = performance.now();
    await receive();
    expect(performance.now() - start).toBeGreaterThan(25);
    emulator.lab.clearFaults();
    emulator.lab.injectFault({ kind: 'silence' });
    await expect(receive(50)).rejects.toThrow(expect.objectContaining({ code: 'ERR_TIMEOUT' }));
    await transport.close();
  });

  it('trickles', async () => {
    const whole = (await receive()).bytes;
    emulator.lab.injectFault({ kind: 'slow', bytesPerSecond: 50_000 });
    const start = performance.now();
    expect((await receive()).bytes).toBe(whole);
    expect(performance.now() - start).toBeGreaterThan((whole / 50_000) * 500);
    await transport.close();
  });

  it('is busy as often as it was told, for one server and one action', async () => {
    emulator.lab.injectFault({ kind: 'quota', server: 'dhcpserver.contoso.com', action: '/Get', times: 2 });
    for (const status of [500, 500, 200]) expect((await receive()).status).toBe(status);
    const clear = emulator.lab.injectFault({ kind: 'quota', code: 0x803381a7 });
    const { fault } = await call(transport, GET);
    expect(fault?.child('Detail')?.child('WSManFault')?.attribute('Code')).toBe(String(0x803381a7));
    clear();
    expect((await call(transport, GET)).output).toHaveLength(2);
    await transport.close();
  });

  it('answers something that is not SOAP, and a flood', async () => {
    const clear = emulator.lab.injectFault({ kind: 'page', status: 503 });
    expect(await receive()).toEqual({ status: 503, bytes: 46 });
    clear();
    emulator.lab.injectFault({ kind: 'flood', bytes: 3_000_001 });
    expect((await receive()).bytes).toBe(3_000_001);
    await transport.close();
  });
});

describe('a listener shared by many servers', () => {
  it('tells them apart by the name in the Host header and in TLS', async () => {
    await using shared = await startEmulator({ sharedListeners: true });
    const ports = new Set(shared.servers.map(({ https }) => https.port));
    expect(ports.size).toBe(1);
    const counts: number[] = [];
    for (const { name, https } of shared.servers) {
      const transport = new HttpTransport({
        host: name,
        tls: { ca: shared.ca },
        security: () => basicContext(shared.credential),
        connectTo: https,
      });
      counts.push((await call(transport, GET)).output.length);
      await transport.close();
    }
    expect(counts).toEqual([2, 0]);
  });

  it('ends the connections of a server that loses power, so that the next call fails and waits for nothing', async () => {
    await using shared = await startEmulator({ sharedListeners: true });
    const [one, other] = shared.servers.map(({ name }) => name);
    await using stays = await newCimSession(one ?? '', shared.sessionOptions);
    await using goes = await newCimSession(other ?? '', shared.sessionOptions);
    for (const CimSession of [stays, goes]) await getDhcpServerv4Scope({ CimSession });
    shared.lab.powerOff(other ?? '');
    const warnings: unknown[] = [];
    const options = { timeoutMs: 30_000, onWarning: (message: unknown) => warnings.push(message) };
    await expect(getDhcpServerv4Scope({ CimSession: goes }, options)).rejects.toThrow(/closed/);
    expect(warnings).toEqual([]);
    expect((await getDhcpServerv4Scope({ CimSession: stays }, options)).length).toBeGreaterThan(0);
  });
});
