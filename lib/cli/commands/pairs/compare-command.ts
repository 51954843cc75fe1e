import { comparePair, type PairComparison, readPair } from '../../../pairs/index.js';
import type { FoundPartner } from '../../../pairs/reading/find-partners.js';
import { writeText } from '../../terminal/command-io.js';
import { comparisonLines, exitCodeOfComparison } from './comparison-text.js';
import type { PairRun } from './pair-run.js';
import { wantedPartners } from './pair-sessions.js';
import { ReadingLine } from './reading-line.js';

/** `cimlet compare SERVER [RELATIONSHIP]`: a server with each of its partners. Exit code 0 in step, 3 different, 4 something is not known. */
export async function runCompare(run: PairRun): Promise<number> {
  const { io, words } = run;
  const [server = '', relationship] = words.words;
  const session = await run.sessions.session(server);
  const partners = await wantedPartners(session, { relationship, partner: words.partner, signal: io.signal });
  const codes: number[] = [];
  for (const partner of partners) {
    const line = new ReadingLine(io.stderr);
    const comparison = await comparedWith(run, server, partner, line);
    line.clear();
    codes.push(exitCodeOfComparison(comparison, words));
    if (run.json) await writeText(io.stdout, `${JSON.stringify(comparison)}\n`);
    else {
      const between = codes.length > 1 ? ['', ''] : [];
      const lines = [...between, ...comparisonLines(comparison, { ...words, width: run.width ?? io.stdout.columns })];
      await writeText(io.stdout, `${lines.join('\n')}\n`);
    }
  }
  return worstOf(codes);
}

/** Both servers read, and compared. */
export async function comparedWith(
  { io, words, sessions }: PairRun,
  server: string,
  { partner, relationships }: FoundPartner,
  line: ReadingLine | undefined,
): Promise<PairComparison> {
  const { here, there } = await readPair(sessions.door(server), sessions.door(partner), {
    relationship: relationships,
    reservationOptions: words.reservationOptions ? 'all' : [],
    signal: io.signal,
    onProgress: line && ((progress) => line.update(progress)),
  });
  return comparePair(here, there, { relationships });
}

/** What has to be looked at first: an error, what is not known, a difference. */
export function worstOf(codes: readonly number[]): number {
  return [1, 4, 3].find((code) => codes.includes(code)) ?? 0;
}
