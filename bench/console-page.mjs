// The example console's page in Chromium: its first paint against a bare page's, and ten thousand leases, drawn whole against its list, which draws those that are seen.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { requireTypeScript } from '../scripts/load-typescript.mjs';
import { median, report } from './measure.mjs';

const CHROMIUM = process.env.CIMLET_CHROMIUM ?? '/usr/bin/chromium';
const PAGE = fileURLToPath(new URL('../examples/console/dist/page', import.meta.url));
const LEASES = 10_000;
const ROUNDS = 3;

export async function benchPage() {
  if (!existsSync(CHROMIUM)) {
    console.log(`  ${CHROMIUM} is missing: apt-get install chromium, or name another one in CIMLET_CHROMIUM`);
    return;
  }
  if (!existsSync(`${PAGE}/console.js`)) {
    console.log('  the page is not built: node examples/console/build/main.mjs');
    return;
  }
  const { startLoopback } = requireTypeScript('./examples/console/loopback/server.ts');
  const { pageFiles } = requireTypeScript('./examples/console/page-files.ts');
  const { FULL, fakeBridge } = requireTypeScript('./test/interop/console-fake-bridge.ts');
  const loopback = await startLoopback({ bridge: fakeBridge(FULL), files: await pageFiles(PAGE) });
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(300_000);
    await page.goto(loopback.link);
    await page.locator('tbody tr').first().waitFor();
    const times = { windowed: [], whole: [], keystroke: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.windowed.push(await page.evaluate(`(${drawWindowed})(${LEASES})`));
      times.keystroke.push(await page.evaluate(`(${typeAKey})()`));
      times.whole.push(await page.evaluate(`(${drawWhole})(${LEASES})`));
    }
    const ratios = times.windowed.map((took, round) => took / times.whole[round]);
    const seconds = (values) => `${(median(values) / 1000).toFixed(2)} s`;
    report(
      'ten thousand leases in Chromium: asked for, parsed and drawn in the list, against drawn whole',
      median(ratios),
      { most: 0.5 },
      `${seconds(times.windowed)} against ${seconds(times.whole)}`,
    );
    report(
      'a key in the filter of ten thousand leases, to the paint, against them drawn whole',
      median(times.keystroke.map((took, round) => took / times.whole[round])),
      { most: 0.05 },
      `${median(times.keystroke).toFixed(0)} ms`,
    );
    await benchFirstPaint(browser, { startLoopback, bridge: fakeBridge(FULL), files: await pageFiles(PAGE) });
  } finally {
    await browser.close();
    await loopback.close();
  }
}

/** Cold, each time in a window of its own: from the click on the link to the first text, against a page of the same document and sheet that has no script. */
async function benchFirstPaint(browser, { startLoopback, bridge, files }) {
  const page = files.get('/');
  const bareDocument = String(page.bytes)
    .replace(/<script[\s\S]*?<\/script>/, '')
    .replace('</body>', '<h1>Fleet</h1></body>');
  const bare = new Map([...files, ['/', { ...page, bytes: Buffer.from(bareDocument) }]]);
  const times = { ours: [], bare: [] };
  for (let round = 0; round < 2 * ROUNDS + 1; round += 1) {
    for (const [name, served] of [
      ['ours', files],
      ['bare', bare],
    ]) {
      const loopback = await startLoopback({ bridge, files: served });
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const window = await context.newPage();
      await window.goto(loopback.link);
      times[name].push(await window.evaluate(`(${firstPaint})()`));
      await context.close();
      await loopback.close();
    }
  }
  report(
    "the console's first contentful paint, cold, against a bare page's with its sheet",
    median(times.ours) / median(times.bare),
    { most: 3 },
    `${median(times.ours).toFixed(0)} ms against ${median(times.bare).toFixed(0)} ms`,
  );
}

/** Runs in the page. */
function firstPaint() {
  return new Promise((done) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') done(startTime);
    }).observe({ type: 'paint', buffered: true });
  });
}

/** Runs in the page: one more character in the filter of the list, until the rows that are left are painted. */
async function typeAKey() {
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const field = document.querySelector('input[type="search"]');
  const type = async (text) => {
    const before = document.querySelector('main').textContent;
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    do await painted();
    while (document.querySelector('main').textContent === before);
    return performance.now() - start;
  };
  const took = await type('7');
  await type('');
  return took;
}

/** Runs in the page: to the screen of the scope, until the last row of the stream is counted and the window of rows painted. */
async function drawWindowed(leases) {
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  location.hash = '#/scopes';
  while (document.querySelector('table.windowed[aria-rowcount]') !== null) await painted();
  const start = performance.now();
  location.hash = '#/scope/dhcp-sfo-01.contoso.com/10.32.0.0';
  const isThere = () => document.querySelector(`table.windowed[aria-rowcount="${leases + 1}"] tbody tr:not(.gap)`);
  while (isThere() === null) await painted();
  await painted();
  return performance.now() - start;
}

/** Runs in the page: as many rows of as many cells, of which the window shows the first; nothing is asked for or parsed. */
async function drawWhole(leases) {
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const pattern = document.querySelector('table.windowed tbody tr:not(.gap)');
  const texts = [...pattern.cells].map((cell) => cell.textContent);
  const start = performance.now();
  const table = document.createElement('table');
  const body = table.createTBody();
  for (let row = 0; row < leases; row += 1) {
    const line = body.insertRow();
    for (const text of texts) line.insertCell().append(`${text} ${row}`);
  }
  document.querySelector('main').prepend(table);
  await painted();
  await painted();
  const took = performance.now() - start;
  table.remove();
  return took;
}
