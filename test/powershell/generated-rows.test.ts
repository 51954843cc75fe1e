// Rows that the recorder made from PowerShell 7.6 (`npm run test:powershell` with CIMLET_POWERSHELL_ROWS), judged without it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { deviationOf } from './deviations.js';
import { GENERATED_KINDS, kindOf } from './lines/generated-lines.js';
import { StubServers } from './live/stub-session.js';
import type { RecordedRow } from './recorded-row.js';
import { runLine } from './run-line.js';
import { declaredCmdlets } from './stub/cdxml-cmdlets.js';
import { verdictOn } from './verdict.js';

const ROWS = readFileSync(join(__dirname, 'generated-rows.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as RecordedRow);

describe('rows of generated lines', () => {
  it('name nearly every cmdlet', () => {
    const text = ROWS.map(({ line }) => line.toLowerCase()).join('\n');
    const missing = declaredCmdlets().filter(({ name }) => !text.includes(name.toLowerCase()));
    expect(missing.length).toBeLessThan(10);
  });

  it.each(GENERATED_KINDS)('%s bind, give and are refused as in PowerShell', async (kind) => {
    const servers = new StubServers();
    const rows = ROWS.filter(({ id }) => kindOf(id) === kind);
    const unexplained: string[] = [];
    let right = 0;
    for (const row of rows) {
      const run = await runLine(row.line, servers.open, typeof row.show === 'number' ? row.show : undefined);
      const verdict = verdictOn(row, run);
      if (verdict === 'right') right += 1;
      if ((verdict === 'wrong' || verdict === 'looser') && deviationOf(row, run) === undefined)
        unexplained.push(`${verdict} ${row.id}: ${row.line}`);
    }
    expect(unexplained).toEqual([]);
    expect(rows.length).toBeGreaterThan(50);
    // The others are refused with a remedy, or deviate on purpose.
    expect(right / rows.length).toBeGreaterThan(0.75);
  });
});
