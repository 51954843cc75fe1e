// Electron's main process with a recording fake of Electron: what it asks for, in which order, and who may ask it.
import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PAGE_URL, webPreferences } from '../../../examples/console/electron/window-rules.js';

const order: string[] = [];

class FakeContents extends EventEmitter {
  readonly mainFrame = { url: `${PAGE_URL}#/pairs`, parent: null };
  readonly sent: unknown[][] = [];
  isGone = false;
  openHandler: (() => { action: string }) | undefined;
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
}

class FakeWindow extends EventEmitter {
  static readonly all: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  readonly asked: string[] = [];
  readonly options: Record<string, unknown>;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    FakeWindow.all.push(this);
    order.push('window');
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    order.push(`load ${url}`);
  }
  show(): void {
    this.asked.push('show');
  }
  focus(): void {
    this.asked.push('focus');
  }
}

class FakeProcess extends EventEmitter {
  readonly heard: unknown[] = [];
  isKilled = false;
  postMessage(message: unknown): void {
    this.heard.push(message);
  }
  kill(): boolean {
    this.isKilled = true;
    return this.emit('exit', 0);
  }
}

const app = Object.assign(new EventEmitter(), {
  paths: new Map([['appData', '/home/admin/.config']]),
  quits: 0,
  exits: [] as number[],
  commandLine: { hasSwitch: () => false },
  getPath: (name: string): string => app.paths.get(name) ?? `/default/${name}`,
  setPath: (name: string, path: string) => {
    order.push(`path ${name}`);
    app.paths.set(name, path);
  },
  requestSingleInstanceLock: () => {
    order.push('lock');
    return true;
  },
  whenReady: async () => void order.push('ready'),
  quit: () => {
    app.quits += 1;
  },
  exit: (code: number) => app.exits.push(code),
});
const forked: { readonly file: string; readonly options: unknown; readonly process: FakeProcess }[] = [];
const handlers: Record<string, unknown> = {};
const ipcMain = new EventEmitter();
const electron = {
  app,
  BrowserWindow: FakeWindow,
  dialog: { showSaveDialog: async () => ({ canceled: true, filePath: '' }) },
  ipcMain,
  Menu: { setApplicationMenu: (menu: unknown) => order.push(`menu ${menu}`) },
  protocol: {
    registerSchemesAsPrivileged: (schemes: unknown) => order.push(`schemes ${JSON.stringify(schemes)}`),
    handle: (scheme: string, handler: unknown) => {
      order.push(`handle ${scheme}`);
      handlers[scheme] = handler;
    },
  },
  safeStorage: { isAsyncEncryptionAvailable: async () => false, getSelectedStorageBackend: () => 'basic_text' },
  session: {
    defaultSession: {
      setPermissionRequestHandler: () => order.push('permissions'),
      setPermissionCheckHandler: () => undefined,
      setDevicePermissionHandler: () => undefined,
      on: () => undefined,
    },
  },
  utilityProcess: {
    fork: (file: string, _args: unknown, options: unknown) => {
      const process = new FakeProcess();
      forked.push({ file, options, process });
      return process;
    },
  },
};

let window: FakeWindow;
const fromPage = (id: string, ...more: unknown[]): unknown[] => [
  { sender: window.webContents, senderFrame: window.webContents.mainFrame },
  id,
  ...more,
];

beforeAll(async () => {
  jest.doMock('electron', () => electron, { virtual: true });
  jest.doMock('../../../examples/console/page-files.js', () => ({
    pageFiles: async () =>
      new Map([['/', { type: 'text/html;charset=utf-8', bytes: Buffer.from('<h1>the page</h1>') }]]),
  }));
  const opened = new Promise<void>((resolve) => {
    FakeWindow.prototype.loadURL = async (url) => {
      order.push(`load ${url}`);
      resolve();
    };
  });
  await import('../../../examples/console/electron/main.js');
  await opened;
  const [first] = FakeWindow.all;
  if (first === undefined) throw new Error('There is no window.');
  window = first;
});
afterAll(() => jest.dontMock('electron'));

