import type { PairPlan, PlanOutcome } from 'cimlet/pairs';
import type { Problem } from '../bridge.js';
import type { Outcome } from './plan-store.js';
import { ConsoleError, pairProblem, problemOf, refuse } from './problem.js';
import type { Run } from './run.js';
import { counted } from './words.js';

/** Relationships that are worked on at a time. */
export const AT_A_TIME = 8;

/** One plan of the library, and the pair that it is of. */
export interface Part {
  readonly key: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly plan: PairPlan | null;
  readonly problem: Problem | null;
}

/** Each plan of the library is applied by itself: one that fails, or whose servers have changed, stops no other. */
export async function applyParts(parts: readonly Part[], run: Run<'apply'>, typed: string | null): Promise<Outcome> {
  const outcomes = new Map<string, PlanOutcome>();
  const problems = new Map<string, Problem>();
  const tell = ({ key, name }: Part, state: 'waiting' | 'atWork' | 'done' | 'failed' | 'notKnown' | 'notBegun') => {
    const differencesNow = outcomes.get(key)?.after?.differences.length ?? null;
    run.row({ key, title: name, state, problem: problems.get(key) ?? null, differencesNow });
  };
  for (const part of parts) tell(part, 'waiting');
  await run.each(
    parts,
    AT_A_TIME,
    async (part) => {
      tell(part, 'atWork');
      const { plan } = part;
      if (plan === null) return;
      // In a run over many their sum was typed; each has what it wants then.
      const word = parts.length === 1 ? (typed ?? undefined) : (plan.description.type ?? undefined);
      const outcome = await plan.apply({ typed: word, signal: run.signal });
      outcomes.set(part.key, outcome);
      const [first] = outcome.problems;
      const refusal = outcome.refused[0];
      if (first !== undefined) {
        const changed = outcome.changed === 'notKnown' ? 'not known' : outcome.changed;
        throw new ConsoleError(pairProblem(first, changed));
      }
      if (outcome.how !== 'done') throw refuse('REFUSED', refusal ?? 'The server did not do it.', null, part.from);
      tell(part, 'done');
    },
    (part, error) => {
      const problem = appliedProblem(error, part.from, run.signal.aborted);
      problems.set(part.key, problem);
      tell(part, problem.changed === 'not known' ? 'notKnown' : 'failed');
      run.problem(problem);
    },
  );
  for (const part of parts) {
    if (!outcomes.has(part.key) && !problems.has(part.key)) tell(part, 'notBegun');
  }
  return summary(parts, outcomes, problems);
}

/** In the engine's words: what the library refuses before it sends anything. */
export function appliedProblem(error: unknown, where: string, isAborted: boolean): Problem {
  const problem = problemOf(error, where);
  if (problem.code === 'ERR_CHANGED') return { ...problem, code: 'CHANGED' };
  if (problem.code === 'ERR_CONFIRMATION_REQUIRED') return { ...problem, code: 'TYPED' };
  return isAborted ? { ...problem, changed: 'not known' } : problem;
}

function summary(
  parts: readonly Part[],
  outcomes: ReadonlyMap<string, PlanOutcome>,
  problems: ReadonlyMap<string, Problem>,
): Outcome {
  const all = [...outcomes.values()];
  const [first] = problems.values();
  // A single plan that was refused before anything was sent is a refusal, and no run.
  if (parts.length === 1 && first !== undefined && all.length === 0) throw new ConsoleError(first);
  const looked = all.flatMap(({ after }) => after ?? []);
  const differencesNow =
    looked.length === 0 ? null : looked.reduce((sum, { differences }) => sum + differences.length, 0);
  const done = parts.filter(({ key }) => outcomes.has(key) && !problems.has(key)).length;
  const isUnknown =
    [...problems.values()].some(({ changed }) => changed === 'not known') ||
    all.some(({ changed }) => changed === 'notKnown');
  const changed = all.some((one) => one.changed === 'something') ? 'something' : isUnknown ? 'not known' : 'nothing';
  const now = differencesNow === null ? '' : `${counted(differencesNow, 'difference')} now.`;
  const alone = now === '' ? 'It is done.' : now;
  return {
    sentence: parts.length === 1 ? (first?.what ?? alone) : `${done} of ${parts.length} are done. ${now}`.trim(),
    changed,
    differencesNow,
    results: parts.map(({ key, name }) => {
      const problem = problems.get(key);
      const how =
        problem === undefined
          ? outcomes.has(key)
            ? 'done'
            : 'notBegun'
          : problem.changed === 'not known'
            ? 'notKnown'
            : 'failed';
      return { server: name, how, what: problem?.what ?? null };
    }),
    refused: all.flatMap(({ refused }) => refused),
    problem: first === undefined ? null : { ...first, changed },
    saved: all
      .filter((one) => one.changed !== 'nothing')
      .map(({ saved }) => saved)
      .filter(({ items }) => items.length > 0),
    undo: [],
  };
}
