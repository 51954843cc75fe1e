// Step 4 of the walk: scopes that nobody protects get a partner.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDhcpServerv4Scope } from 'cimlet/dhcp-server';
import type { Browser } from 'playwright-core';
import { parseCommandLine } from '../../lib/cli/language/parse-line.js';
import { describeInChromium, launchChromium, shoot } from './console-browser.js';
import { expectNoFaults, startWalk, type Walk } from './console-walk.js';

const [PAR, LYS] = ['dhcp-par-01.contoso.com', 'dhcp-lys-01.contoso.com'];

describeInChromium('protect scopes', () => {
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

  it('offers what is in no relationship, all of it, and says why one cannot be in one', async () => {
    const { page } = walk;
    await walk.go(`#/pairs/new?server=${PAR}`);
    await page.getByRole('checkbox', { name: 'Choose 10.70.0.0' }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Choose 10.70.0.0' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Choose 10.71.0.0' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Choose 10.72.0.0' }).isDisabled()).toBe(true);
    expect(await walk.row('10.72.0.0').locator('.hint').innerText()).toMatch(/BOOTP/i);
    await walk.button('Partner and settings').click();
  });

  it('says at each field what is wrong, and goes to the first', async () => {
    const { page } = walk;
    const partner = page.getByLabel('Partner server');
    const wrong = (text: string): Promise<void> => page.locator('.wrong', { hasText: text }).first().waitFor();
    await partner.fill(PAR);
    await wrong('That is this server itself.');
    const name = page.getByLabel('Name of the relationship');
    await name.fill('x'.repeat(127));
    await wrong('Longer than the 126 characters that Windows takes.');
    await page.getByLabel(`Share of ${PAR}`, { exact: true }).fill('101');
    await wrong('A whole number from 0 to 100.');
    await page.getByLabel('Hours of the lead time').fill('0');
    await wrong('At least one second; an hour is usual.');
    await page.getByRole('checkbox', { name: /by itself after/ }).check();
    await page.getByLabel('Minutes without contact').fill('0');
    await wrong('At least one minute.');
    await walk.button('Type one').click();
    // It is off, and says why; whoever presses it all the same is led to what is wrong.
    await walk.button('Review').press('Enter');
    await wrong('Fill it in, or switch authentication off.');
    expect(await page.evaluate('document.activeElement.closest(".field").querySelector("label").textContent')).toBe(
      'Partner server',
    );
    await page.getByLabel(`Share of ${PAR}`, { exact: true }).fill('60');
    await page.getByLabel('Hours of the lead time').fill('2');
    await page.getByRole('checkbox', { name: /by itself after/ }).uncheck();
    await walk.button('Generate').click();
    await name.fill('PAR-LYS');
  });

  it('is in the way while a scope is there already and a clock is wrong, and is in order by itself when that is mended', async () => {
    const { page, lab, emulator } = walk;
    await addDhcpServerv4Scope(
      {
        ComputerName: LYS,
        Name: 'There already',
        StartRange: '10.71.0.10',
        EndRange: '10.71.0.200',
        SubnetMask: '255.255.255.0',
      },
      { sessionOptions: emulator.sessionOptions },
    );
    lab.skewClock(LYS, 74_000);
    await page.getByLabel('Partner server').fill(LYS);
    const inTheWay = page.locator('[data-check="inTheWay"]');
    await inTheWay.filter({ hasText: '10.71.0.0' }).waitFor();
    await inTheWay.filter({ hasText: /clock/i }).waitFor();
    const review = page.getByRole('button', { name: 'Review' });
    expect(await review.getAttribute('aria-disabled')).toBe('true');
    await shoot(page, 'walk-protect');
    await walk.button('Leave 10.71.0.0 out').click();
    await inTheWay.filter({ hasText: '10.71.0.0' }).waitFor({ state: 'detached' });
    await inTheWay.filter({ hasText: /clock/i }).waitFor();
    lab.skewClock(LYS, 0);
    await inTheWay.first().waitFor({ state: 'detached' });
    await page.locator('[data-check="inOrder"]', { hasText: /clock/i }).waitFor();
    await page.locator('button[type="submit"]:not([aria-disabled])').waitFor();
  });

  it('shows what it will do, as a line that the library reads as well, and does that', async () => {
    const { page, lab } = walk;
    await walk.button('Review').click();
    const protect = page.getByRole('button', { name: 'Protect 1 scope' });
    await protect.waitFor();
    const line = await page.locator('[data-line]').textContent();
    const command = JSON.stringify(parseCommandLine(line ?? ''));
    for (const word of ['PAR-LYS', LYS, '10.70.0.0']) expect(command).toContain(word);
    expect(line).toMatch(/^Add-DhcpServerv4Failover /);
    expect(line).toMatch(/-LoadBalancePercent 60\b/);
    await shoot(page, 'walk-review');
    await protect.click();
    await page.getByRole('link', { name: 'Show it in Pairs' }).waitFor();
    const made = [PAR, LYS].map((server) =>
      [...lab.server(server).relationships.values()].map(({ name, state, mcltSeconds, scopes }) => [
        name,
        state,
        mcltSeconds,
        [...scopes],
      ]),
    );
    expect(made).toEqual([[['PAR-LYS', 'Normal', 7200, ['10.70.0.0']]], [['PAR-LYS', 'Normal', 7200, ['10.70.0.0']]]]);
    await page.getByRole('link', { name: 'Show it in Pairs' }).click();
    await walk.row('PAR-LYS').getByText('Normal').waitFor();
  });
});
