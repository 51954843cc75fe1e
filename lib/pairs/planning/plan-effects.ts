import { type ConfigurationItem, nameOfItem } from '../model/configuration-item.js';
import type { Direction, PairComparison, PairDifference } from '../model/difference.js';
import type { PlanDescription, PlanEffect } from './plan-description.js';

const sidesOf = (direction: Direction) =>
  direction === 'hereToThere' ? (['here', 'there'] as const) : (['there', 'here'] as const);

/** What a replication does to its target, difference by difference. */
export function effectsOf(
  differences: readonly PairDifference[],
  comparison: PairComparison,
  direction: Direction,
): PlanEffect[] {
  const [source, target] = sidesOf(direction);
  return differences.map((one): PlanEffect => {
    const { kind, scopeId, what } = one;
    const [from, to] = [one[target], one[source]];
    const verb = from === null ? 'add' : to === null ? 'remove' : 'change';
    const changed = (values: PairDifference['here']) =>
      values === null || verb !== 'change'
        ? values
        : Object.fromEntries(one.carried.map((member) => [member, values[member] ?? null] as const));
    return { verb, server: comparison[target].server, kind, scopeId, what, from: changed(from), to: changed(to) };
  });
}

/** An item that goes. */
export function removalOf(item: ConfigurationItem, server: string): PlanEffect {
  const { kind, scopeId, values } = item;
  return { verb: 'remove', server, kind, scopeId, what: nameOfItem(item), from: values, to: null };
}

export function countsOf(effects: readonly PlanEffect[]): Pick<PlanDescription, 'adds' | 'changes' | 'removes'> {
  const count = (verb: PlanEffect['verb']) => effects.filter((effect) => effect.verb === verb).length;
  return { adds: count('add'), changes: count('change'), removes: count('remove') };
}

/** The items of a server that effects remove or change. */
export function itemsThatGo(
  items: readonly ConfigurationItem[],
  differences: readonly PairDifference[],
  target: 'here' | 'there',
): ConfigurationItem[] {
  const going = new Set(
    differences
      .filter((one) => one[target] !== null)
      .map(({ kind, scopeId, key }) => JSON.stringify([kind, scopeId, key])),
  );
  return items.filter(({ kind, scopeId, key }) => going.has(JSON.stringify([kind, scopeId, key])));
}

/** `1 scope`, `3 scopes`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
