// axe-core on every screen and dialog of the console, in every state, light and dark, wide and narrow.
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { axeFindings } from './console-axe.js';
import { type ConsoleWindow, describeInChromium, goTo, launchChromium, openConsole, shoot } from './console-browser.js';
import { done, EMPTY, FULL, fakeBridge, LOADING, PARTIAL, REFUSED, type Scripts } from './console-fake-bridge.js';
import { PAIR_KEY, STATE } from './console-fake-rows.js';

const pair = (tab: string): string => `#/pair/${encodeURIComponent(PAIR_KEY)}/${tab}`;
const SCOPE = '#/scope/dhcp-sfo-01.contoso.com/10.32.0.0';

/** Screens that look different in each state, and what is there when they have come. */
const CHANGING: Readonly<Record<string, readonly [hash: string, shown: string]>> = {
  fleet: ['#/fleet?state=all', 'h1'],
  pairs: ['#/pairs', 'h1'],
  differences: [pair('differences'), '.tabs, .notice, .sub'],
  'all scopes': ['#/scopes', 'h1'],
  scope: [SCOPE, 'h1'],
  find: ['#/find?q=ws-*', 'h1'],
  activity: ['#/activity', 'h1'],
  'protect scopes': ['#/pairs/new?server=dhcp-par-02.contoso.com', 'h1'],
};
const OTHERS: typeof CHANGING = {
  scopes: [pair('scopes'), '.tabs'],
  addresses: [pair('addresses'), '.tabs'],
  settings: [pair('settings'), '.tabs'],
  history: [pair('history'), '.tabs'],
  change: ['#/activity/a1', 'h1'],
  'protect whose': ['#/pairs/new', 'h1'],
};
const STATES: Readonly<Record<string, readonly [Scripts, typeof CHANGING]>> = {
  full: [FULL, { ...CHANGING, ...OTHERS }],
  empty: [EMPTY, CHANGING],
  loading: [LOADING, CHANGING],
  partial: [PARTIAL, CHANGING],
  denied: [REFUSED, CHANGING],
};

/** The button that opens a dialog, and the screen that it stands on. */
const DIALOGS: Readonly<Record<string, readonly [hash: string, open: (page: Page) => Promise<void>]>> = {
  replicate: [pair('differences'), press('Replicate…')],
  keep: [pair('differences'), press("Keep some of sin's…")],
  settings: [pair('settings'), press('Change settings…')],
  why: [pair('differences'), press('Find out why')],
  'remove failover': [pair('differences'), more('Remove failover…')],
  'partner down': [pair('differences'), more('Partner is down…')],
  drain: [pair('differences'), more('Drain for maintenance…')],
  'add scopes': [pair('differences'), more('Add scopes…')],
  'add servers': ['#/fleet?state=all', press('Add servers…')],
  'sign out': ['#/fleet?state=all', press('Sign out')],
  reservation: [SCOPE, press('Add reservation…')],
  entry: [SCOPE, press('10.32.0.3')],
};

function press(name: string): (page: Page) => Promise<void> {
  return (page) => page.getByRole('button', { name, exact: true }).first().click();
}
function more(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('button', { name }).click();
  };
}

describeInChromium('axe-core finds nothing', () => {
  let browser: Browser;
  let open: ConsoleWindow | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });
  afterAll(async () => {
    await browser.close();
  });

  /** Light and dark, wide and narrow. Colours are all that dark changes: the rules of structure are tried in one look of each width. */
  async function inEveryLook({ page, cdp }: ConsoleWindow, name: string, keeps: boolean): Promise<string[]> {
    const found = [...(await axeFindings(page, cdp))];
    if (keeps) await shoot(page, `${name}-light-1280`);
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await axeFindings(page, cdp, 'colours')));
    await page.setViewportSize({ width: 900, height: 700 });
    found.push(...(await axeFindings(page, cdp)));
    if (keeps) await shoot(page, `${name}-dark-900`);
    await page.emulateMedia({ colorScheme: 'light' });
    found.push(...(await axeFindings(page, cdp, 'colours')));
    await page.setViewportSize({ width: 1280, height: 800 });
    return found;
  }

  it.each(Object.keys(STATES))('on every screen, %s', async (state) => {
    const [scripts, screens] = STATES[state] ?? [FULL, CHANGING];
    open = await openConsole(browser, fakeBridge(scripts));
    const found: string[] = [];
    for (const [name, [hash, shown]] of Object.entries(screens)) {
      await goTo(open.page, hash);
      await open.page.locator(`main ${shown}`).first().waitFor();
      found.push(...(await inEveryLook(open, `${name.replace(' ', '-')}-${state}`, state === 'full')));
    }
    expect(found).toEqual([]);
    expect(open.faults).toEqual([]);
  });

  it('on the way in', async () => {
    for (const [name, state] of [
      [
        'sign-in',
        {
          ...STATE,
          signedIn: null,
          canRemember: true,
          remembered: { account: 'CONTOSO\\dhcpadmin', logon: 'CredSsp' },
        },
      ],
      ['first-start', { ...STATE, signedIn: null, servers: 0 }],
    ] as const) {
      open = await openConsole(browser, fakeBridge({ ...FULL, state: () => [done<'state'>(state)] }));
      await open.page.locator('main h1').waitFor();
      expect(await inEveryLook(open, name, true)).toEqual([]);
      expect(open.faults).toEqual([]);
      await open.close();
    }
  });

  it('on the dialog to sign in again, for servers that were added since', async () => {
    open = await openConsole(browser, fakeBridge(PARTIAL));
    const { page } = open;
    await page.getByText('3 servers were added since you signed in.').waitFor();
    await page.getByRole('button', { name: 'Sign in again…' }).click();
    await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
    expect(await inEveryLook(open, 'dialog-sign-in-again', true)).toEqual([]);
    expect(open.faults).toEqual([]);
  });

  it('on every dialog', async () => {
    open = await openConsole(browser, fakeBridge(FULL));
    const { page } = open;
    const found: string[] = [];
    for (const [dialog, [hash, begin]] of Object.entries(DIALOGS)) {
      await goTo(page, hash);
      await begin(page);
      await page.locator('dialog[open]').waitFor();
      found.push(...(await inEveryLook(open, `dialog-${dialog.replaceAll(' ', '-')}`, true)));
      await page.keyboard.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
    expect(open.faults).toEqual([]);
  });

  it('would be found: a picture without words, a text that is too pale', async () => {
    open = await openConsole(browser, fakeBridge(FULL));
    await open.page.locator('main h1').first().waitFor();
    await open.page.evaluate(`{
      const pale = document.querySelector('h1');
      pale.style.color = '#bbb';
      document.querySelector('main').append(document.createElement('img'));
    }`);
    const found = await axeFindings(open.page, open.cdp);
    expect(found.filter((line) => / image-alt /.test(line))).toHaveLength(1);
    expect(found.filter((line) => / color-contrast /.test(line))).toHaveLength(1);
  });
});
