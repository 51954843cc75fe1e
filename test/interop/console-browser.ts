// Debian's Chromium on the console's page, with everything that it must not do counted.
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, jest } from '@jest/globals';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page, type Request } from 'playwright-core';
import type { Bridge } from '../../examples/console/bridge.js';
import { type Loopback, startLoopback } from '../../examples/console/loopback/server.js';
import { pageFiles } from '../../examples/console/page-files.js';

const ROOT = resolve(__dirname, '../..');
const CHROMIUM = process.env['CIMLET_CHROMIUM'] ?? '/usr/bin/chromium';
const PAGE = join(ROOT, 'examples/console/dist/page');
/** Screenshots of a run, for eyes; Git does not take them. */
const SHOTS = join(ROOT, 'examples/console/dist/screenshots');

const missing = !existsSync(CHROMIUM)
  ? `${CHROMIUM} is missing: apt-get install chromium, or name another one in CIMLET_CHROMIUM`
  : !existsSync(join(PAGE, 'console.js'))
    ? 'the page is not built: node examples/console/build/main.mjs'
    : undefined;

/** A suite that wants Chromium and the built page; where one is missing it is skipped, and its name says how to get it. */
export function describeInChromium(name: string, suite: () => void): void {
  // For machines that have much else to do: nothing waits for a time, everything for what is to be seen.
  jest.setTimeout(900_000);
  if (missing === undefined) describe(name, suite);
  else describe.skip(`${name} (${missing})`, suite);
}

export interface ConsoleWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly loopback: Loopback;
  readonly cdp: CDPSession;
  /** Whatever a page of this console must never cause: violations of its policy, requests to elsewhere, errors. */
  readonly faults: readonly string[];
  /** Every address that was asked for. */
  readonly requests: readonly string[];
  /** Every line of the browser's console. */
  readonly lines: readonly string[];
  /** Every request that the page has begun is answered, and what was answered is drawn. */
  drawn(): Promise<void>;
  close(): Promise<void>;
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly contrast?: 'forced';
  readonly motion?: 'reduce';
  /** Opens the link with its token; else the address alone. */
  readonly withToken?: boolean;
}

export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A window on a bridge, served as in life: over loopback, with its policy. */
export async function openConsole(
  browser: Browser,
  bridge: Bridge,
  options: WindowOptions = {},
): Promise<ConsoleWindow> {
  const { width = 1280, height = 800, scheme = 'light', withToken = true } = options;
  const loopback = await startLoopback({ bridge, files: await pageFiles(PAGE) });
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: options.motion === 'reduce' ? 'reduce' : 'no-preference',
    ...(options.contrast === 'forced' ? { forcedColors: 'active' } : {}),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  const requests: string[] = [];
  const lines: string[] = [];
  const underWay = new Set<Request>();
  const ended = new EventEmitter();
  const end = (request: Request): void => {
    underWay.delete(request);
    ended.emit('one');
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  page.on('request', (request) => {
    underWay.add(request);
    requests.push(request.url());
    if (!request.url().startsWith(`${loopback.origin}/`) && !request.url().startsWith('blob:'))
      faults.push(`request to ${request.url()}`);
  });
  page.on('console', (message) => {
    lines.push(message.text());
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.stack ?? error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const cdp = await context.newCDPSession(page);
  cdp.on('Audits.issueAdded', ({ issue }) => {
    if (issue.code === 'ContentSecurityPolicyIssue') faults.push(`violation: ${JSON.stringify(issue.details)}`);
  });
  await cdp.send('Audits.enable');
  await page.goto(withToken ? loopback.link : loopback.origin);
  return {
    page,
    context,
    loopback,
    cdp,
    faults,
    requests,
    lines,
    drawn: async () => {
      // What is drawn may ask for more: by its effects, which run behind the next frame.
      for (await frames(page); underWay.size > 0; await frames(page)) {
        while (underWay.size > 0) await once(ended, 'one');
      }
    },
    close: async () => {
      await context.close();
      await loopback.close();
    },
  };
}

async function frames(page: Page): Promise<void> {
  const frame = 'await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));';
  await page.evaluate(`(async () => { ${frame.repeat(3)} })()`);
}

/** Goes to a screen by its address, as a link does. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
}

export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), animations: 'disabled' });
}
