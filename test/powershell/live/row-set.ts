// Chooses rows for the set that `npm test` judges without PowerShell: of every kind its share, each cmdlet as often as the others, short ones.
import { writeFileSync } from 'node:fs';
import { GENERATED_KINDS, kindOf } from '../lines/generated-lines.js';
import type { RecordedRow } from '../recorded-row.js';

/** As much as `npm test` has time for. */
const MOST_BYTES = 420_000;
const LONGEST_ROW = 1500;

/** One row a line. */
export function writeRowSet(file: string, rows: readonly RecordedRow[]): void {
  const chosen: string[] = [];
  for (const kind of GENERATED_KINDS) {
    let room = MOST_BYTES / GENERATED_KINDS.length;
    for (const row of inTurn(rows.filter(({ id }) => kindOf(id) === kind))) {
      const text = JSON.stringify(row);
      if (text.length > LONGEST_ROW || Buffer.byteLength(text) + 1 > room) continue;
      room -= Buffer.byteLength(text) + 1;
      chosen.push(text);
    }
  }
  writeFileSync(file, `${chosen.join('\n')}\n`);
}

/** The rows of each cmdlet in turn, so that those which end early leave their room to all others. */
function inTurn(rows: readonly RecordedRow[]): RecordedRow[] {
  const byCmdlet = new Map<string, RecordedRow[]>();
  for (const row of rows) {
    const name = (/[A-Za-z]+-[A-Za-z]\w*/.exec(row.line)?.[0] ?? '').toLowerCase();
    byCmdlet.set(name, [...(byCmdlet.get(name) ?? []), row]);
  }
  const all: RecordedRow[] = [];
  const queues = [...byCmdlet.values()];
  for (let at = 0; queues.some((queue) => at < queue.length); at += 1)
    for (const queue of queues) {
      const row = queue[at];
      if (row !== undefined) all.push(row);
    }
  return all;
}
