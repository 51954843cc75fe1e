import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { callOf } from '../../serve/serve-harness.js';
import { runCommand } from '../command-harness.js';

const COMMAND = resolve('dist/cimlet.js');

interface Served extends Disposable {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly exit: Promise<unknown[]>;
  send(...messages: object[]): void;
  /** Resolves with the first line that begins so. */
  line(start: string): Promise<string>;
}

/** The command as it is built, as a process of its own. */
function startCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}): Served {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const exit = once(child, 'exit');
  const lines: Interface = createInterface({ input: child.stdout });
  const seen: string[] = [];
  const wakers: (() => void)[] = [];
  lines.on('line', (line) => {
    seen.push(line);
    for (const wake of wakers.splice(0)) wake();
  });
  return {
    child,
    exit,
    send: (...messages) => {
      for (const message of messages) child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    async line(start) {
      for (;;) {
        const found = seen.find((line) => line.startsWith(start));
        if (found !== undefined) return found;
        await new Promise<void>((wake) => wakers.push(wake));
      }
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

describe('cimlet serve', () => {
  it('runs cmdlets with the options of $CIMLET_OPTIONS, minds no Ctrl-C, and ends when its input does', async () => {
    using served = startCommand(['serve'], { CIMLET_OPTIONS: '--emulator' });
    served.send({ protocol: 1 }, callOf('a.1', 'Get-DhcpServerVersion'));
    await served.line('a.1 x');
    served.child.kill('SIGINT');
    served.child.kill('SIGINT');
    served.send(callOf('a.2', 'Get-DhcpServerVersion'));
    expect(await served.line('a.2 o')).toContain('dhcpserver.contoso.com');
    served.child.stdin.end();
    expect(await served.exit).toEqual([0, null]);
  }, 120_000);

  it('ends when whoever started it is killed', async () => {
    const script = `const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(COMMAND)}, '--emulator', 'serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
      child.stdin.write('{"protocol":1}\\n');
      child.stdout.once('data', (data) => process.stdout.write(data));`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [hello] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(/"pid":"(\d+)"/.exec(hello.toString())?.[1]);
    expect(process.kill(pid, 0)).toBe(true);
    parent.kill('SIGKILL');
    // It holds the parent's standard error: that ends with it.
    const isAlive = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    while (isAlive()) await new Promise((wake) => setImmediate(wake));
    expect(isAlive()).toBe(false);
  }, 120_000);

  it.each([
    [['serve', 'now'], {}, 'cimlet serve does not take "now".'],
    [['serve'], { CIMLET_OPTIONS: 'demo' }, '$CIMLET_OPTIONS does not take "demo".'],
    [['serve'], { CIMLET_OPTIONS: '--conect-to x' }, '--conect-to is not an option'],
    [['--user', 'u', '--password-stdin', 'serve'], {}, '--password-stdin'],
    [['--user', 'u', 'serve'], {}, 'The password of u is needed'],
    [['serve'], { CIMLET_OPTIONS: '--use-ssl --ca "no such file"' }, '--ca FILE: "no such file" cannot be read'],
  ])('refuses %j with %j', async (args, env, message) => {
    const run = await runCommand(args, { env });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
  });
});
