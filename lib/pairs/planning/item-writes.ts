import { differingMembers } from '../model/comparable-value.js';
import { type ConfigurationItem, type ItemKind, KINDS, nameOfItem, SCOPE_KINDS } from '../model/configuration-item.js';
import type { NotKnown } from '../model/difference.js';
import { type ServerReading, unreadOf } from '../model/server-reading.js';
import type { PlanEffect } from './plan-description.js';
import type { PlanStep } from './powershell-line.js';
import { stepsFor } from './put-back-steps.js';

/** An item that a server is to have, and what it has in its place. */
export interface ItemWrite {
  readonly item: ConfigurationItem;
  readonly now: ConfigurationItem | undefined;
  readonly members: readonly string[];
}

export interface ItemWrites {
  readonly writes: readonly ItemWrite[];
  /** What is left out, since the server did not tell what it has of it. */
  readonly unknown: readonly NotKnown[];
  /** How many are left out, since the server has not got their scope. */
  readonly homeless: number;
}

/** What another stands on comes first. */
const ORDER: readonly ItemKind[] = SCOPE_KINDS;

export const idOf = ({ kind, scopeId, key }: Pick<ConfigurationItem, 'kind' | 'scopeId' | 'key'>): string =>
  JSON.stringify([kind, scopeId, key]);

/** What has to be written so that a server has these items: those that it lacks, and those that it has with other values. */
export function writesOf(items: readonly ConfigurationItem[], reading: ServerReading): ItemWrites {
  const there = new Map(reading.items.map((item) => [idOf(item), item] as const));
  const coming = new Set(items.filter(({ kind }) => kind === 'scope').map(({ scopeId }) => scopeId));
  const writes: ItemWrite[] = [];
  const unknown = new Map<string, NotKnown>();
  let homeless = 0;
  // Policies by their place.
  const order = (item: ConfigurationItem) =>
    [ORDER.indexOf(item.kind), Number(item.values['ProcessingOrder'] ?? 0)] as const;
  const sorted = [...items].sort((one, other) => order(one)[0] - order(other)[0] || order(one)[1] - order(other)[1]);
  for (const item of sorted) {
    const { kind, scopeId } = item;
    const unread = unreadOf(reading, kind, scopeId) ?? unreadOf(reading, 'scopeList');
    if (unread !== undefined) {
      const what = `${KINDS[kind].word} of ${scopeId}`;
      unknown.set(what, { ...unread, server: reading.server, what, others: (unknown.get(what)?.others ?? 0) + 1 });
      continue;
    }
    if (scopeId !== null && !reading.scopeIds.includes(scopeId) && !coming.has(scopeId)) {
      homeless += 1;
      continue;
    }
    const now = there.get(idOf(item));
    const members = now === undefined ? [] : differingMembers(kind, KINDS[kind].members, item.values, now.values);
    if (now === undefined || (members.length > 0 && stepsFor(item, now).length > 0))
      writes.push({ item, now, members });
  }
  return { writes, unknown: [...unknown.values()], homeless };
}

export function writeSteps(writes: readonly ItemWrite[], server: string): PlanStep[] {
  return writes.flatMap(({ item, now }) => stepsFor(item, now).map((call): PlanStep => ({ server, ...call })));
}

export function writeEffect({ item, now, members }: ItemWrite, server: string): PlanEffect {
  const { kind, scopeId, values } = item;
  const what = nameOfItem(item);
  if (now === undefined) return { verb: 'add', server, kind, scopeId, what, from: null, to: values };
  const only = (all: ConfigurationItem['values']) =>
    Object.fromEntries(members.map((member) => [member, all[member] ?? null] as const));
  return { verb: 'change', server, kind, scopeId, what, from: only(now.values), to: only(values) };
}
