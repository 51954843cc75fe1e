import { planPutBack, type SavedConfiguration } from 'cimlet/pairs';
import { AT_A_TIME, applyParts, type Part } from './apply-pair.js';
import type { EngineContext } from './context.js';
import { doorOf } from './door.js';
import { effectsOf, type Made, single } from './plan-pair.js';
import { ConsoleError, ownProblem, pairProblem, problemOf, refuse } from './problem.js';
import { againstChange } from './rights.js';
import type { Run } from './run.js';
import { countsOf } from './step-plan.js';
import { counted } from './words.js';

/** Puts back what an activity has saved: of one server, or of each that a run over many has changed. */
export async function planReturn(
  context: EngineContext,
  run: Run<'plan'>,
  saved: readonly SavedConfiguration[],
  keys: readonly string[],
  putsBack: string,
): Promise<Made> {
  const parts: Part[] = [];
  await run.each(
    saved,
    AT_A_TIME,
    async (one) => {
      const server = context.list.nameOf(one.server) ?? one.server;
      const plan = await planPutBack({ server: doorOf(context, server), saved: one, signal: run.signal });
      const { effects, notKnown } = plan.description;
      const [unread] = effects.length === 0 ? notKnown : [];
      // A server that says nothing has not "everything already".
      const problem = unread ? pairProblem(unread.problem) : await againstChange(context, [server], null, run.signal);
      parts.push({ ...partOf(one, server), plan, problem });
    },
    (one, error) => parts.push({ ...partOf(one, one.server), plan: null, problem: problemOf(error, one.server) }),
  );
  if (run.hasStopped) throw refuse('NO_PLAN', 'It was stopped.', 'Look again.');
  const [made, more] = together(parts);
  return [made, { ...more, keys, putsBack }];
}

const partOf = ({ relationship }: SavedConfiguration, server: string) => ({
  key: JSON.stringify([server, relationship]),
  name: relationship,
  from: server,
  to: server,
});

function together(parts: readonly Part[]): Made {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    if (only.plan === null) throw new ConsoleError(only.problem ?? NOTHING);
    const [made, more] = single(only, null);
    return [{ ...made, blocked: made.blocked ?? (made.effects.length === 0 ? NOTHING : null) }, more];
  }
  const able = parts.filter(
    ({ plan, problem }) => plan !== null && problem === null && plan.description.effects.length > 0,
  );
  const plans = able.flatMap(({ plan }) => plan ?? []);
  const effects = plans.flatMap(effectsOf);
  const unknown = plans.filter(({ description }) => description.type !== null).length;
  const left = parts.flatMap(({ from, problem }) => (problem === null ? [] : [`${from} is left out: ${problem.what}`]));
  const what = counted(effects.length, 'thing');
  return [
    {
      kind: 'putBack',
      level: unknown > 0 ? 2 : 1,
      title: `Put ${what} back on ${counted(able.length, 'server')}?`,
      sentences: [
        'What was there before is written again. What came since stays.',
        ...(unknown > 0 ? [`${counted(unknown, 'server')} could not be read completely.`] : []),
        ...left,
      ],
      button: `Put back ${what}`,
      isRed: false,
      effects,
      counts: countsOf(effects),
      type: unknown > 0 ? String(able.length) : null,
      box: null,
      line: plans.flatMap(({ description }) => description.lines).join('\n'),
      stays: [...new Set(plans.flatMap(({ description }) => description.notCompared))],
      saved: plans.some(({ description }) => description.saved.items.length > 0) ? 'putBack' : 'nothing',
      relationships: able.map(({ key, name, from, to, plan }) => {
        const { adds = 0, changes = 0, removes = 0 } = plan?.description ?? {};
        return { key, name, from, to, adds, changes, removes, problem: null };
      }),
      otherWay: null,
      blocked: able.length > 0 ? null : (parts.find(({ problem }) => problem !== null)?.problem ?? NOTHING),
    },
    { keys: [], putsBack: null, apply: (run) => applyParts(able, run, null) },
  ];
}

const NOTHING = ownProblem('NOT_FOUND', 'Everything is there already; there is nothing to put back.', null);
