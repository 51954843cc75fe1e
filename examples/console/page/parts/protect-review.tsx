import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RunView } from '../data/console-model.js';
import { type ProtectForm, protectSettings } from '../data/protect-form.js';
import { href } from '../data/route.js';
import { usePlanRun } from '../data/use-plan.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import { Notice } from './notice.js';
import { PlanBody } from './plan-body.js';
import { data } from './text.js';

interface ReviewProps {
  readonly form: ProtectForm;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Step 3: what will be, in sentences and as PowerShell, and one button. */
export function ProtectReview({ form, onBack, onDone }: ReviewProps): JSX.Element {
  const [run, setRun] = useState<RunView | null>(null);
  const running = usePlanRun(run === null ? { kind: 'protect', ...protectSettings(form, true) } : null);
  const { plan, isApplying } = running;
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
    const done = await running.apply(null);
    if (done === null) return;
    setRun(done);
    onDone();
  };
  const off = isApplying
    ? 'It is being done.'
    : plan === null
      ? 'Both servers are being read.'
      : (plan.blocked?.what ?? null);
  return (
    <section class="panel" aria-label="Review">
      <header>
        <h2>{data(plan?.title ?? 'Review', 200)}</h2>
      </header>
      <div class="body form bare">
        <PlanBody running={running} isChosen />
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
