import { type PairPlan, planRemoval, planReplication, planTakeOut } from 'cimlet/pairs';
import type { Change, Plan, PlanEffect, PlannedRelationship } from '../bridge.js';
import { AT_A_TIME, applyParts, type Part } from './apply-pair.js';
import type { EngineContext } from './context.js';
import { doorOf } from './door.js';
import { requirePair, sidesOf } from './pairs.js';
import type { Planned, PlanParts } from './plan-store.js';
import { ConsoleError, ownProblem, problemOf, refuse } from './problem.js';
import { nameOfKey } from './relationship.js';
import { againstChange } from './rights.js';
import type { Run } from './run.js';
import { countsOf } from './step-plan.js';
import { changedWhat, valueText } from './value-text.js';
import { counted } from './words.js';

export type Made = readonly [PlanParts, Omit<Planned, 'plan'>];

/** Replicates one relationship or many, each from the server that was chosen. */
export async function planReplications(
  context: EngineContext,
  run: Run<'plan'>,
  { relationships, scopeIds }: Extract<Change, { kind: 'replicate' }>,
): Promise<Made> {
  if (relationships.length === 0) throw refuse('REFUSED', 'No relationship is chosen.', 'Choose one.');
  if (scopeIds !== null && relationships.length > 1) throw refuse('REFUSED', 'Scopes are of one relationship.', null);
  const parts: Part[] = [];
  await run.each(
    relationships,
    AT_A_TIME,
    async ({ key, from }) => {
      const pair = await requirePair(context, key, run.signal);
      const { own, other } = sidesOf(pair, from);
      const part = { key, name: pair.name, from: own.server, to: other.server };
      const against = await againstChange(
        context,
        [own.server, other.server],
        { from: own.server, to: other.server },
        run.signal,
      );
      if (against !== null && relationships.length > 1) {
        parts.push({ ...part, plan: null, problem: against });
        return;
      }
      const plan = await planReplication({
        source: doorOf(context, own.server),
        target: doorOf(context, other.server),
        relationship: pair.name,
        ...(scopeIds !== null && { scopeIds }),
        signal: run.signal,
      });
      parts.push({ ...part, plan, problem: against });
    },
    ({ key, from }, error) => {
      parts.push({ key, name: nameOfKey(key), from, to: '', plan: null, problem: problemOf(error, from) });
    },
  );
  // Also after "stop after these": a plan of some of them is not what was asked for.
  if (run.hasStopped) throw refuse('NO_PLAN', 'It was stopped.', 'Look again.');
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    if (only.plan === null) throw new ConsoleError(only.problem ?? ownProblem('NOT_FOUND', 'There is no plan.', null));
    return single(only, otherWayOf(context, only));
  }
  return many(parts);
}

/** Counts of the other direction, where both servers were compared before. */
function otherWayOf({ comparisons }: EngineContext, { key, from, to }: Part): Plan['otherWay'] {
  const known = comparisons.get(key);
  if (known === undefined) return null;
  return { from: to, to: from, counts: known.primary === to ? known.fromPrimary : known.fromSecondary };
}

/** Ends a relationship; its scopes stay on the keeper. */
export async function planPairRemoval(
  context: EngineContext,
  run: Run<'plan'>,
  change: Extract<Change, { kind: 'remove' | 'takeOut' }>,
): Promise<Made> {
  const pair = await requirePair(context, change.key, run.signal);
  const { own, other } = sidesOf(pair, change.keeper);
  const isForced = change.kind === 'remove' && change.force;
  const request = {
    keeper: doorOf(context, own.server),
    other: doorOf(context, other.server),
    relationship: pair.name,
    signal: run.signal,
  };
  const plan =
    change.kind === 'remove'
      ? await planRemoval({ ...request, force: change.force })
      : await planTakeOut({ ...request, scopeIds: change.scopeIds });
  const hop = isForced ? null : { from: own.server, to: other.server };
  const servers = isForced ? [own.server] : [own.server, other.server];
  const problem = await againstChange(context, servers, hop, run.signal);
  return single({ key: pair.key, name: pair.name, from: own.server, to: other.server, plan, problem }, null);
}

