import type { Change, Plan, PlanEffect, Problem } from '../bridge.js';
import type { EngineContext } from './context.js';
import type { Outcome, PlanParts } from './plan-store.js';
import { problemOf, refuse } from './problem.js';
import type { Run } from './run.js';
import { lineOf, runStep, type Step } from './step.js';

/** A change that is made of a few calls of the engine's own, each on one server. */
export interface StepPlan {
  readonly kind: Change['kind'];
  readonly level: Plan['level'];
  readonly title: string;
  readonly sentences: readonly string[];
  readonly button: string;
  readonly isRed: boolean;
  readonly effects: readonly PlanEffect[];
  readonly type: string | null;
  readonly box: string | null;
  readonly stays: readonly string[];
  readonly saved: Plan['saved'];
  readonly blocked: Problem | null;
  readonly keys: readonly string[];
  readonly steps: readonly Step[];
  /** After a step that failed the next one is made as well: they are of different servers. */
  readonly goesOn: boolean;
  /** What the plan stands on, read of the servers, as a text: it is applied only while that is the same. */
  readonly look: (signal: AbortSignal) => Promise<string>;
  readonly seen: string;
  readonly undo: readonly Change[];
  /** What is there afterwards, in a sentence. */
  readonly after: (signal: AbortSignal) => Promise<string>;
}

export function countsOf(effects: readonly PlanEffect[]): Plan['counts'] {
  const count = (verb: PlanEffect['verb']) => effects.filter((effect) => effect.verb === verb).length;
  return { adds: count('add'), changes: count('change'), removes: count('remove') };
}

export function partsOf(plan: StepPlan): PlanParts {
  const { kind, level, title, sentences, button, isRed, effects, type, box, stays, saved, blocked, steps } = plan;
  return {
    kind,
    level,
    title,
    sentences,
    button,
    isRed,
    effects,
    counts: countsOf(effects),
    type,
    box,
    line: steps.map(lineOf).join('\n'),
    stays,
    saved,
    relationships: [],
    otherWay: null,
    blocked,
  };
}

/** Looks again, and makes the calls. @throws ConsoleError `CHANGED` where the servers are not what they were; nothing was sent. */
export async function applySteps(context: EngineContext, plan: StepPlan, run: Run<'apply'>): Promise<Outcome> {
  const { steps, look, seen, goesOn } = plan;
  const now = await look(run.signal);
  if (now !== seen) throw refuse('CHANGED', 'Changed since you looked. Nothing was sent.', 'Look again.');
  const results: { server: string; how: 'done' | 'failed' | 'notKnown' | 'notBegun'; what: string | null }[] = [];
  const refused: string[] = [];
  let problem: Problem | null = null;
  const tell = (
    step: Step,
    state: 'waiting' | 'atWork' | 'done' | 'failed' | 'notKnown' | 'notBegun',
    failure: Problem | null,
  ) => {
    run.row({ key: `${steps.indexOf(step)}`, title: step.server, state, problem: failure, differencesNow: null });
  };
  for (const step of steps) tell(step, 'waiting', null);
  run.progress({ total: steps.length });
  for (const step of steps) {
    if (run.hasStopped || (problem !== null && !goesOn)) {
      results.push({ server: step.server, how: 'notBegun', what: null });
      tell(step, 'notBegun', null);
      continue;
    }
    tell(step, 'atWork', null);
    try {
      await context.logons.use(step.server, (client) => runStep(client, step, run.signal, refused));
      results.push({ server: step.server, how: 'done', what: null });
      tell(step, 'done', null);
    } catch (error) {
      const isCut = run.signal.aborted || isUnclear(error);
      const failure = problemOf(error, step.server, isCut ? 'not known' : 'nothing');
      problem ??= failure;
      const how = isCut ? 'notKnown' : 'failed';
      results.push({ server: step.server, how, what: failure.what });
      tell(step, how, failure);
      run.problem(failure);
    }
    const done = results.filter(({ how }) => how !== 'notBegun').length;
    run.progress({ done, failed: results.filter(({ how }) => how === 'failed' || how === 'notKnown').length });
  }
  const hasDone = results.some(({ how }) => how === 'done');
  const isKnown = results.every(({ how }) => how !== 'notKnown');
  const changed = hasDone ? 'something' : isKnown ? 'nothing' : 'not known';
  const sentence = run.signal.aborted
    ? 'It was stopped; what was under way is not known.'
    : problem !== null && isKnown && !hasDone
      ? problem.what
      : await plan
          .after(run.signal)
          .catch((error: unknown) => `What is there now could not be read: ${problemOf(error, null).what}`);
  return {
    sentence,
    changed,
    differencesNow: null,
    results,
    refused,
    problem: problem === null ? null : { ...problem, changed },
    saved: [],
    undo: hasDone ? plan.undo : [],
  };
}

/** After these the server has surely not done it; its own errors, with a code of Windows, say so as well. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ERR_INVALID_ARGUMENT',
  'ERR_PARAMETER_BINDING',
  'ERR_CONFIRMATION_REQUIRED',
  'ERR_MISSING_PEER',
  'ERR_INSECURE_CHANNEL',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_CONNECTION_REFUSED',
  'ERR_TLS',
  'ERR_AUTHENTICATION',
  'ERR_AUTHORIZATION',
  'ERR_WSMAN_FAULT',
  'ERR_CIM',
  'ERR_SESSION_CLOSED',
  'REFUSED',
  'NOT_SIGNED_IN',
  'NOT_FOUND',
]);

/** The call was on its way: whether it was done nobody knows. */
function isUnclear(error: unknown): boolean {
  const { code } = problemOf(error, null);
  return !NOT_SENT.has(code) && !/^(?:DHCP|WIN32|HRESULT) /.test(code);
}
