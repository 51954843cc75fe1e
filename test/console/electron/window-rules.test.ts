import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { transformSync } from '@swc/core';
import {
  guardContents,
  guardSession,
  isFromPage,
  PAGE_URL,
  pageResponse,
  webPreferences,
} from '../../../examples/console/electron/window-rules.js';

const FOLDER = resolve(__dirname, '../../../examples/console/electron');

it('rule 1: the one webPreferences', () => {
  expect(webPreferences('/somewhere/preload.cjs')).toEqual({
    preload: '/somewhere/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    experimentalFeatures: false,
    allowRunningInsecureContent: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  });
});

describe('rule 2: the page comes from app://console/', () => {
  const files = new Map([
    ['/', { type: 'text/html;charset=utf-8', bytes: Buffer.from('page') }],
    ['/console.js', { type: 'text/javascript;charset=utf-8', bytes: Buffer.from('script') }],
  ]);

  it('rule 2: out of a map of known files, with the policy', async () => {
    const page = pageResponse(files, 'app://console/');
    expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([
      200,
      'page',
      'text/html;charset=utf-8',
    ]);
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect(pageResponse(files, 'app://console/console.js').status).toBe(200);
  });

  it.each([
    'app://console/../main.cjs',
    'app://console/%2e%2e/main.cjs',
    'app://console/console.js?x=1',
    'app://console/console.js#x',
    'app://other/console.js',
    'app://console.evil/console.js',
    'file:///etc/passwd',
    'https://console/console.js',
    'app://console//console.js',
    'app://console/constructor',
    'app://console',
    '',
  ])('rule 2: %s is not there', (url) => {
    expect(pageResponse(files, url).status).toBe(404);
  });
});

describe('rule 4: a message counts only from our page', () => {
  const mainFrame = { url: PAGE_URL, parent: null };
  const contents = { mainFrame };
  it.each([
    ['our page', { sender: contents, senderFrame: mainFrame }, true],
    ['a frame that is gone', { sender: contents, senderFrame: null }, false],
    ['a frame within the page', { sender: contents, senderFrame: { url: PAGE_URL, parent: mainFrame } }, false],
    ['another frame of that address', { sender: contents, senderFrame: { url: PAGE_URL, parent: null } }, false],
    ['another window', { sender: { mainFrame }, senderFrame: mainFrame }, false],
  ])('rule 4: %s', (_, event, counts) => {
    expect(isFromPage(event, contents)).toBe(counts);
  });

  it('rule 4: whichever screen it shows', () => {
    const frame = { url: `${PAGE_URL}#/pair/a%7C10.0.0.1/differences`, parent: null };
    const shown = { mainFrame: frame };
    expect(isFromPage({ sender: shown, senderFrame: frame }, shown)).toBe(true);
  });

  it.each([
    'about:blank',
    '',
    'app://evil/#app://console/',
    '#app://console/',
    'app://console/x',
    'app://console/?a',
    'app://console',
    'https://console/',
    'file:///x',
  ])('rule 4: not when it shows %s', (url) => {
    const frame = { url, parent: null };
    const shown = { mainFrame: frame };
    expect(isFromPage({ sender: shown, senderFrame: frame }, shown)).toBe(false);
  });
});

/** An Electron module that remembers what was asked of it. */
class RecordingContents {
  readonly handlers = new Map<string, (event: { preventDefault(): void }) => void>();
  open: (() => { action: string }) | undefined;
  on(name: string, handler: (event: { preventDefault(): void }) => void): this {
    this.handlers.set(name, handler);
    return this;
  }
  setWindowOpenHandler(handler: () => { action: 'deny' }): void {
    this.open = handler;
  }
}

