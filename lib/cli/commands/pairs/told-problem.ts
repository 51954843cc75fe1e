import type { PairProblem } from '../../../pairs/index.js';
import { problemOf } from '../../../pairs/model/pair-problem.js';
import { messageAndHint } from '../../terminal/report-error.js';

/** A problem in the words of the command: its options, not the library's. */
export function problemOfError(error: unknown, server: string): PairProblem {
  const problem = problemOf(error, server);
  if (problem.record !== null) return problem;
  const { message, hint } = messageAndHint(error);
  return { ...problem, what: message, remedy: hint ?? null };
}
