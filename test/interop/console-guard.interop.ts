// Steps 11 to 13 of the walk: who may not, what means harm, what is gone; and the page's policy, which forbids what nobody asks for.
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium } from './console-browser.js';
import { ADMIN, expectNoFaults, settled, startWalk, type Walk } from './console-walk.js';

describeInChromium('who may not, what means harm, what is gone', () => {
  let browser: Browser;
  let walk: Walk | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    await walk?.close();
    walk = undefined;
  });
  afterAll(async () => {
    await browser.close();
  });

  async function openPair(open: Walk, name: string): Promise<void> {
    await open.go('#/pairs');
    await open.page.getByRole('link', { name, exact: true }).click();
    await open.page.getByRole('link', { name: /^Differences/ }).waitFor();
  }

  it('lets a reader read, and says before anything is sent which group a change wants', async () => {
    walk = await startWalk(browser);
    const { page, lab } = walk;
    await walk.signIn('CONTOSO\\helpdesk');
    await openPair(walk, 'SFO-SIN-Failover');
    await page.getByRole('link', { name: /^Differences [1-9]/ }).waitFor();
    const before = JSON.stringify(lab.save().servers);
    await page.locator('.head').getByRole('button', { name: 'Replicate…' }).press('Enter');
    await page.getByText('DHCP Administrators').first().waitFor();
    expect(await walk.dialog().locator('button.danger, button.primary').count()).toBe(0);
    expect(JSON.stringify(lab.save().servers)).toBe(before);
    expectNoFaults(walk);
  });

  it('reads everything with Negotiate, and says that changes to pairs want CredSSP or delegation', async () => {
    walk = await startWalk(browser);
    await walk.signIn(ADMIN, 'Negotiate');
    await openPair(walk, 'SFO-SIN-Failover');
    await walk.page
      .getByText(/CredSSP/)
      .first()
      .waitFor();
    expect(
      await walk.page.locator('.head').getByRole('button', { name: 'Replicate…' }).getAttribute('aria-disabled'),
    ).toBe('true');
    expectNoFaults(walk);
  });

  it('shows hostile names as text, and no secret anywhere', async () => {
    walk = await startWalk(browser);
    const { page, lab, lines } = walk;
    const canary = lab.users.find(ADMIN)?.password.reveal() ?? '';
    expect(canary.length).toBeGreaterThan(5);
    const heard: string[] = [];
    page.on('response', (response) => {
      // A run that was stopped has no body any more.
      if (response.url().endsWith('/run'))
        void response.text().then(
          (text) => heard.push(text),
          () => undefined,
        );
    });
    await walk.signIn();
    await walk.go('#/scopes?q=10.51');
    const row = walk.row('10.51.0.0').first();
    await row.waitFor();
    expect(await row.innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await row.innerText()).toContain('⟨U+202E⟩');
    expect(await page.locator('main img').count()).toBe(0);
    await row.locator('th a').click();
    await page.getByText('entries from').waitFor();
    await openPair(walk, 'SFO-SIN-Failover');
    await walk.button('Change settings…').first().click();
    const secret = 'canary-of-the-shared-secret';
    await walk.dialog().getByRole('button', { name: 'Type one' }).click();
    await walk.dialog().getByLabel('Shared secret', { exact: true }).fill(secret);
    await walk.dialog().getByRole('button', { name: 'Change settings' }).click();
    const asked = walk.page.locator('dialog[open] h2', { hasText: /secret/ });
    await asked.waitFor();
    await walk.dialog().locator('.dialog-foot button').last().click();
    await page.locator('.run').waitFor();
    await walk.go('#/activity');
    await page.locator('tbody th a').first().click();
    await page.locator('[data-line]').waitFor();
    const places = [
      await page.content(),
      await page.title(),
      ...lines,
      ...heard,
      JSON.stringify(await page.evaluate('({ ...sessionStorage, ...localStorage })')),
    ];
    for (const word of [canary, secret]) expect(places.filter((text) => text.includes(word))).toEqual([]);
    expectNoFaults(walk);
  });

  it('says once that nobody is reached, and comes back by itself', async () => {
    walk = await startWalk(browser);
    const { page, lab } = walk;
    await walk.signIn();
    await settled(page);
    const names = lab.servers.map(({ name }) => name);
    for (const name of names) lab.powerOff(name);
    await walk.button('Read again').click();
    await page.getByText('This computer reaches none of the servers. Is the VPN connected?').waitFor();
    expect(await page.locator('.notice').count()).toBe(1);
    await walk.go('#/fleet?state=all');
    expect(await page.locator('tbody tr').count()).toBe(names.length);
    for (const name of names) lab.powerOn(name);
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.locator('.notice').waitFor({ state: 'detached' });
  });

  it('says that the engine has ended, and that what was under way is not known', async () => {
    walk = await startWalk(browser);
    const { page, lab } = walk;
    await walk.signIn();
    await settled(page);
    lab.injectFault({ kind: 'silence' });
    await walk.button('Read again').click();
    await walk.button('Reading').waitFor();
    await walk.loopback.close();
    await page.getByText('The engine ended. What was under way is not known.').first().waitFor();
    expect(await page.getByRole('heading', { level: 1, name: 'Fleet' }).count()).toBe(1);
    lab.clearFaults();
  });

  /** What the policy forbids, and what would be seen if it did not. */
  const FORBIDDEN: Readonly<Record<string, readonly [expression: string, effect: string]>> = {
    eval: ["try { (0, eval)('window.effect = 1') } catch {}", 'window.effect'],
    'a function of a text': ["try { new Function('window.effect = 1')() } catch {}", 'window.effect'],
    'an inline script': [
      "{ const s = document.createElement('script'); try { s.textContent = 'window.effect = 1' } catch {} document.body.append(s) }",
      'window.effect',
    ],
    'an inline handler': [
      "{ const b = document.createElement('button'); b.setAttribute('onclick', 'window.effect = 1'); document.body.append(b); b.click() }",
      'window.effect',
    ],
    'a style attribute': [
      "document.querySelector('h1').setAttribute('style', 'opacity: 0.123')",
      "getComputedStyle(document.querySelector('h1')).opacity === '0.123'",
    ],
    markup: [
      "try { document.querySelector('h1').innerHTML = '<i id=made></i>' } catch {}",
      "document.getElementById('made') !== null",
    ],
    'a picture from elsewhere': [
      "{ const i = new Image(); i.onload = () => { window.effect = 1 }; i.src = 'http://127.0.0.1:9/x.png' }",
      'window.effect',
    ],
    'a request to elsewhere': [
      "fetch('http://127.0.0.1:9/').then(() => { window.effect = 1 }, () => {})",
      'window.effect',
    ],
  };

  it('forbids the page what it never does: each is a violation, and has no effect', async () => {
    walk = await startWalk(browser);
    const { page, faults, cdp } = walk;
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate("window.violations = 0; addEventListener('securitypolicyviolation', () => { violations++ })");
    for (const [what, [expression, effect]] of Object.entries(FORBIDDEN)) {
      const before = Number(await page.evaluate('violations'));
      // As code of the page itself: the debugger's own is not bound by the policy.
      await cdp.send('Runtime.evaluate', { expression, allowUnsafeEvalBlockedByCSP: false });
      await page.waitForFunction(`violations > ${before}`);
      expect([what, Boolean(await page.evaluate(effect))]).toEqual([what, false]);
    }
    expect(faults.filter((fault) => fault.startsWith('violation')).length).toBeGreaterThanOrEqual(
      Object.keys(FORBIDDEN).length - 1,
    );
  });
});
