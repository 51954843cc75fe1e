import { useEffect, useState } from 'preact/hooks';
import type { Change, Plan, Problem, Progress } from '../../bridge.js';
import { type RunView, useModel } from './console-model.js';
import { ask, problemFrom } from './reading.js';

export interface Planning {
  /** Of this change, and not ended; null while it is computed. */
  readonly plan: Plan | null;
  readonly problem: Problem | null;
  readonly progress: Progress | null;
  /** Computes it again, from what the servers have now. */
  readonly again: () => void;
}

/** A plan for a change, computed again when it has ended: an open dialog sets nobody a time (WCAG 2.2.1). */
export function usePlan(change: Change | null): Planning {
  const { bridge } = useModel();
  const [plan, setPlan] = useState<Plan | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [round, setRound] = useState(0);
  const again = (): void => setRound((last) => last + 1);
  useEffect(() => {
    setPlan(null);
    setProblem(null);
    setProgress(null);
    if (change === null) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const compute = async (): Promise<void> => {
      try {
        const made = await ask(bridge, 'plan', { change }, { onProgress: setProgress, signal: abort.signal });
        if (abort.signal.aborted) return;
        setPlan(made);
        timer = setTimeout(again, Math.max(5000, Date.parse(made.expiresAt) - Date.now()));
      } catch (error) {
        if (!abort.signal.aborted) setProblem(problemFrom(error));
      }
    };
    void compute();
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [JSON.stringify(change), round]);
  return { plan, problem, progress, again };
}

export interface PlanRun extends Planning {
  readonly isApplying: boolean;
  /** Why it was not done, or not wholly. */
  readonly refusal: Problem | null;
  /** Runs the plan and nothing else; null where it was refused or failed. */
  readonly apply: (typed: string | null) => Promise<RunView | null>;
}

/** A plan, and what became of it. */
export function usePlanRun(change: Change | null): PlanRun {
  const model = useModel();
  const planning = usePlan(change);
  const { plan } = planning;
  const [isApplying, setApplying] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const apply = async (typed: string | null): Promise<RunView | null> => {
    if (plan === null || isApplying) return null;
    setApplying(true);
    setRefusal(null);
    const run = await model.apply(plan, typed);
    setApplying(false);
    const { end, problems } = run;
    if (end === null || end.how === 'done') return run;
    setRefusal(end.problem ?? problems[0] ?? null);
    if (end.problem?.code === 'NO_PLAN') planning.again();
    return null;
  };
  const again = (): void => {
    setRefusal(null);
    planning.again();
  };
  return { ...planning, isApplying, refusal, apply, again };
}
