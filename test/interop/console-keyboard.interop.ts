// Step 14 of the walk: by keyboard alone, at 400 %, without movement, in forced colours.
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { RunEvent } from '../../examples/console/bridge.js';
import { axeFindings } from './console-axe.js';
import { type ConsoleWindow, describeInChromium, goTo, launchChromium, openConsole, shoot } from './console-browser.js';
import { done, FULL, fakeBridge, progress, type Scripts } from './console-fake-bridge.js';
import { PAIR_KEY, PAIRS, STATE } from './console-fake-rows.js';
import { focusOf } from './console-keys.js';

const SCREENS = [
  '#/fleet?state=all',
  '#/pairs',
  `#/pair/${encodeURIComponent(PAIR_KEY)}/differences`,
  '#/scopes',
  '#/scope/dhcp-sfo-01.contoso.com/10.32.0.0',
  '#/find?q=ws',
  '#/activity',
];

/** Many relationships, of which two have failed, and no end. */
const RUNNING: Scripts = {
  ...FULL,
  apply: () => [
    {
      type: 'rows',
      rows: PAIRS.slice(0, 4).map(({ key, name }, index) => ({
        key,
        title: name,
        state: index < 2 ? 'failed' : 'atWork',
        differencesNow: null,
        problem:
          index < 2
            ? {
                code: index === 0 ? 'DHCP 20122' : 'WIN32 5',
                where: 'dhcp-dub-01',
                what:
                  index === 0 ? 'The partner dhcp-dub-01 cannot be reached.' : 'Your logon did not reach dhcp-krk-01.',
                remedy: index === 0 ? null : 'Sign in with CredSSP or delegated Kerberos.',
                changed: 'nothing',
                again: true,
                record: null,
              }
            : null,
      })),
    } satisfies RunEvent<'apply'>,
    progress(29, 40, 2),
  ],
};

describeInChromium('without a mouse, and in other ways', () => {
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

  /** Begins a run of three relationships by keyboard, so that it is docked. */
  async function dockARun(window: ConsoleWindow): Promise<void> {
    const { page } = window;
    const fleet = page.getByRole('checkbox', { name: /^Choose dhcp-(?:ber|kul|lim)-/ });
    await fleet.first().waitFor();
    for (const box of await fleet.all()) await box.press(' ');
    await page.getByRole('button', { name: /^Replicate from/ }).press('Enter');
    await page.getByLabel(/^Type 2 /).fill('2');
    await page.keyboard.press('Enter');
    await page.locator('dialog[open] .dialog-foot button').last().press('Enter');
    await page.locator('.run').waitFor();
  }

  it('shows the focus at every step of Tab, never under the docked run', async () => {
    const relationships = PAIRS.slice(0, 3).map(({ key, name }) => ({ key, name, state: 'Normal', partner: 'x' }));
    const scripts: Scripts = {
      ...RUNNING,
      fleet: (params) =>
        (FULL.fleet?.(params) ?? []).map((event) =>
          event.type === 'rows'
            ? {
                ...event,
                rows: event.rows.map((row, index) => ({
                  ...row,
                  relationships: relationships.slice(index, index + 1),
                })),
              }
            : event,
        ),
    };
    open = await openConsole(browser, fakeBridge(scripts));
    const { page } = open;
    await goTo(page, '#/fleet?state=all');
    await dockARun(open);
    expect(await axeFindings(page, open.cdp)).toEqual([]);
    await shoot(page, 'run-light-1280');
    const unseen: unknown[] = [];
    for (const hash of SCREENS) {
      await goTo(page, hash);
      await page.locator('main h1').waitFor();
      await page.evaluate('document.activeElement.blur(), scrollTo(0, 0)');
      for (let step = 0; step < 45; step += 1) {
        await page.keyboard.press('Tab');
        const focus = await focusOf(page);
        if (focus.tag === 'BODY') break;
        if (!focus.isSeen || !focus.outline) unseen.push([hash, step, focus]);
      }
    }
    expect(unseen).toEqual([]);
    expect(open.faults).toEqual([]);
  });

  it('opens, reads and leaves a dialog, and the focus is where it was', async () => {
    open = await openConsole(browser, fakeBridge(FULL));
    const { page } = open;
    await goTo(page, `#/pair/${encodeURIComponent(PAIR_KEY)}/differences`);
    await page.getByRole('button', { name: 'Replicate…' }).press('Enter');
    await page.locator('dialog[open] [data-verb]').first().waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel');
    // Tab stays in it.
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(
          "document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)",
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Replicate…');
    await page.getByRole('button', { name: 'More actions' }).press('Enter');
    await page.locator('.menu').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('More actions');
  });

  it('has targets of 24 pixels, and fits 320 pixels without a bar below', async () => {
    open = await openConsole(browser, fakeBridge(FULL));
    const { page } = open;
    const small: unknown[] = [];
    for (const hash of SCREENS) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await goTo(page, hash);
      await page.locator('main h1').waitFor();
      small.push(
        ...((await page.evaluate(`[...document.querySelectorAll('button, select, input, nav a, th a, summary')].flatMap((element) => {
          const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
          return width === 0 || (width >= 24 && height >= 24) ? [] : [[location.hash, element.outerHTML.slice(0, 80), width, height]];
        })`)) as readonly unknown[]),
      );
      await page.setViewportSize({ width: 320, height: 640 });
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect([hash, overflow]).toEqual([hash, 0]);
    }
    expect(small).toEqual([]);
  });

  it('moves nothing where that is not wanted, and has its marks in forced colours', async () => {
    open = await openConsole(browser, fakeBridge({ ...FULL, pairs: () => [progress(1, 64)] }), {
      motion: 'reduce',
      contrast: 'forced',
    });
    const { page } = open;
    await goTo(page, '#/pairs');
    await page.getByRole('button', { name: 'Reading' }).waitFor();
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.querySelector('nav a[aria-current]')).outlineStyle")).toBe(
      'solid',
    );
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await page.evaluate('document.getAnimations().length')).toBeGreaterThan(0);
  });

  it('reads again by F5 and Ctrl+R in a window of Electron, which has no menu for it', async () => {
    const result = { ...STATE, window: 'electron' as const };
    const bridge = fakeBridge({ ...FULL, state: () => [done<'state'>(result)] });
    open = await openConsole(browser, bridge);
    const { page } = open;
    await page.getByRole('button', { name: 'Read again' }).waitFor();
    const asked = () => bridge.asked.filter(({ method }) => method === 'fleet').length;
    for (const key of ['F5', 'Control+r', 'Meta+r']) {
      const before = asked();
      // While a reading is under way a key does nothing, so that it is pressed until one has begun.
      while (asked() === before) {
        await page.keyboard.press(key);
        await page.getByRole('button', { name: 'Read again' }).waitFor();
      }
    }
  });

  it('is followed by a title, and by one polite voice', async () => {
    open = await openConsole(browser, fakeBridge(FULL));
    const { page } = open;
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    // A locator never finds what stands in the head, and the page's policy forbids an expression as text.
    while (!/^\d+ need attention – Fleet/.test(await page.title())) await page.getByRole('main').waitFor();
    expect(await page.locator('[aria-live="polite"][role="status"]').count()).toBe(1);
  });
});
