// Step 14 of the walk: steps 1 to 6 once more with the engine and the lab, by keyboard alone, dark, 900 by 700.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium, shoot } from './console-browser.js';
import { focusOf, pressOn, tabTo } from './console-keys.js';
import {
  ADMIN,
  behindItsBack,
  CHANGED_BEHIND,
  excludeBehind,
  expectNoFaults,
  settled,
  startWalk,
  type Walk,
} from './console-walk.js';

const [PAR, LYS] = ['dhcp-par-01.contoso.com', 'dhcp-lys-01.contoso.com'];
const [SFO, SIN] = ['dhcp-sfo-01.contoso.com', 'dhcp-sin-01.contoso.com'];

describeInChromium('the walk without a mouse', () => {
  let browser: Browser;
  let walk: Walk;
  beforeAll(async () => {
    browser = await launchChromium();
    walk = await startWalk(browser, undefined, { width: 900, height: 700, scheme: 'dark' });
  });
  afterAll(async () => {
    expectNoFaults(walk);
    await walk.close();
    await browser.close();
  });

  const reservations = (): string =>
    JSON.stringify(
      walk.lab
        .save()
        .servers?.find(({ name }) => name === SIN)
        ?.scopes?.map((scope) => scope.reservations),
    );

  it('signs in, after a wrong password', async () => {
    const { page, lab } = walk;
    await tabTo(page, /^User$/);
    await page.keyboard.type(ADMIN);
    await tabTo(page, /^Password$/);
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
    await page.locator('input[name="password"]:focus').waitFor();
    await page.keyboard.type(lab.users.find(ADMIN)?.password.reveal() ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    expect(lab.users.logons(ADMIN)).toBeGreaterThan(1);
  });

  it('filters and reads Fleet again', async () => {
    const { page, lab } = walk;
    await settled(page);
    await shoot(page, 'keyboard-fleet-dark-900');
    await pressOn(page, /No failover$/, ' ');
    await page.locator('.counts button[aria-pressed="true"]', { hasText: 'No failover' }).waitFor();
    lab.powerOff(LYS);
    await pressOn(page, /^Read again/);
    await page.locator('.counts button', { hasText: 'No answer' }).getByText('1', { exact: true }).waitFor();
    lab.powerOn(LYS);
    await settled(page);
    await pressOn(page, /^Read again/);
    await page.locator('.counts button', { hasText: 'No answer' }).getByText('0', { exact: true }).waitFor();
  });

  it('protects scopes from the server that was chosen in Fleet', async () => {
    const { page, lab } = walk;
    await pressOn(page, new RegExp(`^Choose ${PAR}`), ' ');
    await tabTo(page, /^Protect scopes/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Choose 10.70.0.0' }).waitFor();
    await pressOn(page, /^Choose 10\.71\.0\.0/, ' ');
    await pressOn(page, /^Partner and settings/);
    await tabTo(page, /^Partner server/);
    await page.keyboard.type(LYS);
    await tabTo(page, /^Name of the relationship/);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('PAR-LYS');
    await page.locator('button[type="submit"]:not([aria-disabled])').waitFor();
    await pressOn(page, /^Review/);
    await page.getByRole('button', { name: 'Protect 1 scope' }).waitFor();
    await pressOn(page, /^Protect 1 scope/);
    await page.getByRole('link', { name: 'Show it in Pairs' }).waitFor();
    expect([...lab.server(PAR).relationships.values()].map(({ name, state }) => [name, state])).toEqual([
      ['PAR-LYS', 'Normal'],
    ]);
    await pressOn(page, /^Show it in Pairs/);
  });

  it('goes to a pair by the keys of the table', async () => {
    const { page } = walk;
    await page.getByRole('heading', { level: 1, name: 'Pairs' }).waitFor();
    await settled(page);
    // The link has filtered the table: `/` leads to the filter, and Escape empties it.
    await tabTo(page, /^PAR-LYS$/);
    await page.keyboard.press('/');
    expect((await focusOf(page)).name).toBe('Filter pairs');
    await page.keyboard.press('Escape');
    await walk.row('SFO-SIN-Failover').waitFor();
    await tabTo(page, /^(?:SFO-SIN-Failover|BER-MUC|NYC-BOS|PAR-LYS)$/);
    await page.keyboard.press('Home');
    for (let row = 0; row < 4 && (await focusOf(page)).name !== 'SFO-SIN-Failover'; row += 1) {
      await page.keyboard.press('j');
    }
    expect(await focusOf(page)).toMatchObject({ name: 'SFO-SIN-Failover', isSeen: true, outline: true });
    await shoot(page, 'keyboard-pairs-dark-900');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'SFO-SIN-Failover' }).waitFor();
    await page.getByRole('link', { name: /^Differences [1-9]/ }).waitFor();
  });

  it('sees exactly what was changed on one server by another tool', async () => {
    const { page } = walk;
    await page.getByRole('link', { name: 'Differences 6' }).waitFor();
    const before = await page.locator('table .kind').allInnerTexts();
    await behindItsBack(walk, SIN, '10.10.0');
    await pressOn(page, /^Read again/);
    await page.getByRole('link', { name: 'Differences 9' }).waitFor();
    const after = await page.locator('table .kind').allInnerTexts();
    expect(after.filter((what) => !before.includes(what)).sort()).toEqual(CHANGED_BEHIND('10.10.0'));
    expect(before.filter((what) => !after.includes(what))).toEqual([]);
    await shoot(page, 'keyboard-differences-dark-900');
  });

  it('lets nobody replicate what is not known without the name of the server', async () => {
    const { page, lab } = walk;
    const held = reservations();
    lab.injectFault({ kind: 'page', status: 500, server: SIN, action: 'PS_DhcpServerv4Reservation/GetByScopeId' });
    await pressOn(page, /^Read again/);
    await page.locator('tr.group', { hasText: 'Not known' }).waitFor();
    await pressOn(page, /^Replicate…/);
    await page.locator('dialog[open]').getByText('could not be read completely').waitFor();
    await tabTo(page, new RegExp(`^Type ${SIN} to go on`));
    await page.keyboard.type('something else');
    await pressOn(page, /^Replicate without knowing/);
    await page.locator('dialog[open] .wrong').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    lab.clearFaults();
    expect(reservations()).toBe(held);
    await pressOn(page, /^Read again/);
    await page.getByRole('link', { name: 'Differences 9' }).waitFor();
  });

  it('keeps one thing that a replication would take', async () => {
    const { page, lab } = walk;
    await pressOn(page, /^Keep some of sin's…/);
    await page.locator('dialog[open]').waitFor();
    await pressOn(page, /^Keep reservation 10\.10\.0\.222/, ' ');
    await pressOn(page, /^Review 1/);
    await page.locator('dialog[open] [data-verb="add"]', { hasText: '10.10.0.222' }).waitFor();
    await pressOn(page, /^Write 1 thing to/);
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Differences 8' }).waitFor();
    expect(JSON.stringify(lab.save().servers?.find(({ name }) => name === SFO)?.scopes)).toContain('10.10.0.222');
  });

  it('replicates after a typed word, but not what has changed since, and puts back', async () => {
    const { page } = walk;
    await pressOn(page, /^Replicate…/);
    await page.locator('dialog[open] [data-verb="remove"]').first().waitFor();
    expect((await focusOf(page)).name).toBe('Cancel');
    await tabTo(page, /^Type 1 to go on/);
    await page.keyboard.type('1');
    await shoot(page, 'keyboard-replicate-dark-900');
    const held = reservations();
    await excludeBehind(walk, SIN, '10.10.0', 248, 249);
    await pressOn(page, /^Replicate, remove/);
    await page.getByRole('alert').getByText('Changed since you looked.').waitFor();
    expect(reservations()).toBe(held);
    await pressOn(page, /^Look again/);
    await page.locator('dialog[open] [data-verb="remove"]', { hasText: '10.10.0.248' }).waitFor();
    await tabTo(page, /^Type 1 to go on/);
    await page.keyboard.type('1');
    await pressOn(page, /^Replicate, remove/);
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await page.locator('.run').getByText('0 differences now').waitFor();
    expect((await focusOf(page)).name).toBe('Replicate…');
    expect(reservations()).not.toContain('badge-reader-2');
    await pressOn(page, /^Put back…/);
    await page.locator('dialog[open] [data-verb]').first().waitFor();
    await pressOn(page, /^Put back \d/);
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(reservations()).toContain('badge-reader-2');
  });
});
