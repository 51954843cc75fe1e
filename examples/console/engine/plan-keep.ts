import { type ItemReference, planKeep } from 'cimlet/pairs';
import type { Change } from '../bridge.js';
import type { EngineContext } from './context.js';
import { doorOf } from './door.js';
import { requirePair, sidesOf } from './pairs.js';
import { type Made, single } from './plan-pair.js';
import { ownProblem, refuse } from './problem.js';
import { againstChange } from './rights.js';
import type { Run } from './run.js';

/** Writes what one server has, and a replication would take from it, to its partner as well. */
export async function planKeeping(
  context: EngineContext,
  run: Run<'plan'>,
  change: Extract<Change, { kind: 'keep' }>,
): Promise<Made> {
  const pair = await requirePair(context, change.key, run.signal);
  const { own, other } = sidesOf(pair, change.owner);
  const plan = await planKeep({
    owner: doorOf(context, own.server),
    partner: doorOf(context, other.server),
    relationship: pair.name,
    items: change.items.map(referenceOf),
    signal: run.signal,
  });
  const against = await againstChange(context, [other.server], null, run.signal);
  const nothing = plan.description.effects.length === 0 ? NOTHING : null;
  return single(
    { key: pair.key, name: pair.name, from: own.server, to: other.server, plan, problem: against ?? nothing },
    null,
  );
}

const NOTHING = ownProblem('NOT_FOUND', 'Both servers have it already; there is nothing to write.', 'Look again.');

/** Out of the key of a difference. */
function referenceOf(key: string): ItemReference {
  let parts: unknown;
  try {
    parts = JSON.parse(key);
  } catch {
    parts = null;
  }
  const [group, kind, scopeId, own] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (group !== 'replicated') throw refuse('REFUSED', 'That is no difference which a replication ends.', 'Look again.');
  // What it is made of is checked by the library.
  return { kind, scopeId, key: own } as ItemReference;
}
