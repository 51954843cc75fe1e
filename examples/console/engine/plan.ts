import type { Change, Params, Plan } from '../bridge.js';
import type { EngineContext } from './context.js';
import { planEntry } from './plan-entry.js';
import { planKeeping } from './plan-keep.js';
import { planPairRemoval, planReplications } from './plan-pair.js';
import { planAddScopes, planProtect } from './plan-protect.js';
import { planReturn } from './plan-return.js';
import { planPartnerDown, planSettings } from './plan-settings.js';
import { refuse } from './problem.js';
import type { Run } from './run.js';
import { applySteps, partsOf, type StepPlan } from './step-plan.js';

/** Every change is first a plan, of fresh data, that names what it does. */
export async function makePlan(context: EngineContext, run: Run<'plan'>, { change }: Params['plan']): Promise<Plan> {
  const { plans } = context;
  switch (change.kind) {
    case 'replicate':
      return plans.keep(...(await planReplications(context, run, change)));
    case 'remove':
    case 'takeOut':
      return plans.keep(...(await planPairRemoval(context, run, change)));
    case 'keep':
      return plans.keep(...(await planKeeping(context, run, change)));
    case 'putBack':
      return await planPuttingBack(context, run, change.id);
    default:
      return keepSteps(context, await stepsFor(context, run, change), null);
  }
}

type StepChange = Exclude<Change, { kind: 'replicate' | 'remove' | 'takeOut' | 'keep' | 'putBack' }>;

async function stepsFor(context: EngineContext, run: Run<'plan'>, change: StepChange): Promise<StepPlan> {
  switch (change.kind) {
    case 'partnerDown':
      return await planPartnerDown(context, run, change);
    case 'set':
      return await planSettings(context, run, change);
    case 'protect':
      return await planProtect(context, run, change);
    case 'addScopes':
      return await planAddScopes(context, run, change);
    default:
      return await planEntry(context, run, change);
  }
}

function keepSteps(context: EngineContext, plan: StepPlan, putsBack: string | null): Plan {
  return context.plans.keep(partsOf(plan), {
    keys: plan.keys,
    putsBack,
    apply: (run) => applySteps(context, plan, run),
  });
}

/** "Put back" is a plan like any other: of what was saved, or of the changes that undo a setting. */
async function planPuttingBack(context: EngineContext, run: Run<'plan'>, id: string): Promise<Plan> {
  const { activity, plans } = context;
  const entry = activity.find(id);
  if (entry === undefined || !entry.row.canPutBack) {
    throw refuse('NOT_FOUND', 'There is nothing of it that can be put back.', 'Activity keeps it for 30 days.');
  }
  if (entry.saved.length > 0) return plans.keep(...(await planReturn(context, run, entry.saved, entry.row.keys, id)));
  const undo = entry.undo.filter(isStepChange);
  const planned = await Promise.all(undo.map((change) => stepsFor(context, run, change)));
  // On a server where the change failed there is nothing to undo: that stops no other one.
  const needed = planned.filter(({ steps }) => steps.length > 0);
  const all = needed.length > 0 ? needed : planned;
  const [first] = all;
  if (first === undefined) throw refuse('NOT_FOUND', 'There is nothing of it that can be put back.', null);
  const looks = async (signal: AbortSignal) => JSON.stringify(await Promise.all(all.map(({ look }) => look(signal))));
  return keepSteps(
    context,
    {
      ...first,
      title: `Put back: ${entry.row.what}?`,
      sentences: ['What was there before is written again.'],
      button: 'Put back',
      level: 1,
      effects: all.flatMap(({ effects }) => effects),
      steps: all.flatMap(({ steps }) => steps),
      blocked: all.map(({ blocked }) => blocked).find((blocked) => blocked !== null) ?? null,
      undo: all.flatMap((plan) => plan.undo),
      look: looks,
      seen: JSON.stringify(all.map(({ seen }) => seen)),
      goesOn: true,
    },
    id,
  );
}

const isStepChange = (change: Change): change is StepChange =>
  change.kind !== 'replicate' && change.kind !== 'remove' && change.kind !== 'takeOut' && change.kind !== 'putBack';
