import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { main } from '../../lib/cli/main.js';
import { cmdletDefinitions, scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';
import { dhcpClasses } from '../../lib/emulator/dhcp/dhcp-classes.js';
import { findProviderMethod } from '../../lib/emulator/dhcp/provider/provider-methods.js';

const PAGES = join(__dirname, '../../docs/cmdlets');
const ASKS = 'It asks first;';

/** The command-line examples of the help pages: the line, and whether the page says that it asks. */
const EXAMPLES = readdirSync(PAGES).flatMap((page) =>
  [...readFileSync(join(PAGES, page), 'utf8').matchAll(/```sh\ncimlet --emulator '(.*)'\n```\n\n(.*)/g)].map(
    ([, line = '', next = '']) => ({
      page,
      line,
      asks: next.startsWith(ASKS),
      silence: /`(-[^`]+)`/.exec(next)?.[1] ?? '',
    }),
  ),
);

async function run(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end();
  const output = Promise.all([text(stdout), text(stderr)]);
  const code = await main(['--emulator', line], {
    stdin,
    stdout,
    stderr,
    env: {},
    signal: new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  const [out, err] = await output;
  return { code, stdout: out, stderr: err };
}

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'cimlet-help-pages-'));
// Some examples write files.
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** Whether the emulated provider answers the class behind the cmdlet of a page. */
function isServed(page: string): boolean {
  if (scriptCmdletDefinitions.has(page.replace(/\.md$/, '').toLowerCase())) return true;
  const definition = cmdletDefinitions.get(page.replace(/\.md$/, '').toLowerCase());
  const declaration = dhcpClasses.find(({ className }) => className === definition?.className);
  return (declaration?.methods ?? []).some(
    ({ name }) => findProviderMethod(declaration?.className ?? '', name) !== undefined,
  );
}

const served = EXAMPLES.filter(({ page }) => isServed(page));
const understood = EXAMPLES.filter(({ page }) => !isServed(page));

describe('the examples of the help pages', () => {
  it('are there for every cmdlet', () => {
    expect(new Set(EXAMPLES.map(({ page }) => page)).size).toBe(readdirSync(PAGES).length - 1);
  });

  it.each(served)('run on the command line: $line', async ({ line, asks, silence }) => {
    const { code, stderr } = await run(asks ? `${line} ${silence}` : line);
    // A warning, such as of a restart that is due, is no failure.
    expect({ code, stderr: stderr.replace(/^WARNING: .*\n/gm, '') }).toEqual({ code: 0, stderr: '' });
  });

  if (understood.length > 0)
    it.each(understood)(
      'are understood and sent, as far as the emulated servers go: $line',
      async ({ line, asks, silence }) => {
        const { code, stderr } = await run(asks ? `${line} ${silence}` : line);
        expect(code).toBe(1);
        expect(stderr).toContain('HRESULT 0x80041055');
      },
    );

  it.each(EXAMPLES.filter(({ asks }) => asks))('ask where the page says so: $line', async ({ line }) => {
    const { code, stderr } = await run(line);
    expect(code).toBe(1);
    expect(stderr).toContain('asks for a confirmation');
  });
});
