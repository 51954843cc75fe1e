// Step 10 of the walk, with the engine and a lab: ten thousand leases, and a thousand servers behind shared listeners.
import { expect, it } from '@jest/globals';
import { fleetDescription } from 'cimlet/emulator';
import type { Page } from 'playwright-core';
import { LEASES, leaseAddress, leaseClient, leaseName, tenThousandLeases } from '../console/large-labs.js';
import { type ConsoleWindow, describeInChromium, launchChromium, shoot } from './console-browser.js';
import { ADMIN, expectNoFaults, fleetCounts, startWalk } from './console-walk.js';

const MB = 1024 * 1024;
const SERVERS = 1000;
/** On a machine that does much else. */
const READ_MS = 300_000;

/** What the page holds after its garbage is gone. */
async function heapOf({ cdp }: ConsoleWindow): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}

const rowsIn = (page: Page) => page.locator('table.windowed tbody tr:not(.gap)');

describeInChromium('ten thousand leases of a server', () => {
  it('are reached, found, sorted and reserved, with eighty of them in the document', async () => {
    const browser = await launchChromium();
    const walk = await startWalk(browser, tenThousandLeases());
    const { page, lab } = walk;
    page.setDefaultTimeout(READ_MS);
    await walk.signIn();
    await walk.go('#/scope/dhcp-campus.contoso.com/10.64.0.0');
    await page.getByText('10,000 entries from dhcp-campus, read').waitFor();
    const rows = rowsIn(page);
    expect(await page.locator('table.windowed').getAttribute('aria-rowcount')).toBe(String(LEASES + 1));
    expect(await rows.count()).toBeLessThanOrEqual(80);
    await page.evaluate("document.querySelector('.scroll.tall').scrollTop = 1e9");
    await page.locator(`table.windowed tr[aria-rowindex="${LEASES + 1}"]`).waitFor();
    expect(await rows.last().locator('th').innerText()).toBe(leaseAddress(LEASES - 1));
    expect(await rows.count()).toBeLessThanOrEqual(80);
    expect(await heapOf(walk)).toBeLessThanOrEqual(60 * MB);
    const filter = page.getByRole('searchbox', { name: 'Filter leases' });
    const client = leaseClient(4321);
    for (const spelling of [client.toUpperCase(), client.replaceAll('-', ''), client.replaceAll('-', ':')]) {
      await filter.fill(spelling);
      await page.getByText(`1 of ${LEASES.toLocaleString('en')}`).waitFor();
      expect(await page.locator('tbody th').allInnerTexts()).toEqual([leaseAddress(4321)]);
    }
    await filter.fill('');
    const heading = page.getByRole('columnheader', { name: 'Name' });
    await heading.getByRole('button').click();
    await heading.getByRole('button').click();
    await page.locator('th[aria-sort="descending"]', { hasText: 'Name' }).waitFor();
    await page.evaluate("document.querySelector('.scroll.tall').scrollTop = 0");
    await page.locator('tbody td', { hasText: leaseName(LEASES - 1) }).waitFor();
    // By keyboard: to the row, and `r`.
    await page.getByRole('button', { name: leaseAddress(LEASES - 1), exact: true }).focus();
    await page.keyboard.press('r');
    const dialog = walk.dialog();
    await dialog.getByRole('heading', { name: `Reserve ${leaseAddress(LEASES - 1)}` }).waitFor();
    await shoot(page, 'walk-reserve');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe(leaseAddress(LEASES - 1));
    await page.keyboard.press('r');
    await dialog
      .getByRole('button', { name: /^Reserve|^Add/ })
      .last()
      .press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const [scope] = lab.save().servers?.[0]?.scopes ?? [];
    expect(scope?.reservations?.map(({ ipAddress, clientId }) => [ipAddress, clientId])).toEqual([
      [leaseAddress(LEASES - 1), leaseClient(LEASES - 1)],
    ]);
    expectNoFaults(walk);
    await walk.close();
    await browser.close();
  });
});

describeInChromium('a thousand servers of a lab', () => {
  it('are counted right at every moment, with four drawings a second at most', async () => {
    const browser = await launchChromium();
    const walk = await startWalk(browser, fleetDescription(SERVERS));
    const { page } = walk;
    page.setDefaultTimeout(READ_MS);
    // A thousand logons: CredSSP's cost three times as much, here and at the lab, and show nothing more.
    await walk.signIn(ADMIN, 'Negotiate');
    // Each drawing of the counts: when it was, what they said, and how many servers the table's heading had then.
    await page.evaluate(`{
      window.drawings = [];
      let last = '';
      const look = () => {
        const counts = [...document.querySelectorAll('.counts button strong, .counts button b')].map((one) => Number(one.textContent.replaceAll(',', '')));
        const text = counts.join();
        if (text !== '' && text !== last) drawings.push({ at: performance.now(), sum: counts.reduce((sum, one) => sum + one, 0) });
        last = text;
      };
      new MutationObserver(look).observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true });
    }`);
    await page.locator('.sub', { hasText: `${SERVERS.toLocaleString('en')} servers, ` }).waitFor();
    expect(await fleetCounts(page)).toMatchObject({ 'No failover': SERVERS, 'In order': 0, 'No answer': 0 });
    const drawings = (await page.evaluate('drawings')) as readonly { readonly at: number; readonly sum: number }[];
    expect(drawings.length).toBeGreaterThan(3);
    const seconds = ((drawings.at(-1)?.at ?? 0) - (drawings[0]?.at ?? 0)) / 1000;
    expect(drawings.length).toBeLessThanOrEqual(4 * seconds + 2);
    // They grow, and never say more than there are.
    expect(drawings.map(({ sum }) => sum)).toEqual(drawings.map(({ sum }) => sum).sort((one, other) => one - other));
    expect(drawings.at(-1)?.sum).toBe(SERVERS);
    await walk.go('#/fleet?state=all');
    await rowsIn(page).first().waitFor();
    expect(await rowsIn(page).count()).toBeLessThanOrEqual(80);
    expect(await heapOf(walk)).toBeLessThanOrEqual(80 * MB);
    await shoot(page, 'walk-thousand');
    expectNoFaults(walk);
    await walk.close();
    await browser.close();
  });
});
