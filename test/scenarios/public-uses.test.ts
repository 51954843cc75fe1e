import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../cli/command-harness.js';
import { PUBLIC_USES } from './public-uses.js';

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'public-uses-'));
beforeAll(() => {
  process.chdir(folder);
  writeFileSync('failover.csv', 'Name,ScopeId,PartnerServer\nSFO,10.10.10.0,dhcpserver2\n');
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

describe('what people write with the failover cmdlets', () => {
  it.each(PUBLIC_USES)('$use $verdict: $line', async ({ verdict, line, has }) => {
    const run = await runCommand(['--emulator', line]);
    if (verdict === 'right') {
      // A failure that the line itself keeps quiet about is told by the exit code.
      expect([run.code, run.stderr.replace(/^What if: .*\n/, '')]).toEqual([
        line.includes('-ErrorVariable') ? 1 : 0,
        '',
      ]);
      expect(run.stdout).toContain(has);
    } else {
      expect(run.code).toBeGreaterThan(0);
      const [, ...remedy] = run.stderr.split('\n');
      expect(remedy.join('\n').trim()).not.toBe('');
      expect(run.stderr).toContain(has);
      expect(run.stdout).toBe('');
    }
  });

  it('are 110 uses, of which 86 work in every form', () => {
    const uses = [...new Set(PUBLIC_USES.map(({ use }) => use))];
    const refused = new Set(PUBLIC_USES.filter(({ verdict }) => verdict === 'refused').map(({ use }) => use));
    expect([uses.length, uses.length - refused.size]).toEqual([110, 86]);
  });
});
