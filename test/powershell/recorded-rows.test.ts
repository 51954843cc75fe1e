// Real PowerShell is the judge: the rows of the folder that CIMLET_POWERSHELL names, line by line through the command.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { LabDescription } from '../../lib/emulator/lab/lab-description.js';
import { correctedRows } from './corrected-rows.js';
import { deviationOf } from './deviations.js';
import { ModuleSession, readObjects } from './module-session.js';
import { isDecidable, isOfModule, KINDS, type Kind, labFileOf, readRows } from './recorded-row.js';
import { type LineRun, runInLab, runLine } from './run-line.js';
import { type Verdict, verdictOn } from './verdict.js';

/** From where the test was started: its lines run elsewhere. */
const named = (variable: string): string | undefined => {
  const path = process.env[variable];
  return path === undefined ? undefined : resolve(path);
};
const FOLDER = named('CIMLET_POWERSHELL');
/** A folder for what is not as PowerShell has it. */
const FAILURES = named('CIMLET_POWERSHELL_FAILURES');

const MODULE_KINDS = KINDS.filter(isOfModule);

/** The least share of rows that must be as PowerShell has them; the others are refused, or stand in the list of deviations. */
const LEAST_RIGHT: Readonly<Record<Kind, number>> = {
  lines: 0.94,
  pipelines: 0.98,
  lexing: 0.96,
  conversions: 0.95,
  comparisons: 0.99,
  formats: 0.97,
  'module-lines': 0.97,
  'module-rows': 0.98,
};

/** Runs a row's line against the servers of its kind. */
function runnerOf(folder: string, kind: Kind): (line: string, width?: number) => Promise<LineRun> {
  if (isOfModule(kind)) {
    const session = new ModuleSession(readObjects(folder));
    return (line, width) => runLine(line, () => Promise.resolve(session), width);
  }
  const lab = JSON.parse(readFileSync(join(folder, labFileOf(kind)), 'utf8')) as LabDescription;
  return (line, width) => runInLab(line, lab, width);
}

async function judge(folder: string, kind: Kind) {
  const runRow = runnerOf(folder, kind);
  const read = readRows(folder, kind);
  const rows = isOfModule(kind)
    ? read
    : correctedRows(
        read,
        MODULE_KINDS.flatMap((one) => readRows(folder, one)),
      );
  const counts: Record<Verdict, number> = { right: 0, refused: 0, looser: 0, wrong: 0 };
  const failures: string[] = [];
  const unexplained: string[] = [];
  for (const row of rows.filter(isDecidable)) {
    const run = await runRow(row.line, typeof row.show === 'number' ? row.show : undefined);
    const verdict = verdictOn(row, run);
    counts[verdict] += 1;
    if ((verdict === 'wrong' || verdict === 'looser') && deviationOf(row, run) === undefined)
      unexplained.push(`${verdict} ${row.id}: ${row.line}`);
    if (verdict !== 'right')
      failures.push(`${verdict} ${JSON.stringify({ id: row.id, line: row.line, expected: row.expected, run })}`);
  }
  if (FAILURES !== undefined) writeFileSync(join(FAILURES, `${kind}.txt`), `${failures.join('\n')}\n`);
  return { counts, unexplained };
}

if (FOLDER === undefined)
  it.skip('needs CIMLET_POWERSHELL, the folder of rows that were recorded from PowerShell', () => {});
else {
  describe('rows recorded from PowerShell', () => {
    it.each(KINDS)(
      '%s',
      async (kind) => {
        const { counts, unexplained } = await judge(FOLDER, kind);
        process.stderr.write(`${kind}: ${JSON.stringify(counts)}\n`);
        const total = counts.right + counts.refused + counts.looser + counts.wrong;
        expect(unexplained).toEqual([]);
        expect(counts.right / total).toBeGreaterThanOrEqual(LEAST_RIGHT[kind]);
      },
      600_000,
    );
  });
}
