// Real PowerShell is the judge of lines that nobody has written: `npm run test:powershell`.
import { appendFileSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { GENERATED_KINDS, type GeneratedLine, generateLines } from '../lines/generated-lines.js';
import type { RecordedRow } from '../recorded-row.js';
import { declaredCmdlets } from '../stub/cdxml-cmdlets.js';
import { stubClasses } from '../stub/stub-objects.js';
import { otherIds } from '../verdict.js';
import { type Judged, LiveJudge, VerdictTable } from './live-judge.js';
import { findPowerShell } from './real-powershell.js';
import { writeRowSet } from './row-set.js';

const LINES = Number(process.env['CIMLET_POWERSHELL_LINES'] ?? 20_000);
const SEED = Number(process.env['CIMLET_POWERSHELL_SEED'] ?? 1);
/** Kinds of lines, with commas; without it all. */
const KINDS = GENERATED_KINDS.filter((kind) =>
  (process.env['CIMLET_POWERSHELL_KINDS'] ?? kind).split(',').includes(kind),
);
/** A file of lines that are judged instead of generated ones, one a line. */
const FILE = named('CIMLET_POWERSHELL_FILE');
/** A file that every difference is added to, as JSON lines. */
const OUT = named('CIMLET_POWERSHELL_OUT');
/** A file for the set of rows that is judged without PowerShell. */
const ROWS = named('CIMLET_POWERSHELL_ROWS');
/** Differences that are made small; more of them are counted only. */
const SHRUNK = Number(process.env['CIMLET_POWERSHELL_SHRUNK'] ?? 20);

/** From where the judge was started: its lines run elsewhere. */
function named(variable: string): string | undefined {
  const path = process.env[variable];
  return path === undefined ? undefined : resolve(path);
}

/** Those of the file, each as objects and as the text on a terminal, or those that the seed gives. */
function linesToJudge(): GeneratedLine[] {
  if (FILE === undefined) return generateLines(SEED, LINES, declaredCmdlets(), stubClasses(), KINDS);
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .flatMap((line, at) =>
      line.trim() === '' || line.startsWith('#')
        ? []
        : ([
            // What a Format- cmdlet gives is no object that could be compared.
            ...(/\|\s*(?:Format-\w+|f[tlw])\b[^|]*$/i.test(line)
              ? []
              : [{ id: `objects-${at + 1}`, line, show: 'properties' } as const]),
            { id: `terminal-${at + 1}`, line, show: 120 },
          ] as const),
    );
}

const program = findPowerShell();

if (program === undefined)
  it.skip('needs pwsh: dotnet tool install --global PowerShell, or name one in CIMLET_PWSH', () => {});
else
  it(`${FILE ?? `${LINES} lines of seed ${SEED}`}: lines bind, give and are refused as in PowerShell`, async () => {
    const judge = new LiveJudge(program);
    try {
      const table = new VerdictTable();
      const differences: Judged[] = [];
      const rows: RecordedRow[] = [];
      const ids = new Map<string, string[]>();
      await judge.judge(linesToJudge(), (one) => {
        table.add(one);
        const id = otherIds(one.row, one.run);
        if (id !== undefined) ids.set(id, [...(ids.get(id) ?? []), one.row.line]);
        if (one.verdict === 'right' || one.verdict === 'refused' || one.verdict === 'deviation') rows.push(one.row);
        if (OUT !== undefined && one.verdict !== 'right') appendFileSync(OUT, `${JSON.stringify(one)}\n`);
        if (one.verdict === 'wrong' || one.verdict === 'looser') differences.push(one);
      });
      process.stderr.write(`${table}\n`);
      if (FILE !== undefined)
        for (const [id, [line, ...more]] of ids) process.stderr.write(`id ${id} (${more.length + 1}): ${line}\n`);
      if (ROWS !== undefined) writeRowSet(ROWS, rows);
      const small: string[] = [];
      for (const one of differences.slice(0, SHRUNK)) {
        const { row, run, verdict } = await judge.shrink(one);
        small.push(
          `${verdict} ${row.id}: ${row.line}\n  there ${JSON.stringify(row.expected)}\n  here ${JSON.stringify(run)}`,
        );
      }
      process.stderr.write(small.map((text) => `${text}\n`).join(''));
      expect(differences.map(({ row, verdict }) => `${verdict} ${row.id}: ${row.line}`)).toEqual([]);
    } finally {
      await judge.close();
    }
  }, 3_600_000);
