// The walk in Chromium, steps 5 to 8: differences, replication, a lost partner, removal.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium, shoot } from './console-browser.js';
import {
  behindItsBack,
  CHANGED_BEHIND,
  excludeBehind,
  expectNoFaults,
  settled,
  startWalk,
  type Walk,
} from './console-walk.js';

const [SFO, SIN] = ['dhcp-sfo-01.contoso.com', 'dhcp-sin-01.contoso.com'];
const [BER, MUC] = ['dhcp-ber-01.contoso.com', 'dhcp-muc-01.contoso.com'];
const SCOPE = '10.10.0.0';

/** Reservations of a scope as the lab has them. */
function reservations({ lab }: Walk, server: string, scopeId: string): readonly string[] {
  const scope = lab
    .save()
    .servers?.find(({ name }) => name === server)
    ?.scopes?.find((one) => one.scopeId === scopeId);
  return (scope?.reservations ?? []).map(({ ipAddress, name }) => `${ipAddress} ${name}`).sort();
}

describeInChromium('differences and replication', () => {
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

  async function openPair(name: string): Promise<void> {
    await walk.go('#/pairs');
    await walk.page.getByRole('link', { name, exact: true }).click();
    await walk.page.getByRole('heading', { level: 1, name }).waitFor();
    await walk.page.getByRole('link', { name: /^Differences/ }).waitFor();
  }

  it('names exactly what was changed on one server alone', async () => {
    const { page } = walk;
    await openPair('BER-MUC');
    await page.getByText('In step: everything that is compared').waitFor();
    await behindItsBack(walk, BER, '10.30.0');
    await walk.button('Read again').click();
    await page.getByRole('link', { name: 'Differences 3' }).waitFor();
    const whats = await page.locator('table .kind').allInnerTexts();
    expect([...whats].sort()).toEqual(CHANGED_BEHIND('10.30.0'));
    // On the server that has it, and not there on the other one.
    for (const what of whats) {
      const cells = walk.row(what).locator('td');
      expect(await cells.nth(0).locator('.only').count()).toBe(1);
      expect(await cells.nth(1).innerText()).toBe('not there');
    }
  });

  it('does not know what was not told, and lets nobody replicate it without a word', async () => {
    const { page, lab } = walk;
    lab.injectFault({ kind: 'page', status: 500, server: MUC, action: 'PS_DhcpServerv4Reservation/GetByScopeId' });
    await walk.button('Read again').click();
    await page.locator('tr.group', { hasText: 'Not known' }).waitFor();
    await page.locator('.head').getByRole('button', { name: 'Replicate…' }).click();
    const dialog = walk.dialog();
    await dialog.getByText('could not be read completely').waitFor();
    const button = dialog.getByRole('button', { name: 'Replicate without knowing' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel(new RegExp(`Type ${MUC}`)).fill('something else');
    await button.click();
    await dialog.locator('.wrong').waitFor();
    expect(reservations(walk, MUC, '10.30.0.0').join()).not.toContain('new-one');
    await page.keyboard.press('Escape');
    lab.clearFaults();
  });

  it('keeps what a replication would take: writes it to the other server, and nothing else', async () => {
    const { page } = walk;
    await walk.button('Read again').click();
    await page.getByRole('link', { name: 'Differences 3' }).waitFor();
    const opener = walk.button("Keep some of ber's…");
    await opener.click();
    const dialog = walk.dialog();
    const review = dialog.getByRole('button', { name: 'Review' });
    expect(await review.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('checkbox', { name: 'Keep reservation 10.30.0.222 of 10.30.0.0' }).check();
    await shoot(page, 'walk-keep');
    await review.click();
    await dialog.locator('[data-verb="add"]', { hasText: '10.30.0.222' }).waitFor();
    expect(await dialog.locator('[data-effects] li').count()).toBe(1);
    expect(reservations(walk, MUC, '10.30.0.0').join()).not.toContain('new-one');
    await dialog.getByRole('button', { name: `Write 1 thing to ${MUC}` }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(reservations(walk, MUC, '10.30.0.0')).toEqual(reservations(walk, BER, '10.30.0.0'));
    await page.getByRole('link', { name: 'Differences 2' }).waitFor();
    const left = await page.locator('table .kind').allInnerTexts();
    expect([...left].sort()).toEqual(['Exclusion 10.30.0.240 to 10.30.0.245', 'Option 42']);
  });

  it('replicates what its dialog named, refuses what has changed since, and puts back', async () => {
    const { page } = walk;
    await openPair('SFO-SIN-Failover');
    await page.getByRole('link', { name: /^Differences [1-9]/ }).waitFor();
    const opener = page.locator('.head').getByRole('button', { name: 'Replicate…' });
    await opener.click();
    const dialog = walk.dialog();
    await dialog.locator('[data-verb="remove"]').first().waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel');
    await shoot(page, 'walk-replicate');
    const before = reservations(walk, SIN, SCOPE);
    const removed = await dialog.locator('[data-verb="remove"]').allInnerTexts();
    expect(removed.join('\n')).toContain('10.10.0.61');
    const type = dialog.getByLabel(/^Type 1 /);
    await type.fill('1');
    await excludeBehind(walk, SIN, '10.10.0', 248, 249);
    const red = dialog.getByRole('button', { name: /^Replicate, remove/ });
    await red.click();
    await dialog.getByRole('alert').getByText('Changed since you looked.').waitFor();
    expect(reservations(walk, SIN, SCOPE)).toEqual(before);
    await dialog.getByRole('button', { name: 'Look again' }).click();
    await dialog.locator('[data-verb="remove"]', { hasText: '10.10.0.248' }).waitFor();
    await dialog.getByLabel(/^Type 1 /).fill('1');
    await red.click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.run').getByText('0 differences now').waitFor();
    // The focus is where it was, and the lab lost what was named.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Replicate…');
    expect(reservations(walk, SIN, SCOPE)).toEqual(reservations(walk, SFO, SCOPE));
    await page.locator('.run').getByRole('button', { name: 'Put back…' }).click();
    const back = walk.dialog();
    await back.getByText('10.10.0.61').first().waitFor();
    await back.locator('.dialog-foot button').last().click();
    await back.waitFor({ state: 'detached' });
    expect(reservations(walk, SIN, SCOPE).join()).toContain('10.10.0.61 badge-reader-2');
    await page.getByRole('link', { name: /^Differences [1-9]/ }).waitFor();
  });

  it('keeps in Activity what it did, with the line of PowerShell', async () => {
    const { page } = walk;
    await walk.go('#/activity');
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    await page.locator('tbody tr').nth(1).waitFor();
    await page
      .locator('tbody th a', { hasText: /replicat/i })
      .first()
      .waitFor();
    await page
      .locator('tbody th a', { hasText: /replicat/i })
      .first()
      .click();
    await page.locator('[data-line]').waitFor();
    await shoot(page, 'walk-activity');
  });
});

describeInChromium('a partner that is lost, and the end of a pair', () => {
  let browser: Browser;
  let walk: Walk;
  beforeAll(async () => {
    browser = await launchChromium();
    walk = await startWalk(browser);
    await walk.signIn();
    await walk.go('#/pairs');
    await walk.page.getByRole('link', { name: 'SFO-SIN-Failover', exact: true }).click();
    await walk.page.getByRole('link', { name: /^Differences/ }).waitFor();
  });
  afterAll(async () => {
    expectNoFaults(walk);
    await walk.close();
    await browser.close();
  });

  const menu = async (name: string): Promise<void> => {
    await walk.page.getByRole('button', { name: 'More actions' }).click();
    await walk.page.locator('.menu').getByRole('button', { name }).click();
  };

  it('finds out why two servers have lost contact: the network, then a clock', async () => {
    const { page, lab } = walk;
    lab.cutLink(SFO, SIN);
    lab.clock.advance(120_000);
    await walk.button('Read again').click();
    await page.locator('[data-side="primary"]').getByText('Communication interrupted').waitFor();
    await page.locator('[data-side="secondary"]').getByText('Communication interrupted').waitFor();
    await shoot(page, 'walk-interrupted');
    await walk.button('Find out why').click();
    await walk
      .dialog()
      .locator('.notice', { hasText: /647|network/ })
      .waitFor();
    await page.keyboard.press('Escape');
    lab.skewClock(SIN, 74_000);
    await walk.button('Find out why').click();
    await walk.dialog().locator('.notice', { hasText: /clock/i }).waitFor();
    await shoot(page, 'walk-why');
    await page.keyboard.press('Escape');
    lab.skewClock(SIN, 0);
  });

  it('declares a partner down: by its name while it answers, by a box when it is off', async () => {
    const { page, lab } = walk;
    await menu('Partner is down…');
    const dialog = walk.dialog();
    await dialog.getByText('answers this console').first().waitFor();
    await dialog.getByLabel(/^Type dhcp-/).waitFor();
    await page.keyboard.press('Escape');
    lab.powerOff(SIN);
    await walk.button('Read again').click();
    await page.locator('[data-side="secondary"]').getByText('Not known').first().waitFor();
    await menu('Partner is down…');
    await walk.dialog().getByRole('checkbox').check();
    await walk
      .dialog()
      .getByRole('button', { name: /^Declare/ })
      .click();
    await walk.dialog().waitFor({ state: 'detached' });
    await page.locator('[data-side="primary"]').getByText('Partner down').waitFor();
    expect([...lab.server(SFO).relationships.values()][0]?.state).toBe('PartnerDown');
  });

  it('sees by itself that the partner is back', async () => {
    const { page, lab } = walk;
    lab.restoreLink(SFO, SIN);
    lab.powerOn(SIN);
    lab.clock.advance(2 * 3_600_000);
    await page.locator('[data-side="secondary"]').getByText('Normal').waitFor();
    await page.locator('[data-side="primary"]').getByText('Normal').waitFor();
  });

  it('ends a pair where it is told, and nowhere by default', async () => {
    const { page, lab } = walk;
    await menu('Remove failover…');
    const dialog = walk.dialog();
    expect(await dialog.getByRole('radio', { checked: true }).count()).toBe(0);
    await dialog.getByRole('radio', { name: SFO }).check();
    await dialog.getByLabel(/^Type SFO-SIN-Failover/).fill('SFO-SIN-Failover');
    await shoot(page, 'walk-remove');
    await dialog.getByRole('button', { name: /^Remove failover, delete 2 scopes/ }).click();
    await dialog.waitFor({ state: 'detached' });
    expect([lab.server(SFO).scopes.size, lab.server(SIN).scopes.size]).toEqual([2, 0]);
    expect([lab.server(SFO).relationships.size, lab.server(SIN).relationships.size]).toEqual([0, 0]);
  });

  it('ends it on one server alone where the other is silent, and shows the stale copy', async () => {
    const { page, lab } = walk;
    lab.powerOff(MUC);
    await walk.go('#/pairs');
    await walk.button('Read again').click();
    await settled(page);
    await page.getByRole('link', { name: 'BER-MUC', exact: true }).click();
    await page.locator('[data-side="secondary"]').getByText('Not known').first().waitFor();
    await menu('Remove failover…');
    const dialog = walk.dialog();
    await dialog.getByRole('radio', { name: BER }).check();
    await dialog.locator('.notice.bad').waitFor();
    expect(lab.server(BER).relationships.size).toBe(1);
    await dialog.getByRole('checkbox').check();
    await dialog.getByLabel(/^Type dhcp-ber-01/).fill(BER);
    await dialog.getByRole('button', { name: /^Remove on/ }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(lab.server(BER).relationships.size).toBe(0);
    lab.powerOn(MUC);
    await walk.go('#/pairs');
    await walk.button('Read again').click();
    await page.getByText(/has no such relationship: stale copy on muc/).waitFor();
  });
});
