import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';

const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Found {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** What axe-core finds on the page as it is now: a line a node, empty where all is well. */
export async function axeFindings(
  page: Page,
  cdp: CDPSession,
  what: 'all' | 'colours' = 'all',
): Promise<readonly string[]> {
  const runOnly = what === 'all' ? { type: 'tag', values: TAGS } : { type: 'rule', values: ['color-contrast'] };
  // By the debugger, which the page's policy does not concern; the page itself runs nothing from a text.
  const { result: has } = await cdp.send('Runtime.evaluate', { expression: "typeof axe === 'object'" });
  if (has.value !== true) await cdp.send('Runtime.evaluate', { expression: `${SOURCE};0` });
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations))`,
    awaitPromise: true,
  });
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  const url = page.url().replace(/^[^#]*/, '');
  return (JSON.parse(String(result.value)) as readonly Found[]).flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) =>
        `${url} ${id} at ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`,
    ),
  );
}