/** A plan of the library as one of the engine's. */
export function single(part: Part, otherWay: Plan['otherWay']): Made {
  const { plan, key, problem } = part;
  if (plan === null) throw new TypeError('There is no plan.');
  const { description } = plan;
  const { kind, title, sentences, button, type, lines, saved, removes, adds, changes } = description;
  const parts: PlanParts = {
    kind,
    level: type === null ? 1 : 2,
    title,
    sentences,
    button,
    isRed: removes > 0,
    effects: effectsOf(plan),
    counts: { adds, changes, removes },
    type,
    box: null,
    line: lines.join('\n'),
    stays: staysOf(plan),
    saved: saved.items.length > 0 ? 'putBack' : 'nothing',
    relationships: [],
    otherWay,
    blocked: problem,
  };
  return [parts, { keys: [key], putsBack: null, apply: (run, typed) => applyParts([part], run, typed) }];
}

function many(parts: readonly Part[]): Made {
  const effects = parts.flatMap(({ plan }) => (plan === null ? [] : effectsOf(plan)));
  const counts = countsOf(effects);
  const able = parts.filter(({ plan }) => plan !== null);
  const relationships = parts
    .map(({ key, name, from, to, plan, problem }): PlannedRelationship => {
      const { adds = 0, changes = 0, removes = 0 } = plan?.description ?? {};
      return { key, name, from, to, adds, changes, removes, problem: plan === null ? problem : null };
    })
    .sort((one, other) => other.removes - one.removes || one.name.localeCompare(other.name));
  const unknown = able.filter(({ plan }) => (plan?.description.notKnown.length ?? 0) > 0).length;
  const needsType = counts.removes > 0 || unknown > 0;
  const what = counted(able.length, 'relationship');
  return [
    {
      kind: 'replicate',
      level: needsType ? 2 : 1,
      title: `Replicate ${what}?`,
      sentences: [
        'The configuration of each becomes that of the server it goes from. Leases are not touched. Server options and classes are never replicated.',
        ...(unknown > 0
          ? [`${counted(unknown, 'partner')} could not be read completely. What is lost there is not known.`]
          : []),
        ...(able.length < parts.length
          ? [`${counted(parts.length - able.length, 'relationship')} cannot be replicated, and is left out.`]
          : []),
      ],
      button: counts.removes > 0 ? `Replicate ${able.length}, remove ${counts.removes}` : `Replicate ${able.length}`,
      isRed: counts.removes > 0,
      effects,
      counts,
      type: needsType ? String(counts.removes > 0 ? counts.removes : able.length) : null,
      box: null,
      line: able.flatMap(({ plan }) => plan?.description.lines ?? []).join('\n'),
      stays: [],
      saved: effects.some(({ verb }) => verb !== 'add') ? 'putBack' : 'nothing',
      relationships,
      otherWay: null,
      blocked: able.length > 0 ? null : (parts[0]?.problem ?? null),
    },
    { keys: able.map(({ key }) => key), putsBack: null, apply: (run) => applyParts(able, run, null) },
  ];
}

export function effectsOf({ description }: PairPlan): PlanEffect[] {
  return description.effects.map(({ verb, server, kind, scopeId, what: thing, from, to }) => {
    const members = verb === 'change' ? Object.keys(to ?? from ?? {}) : null;
    const what = changedWhat(thing, members ?? []);
    return { verb, server, scopeId, what, from: valueText(kind, from, members), to: valueText(kind, to, members) };
  });
}

function staysOf({ description }: PairPlan): string[] {
  return [
    ...description.remains.map(({ what, meaning }) => `${what}: ${meaning}`),
    ...description.notKnown.map(({ server, what }) => `Not known: ${what} on ${server}.`),
    ...description.notCompared,
  ];
}