describe('rule 7: the page goes nowhere', () => {
  it('rule 7: navigation and webviews are prevented, windows denied', () => {
    const contents = new RecordingContents();
    guardContents(contents as unknown as Parameters<typeof guardContents>[0]);
    expect([...contents.handlers.keys()]).toEqual([
      'will-navigate',
      'will-frame-navigate',
      'will-redirect',
      'will-attach-webview',
    ]);
    for (const handler of contents.handlers.values()) {
      const preventDefault = jest.fn();
      handler({ preventDefault });
      expect(preventDefault).toHaveBeenCalledTimes(1);
    }
    expect(contents.open?.()).toEqual({ action: 'deny' });
  });

  it('rule 7: every permission, device and download is refused', () => {
    const asked: Record<string, (...parts: readonly unknown[]) => unknown> = {};
    const keep = (name: string) => (handler: (...parts: readonly unknown[]) => unknown) => {
      asked[name] = handler;
    };
    guardSession({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      on: (name: string, handler: (...parts: readonly unknown[]) => unknown) => keep(name)(handler),
    } as unknown as Parameters<typeof guardSession>[0]);
    const answers: unknown[] = [];
    asked['request']?.({}, 'clipboard-read', (granted: boolean) => answers.push(granted));
    const preventDefault = jest.fn();
    asked['will-download']?.({ preventDefault });
    expect([answers, asked['check']?.(), asked['device']?.(), preventDefault.mock.calls.length]).toEqual([
      [false],
      false,
      false,
      1,
    ]);
  });
});

describe('rule 5: the preload', () => {
  const exposed: Record<string, unknown> = {};
  const sent: unknown[][] = [];
  let hear: (event: unknown, id: unknown, told: unknown) => void = () => undefined;
  beforeAll(() => {
    const source = readFileSync(join(FOLDER, 'preload.ts'), 'utf8');
    expect(source.split('\n').length).toBeLessThanOrEqual(41);
    const { code } = transformSync(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, value: unknown) => Object.assign(exposed, { [name]: value }) },
      ipcRenderer: {
        on: (_channel: string, listener: typeof hear) => {
          hear = listener;
        },
        send: (...message: unknown[]) => sent.push(message),
      },
    };
    const channels = { CHANNELS: { run: 'up', stop: 'halt', event: 'down' } };
    runInNewContext(code, {
      require: (id: string) => (id === 'electron' ? electron : channels),
      exports: {},
      performance: { timeOrigin: 5 },
    });
  });

  it('rule 5: exposes one frozen object with one function, and nothing of Electron', () => {
    expect(Object.keys(exposed)).toEqual(['cimletConsole']);
    const bridge = exposed['cimletConsole'] as Record<string, unknown>;
    expect(Object.isFrozen(bridge)).toBe(true);
    expect(Object.entries(bridge).map(([name, value]) => [name, typeof value])).toEqual([
      ['api', 'number'],
      ['run', 'function'],
    ]);
  });

  it('rule 5: hands on events alone, by run, and stops', () => {
    const { run } = exposed['cimletConsole'] as { run(...parts: unknown[]): (how: string) => void };
    const told: unknown[][] = [];
    const stop = run('fleet', { servers: null }, (...parts: unknown[]) => told.push(parts));
    expect(sent).toEqual([['up', '5-1', 'fleet', { servers: null }]]);
    hear({ sender: 'secret' }, '5-1', { type: 'rows', rows: [] });
    hear({ sender: 'secret' }, 'other', { type: 'rows', rows: [] });
    hear({ sender: 'secret' }, '5-1', { type: 'end' });
    hear({ sender: 'secret' }, '5-1', { type: 'rows', rows: [] });
    expect(told).toEqual([[{ type: 'rows', rows: [] }], [{ type: 'end' }]]);
    stop('now');
    expect(sent.at(-1)).toEqual(['halt', '5-1', 'now']);
    expect(() => run('fleet', {}, 'no function')).toThrow('listen is no function');
  });
});

describe('rule 8: what Electron is asked for', () => {
  const sources = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const);
  const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    'main.ts': [
      'app',
      'BrowserWindow',
      'dialog',
      'ipcMain',
      'Menu',
      'protocol',
      'safeStorage',
      'session',
      'utilityProcess',
    ],
    'preload.ts': ['contextBridge', 'ipcRenderer'],
  };

  it('rule 8: an allow-list of imports', () => {
    for (const [name, source] of sources) {
      const imported = [...source.matchAll(/^import \{([^}]*)\} from 'electron';/gm)].flatMap(([, names = '']) =>
        names.split(',').map((one) => one.trim()),
      );
      expect([name, imported]).toEqual([name, ALLOWED[name] ?? []]);
    }
  });

  it('rule 8: no shell, remote, executeJavaScript, eval, clipboard or require of more', () => {
    for (const [name, source] of sources) {
      const found =
        /\b(?:shell|remote|executeJavaScript|insertCSS|eval|Function|openExternal|require|clipboard|webFrame)\s*[.(]/.exec(
          source,
        );
      expect([name, found?.[0]]).toEqual([name, undefined]);
    }
  });
});
