import { runCompare } from './compare-command.js';
import { runFleetCompare } from './fleet-compare.js';
import type { PairRun, PairTools } from './pair-run.js';
import { PairSessions } from './pair-sessions.js';
import { type PairCommand, parsePairWords } from './pair-words.js';
import { runPutBack, runReplicate } from './replicate-command.js';

/** `cimlet compare`, `cimlet replicate` and `cimlet put-back`. Gives the exit code. */
export async function runPairCommand(
  command: PairCommand,
  given: readonly string[],
  tools: PairTools,
): Promise<number> {
  const words = parsePairWords(command, given);
  await using sessions = new PairSessions(tools.open);
  const run: PairRun = { ...tools, json: tools.json || words.json, words, sessions };
  if (command === 'replicate') return await runReplicate(run);
  if (command === 'put-back') return await runPutBack(run);
  return words.fleet === undefined ? await runCompare(run) : await runFleetCompare(run, words.fleet);
}