describe("Electron's main process", () => {
  it('rule 2: has the scheme before Electron is ready, its own folder, its guards before its window, and the one page in it', async () => {
    expect(order).toEqual([
      'path userData',
      'schemes [{"scheme":"app","privileges":{"standard":true,"secure":true}}]',
      'lock',
      'ready',
      'handle app',
      'permissions',
      'menu null',
      'window',
      `load ${PAGE_URL}`,
    ]);
    // `npx electron examples/console` has no name of its own: what is remembered must not lie where every such program looks.
    expect(app.getPath('userData')).toBe('/home/admin/.config/cimlet-console');
    const answer = (handlers['app'] as (request: { url: string }) => Response)({ url: PAGE_URL });
    expect(await answer.text()).toBe('<h1>the page</h1>');
  });

  it('rule 1: gives the window its one webPreferences, and shows it when there is something to see', () => {
    const { webPreferences: given, show } = window.options;
    expect(given).toEqual(webPreferences((given as { preload: string }).preload));
    expect((given as { preload: string }).preload).toMatch(/preload\.cjs$/);
    expect([show, window.asked]).toEqual([false, []]);
    window.emit('ready-to-show');
    expect(window.asked).toEqual(['show']);
  });

  it('rule 7: guards whatever comes to hold a page', () => {
    expect(window.webContents.openHandler?.()).toEqual({ action: 'deny' });
    const other = new FakeContents();
    app.emit('web-contents-created', {}, other);
    let prevented = 0;
    other.emit('will-navigate', { preventDefault: () => (prevented += 1) });
    expect([prevented, other.openHandler?.()]).toEqual([1, { action: 'deny' }]);
  });

  it('rule 4: drops what is not from its page, and starts no engine for it', () => {
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    for (const senderFrame of [
      null,
      { url: PAGE_URL, parent: null },
      { ...window.webContents.mainFrame, url: 'about:blank' },
    ]) {
      ipcMain.emit('cimlet:run', { sender: window.webContents, senderFrame }, '1', 'state', {});
      ipcMain.emit('cimlet:stop', { sender: window.webContents, senderFrame }, '1', 'now');
    }
    ipcMain.emit('cimlet:run', ...fromPage('x'.repeat(65), 'state', {}));
    ipcMain.emit('cimlet:run', ...fromPage('1', { toString: 'state' }, {}));
    expect(warned).toHaveBeenCalledTimes(6);
    expect(forked).toEqual([]);
    warned.mockRestore();
  });

  it('runs what the page asks for in an engine of its own process, and hands on what that tells', async () => {
    ipcMain.emit('cimlet:run', ...fromPage('run-1', 'state', {}));
    const [{ file, options, process } = { file: '', options: null, process: new FakeProcess() }] = forked;
    expect([file.replace(/^.*\//, ''), options]).toEqual(['engine.cjs', { serviceName: 'cimlet engine' }]);
    expect(process.heard).toEqual([
      { kind: 'open', folder: '/home/admin/.config/cimlet-console' },
      { kind: 'run', id: 'run-1', method: 'state', params: {} },
    ]);
    ipcMain.emit('cimlet:stop', ...fromPage('run-1', 'whatever'));
    expect(process.heard.at(-1)).toEqual({ kind: 'stop', id: 'run-1', how: 'after-these' });
    const event = { type: 'progress', done: 0, failed: 0, atWork: 1, total: 1 };
    process.emit('message', { kind: 'event', id: 'run-1', event });
    process.emit('message', { kind: 'event', id: 'of another page', event });
    await new Promise(setImmediate);
    expect(window.webContents.sent).toEqual([['cimlet:event', 'run-1', event]]);
  });

  it('stops what a page began that is loaded anew, and not for another screen of it', () => {
    const [{ process } = { process: new FakeProcess() }] = forked;
    const before = process.heard.length;
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    expect(process.heard).toHaveLength(before);
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    expect(process.heard.at(-1)).toEqual({ kind: 'stop', id: 'run-1', how: 'now' });
  });

  it('brings its window forward for a second start, and ends with it', () => {
    app.emit('second-instance');
    expect(window.asked.at(-1)).toBe('focus');
    window.emit('closed');
    app.emit('window-all-closed');
    expect([forked[0]?.process.isKilled, app.quits, app.exits]).toEqual([true, 1, []]);
  });
});
