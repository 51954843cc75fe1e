import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { runCommand } from './command-harness.js';

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
      ['logon', true],
      ['identify', true],
    ]);
    expect(steps[2]?.text).toContain('Negotiate');
    expect(steps[3]?.text).toContain('NTLM');
    expect(steps[3]?.text).toContain('messages are sealed');
    expect(steps[3]?.hint).toContain('CredSsp');
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
    expect(steps.at(-1)?.step).toBe('identify');
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

  it('gives up after --timeout', async () => {
    const mute = createTcpServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const sockets: { destroy(): void }[] = [];
    mute.on('connection', (socket) => sockets.push(socket));
    const { steps } = await test('--timeout', '0.2', ...connectTo(port), ...login(), 'test', HOST);
    expect(steps.at(-1)).toMatchObject({ step: 'offer', ok: false });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });

  it('wants one host', async () => {
    expect(await runCommand(['test'])).toMatchObject({ code: 2, stdout: '' });
    expect(await runCommand(['test', 'a', 'b'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('does not take the built-in lab for a network', async () => {
    const run = await runCommand(['--emulator', 'test', HOST]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('Run cimlet emulator in another terminal');
  });
});
