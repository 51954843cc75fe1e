import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Change, Plan, Problem } from '../../bridge.js';
import { type RunView, useModel } from '../data/console-model.js';
import { withMoments } from '../data/format.js';
import { type Planning, usePlan } from '../data/use-plan.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';
import { AgainButton, Notice, ProblemNotice } from './notice.js';
import { PlanContent } from './plan-content.js';
import { data } from './text.js';

interface PlanDialogProps {
  /** Until there is a plan, which has its own. */
  readonly title: string;
  /** Null: something has to be chosen first. */
  readonly change: Change | null;
  /** Choices that decide about the plan. */
  readonly choices?: (plan: Plan | null) => ComponentChildren;
  readonly onClose: () => void;
  /** It was applied, or is being applied. */
  readonly onDone?: (run: RunView) => void;
}

/** A change is first a plan, read by a person; the button runs that plan and nothing else. */
export function PlanDialog({ title, change, choices, onClose, onDone }: PlanDialogProps): JSX.Element {
  const model = useModel();
  const planning = usePlan(change);
  const { plan, again } = planning;
  const [typed, setTyped] = useState('');
  const [isTicked, setTicked] = useState(false);
  const [isApplying, setApplying] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const whyOff = useId();
  // What was typed for one plan says nothing about another.
  useEffect(() => {
    setTyped('');
    setTicked(false);
  }, [plan?.id]);
  const lookAgain = (): void => {
    setRefusal(null);
    again();
  };
  const off = reasonAgainst(plan, change, typed, isTicked);
  const apply = async (): Promise<void> => {
    if (plan === null || isApplying) return;
    setApplying(true);
    setRefusal(null);
    const run = await model.apply(plan, plan.type === null ? null : typed);
    setApplying(false);
    const problem = run.end?.problem ?? null;
    if (run.end === null || run.end.how === 'done') {
      onDone?.(run);
      return onClose();
    }
    setRefusal(problem ?? run.problems[0] ?? null);
    if (problem?.code === 'TYPED') field.current?.focus();
    if (problem?.code === 'NO_PLAN') again();
  };
  return (
    <Dialog
      title={plan?.title ?? title}
      isBroad={(plan?.relationships.length ?? 0) > 1}
      isHeld={isApplying}
      onClose={onClose}
      footer={
        <>
          <span class="muted push-end" id={whyOff} aria-live="polite">
            {isApplying ? 'It is being done.' : off}
          </span>
          <Button isFirst onClick={onClose} off={isApplying ? 'It is being done.' : null} offAt={whyOff}>
            Cancel
          </Button>
          <Button
            look={plan?.isRed ? 'danger' : 'primary'}
            off={isApplying ? 'It is being done.' : off}
            offAt={whyOff}
            onClick={() => void apply()}
          >
            {isApplying ? <Icon name="move" class="spin" /> : null}
            {plan?.button ?? 'Working out what happens'}
          </Button>
        </>
      }
    >
      {refusal === null || refusal.code === 'TYPED' ? null : <Refusal problem={refusal} onAgain={lookAgain} />}
      {plan?.sentences.map((sentence) => (
        <p key={sentence}>{data(withMoments(sentence), 600)}</p>
      ))}
      {choices?.(plan)}
      <PlanState planning={planning} isChosen={change !== null} onAgain={lookAgain} />
      {plan === null ? null : <PlanContent plan={plan} />}
      {plan?.box == null ? null : (
        <label class="check">
          <input type="checkbox" checked={isTicked} onChange={(event) => setTicked(event.currentTarget.checked)} />{' '}
          {plan.box}
        </label>
      )}
      {plan?.type == null ? null : (
        <TypeField
          inputRef={field}
          wanted={plan.type}
          typed={typed}
          onTyped={setTyped}
          problem={refusal?.code === 'TYPED' ? refusal : null}
        />
      )}
    </Dialog>
  );
}

/** Why the button is off: a sentence, or null. */
function reasonAgainst(plan: Plan | null, change: Change | null, typed: string, isTicked: boolean): string | null {
  if (change === null) return 'Choose first.';
  if (plan === null) return 'Both servers are being read.';
  if (plan.blocked !== null) return plan.blocked.what;
  if (plan.box !== null && !isTicked) return 'Tick the box first.';
  if (plan.type !== null && typed === '') return `Type ${plan.type} first.`;
  return null;
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

function TypeField({
  inputRef,
  wanted,
  typed,
  onTyped,
  problem,
}: {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly wanted: string;
  readonly typed: string;
  readonly onTyped: (text: string) => void;
  readonly problem: Problem | null;
}): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>Type {data(wanted)} to go on</label>
      <input
        id={id}
        ref={inputRef}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        aria-invalid={problem === null ? undefined : 'true'}
        aria-describedby={problem === null ? undefined : `${id}-wrong`}
        onInput={(event) => onTyped(event.currentTarget.value)}
      />
      {problem === null ? null : (
        <span class="wrong" id={`${id}-wrong`} role="alert">
          <Icon name="bad" />
          <span>{problem.what}</span>
        </span>
      )}
    </div>
  );
}
