import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Problem } from '../../bridge.js';
import { type RunView, useModel } from '../data/console-model.js';
import { withMoments } from '../data/format.js';
import { type ProtectForm, protectSettings } from '../data/protect-form.js';
import { href } from '../data/route.js';
import { usePlan } from '../data/use-plan.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import { Notice, ProblemNotice } from './notice.js';
import { PlanContent } from './plan-content.js';
import { data } from './text.js';

interface ReviewProps {
  readonly form: ProtectForm;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Step 3: what will be, in sentences and as PowerShell, and one button. */
export function ProtectReview({ form, onBack, onDone }: ReviewProps): JSX.Element {
  const model = useModel();
  const [run, setRun] = useState<RunView | null>(null);
  const [isApplying, setApplying] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const planning = usePlan(run === null ? { kind: 'protect', ...protectSettings(form, true) } : null);
  const { plan, again } = planning;
  if (run?.end?.result) {
    return (
      <section class="panel" aria-label="Result">
        <div class="body">
          <Notice look="info" icon="ok" role="status">
            <strong>{run.end.result.sentence}</strong>
          </Notice>
        </div>
        <footer>
          <span class="muted">What was done stands in Activity.</span>
          <a class="button primary" href={href(['pairs'], { q: form.existing === null ? form.name : '' })}>
            Show it in Pairs
          </a>
        </footer>
      </section>
    );
  }
  const apply = async (): Promise<void> => {
    if (plan === null || isApplying) return;
    setApplying(true);
    setProblem(null);
    const done = await model.apply(plan, null);
    setApplying(false);
    if (done.end?.how === 'done') {
      setRun(done);
      return onDone();
    }
    const found = done.end?.problem ?? done.problems[0] ?? null;
    setProblem(found);
    if (found?.code === 'NO_PLAN') again();
  };
  const off = isApplying
    ? 'It is being done.'
    : plan === null
      ? 'Both servers are being read.'
      : plan.blocked === null
        ? null
        : plan.blocked.what;
  return (
    <section class="panel" aria-label="Review">
      <header>
        <h2>{data(plan?.title ?? 'Review', 200)}</h2>
      </header>
      <div class="body form bare">
        {problem === null ? null : <ProblemNotice problem={problem} onAgain={again} />}
        {planning.problem === null ? null : <ProblemNotice problem={planning.problem} onAgain={again} />}
        {plan?.blocked ? <ProblemNotice problem={plan.blocked} role="status" /> : null}
        {plan === null && planning.problem === null ? (
          <p class="row" role="status">
            <Icon name="move" class="spin" /> Reading the servers, to say what exactly will happen.
          </p>
        ) : null}
        {plan?.sentences.map((sentence) => (
          <p key={sentence}>{data(withMoments(sentence), 600)}</p>
        ))}
        {plan === null ? null : <PlanContent plan={plan} />}
      </div>
      <footer>
        <Button onClick={onBack}>Back</Button>
        <Button look="primary" off={off} onClick={() => void apply()}>
          {isApplying ? <Icon name="move" class="spin" /> : null}
          {plan?.button ?? 'Protect'}
        </Button>
      </footer>
    </section>
  );
}
