// The walk in Chromium, steps 1 to 3: in, Fleet, Pairs.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium, shoot } from './console-browser.js';
import { ADMIN, expectNoFaults, fleetCounts, settled, startWalk, type Walk } from './console-walk.js';

describeInChromium('the way in', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  it('shows nothing to a page without the token of the link', async () => {
    const walk = await startWalk(browser, undefined, { withToken: false });
    await walk.page.getByRole('heading', { name: 'This page is not known to its console' }).waitFor();
    expect(await walk.page.getByLabel('Password').count()).toBe(0);
    // The refused request itself is a line of the browser's console, and the only one.
    expect(walk.faults.filter((fault) => !/401/.test(fault))).toEqual([]);
    await walk.close();
  });

  it('tries a wrong password at one server once, keeps the name, and leads to Fleet with the right one', async () => {
    const walk = await startWalk(browser);
    const { page, lab } = walk;
    await page.getByLabel('User', { exact: true }).fill(ADMIN);
    await page.getByLabel('Password', { exact: true }).fill('wrong-canary');
    await walk.button('Sign in').click();
    await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
    expect(lab.users.logons(ADMIN)).toBe(1);
    expect(await page.getByLabel('User', { exact: true }).inputValue()).toBe(ADMIN);
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    expect(await page.evaluate('document.activeElement.name')).toBe('password');
    await walk.signIn();
    expect(await page.title()).toMatch(/Fleet – DHCP console$/);
    expectNoFaults(walk);
    await walk.close();
  });
});

describeInChromium('Fleet and Pairs', () => {
  let browser: Browser;
  let walk: Walk;
  beforeAll(async () => {
    browser = await launchChromium();
    walk = await startWalk(browser);
    await walk.signIn();
  });
  afterAll(async () => {
    expectNoFaults(walk);
    await walk.close();
    await browser.close();
  });

  it('counts what the lab has, row by row', async () => {
    const { page, lab } = walk;
    await settled(page);
    const states = lab.servers.map(({ relationships }) => [...relationships.values()].map(({ state }) => state));
    expect(await fleetCounts(page)).toEqual({
      'Partner down': states.filter((all) => all.includes('PartnerDown')).length,
      Interrupted: states.filter((all) => all.includes('CommunicationInterrupted')).length,
      'No answer': 0,
      'On the way': 0,
      'No failover': states.filter((all) => all.length === 0).length,
      'In order': states.filter((all) => all.length > 0 && all.every((state) => state === 'Normal')).length,
    });
    await walk.go('#/fleet?state=all');
    expect(await page.locator('tbody tr').count()).toBe(lab.servers.length);
    await shoot(page, 'walk-fleet');
  });

  it('says why a server does not answer, and keeps its figures with their age', async () => {
    const { page, lab } = walk;
    const row = walk.row('dhcp-ber-01');
    const scopes = await row.locator('td.num').first().innerText();
    lab.powerOff('dhcp-ber-01.contoso.com');
    await walk.button('Read again').click();
    await row.getByText('No answer').waitFor();
    await settled(page);
    expect((await fleetCounts(page))['No answer']).toBe(1);
    expect(await row.locator('td.num').first().innerText()).toBe(scopes);
    await row.getByText(/figures of \d+ \w+/).waitFor();
    expect((await row.locator('td').nth(3).innerText()).length).toBeGreaterThan(20);
    await page.getByRole('button', { name: '1 did not answer' }).click();
    await page.locator('main .lost-list li').first().waitFor();
    lab.powerOn('dhcp-ber-01.contoso.com');
    await page.getByRole('button', { name: 'Try the silent one again' }).click();
    await row.getByText('No answer').waitFor({ state: 'detached' });
  });

  it('groups the pairs, gravest first, and finds and sorts them', async () => {
    const { page } = walk;
    await walk.go('#/pairs');
    await page.getByRole('heading', { level: 1, name: 'Pairs' }).waitFor();
    await settled(page);
    const groups = await page.locator('tr.group').allInnerTexts();
    expect(groups.map((text) => text.replace(/\s*\d+$/, ''))).toEqual(['Need attention', 'In order']);
    expect(await walk.row('SFO-SIN-Failover').getByRole('link', { name: '6 differences' }).count()).toBe(1);
    expect(await page.title()).toMatch(/^1 need attention – Pairs/);
    // What the heading counts can all be reached.
    const rows = page.locator('tbody tr:not(.group)');
    const [count = ''] = /\d+/.exec(await page.locator('.sub').innerText()) ?? [];
    expect(await rows.count()).toBe(Number(count));
    await page.getByRole('searchbox', { name: 'Filter pairs' }).fill('muc');
    expect(await rows.count()).toBe(1);
    await page.getByRole('searchbox', { name: 'Filter pairs' }).press('Escape');
    expect(await rows.count()).toBe(Number(count));
    await shoot(page, 'walk-pairs');
  });

  it('is sorted and gone through by keyboard, only while the table has the focus', async () => {
    const { page } = walk;
    const sort = page.getByRole('columnheader', { name: 'Relationship' }).getByRole('button');
    await sort.focus();
    await page.keyboard.press('Enter');
    await page.locator('th[aria-sort="ascending"]', { hasText: 'Relationship' }).waitFor();
    await page.keyboard.press('j');
    const first = await page.evaluate('document.activeElement.textContent');
    await page.keyboard.press('j');
    const second = await page.evaluate('document.activeElement.textContent');
    expect(second).not.toBe(first);
    await page.keyboard.press('k');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(first);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('filter');
    await page.keyboard.type('j');
    expect(await page.getByRole('searchbox', { name: 'Filter pairs' }).inputValue()).toBe('j');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Read again' }).focus();
    await page.keyboard.press('j');
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/Read again|Reading/);
  });
});
