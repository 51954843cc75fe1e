import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clockStep } from '../../../lib/cli/commands/connection-test/clock-step.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { startTunnelProxy } from '../../support/tunnel-proxy.js';
import { runCommand } from '../command-harness.js';

const HOST = 'dhcpserver.contoso.com';

interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly text: string;
  readonly hint?: string;
}

let emulator: Emulator;
let directory: string;
let ca: string;

beforeAll(async () => {
  emulator = await startEmulator();
  directory = mkdtempSync(join(tmpdir(), 'cimlet-test-'));
  ca = join(directory, 'ca.pem');
  writeFileSync(ca, emulator.ca);
});

afterAll(async () => {
  await emulator.close();
  rmSync(directory, { recursive: true });
});

const connectTo = (port: number | undefined) => ['--connect-to', `::127.0.0.1:${port}`];
const login = () => ['--user', emulator.credential.userName, '--password-env', 'P'];

async function test(...argv: string[]): Promise<{ code: number; steps: Step[] }> {
  const env = { P: emulator.credential.password.reveal(), BAD: 'wrong' };
  const run = await runCommand(['--json', ...argv], { env });
  expect(run.stderr).toBe('');
  const steps = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Step);
  return { code: run.code, steps };
}

describe('cimlet test', () => {
  it('tells every step over http, and that NTLM delegates nothing', async () => {
    const argv = [...connectTo(emulator.servers[0]?.http.port), ...login(), '--auth', 'Ntlm', 'test', HOST];
    const { code, steps } = await test(...argv);
    expect(code).toBe(0);
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual([
      ['name', true],
      ['tcp', true],
      ['offer', true],
      ['clock', true],
      ['logon', true],
      ['identify', true],
      ['dhcp', true],
    ]);
    expect(steps[2]?.text).toContain('Negotiate');
    expect(steps[4]?.text).toContain('NTLM');
    expect(steps[4]?.text).toContain('messages are sealed');
    expect(steps[4]?.hint).toContain('CredSsp');
  });

  it('shows the certificate and its fingerprint over https', async () => {
    const argv = [
      '--use-ssl',
      '--ca',
      ca,
      ...connectTo(emulator.servers[0]?.https.port),
      ...login(),
      '--auth',
      'Basic',
    ];
    const { code, steps } = await test(...argv, 'test', HOST);
    expect(code).toBe(0);
    expect(steps[2]).toMatchObject({ step: 'tls', ok: true });
    expect(steps[2]?.text).toMatch(/SHA-256 (?:[0-9A-F]{2}:){31}[0-9A-F]{2}\.$/);
    expect(steps.at(-1)?.step).toBe('dhcp');
  });

  it('takes a pinned certificate without its authority, and no other', async () => {
    const server = emulator.servers[0];
    const pin = new X509Certificate(emulator.authority.server(HOST).cert).fingerprint256;
    const argv = ['--use-ssl', ...connectTo(server?.https.port), ...login(), '--auth', 'Basic'];
    const pinned = await test(...argv, '--pin', pin.toLowerCase().replaceAll(':', ''), 'test', HOST);
    expect(pinned.code).toBe(0);
    expect(pinned.steps[2]?.text).toMatch(/it is the pinned one\.$/);
    const other = await test(
      ...argv,
      '--pin',
      pin.replace(/^../, (byte) => (byte === '00' ? '01' : '00')),
      'test',
      HOST,
    );
    expect(other.steps.at(-1)).toMatchObject({
      step: 'tls',
      ok: false,
      text: expect.stringContaining('not the pinned'),
    });
  });

  it('prints lines for people without --json', async () => {
    const argv = [...connectTo(emulator.servers[0]?.http.port), '--user', emulator.credential.userName];
    const run = await runCommand([...argv, '--password-env', 'BAD', '--auth', 'Ntlm', 'test', HOST], {
      env: { BAD: 'wrong' },
    });
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toMatch(/^ok {6}name /);
    expect(run.stdout).toMatch(/\nFAILED {2}logon /);
  });

  it('names an unknown authority and a wrong name before anything is sent', async () => {
    const argv = ['--use-ssl', ...connectTo(emulator.servers[0]?.https.port), ...login(), '--auth', 'Basic'];
    const unknown = await test(...argv, 'test', HOST);
    expect(unknown.code).toBe(1);
    expect(unknown.steps.at(-1)).toMatchObject({ step: 'tls', ok: false, hint: expect.stringContaining('--ca') });
    const misnamed = await test(...argv, '--ca', ca, 'test', 'other.contoso.com');
    expect(misnamed.steps.at(-1)).toMatchObject({ step: 'tls', ok: false });
    expect(misnamed.steps.at(-1)?.text).toContain('not for other.contoso.com');
  });

  it('says that the common name of a certificate that has no other, as OMI makes them, is none', async () => {
    const read = (name: string) => readFileSync(join(__dirname, '../../transport/fixtures', name));
    const server = createTlsServer({ cert: read('common-name.pem'), key: read('common-name.key') });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { steps } = await test('--use-ssl', '--skip-ca-check', ...connectTo(port), ...login(), 'test', HOST);
    await new Promise((resolve) => server.close(resolve));
    expect(steps.at(-1)).toMatchObject({
      step: 'tls',
      ok: false,
      text: expect.stringMatching(/no subject alternative name, and the common name in CN=dhcpserver is none/),
      hint: expect.stringContaining('--pin'),
    });
  });

  it('goes on with any name for --skip-cn-check, and with no other authority', async () => {
    const argv = ['--use-ssl', ...connectTo(emulator.servers[0]?.https.port), ...login(), '--auth', 'Basic'];
    const other = ['--skip-cn-check', 'test', 'other.contoso.com'];
    const skipped = await test(...argv, '--ca', ca, ...other);
    expect(skipped).toMatchObject({ code: 0 });
    expect(skipped.steps[2]).toMatchObject({ step: 'tls', ok: true, hint: expect.stringContaining('any name') });
    const unknown = await test(...argv, ...other);
    expect(unknown.steps.at(-1)).toMatchObject({
      step: 'tls',
      ok: false,
      text: expect.stringContaining('authority is not trusted'),
      hint: expect.stringContaining('--ca'),
    });
  });

  it('names a closed port, a web server, and a port that speaks no HTTP', async () => {
    const closed = await test(...connectTo(1), ...login(), 'test', HOST);
    expect(closed.steps.at(-1)).toMatchObject({
      step: 'tcp',
      ok: false,
      text: expect.stringContaining('ECONNREFUSED'),
    });
    const web = createServer((_, response) => response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html>'));
    const mute = createTcpServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end('SSH-2.0-x\r\n'),
    );
    for (const [server, text] of [
      [web, '404'],
      [mute, 'does not answer HTTP'],
    ] as const) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = (server as Server).address() as AddressInfo;
      const { code, steps } = await test(...connectTo(port), ...login(), 'test', HOST);
      expect(code).toBe(1);
      expect(steps.at(-1)).toMatchObject({ step: 'offer', ok: false, text: expect.stringContaining(text) });
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('goes on to the logon where only callers who log on are answered, as OMI does', async () => {
    // The answer is written after DSP0226 section 11; nothing of it is made by the library.
    const identity =
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">' +
      '<s:Header/><s:Body><w:IdentifyResponse><w:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</w:ProtocolVersion>' +
      '<w:ProductVendor>Open Management Infrastructure</w:ProductVendor><w:ProductVersion>1.0.8-6</w:ProductVersion></w:IdentifyResponse></s:Body></s:Envelope>';
    const expected = `Basic ${Buffer.from('admin:secret').toString('base64')}`;
    const quiet = createServer((request, response) => {
      if (request.headers.authorization === undefined) return;
      if (request.headers.authorization !== expected) return void response.writeHead(401).end();
      response.writeHead(200, { 'Content-Type': 'application/soap+xml;charset=UTF-8' }).end(identity);
    });
    await new Promise<void>((resolve) => quiet.listen(0, '127.0.0.1', resolve));
    const argv = ['--timeout', '2', ...connectTo((quiet.address() as AddressInfo).port), '--user', 'admin'];
    const run = await runCommand(
      [...argv, '--password-env', 'P', '--auth', 'Basic', '--allow-unencrypted', 'test', HOST],
      { env: { P: 'secret' } },
    );
    quiet.closeAllConnections();
    await new Promise((resolve) => quiet.close(resolve));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/\nWARN {4}offer {5}.*unanswered for 2 s\.\n +Windows answers at once/);
    expect(run.stdout).toMatch(
      /\nok {6}identify {2}It is Open Management Infrastructure, 1\.0\.8-6\.\nWARN {4}dhcp {6}It is not Windows/,
    );
  });

  const PARTNER = 'dhcpserver2.contoso.com';

  it('goes on from the server to its partner, which needs the credential there', async () => {
    const there = [...connectTo(emulator.servers[0]?.http.port), ...login()];
    const delegated = await test(...there, '--auth', 'CredSsp', '--ca', ca, 'test', HOST, PARTNER);
    expect(delegated.steps.slice(-3).map(({ step, ok }) => [step, ok])).toEqual([
      ['dhcp', true],
      ['partner', true],
      ['failover', true],
    ]);
    expect(delegated.code).toBe(0);
    const alone = await test(...there, '--auth', 'Ntlm', 'test', HOST, PARTNER);
    expect(alone.code).toBe(1);
    expect(alone.steps.at(-1)).toMatchObject({
      step: 'partner',
      ok: false,
      hint: expect.stringContaining('--auth CredSsp'),
    });
    const nowhere = await test(...there, '--auth', 'CredSsp', '--ca', ca, 'test', HOST, 'nobody.contoso.com');
    expect(nowhere.steps.at(-1)).toMatchObject({
      step: 'partner',
      ok: false,
      hint: expect.stringContaining('TCP 647'),
    });
  });

  it.each(['http', 'https'] as const)(
    'takes every step through --proxy, which looks the name up: %s',
    async (scheme) => {
      const port = scheme === 'http' ? 5985 : 5986;
      const proxy = await startTunnelProxy({ ports: { [`${HOST}:${port}`]: emulator.servers[0]?.[scheme].port ?? 0 } });
      const way = ['--proxy', `127.0.0.1:${proxy.port}`, ...(scheme === 'https' ? ['--use-ssl'] : [])];
      const { code, steps } = await test(...way, ...login(), '--auth', 'CredSsp', '--ca', ca, 'test', HOST);
      await proxy.close();
      expect(steps.filter(({ ok }) => !ok)).toEqual([]);
      expect(code).toBe(0);
      expect(steps[0]?.text).toBe(`${HOST} is looked up by the proxy 127.0.0.1:${proxy.port}.`);
      expect(steps[1]?.text).toContain(`through the proxy 127.0.0.1:${proxy.port}`);
      expect(steps.at(-1)?.step).toBe('dhcp');
      // TCP, perhaps TLS, the offer and the logon.
      expect(proxy.asked.length).toBeGreaterThanOrEqual(scheme === 'http' ? 3 : 4);
      expect(new Set(proxy.asked.map(([target]) => target))).toEqual(new Set([`${HOST}:${port}`]));
    },
  );

  it('says what a proxy wants that refuses', async () => {
    const proxy = await startTunnelProxy({ status: 407 });
    const { code, steps } = await test('--proxy', `127.0.0.1:${proxy.port}`, ...login(), 'test', HOST);
    await proxy.close();
    expect(code).toBe(1);
    expect(steps.at(-1)).toMatchObject({
      step: 'tcp',
      ok: false,
      text: expect.stringContaining('refused a tunnel'),
      hint: expect.stringContaining('--proxy http://USER@HOST:PORT, with --proxy-password-env VAR'),
    });
  });

  it('is interrupted without a word about a failure', async () => {
    const interruption = new AbortController();
    const mute = createTcpServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const sockets: { destroy(): void }[] = [];
    // The first connection is of the step before; the second is asked which logons there are.
    mute.on('connection', (socket) => {
      sockets.push(socket);
      if (sockets.length === 2) socket.once('data', () => interruption.abort());
    });
    const argv = [...connectTo((mute.address() as AddressInfo).port), ...login(), 'test', HOST];
    const run = await runCommand(argv, { env: { P: 'x' }, signal: interruption.signal });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
    expect(run).toMatchObject({ code: 130, stderr: 'cimlet: Interrupted.\n' });
    expect(run.stdout).toMatch(/^ok {6}name .*\nok {6}tcp .*\n$/);
  });

  it('compares the clocks', () => {
    const now = Date.UTC(2026, 0, 1, 12);
    const at = (seconds: number) => clockStep(new Date(now + seconds * 1000).toUTCString(), now);
    expect(at(1)).toMatchObject({ ok: true, text: "Its clock is this machine's, to the second." });
    expect(at(-59).warning).toBeUndefined();
    expect(at(61)).toMatchObject({ warning: true, text: "Its clock is 61 seconds ahead of this machine's." });
    expect(at(-400)).toMatchObject({ warning: true, hint: expect.stringContaining('w32tm') });
    expect(clockStep('yesterday', now)).toMatchObject({ warning: true });
  });

  it('gives up after --timeout', async () => {
    const mute = createTcpServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const sockets: { destroy(): void }[] = [];
    mute.on('connection', (socket) => sockets.push(socket));
    const { steps } = await test('--timeout', '0.2', ...connectTo(port), ...login(), 'test', HOST);
    expect(steps.at(-2)).toMatchObject({ step: 'offer', ok: true, warning: true });
    expect(steps.at(-1)).toMatchObject({
      step: 'logon',
      ok: false,
      text: expect.stringContaining('did not finish within 200 ms'),
      hint: expect.stringContaining('--timeout'),
    });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });

  it('wants one host', async () => {
    expect(await runCommand(['test'])).toMatchObject({ code: 2, stdout: '' });
    expect(await runCommand(['test', 'a', 'b', 'c'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('does not take the built-in lab for a network', async () => {
    const run = await runCommand(['--emulator', 'test', HOST]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('Run cimlet emulator in another terminal');
  });
});
