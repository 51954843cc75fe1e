import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { createLab, type Lab } from '../../../lib/emulator/lab/lab.js';

const COMMAND = join(__dirname, '../../../dist/cimlet.js');

let lab: Lab;
let emulator: Emulator;
let wire: Server;
let port: number;
/** What the client has sent, in the clear. */
let sent: string;
let sockets: Socket[];
let onSent: () => void;

beforeEach(async () => {
  lab = createLab();
  lab.injectFault({ kind: 'silence', action: '/Get' });
  emulator = await startEmulator({ lab, authentication: { basic: 'everywhere', allowUnencrypted: true } });
  [sent, sockets, onSent] = ['', [], () => {}];
  const { host = '', port: to = 0 } = emulator.servers[0]?.http ?? {};
  wire = createServer((client) => {
    const server = connect(to, host);
    sockets.push(client, server);
    client.on('data', (chunk) => {
      sent += chunk.toString();
      onSent();
      server.write(chunk);
    });
    server.pipe(client);
    for (const one of [client, server])
      one
        .on('error', () => {})
        .on('close', () => {
          client.destroy();
          server.destroy();
        });
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  port = (wire.address() as { port: number }).port;
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => wire.close(resolve));
  await emulator.close();
  lab.close();
});

const isSent = (text: string): Promise<void> =>
  new Promise((resolve) => {
    onSent = () => {
      if (sent.includes(text)) resolve();
    };
    onSent();
  });

function start(...argv: string[]): { readonly child: ChildProcess; readonly ended: Promise<[number | null, string]> } {
  const { userName, password } = emulator.credential;
  const logon = ['--user', userName, '--password-env', 'P', '--auth', 'Basic', '--allow-unencrypted'];
  const child = spawn(process.execPath, [COMMAND, ...logon, '--connect-to', `::127.0.0.1:${port}`, ...argv], {
    env: { P: password.reveal(), PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve([code, stderr]))) };
}

describe('Ctrl-C', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s cancels what the server does, says so in one line, and ends with %i', async (signal, code) => {
    const { child, ended } = start('Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com; Get-DhcpServerVersion');
    await isSent('PS_DhcpServerv4Scope');
    child.kill(signal);
    const [exit, stderr] = await ended;
    expect(stderr).toBe(
      'cimlet: Interrupted: what the servers are doing is cancelled. Press Ctrl-C again to end at once.\n',
    );
    expect(exit).toBe(code);
    expect(sent).toContain('/Cancel<');
    expect(sent).not.toContain('DhcpServerVersion');
  });

  // util-linux' script gives it a terminal.
  const onTerminal = /util-linux/.test(String(spawnSync('script', ['--version']).stdout)) ? it : it.skip;

  onTerminal(
    'on a terminal begins a line of its own, and ends the loop that bash is in; apt-get install bsdutils',
    async () => {
      const { userName, password } = emulator.credential;
      const argv = [
        '--no-profile',
        '--user',
        `'${userName}'`,
        '--password-env',
        'P',
        '--auth',
        'Basic',
        '--allow-unencrypted',
      ];
      const line = [process.execPath, COMMAND, ...argv, '--connect-to', `::127.0.0.1:${port}`].join(' ');
      const loop = `for i in 1 2; do ${line} Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com; echo next; done`;
      const child = spawn('script', ['-qec', `bash -c "${loop}"`, '/dev/null'], {
        env: { P: password.reveal(), PATH: process.env['PATH'], TERM: 'xterm', SHELL: '/bin/bash' },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      let screen = '';
      child.stdout.on('data', (chunk: Buffer) => {
        screen += chunk.toString();
      });
      const ended = new Promise((resolve) => child.on('close', resolve));
      await isSent('PS_DhcpServerv4Scope');
      child.stdin.write('\u0003');
      await ended;
      expect(screen).toBe(
        '^C\r\ncimlet: Interrupted: what the servers are doing is cancelled. Press Ctrl-C again to end at once.\r\n',
      );
      expect(sent).toContain('/Cancel<');
    },
  );
});
