// Steps 12 and 13 of the walk, the grave part: names that mean harm on every screen, and an engine that ends in the middle of a change.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Bridge } from '../../examples/console/bridge.js';
import { Engine } from '../../examples/console/engine/engine.js';
import { startFixture } from '../console/console-fixture.js';
import { describeInChromium, goTo, launchChromium, openConsole } from './console-browser.js';
import { FULL, fakeBridge } from './console-fake-bridge.js';
import { PAIR_KEY } from './console-fake-rows.js';
import { restartingBridge } from './console-restarting.js';
import { ADMIN } from './console-walk.js';

/** What a server may call a thing, and what a page could do with it that it must not. */
const NAMES: Readonly<Record<string, string>> = {
  'markup, turned directions, control characters':
    '<img src=x onerror=alert(1)><script>alert(2)</script>\u202egpj.exe\u2066\u200f \0\n\r\t\u2028\u0007\u007f',
  'ten thousand characters without a space': 'W'.repeat(10_000),
};
/** Fields that are a server's own words. What is one of a few words, an address or a key is another matter. */
const WORDS: ReadonlySet<string> = new Set(
  'name scopeName description what meaning detail title remedy text site partner relationship primary secondary from to why sentence'.split(
    ' ',
  ),
);

function withWords<T>(value: T, words: string, field = ''): T {
  if (typeof value === 'string') return (WORDS.has(field) ? words : value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => withWords(one, words, field)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withWords(one, words, name)])) as T;
}

function sayingOnly(words: string): Bridge {
  const inner = fakeBridge(FULL);
  return {
    api: 1,
    run: (method, params, listen) =>
      inner.run(method, params, (event) => {
        const isState = method === 'state' || method === 'servers';
        listen(isState ? event : withWords(event, words));
      }),
  };
}

const pair = (tab: string): string => `#/pair/${encodeURIComponent(PAIR_KEY)}/${tab}`;
const SCREENS = [
  '#/fleet?state=all',
  '#/pairs',
  pair('differences'),
  pair('scopes'),
  pair('addresses'),
  pair('settings'),
  pair('history'),
  '#/scopes',
  '#/scope/dhcp-sfo-01.contoso.com/10.32.0.0',
  '#/find?q=ws-*',
  '#/activity',
  '#/activity/a1',
  '#/pairs/new?server=dhcp-par-02.contoso.com',
];

/** What must not be on a page, whatever servers say. */
const HARM = `(() => {
  const found = [];
  if (document.querySelector('main img, main script, main a[href^="javascript"], dialog img, dialog script')) found.push('markup');
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data } = texts.currentNode;
    if (data.length > 1000) found.push('a text of ' + data.length);
    if (/[\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f\\0\\u0007\\u2028]/.test(data)) found.push('a control character');
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push('a page of ' + document.documentElement.scrollWidth + ' pixels');
  return [...new Set(found)];
})()`;

describeInChromium('names that mean harm', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each(Object.keys(NAMES))('%s: text on every screen and in a dialog, and nothing else', async (name) => {
    const open = await openConsole(browser, sayingOnly(NAMES[name] ?? ''));
    const { page } = open;
    const found: string[] = [];
    const look = async (where: string): Promise<void> => {
      for (const one of (await page.evaluate(HARM)) as string[]) found.push(`${where}: ${one}`);
    };
    for (const hash of SCREENS) {
      await goTo(page, hash);
      await page.locator('main h1').first().waitFor();
      await open.drawn();
      await look(hash);
    }
    await goTo(page, pair('differences'));
    await page.locator('.head').getByRole('button', { name: 'Replicate…' }).click();
    await page.locator('dialog[open] [data-verb]').first().waitFor();
    await look('dialog');
    expect(found).toEqual([]);
    expect(open.faults).toEqual([]);
    await open.close();
  });
});

describeInChromium('an engine that ends in the middle of a change', () => {
  it('is told as that, the change as not known; after signing in anew the values are there still', async () => {
    const browser = await launchChromium();
    const folder = mkdtempSync(join(tmpdir(), 'cimlet-console-'));
    const { lab, emulator } = await startFixture();
    const bridge = restartingBridge(() =>
      Engine.open({
        folder,
        window: 'electron',
        lab: {
          sessionOptions: { ...emulator.sessionOptions, maxConnections: 2 },
          servers: lab.servers.map(({ name }) => ({ server: name, site: null })),
          close: async () => undefined,
        },
      }),
    );
    const open = await openConsole(browser, bridge);
    const { page } = open;
    const dialog = page.locator('dialog[open]').last();
    const password = lab.users.find(ADMIN)?.password.reveal() ?? '';
    const signIn = async (): Promise<void> => {
      await page.getByLabel('User', { exact: true }).fill(ADMIN);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    await signIn();
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    await goTo(page, '#/pairs');
    await page.getByRole('link', { name: 'SFO-SIN-Failover', exact: true }).click();
    await page.getByRole('link', { name: /^Differences [1-9]/ }).waitFor();
    await page.locator('.head').getByRole('button', { name: 'Replicate…' }).click();
    await dialog.locator('[data-verb="remove"]').first().waitFor();
    await dialog.getByLabel(/^Type 1 /).fill('1');
    // The servers say nothing more: the change is under way when its engine ends.
    lab.injectFault({ kind: 'silence' });
    await dialog.getByRole('button', { name: /^Replicate, remove/ }).click();
    await dialog.getByText('It is being done.').first().waitFor();
    bridge.kill();
    await dialog.getByText('The engine ended. What was under way is not known.').first().waitFor();
    lab.clearFaults();
    // The next thing that the page asks for is another engine's, in which nobody is signed in: it is asked who, over what was being done.
    await page.getByLabel('Password', { exact: true }).waitFor();
    expect(bridge.started()).toBe(2);
    await signIn();
    await page.getByLabel('Password', { exact: true }).waitFor({ state: 'detached' });
    expect(await dialog.locator('h2').innerText()).toMatch(/^Replicate dhcp-sfo-01/);
    await page.keyboard.press('Escape');
    await goTo(page, '#/activity');
    const row = page.locator('tbody tr', { has: page.locator('th a', { hasText: /^Replicate/ }) });
    await row.getByText('Not known').first().waitFor();
    expect(open.faults).toEqual([]);
    await open.close();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
