// The console's window in Electron itself: what its unit tests cannot see. Skipped where Electron has not fetched its binary.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';

const ROOT = resolve(__dirname, '../..');
const MAIN = join(ROOT, 'examples/console/dist/main.cjs');

/** Where Electron has put its program, as its own module finds it; undefined before it was fetched. */
function electronProgram(): string | undefined {
  const named = process.env['CIMLET_ELECTRON'];
  if (named !== undefined) return named;
  const folder = dirname(require.resolve('electron/package.json'));
  const told = join(folder, 'path.txt');
  if (!existsSync(told)) return undefined;
  const program = join(folder, 'dist', readFileSync(told, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

const program = electronProgram();
const missing =
  program === undefined
    ? "Electron's binary is missing: npx electron --version fetches it, or name one in CIMLET_ELECTRON"
    : process.platform === 'linux' && process.env['DISPLAY'] === undefined
      ? 'there is no display: run under xvfb-run'
      : !existsSync(MAIN)
        ? 'the console is not built: node examples/console/build/main.mjs'
        : undefined;
const suite = missing === undefined ? describe : describe.skip;

suite(`the window in Electron${missing === undefined ? '' : ` (${missing})`}`, () => {
  let folder: string;
  let app: ElectronApplication;
  let page: Page;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cimlet-electron-'));
    app = await electron.launch({
      ...(program !== undefined && { executablePath: program }),
      args: [MAIN, `--user-data-dir=${folder}`, '--no-sandbox'],
    });
    page = await app.firstWindow();
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('rule 1: the page has nothing of Node, and the bridge alone', async () => {
    expect(await page.evaluate('[typeof require, typeof process, typeof Buffer, typeof module]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
      'undefined',
    ]);
    expect(await page.evaluate('[Object.keys(cimletConsole).sort(), Object.isFrozen(cimletConsole)]')).toEqual([
      ['api', 'run'],
      true,
    ]);
    expect(page.url()).toMatch(/^app:\/\/console\/(?:#|$)/);
  });

  it('rule 3: the page cannot reach anything', async () => {
    expect(await page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')")).toBe('refused');
    expect(await page.evaluate("fetch('/console.js').then(() => 'reached', () => 'refused')")).toBe('refused');
  });

  it('rule 7: nothing opens, and nothing leads away', async () => {
    expect(await page.evaluate("window.open('https://example.com/') === null")).toBe(true);
    await page.evaluate("location.href = 'https://example.com/'");
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(page.url()).toMatch(/^app:\/\/console\//);
    expect(app.windows()).toHaveLength(1);
  });

  it('rule 20: one instance, without developer tools', async () => {
    expect(await app.evaluate(({ app: own }) => own.requestSingleInstanceLock())).toBe(true);
    const isOpen = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.webContents.openDevTools();
      return window?.webContents.isDevToolsOpened();
    });
    expect(isOpen).toBe(false);
  });

  it('looks around in its lab while its main process stays free', async () => {
    await app.evaluate(() => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      Reflect.set(globalThis, 'measuredDelay', delay);
    });
    await page.getByRole('button', { name: /lab/i }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    await page.getByRole('button', { name: 'Read again' }).waitFor();
    await page.keyboard.press('F5');
    await page.getByRole('button', { name: 'Read again' }).waitFor();
    const p99 = await app.evaluate(() => {
      const delay = Reflect.get(globalThis, 'measuredDelay') as { percentile(of: number): number };
      return delay.percentile(99) / 1e6;
    });
    expect(p99).toBeLessThanOrEqual(20);
  });
});
