import type { ComponentChildren, JSX } from 'preact';
import type { Plan, Problem } from '../../bridge.js';
import { withMoments } from '../data/format.js';
import type { Planning, PlanRun } from '../data/use-plan.js';
import { Icon } from './icon.js';
import { AgainButton, Notice, ProblemNotice } from './notice.js';
import { PlanContent } from './plan-content.js';
import { data } from './text.js';

interface PlanBodyProps {
  readonly running: PlanRun;
  readonly isChosen: boolean;
  /** Choices that decide about the plan. */
  readonly choices?: ((plan: Plan | null) => ComponentChildren) | undefined;
}

/** What a plan will do, in sentences and one by one, and why it was not done. */
export function PlanBody({ running, isChosen, choices }: PlanBodyProps): JSX.Element {
  const { plan, refusal, again } = running;
  return (
    <>
      {refusal === null || refusal.code === 'TYPED' ? null : <Refusal problem={refusal} onAgain={again} />}
      {plan?.sentences.map((sentence) => (
        <p key={sentence}>{data(withMoments(sentence), 600)}</p>
      ))}
      {choices?.(plan)}
      <PlanState planning={running} isChosen={isChosen} onAgain={again} />
      {plan === null ? null : <PlanContent plan={plan} />}
    </>
  );
}

function PlanState({
  planning,
  isChosen,
  onAgain,
}: {
  readonly planning: Planning;
  readonly isChosen: boolean;
  readonly onAgain: () => void;
}): JSX.Element | null {
  const { plan, problem, progress } = planning;
  if (problem !== null) {
    return <ProblemNotice problem={problem} onAgain={onAgain} />;
  }
  if (plan?.blocked) return <ProblemNotice problem={plan.blocked} role="status" />;
  if (plan !== null || !isChosen) return null;
  return (
    <p class="row" role="status">
      <Icon name="move" class="spin" />
      <span>Reading the servers, to say what exactly will happen.</span>
      {progress === null ? null : (
        <progress max={Math.max(1, progress.total)} value={progress.done} aria-label="Parts read" />
      )}
    </p>
  );
}

function Refusal({ problem, onAgain }: { readonly problem: Problem; readonly onAgain: () => void }): JSX.Element {
  if (problem.code !== 'CHANGED') return <ProblemNotice problem={problem} onAgain={onAgain} />;
  return (
    <Notice look="warn" role="alert" action={<AgainButton onClick={onAgain} />}>
      <strong>Changed since you looked.</strong> Look again. Nothing was sent.
    </Notice>
  );
}
