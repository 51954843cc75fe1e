// Step 9 of the walk: forty relationships in one run, two of which fail, and both ways to stop it.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDhcpServerv4ExclusionRange } from 'cimlet/dhcp-server';
import type { Browser, Locator } from 'playwright-core';
import { manyPairs, scopeOfPair, serverOfPair } from '../console/large-labs.js';
import { describeInChromium, launchChromium, shoot } from './console-browser.js';
import { expectNoFaults, settled, startWalk, type Walk } from './console-walk.js';

const PAIRS = 40;
const AT_A_TIME = 8;
/** Eighty servers are read from one end to the other, over a logon for each. */
const PLANNING_MS = 300_000;
const REPLICATE = 'PS_DhcpServerv4FailoverReplication/InvokeByName';

describeInChromium('a run over forty relationships', () => {
  let browser: Browser;
  let walk: Walk;
  beforeAll(async () => {
    browser = await launchChromium();
    walk = await startWalk(browser, manyPairs(PAIRS));
    walk.page.setDefaultTimeout(120_000);
    await walk.signIn();
  });
  afterAll(async () => {
    expectNoFaults(walk);
    await walk.close();
    await browser.close();
  });

  /** Pairs whose stray reservation is gone: those that were replicated. */
  const replicated = (): number[] =>
    Array.from({ length: PAIRS }, (_, index) => index).filter((index) =>
      walk.lab
        .save()
        .servers?.find(({ name }) => name === serverOfPair(index, 'b'))
        ?.scopes?.every(({ reservations = [] }) => reservations.length === 0),
    );

  /** Chooses the first servers of all pairs: the first of them, and with Shift the last. */
  async function planAll(): Promise<void> {
    const { page } = walk;
    await walk.go('#/fleet?state=all&q=dhcp-a-');
    await settled(page);
    const sort = page.getByRole('columnheader', { name: 'Server' });
    if ((await sort.getAttribute('aria-sort')) !== 'ascending') await sort.getByRole('button').click();
    await page.getByLabel(`Choose ${serverOfPair(0, 'a')}`).click();
    await page.getByLabel(`Choose ${serverOfPair(PAIRS - 1, 'a')}`).click({ modifiers: ['Shift'] });
    await page.getByText(`${PAIRS} servers chosen`).waitFor();
    await walk.button('Replicate from them…').click();
    await walk
      .dialog()
      .getByRole('button', { name: /^Replicate 40/ })
      .waitFor({ timeout: PLANNING_MS });
  }

  /** Presses the button of the plan, after its word. */
  async function applyAll(word: number, name: string): Promise<void> {
    await walk.dialog().getByLabel(`Type ${word} to go on`).fill(String(word));
    await walk.dialog().getByRole('button', { name, exact: true }).click();
    await walk.dialog().waitFor({ state: 'detached' });
  }

  /** Numbers of the words beside the run's name, `words` in their order; those that are not there are 0. */
  async function numbers(
    of: Locator,
  ): Promise<Record<'done' | 'failed' | 'at work' | 'waiting' | 'not known' | 'not begun', number>> {
    const text = await of.locator('header .muted').innerText();
    const at = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);
    return {
      done: at('done'),
      failed: at('failed'),
      'at work': at('at work'),
      waiting: at('waiting'),
      'not known': at('not known'),
      'not begun': at('not begun'),
    };
  }

  it('adds up at every moment, lets one be tried again while it goes on, and begins nothing after its stop', async () => {
    const { page, lab, emulator } = walk;
    await planAll();
    await shoot(page, 'walk-replicate-many');
    // Two of them fail: somebody changes their servers with another tool, after the plan was made.
    for (const index of [0, 1]) {
      await addDhcpServerv4ExclusionRange(
        {
          ComputerName: serverOfPair(index, 'a'),
          ScopeId: scopeOfPair(index),
          StartRange: scopeOfPair(index, 200),
          EndRange: scopeOfPair(index, 209),
        },
        { sessionOptions: emulator.sessionOptions },
      );
    }
    lab.injectFault({ kind: 'latency', ms: 300 });
    // Long enough for somebody to look, to try again and to stop.
    for (let index = 2; index < PAIRS; index += 1)
      lab.injectFault({ kind: 'latency', ms: 6000, server: serverOfPair(index, 'a'), action: REPLICATE });
    await applyAll(PAIRS, `Replicate ${PAIRS}, remove ${PAIRS}`);
    const many = page.locator('.run').filter({ has: page.locator('progress, [data-applied="failed"]') });
    await page.evaluate(`{
      window.told = [];
      const look = () => {
        const text = document.querySelector('.run header .muted')?.textContent ?? '';
        if (/waiting/.test(text)) told.push((text.match(/\\d+(?= (?:done|failed|at work|waiting))/g) ?? []).map(Number));
      };
      look();
      new MutationObserver(look).observe(document.querySelector('.run'), { childList: true, subtree: true, characterData: true });
    }`);
    const failed = many.locator('tr[data-applied="failed"]');
    await failed.nth(1).waitFor();
    await shoot(page, 'walk-run');
    expect(await failed.locator('th').allInnerTexts()).toEqual(expect.arrayContaining(['P00', 'P01']));
    // One of the two is tried again, in a plan of its own, while the others go on.
    await failed.filter({ hasText: 'P00' }).getByRole('button', { name: 'Try again' }).click();
    await walk.dialog().getByLabel('Type 1 to go on').fill('1');
    await walk
      .dialog()
      .getByRole('button', { name: /^Replicate, remove 1 on / })
      .click();
    await walk.dialog().waitFor({ state: 'detached' });
    expect(replicated()).toContain(0);
    const stop = page.getByRole('button', { name: /^Stop after these [1-8]$/ });
    await stop.click();
    await page.getByText('Nothing new is begun.').waitFor();
    const atStop = await numbers(page.locator('.run').filter({ has: page.locator('progress') }));
    await page.locator('.run progress').waitFor({ state: 'detached' });
    const inEnd = await numbers(page.locator('.run').filter({ hasText: 'not begun' }));
    expect(inEnd.done + inEnd.failed + inEnd['not begun']).toBe(PAIRS);
    expect([inEnd.failed, inEnd['not known']]).toEqual([2, 0]);
    // What the dock said while the word was on its way to the engine may be a turn of each behind.
    expect(inEnd.done + inEnd.failed - atStop.done - atStop.failed).toBeLessThanOrEqual(2 * AT_A_TIME);
    expect(inEnd['not begun']).toBeGreaterThan(0);
    expect(replicated().length).toBe(inEnd.done + 1);
    const told = (await page.evaluate('told')) as readonly (readonly number[])[];
    expect(told.length).toBeGreaterThan(2);
    expect(told.filter((all) => all.reduce((sum, one) => sum + one, 0) !== PAIRS)).toEqual([]);
    expect(Math.max(...told.map(([, , atWork = 0]) => atWork))).toBeLessThanOrEqual(AT_A_TIME);
    lab.clearFaults();
  });

  it('aborts what hangs, calls it not known, and reads it again', async () => {
    const { page, lab } = walk;
    const close = page.locator('.run').getByRole('button', { name: 'Close' });
    while ((await close.count()) > 0) await close.first().click();
    const before = replicated();
    await planAll();
    lab.injectFault({ kind: 'silence', action: REPLICATE });
    const left = PAIRS - before.length;
    await applyAll(left, `Replicate ${PAIRS}, remove ${left}`);
    await page.getByRole('button', { name: 'Stop after these 8' }).click();
    await page.getByText('Nothing new is begun.').waitFor();
    await walk.button('Stop now').click();
    await page.locator('.run progress').waitFor({ state: 'detached' });
    // By the engine's words, or, where these took longer than a second, by the page's own.
    const end = await numbers(page.locator('.run'));
    expect(end).toMatchObject({ done: 0, failed: 0, 'not known': AT_A_TIME, 'not begun': PAIRS - AT_A_TIME });
    const cut = page.locator('.run tr[data-applied="notKnown"]');
    await cut
      .filter({ hasText: /Read again: [0-2] differences? now/ })
      .nth(AT_A_TIME - 1)
      .waitFor();
    await shoot(page, 'walk-stopped');
    expect(replicated()).toEqual(before);
    lab.clearFaults();
  });
});
