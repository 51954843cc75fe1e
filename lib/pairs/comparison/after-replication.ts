import type { ConfigurationItem } from '../model/configuration-item.js';
import type { Direction, PairComparison } from '../model/difference.js';
import type { ServerReading } from '../model/server-reading.js';
import { carriedDifferences } from './carried-differences.js';

const idOf = (one: { readonly kind: string; readonly scopeId: string | null; readonly key: string }): string =>
  JSON.stringify([one.kind, one.scopeId, one.key]);

/**
 * What the target of a replication has when its adds, changes and removes are done: its items without the removed ones, with the changed ones, and
 * with the added ones at the end.
 *
 * @param comparison Of the two readings.
 * @param direction From the first server of the comparison to the second one, or back.
 * @param source The reading of the server that is replicated from.
 * @param target The other reading.
 */
export function afterReplication(
  comparison: PairComparison,
  direction: Direction,
  source: ServerReading,
  target: ServerReading,
): ConfigurationItem[] {
  const [from, to] = direction === 'hereToThere' ? (['here', 'there'] as const) : (['there', 'here'] as const);
  const carried = carriedDifferences(comparison.differences, comparison.relationships, direction);
  const differences = new Map(carried.map((one) => [idOf(one), one] as const));
  const kept = target.items.flatMap((item): ConfigurationItem[] => {
    const difference = differences.get(idOf(item));
    if (difference === undefined) return [item];
    const values = difference[from];
    if (values === null) return [];
    const changed = difference.carried.map((member) => [member, values[member] ?? null] as const);
    return [{ ...item, values: { ...item.values, ...Object.fromEntries(changed) } }];
  });
  const added = source.items.filter((item) => differences.get(idOf(item))?.[to] === null);
  return [...kept, ...added];
}
