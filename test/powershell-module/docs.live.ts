import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { blocksOf } from '../docs/markdown-blocks.js';
import { describeInBothForms, MODULES, runPowerShell } from './powershell-program.js';

const BLOCKS = blocksOf(resolve('.')).filter(
  ({ language, name, notRun }) =>
    language === 'powershell' && notRun === undefined && /^docs\/(?:powershell|moving-a-script)\.md/.test(name),
);

describeInBothForms('what the documentation shows', (form) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'docs ü-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Found by the commands' names, as after `cimlet powershell --install`. */
  const env = () => ({ ...form, PSModulePath: MODULES });

  it('the blocks of the pages run without an error', async () => {
    expect(BLOCKS.length).toBeGreaterThanOrEqual(3);
    for (const { source, name } of BLOCKS) {
      const { stdout, stderr } = await runPowerShell(['-NonInteractive', '-Command', source], env());
      expect([name, stderr]).toEqual([name, '']);
      expect(stdout).toMatch(/SFO clients|10 +0/);
    }
  });

  it('the script of the page is the example, about 60 lines', () => {
    const text = readFileSync(resolve('examples/powershell/failover-report.ps1'), 'utf8');
    expect(readFileSync(resolve('docs/moving-a-script.md'), 'utf8')).toContain(
      `\`\`\`powershell\n${text.trimEnd()}\n\`\`\``,
    );
    expect(text.split('\n').length).toBeGreaterThan(55);
  });

  it('the example writes its report, and tells of the server that is not there', async () => {
    const script = resolve('examples/powershell/failover-report.ps1');
    const path = join(folder, 'report');
    const line = `& '${script}' -Server dhcpserver.contoso.com, gone.contoso.com -Partner dhcpserver2.contoso.com -Path '${path}'`;
    const { stdout } = await runPowerShell(['-NonInteractive', '-Command', line], env());
    expect(stdout).toContain('WARNING: gone.contoso.com: ');
    expect(stdout).toContain('2 scopes, 1 problems');
    expect(readFileSync(`${path}.csv`, 'utf8').split(/\r?\n/).slice(0, 2)).toEqual([
      '"Server","Relationship","Partner","Mode","State","Scope","Free","Percent"',
      expect.stringMatching(
        /^"dhcpserver","dhcpserver-dhcpserver2","dhcpserver2\.contoso\.com","LoadBalance","Normal","10\.10\.10\.0",/,
      ),
    ]);
    expect(readFileSync(`${path}.html`, 'utf8')).toContain('<td>10.20.20.0</td>');
  });
});
