// Lines that somebody chose, with what the recorder wrote of PowerShell 7.6: methods, formats, nothing as a value, words that are no words.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { deviationOf } from './deviations.js';
import { StubServers } from './live/stub-session.js';
import type { RecordedRow } from './recorded-row.js';
import { runLine } from './run-line.js';
import { verdictOn } from './verdict.js';

const ROWS = readFileSync(join(__dirname, 'chosen-rows.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as RecordedRow);

it('chosen lines bind, give and are refused as in PowerShell', async () => {
  const servers = new StubServers();
  const unexplained: string[] = [];
  let right = 0;
  for (const row of ROWS) {
    const run = await runLine(row.line, servers.open, typeof row.show === 'number' ? row.show : undefined);
    const verdict = verdictOn(row, run);
    if (verdict === 'right') right += 1;
    if ((verdict === 'wrong' || verdict === 'looser') && deviationOf(row, run) === undefined)
      unexplained.push(`${verdict} ${row.line}: ${JSON.stringify(row.expected)} ${run.stdout} ${run.errors.join()}`);
  }
  expect(unexplained).toEqual([]);
  expect(ROWS.length).toBeGreaterThan(500);
  // The others are refused with a remedy, or deviate on purpose.
  expect(right / ROWS.length).toBeGreaterThan(0.9);
});
