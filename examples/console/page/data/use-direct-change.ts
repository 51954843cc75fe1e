import { useState } from 'preact/hooks';
import type { Change, Problem } from '../../bridge.js';
import { useModel } from './console-model.js';
import { ask, problemFrom } from './reading.js';

export interface DirectChange {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** What has to be read and confirmed first: to be shown in a dialog. */
  readonly asked: Change | null;
  /** Plans it; what needs no confirmation is applied at once. */
  readonly begin: (change: Change) => Promise<void>;
}

/** A change that is undone from Activity needs no dialog (level 0); every other is asked about. */
export function useDirectChange(onDone: () => void): DirectChange {
  const model = useModel();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asked, setAsked] = useState<Change | null>(null);
  const begin = async (change: Change): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const plan = await ask(model.bridge, 'plan', { change });
      if (plan.blocked !== null) throw plan.blocked;
      if (plan.level > 0 || plan.type !== null || plan.box !== null) return setAsked(change);
      const { end, problems } = await model.apply(plan, null);
      if (end === null || end.how === 'done') return onDone();
      setProblem(end.problem ?? problems[0] ?? null);
    } catch (error) {
      setProblem(problemFrom(error));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, asked, begin };
}
