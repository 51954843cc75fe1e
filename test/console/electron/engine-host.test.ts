import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Method, RunEvent } from '../../../examples/console/bridge.js';
import { EngineHost, type EngineProcess } from '../../../examples/console/electron/engine-host.js';
import { serveEngine } from '../../../examples/console/electron/engine-process.js';
import type { KeptLogon } from '../../../examples/console/electron/key-store.js';
import type { FromEngine, ToEngine } from '../../../examples/console/electron/messages.js';
import { withFileWritten } from '../../../examples/console/electron/save-file.js';

/** A utility process in this one: messages are cloned on the way, as Electron's are. */
class ClonedProcess extends EventEmitter implements EngineProcess {
  readonly port = new EventEmitter();
  readonly heard: ToEngine[] = [];
  constructor() {
    super();
    serveEngine({
      postMessage: (message: FromEngine) => void this.emit('message', structuredClone(message)),
      on: (event, listener) => this.port.on(event, listener),
    });
  }
  postMessage(message: ToEngine): void {
    this.heard.push(message);
    this.port.emit('message', { data: structuredClone(message) });
  }
  kill(): boolean {
    return this.emit('exit', 0);
  }
}

function hosted(remembered: KeptLogon | undefined = undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-console-'));
  const processes: ClonedProcess[] = [];
  const told: [string, RunEvent<Method>][] = [];
  const waiting = new Map<string, (event: RunEvent<Method>) => void>();
  const host = new EngineHost({
    folder,
    fork: () => {
      const process = new ClonedProcess();
      processes.push(process);
      return process;
    },
    keyStore: {
      canRemember: async () => true,
      load: async () => remembered,
      save: async () => undefined,
      forget: async () => undefined,
    },
    send: (id, event) => {
      told.push([id, event]);
      if (event.type === 'end') waiting.get(id)?.(event);
    },
  });
  const run = (id: string, method: string, params: unknown) =>
    new Promise<RunEvent<Method>>((end) => {
      waiting.set(id, end);
      host.run(id, method, params);
    });
  return { host, run, told, processes, folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

const SIGN_IN = {
  how: 'remembered',
  user: null,
  password: null,
  logon: 'CredSsp',
  server: null,
  onlyThere: false,
  remember: false,
};

describe('the engine in a process of its own', () => {
  it('answers over the port, and what is remembered reaches it without its password reaching the page', async () => {
    const canary = 'canary-kept-password';
    const { run, told, processes, close } = hosted({
      account: 'CONTOSO\\admin',
      logon: 'CredSsp',
      password: canary,
      servers: [],
    });
    const state = await run('1', 'state', {});
    expect(state).toMatchObject({
      type: 'end',
      how: 'done',
      result: { window: 'electron', canRemember: true, remembered: { account: 'CONTOSO\\admin', logon: 'CredSsp' } },
    });
    // No server is listed, so that the password goes nowhere; but the engine has asked for it.
    expect(await run('2', 'signIn', SIGN_IN)).toMatchObject({ how: 'failed', problem: { code: 'NOT_FOUND' } });
    expect(JSON.stringify(processes[0]?.heard)).toContain(canary);
    expect(JSON.stringify(told)).not.toContain(canary);
    close();
  });

  it('rule 6: what the page sends as it likes is refused in the engine', async () => {
    const { run, close } = hosted();
    expect(await run('1', 'delete', {})).toMatchObject({ how: 'failed', problem: { code: 'REFUSED' } });
    expect(await run('2', 'fleet', JSON.parse('{"servers":null,"__proto__":{"x":1}}'))).toMatchObject({
      problem: { code: 'REFUSED' },
    });
    close();
  });

  it('an engine that ends is told as such, what was under way is not known, and the next run starts another one', async () => {
    const { run, host, told, processes, close } = hosted();
    await run('1', 'state', {});
    // A run whose engine says nothing more.
    processes[0]?.port.removeAllListeners();
    host.run('2', 'apply', { id: 'x', typed: null });
    processes[0]?.kill();
    expect(told.at(-1)).toEqual([
      '2',
      {
        type: 'end',
        how: 'failed',
        result: null,
        problem: {
          code: 'ENGINE_ENDED',
          where: null,
          what: 'The engine ended. What was under way is not known.',
          remedy: 'Sign in again, and look at what is there now.',
          changed: 'not known',
          again: true,
          record: null,
        },
      },
    ]);
    expect(await run('3', 'state', {})).toMatchObject({ how: 'done', result: { signedIn: null } });
    expect(processes).toHaveLength(2);
    close();
  });

  it('a page that is loaded anew hears nothing of the runs of the one before', async () => {
    const { run, host, told, close } = hosted();
    const first = run('1', 'state', {});
    host.stopAll();
    await run('2', 'state', {});
    expect(told.map(([id]) => id)).toEqual(['2']);
    void first;
    close();
  });
});

describe('rule 7: files are written by save alone', () => {
  const file = {
    name: '../../etc/fleet.csv',
    mediaType: 'text/csv;charset=utf-8',
    text: 'a,b',
    savedAs: null,
  } as const;
  const event: RunEvent<Method> = { type: 'end', how: 'done', result: file, problem: null };

  it('rule 7: where a person says, under the last part of its name, and the page gets no text', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cimlet-console-'));
    const asked: string[] = [];
    const path = join(folder, 'x.csv');
    const told = await withFileWritten(event, async (name) => {
      asked.push(name);
      return path;
    });
    expect([asked, readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual([['fleet.csv'], 'a,b', 0o600]);
    expect(told).toEqual({ ...event, result: { ...file, text: '', savedAs: path } });
    expect(await withFileWritten(event, async () => join(folder, 'no', 'folder'))).toMatchObject({
      how: 'failed',
      problem: { code: 'ERR_FILE' },
    });
    rmSync(folder, { recursive: true });
  });

  it('rule 7: nowhere when nobody says where', async () => {
    expect(await withFileWritten(event, async () => undefined)).toMatchObject({
      how: 'stopped',
      result: { text: '', savedAs: null },
    });
  });
});
