import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Change, Plan, Problem } from '../../bridge.js';
import type { RunView } from '../data/console-model.js';
import { usePlanRun } from '../data/use-plan.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';
import { PlanBody } from './plan-body.js';
import { data } from './text.js';
import { Check } from './tick.js';

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
  const running = usePlanRun(change);
  const { plan, isApplying, refusal } = running;
  const [typed, setTyped] = useState('');
  const [isTicked, setTicked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const whyOff = useId();
  // What was typed for one plan says nothing about another.
  useEffect(() => {
    setTyped('');
    setTicked(false);
  }, [plan?.id]);
  const off = reasonAgainst(plan, change, typed, isTicked);
  const apply = async (): Promise<void> => {
    const run = await running.apply(plan?.type == null ? null : typed);
    if (run !== null) {
      onDone?.(run);
      onClose();
    }
  };
  useEffect(() => {
    if (refusal?.code === 'TYPED') field.current?.focus();
  }, [refusal]);
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
      <PlanBody running={running} isChosen={change !== null} choices={choices} />
      {plan?.box == null ? null : (
        <Check isOn={isTicked} onSet={setTicked}>
          {plan.box}
        </Check>
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
