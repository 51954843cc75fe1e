import type { ApplyResult, Params } from '../bridge.js';
import type { EngineContext } from './context.js';
import type { Outcome } from './plan-store.js';
import { ConsoleError, problemOf } from './problem.js';
import type { Run } from './run.js';

/** Runs one plan and nothing else, and keeps what became of it. */
export async function applyPlan(
  context: EngineContext,
  run: Run<'apply'>,
  { id, typed }: Params['apply'],
): Promise<ApplyResult> {
  const { activity, plans } = context;
  const planned = plans.take(id, typed);
  const { plan, keys, putsBack } = planned;
  const effects = plan.effects;
  const entry = (outcome: Partial<Outcome>, how: 'done' | 'stopped' | 'failed' | 'notKnown') => ({
    who: context.logons.account,
    kind: plan.kind,
    keys,
    what: [plan.title.replace(/\?$/, '.'), outcome.sentence].filter((one) => one !== undefined).join(' '),
    line: plan.line,
    how,
    results: outcome.results ?? [],
    effects,
    canPutBack: (outcome.saved ?? []).length > 0 || (outcome.undo ?? []).length > 0,
  });
  // Should the engine end in the middle, this stays: that it was begun, and that its end is not known.
  const activityId = activity.add(entry({}, 'notKnown'));
  await activity.written().catch(() => undefined);
  let outcome: Outcome;
  try {
    outcome = await planned.apply(run, typed);
  } catch (error) {
    const problem = problemOf(error, null);
    const how = run.signal.aborted ? 'notKnown' : 'failed';
    activity.add(entry({ sentence: problem.what }, how), {}, activityId);
    throw error instanceof ConsoleError ? error : new ConsoleError(problem);
  }
  const how = run.signal.aborted
    ? 'notKnown'
    : outcome.problem !== null
      ? 'failed'
      : run.hasStopped
        ? 'stopped'
        : 'done';
  activity.add(entry(outcome, how), { saved: outcome.saved, undo: outcome.undo }, activityId);
  if (putsBack !== null && outcome.changed !== 'nothing') activity.markPutBack(putsBack, activityId);
  for (const key of keys) context.comparisons.delete(key);
  if (outcome.problem !== null) run.failWith(outcome.problem);
  return resultOf(activityId, outcome);
}

function resultOf(activityId: string, outcome: Outcome): ApplyResult {
  const { sentence, changed, differencesNow, refused, saved, undo } = outcome;
  return {
    activityId,
    sentence,
    changed,
    differencesNow,
    canPutBack: saved.length > 0 || undo.length > 0,
    refused,
  };
}
