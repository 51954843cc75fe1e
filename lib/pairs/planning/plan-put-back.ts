import { randomUUID } from 'node:crypto';
import { invalidArgument } from '../../base/errors.js';
import { differingMembers } from '../model/comparable-value.js';
import { type ConfigurationItem, type ItemKind, KINDS, nameOfItem, SCOPE_KINDS } from '../model/configuration-item.js';
import type { NotKnown } from '../model/difference.js';
import { type ServerReading, unreadOf } from '../model/server-reading.js';
import type { ReadOptions } from '../reading/read-options.js';
import { type PairServer, readServer } from '../reading/read-server.js';
import { PairPlan } from './pair-plan.js';
import type { PlanDescription, PlanEffect } from './plan-description.js';
import { counted, countsOf } from './plan-effects.js';
import { type PlanStep, powershellLine } from './powershell-line.js';
import { stepsFor } from './put-back-steps.js';
import { checkSaved, type SavedConfiguration, savedConfiguration } from './saved-configuration.js';

/** What is to be put back, and where. */
export interface PutBackRequest extends ReadOptions {
  /** The server that it was saved of. */
  readonly server: PairServer;
  readonly saved: SavedConfiguration;
}

/** An item of what was saved, and what the server has in its place. */
interface Return {
  readonly item: ConfigurationItem;
  readonly now: ConfigurationItem | undefined;
  readonly members: readonly string[];
}

/** What another stands on comes first. */
const ORDER: readonly ItemKind[] = SCOPE_KINDS;

const idOf = ({ kind, scopeId, key }: ConfigurationItem): string => JSON.stringify([kind, scopeId, key]);

/**
 * Plans to put back what another plan has saved: what is not there any more is added, what has other values is changed. What came since stays. A scope
 * that was deleted comes back inactive and outside of every relationship.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for what is not a saved configuration, or of another server.
 */
export async function planPutBack(request: PutBackRequest): Promise<PairPlan> {
  const { server, saved: given, ...options } = request;
  const saved = checkSaved(given);
  if (saved.server.toLowerCase() !== server.computerName.toLowerCase()) {
    throw invalidArgument(
      'saved',
      saved.server,
      `It is of that server, and goes back there, not to ${server.computerName}.`,
    );
  }
  const scopeIds = [...new Set(saved.items.flatMap(({ scopeId }) => scopeId ?? []))];
  const reservationOptions = saved.items.flatMap(({ kind, values }) =>
    kind === 'reservationOption' ? [String(values['ReservedIP'])] : [],
  );
  const read = (more: ReadOptions) => readServer(server, { ...options, ...more, scopeIds, reservationOptions });
  const reading = await read({});
  const { returns, unknown, homeless } = returnsOf(saved.items, reading);
  const steps = returns.flatMap(({ item, now }) =>
    stepsFor(item, now).map((call): PlanStep => ({ server: reading.server, ...call })),
  );
  const effects = returns.map((one) => effectOf(one, reading.server));
  const comesBack = returns.filter(({ item, now }) => item.kind === 'scope' && now === undefined);
  const title = `Put ${counted(returns.length, 'thing')} back on ${reading.server}?`;
  const description: PlanDescription = {
    id: randomUUID(),
    kind: 'putBack',
    madeAt: new Date().toISOString(),
    title,
    sentences: [
      `What was saved on ${saved.savedAt} before "${saved.reason}".`,
      ...(comesBack.length === 0
        ? []
        : [`${counted(comesBack.length, 'scope')} come back inactive, without leases, and in no relationship.`]),
      ...(homeless === 0
        ? []
        : [`${counted(homeless, 'thing')} of scopes that ${reading.server} has no more are left out.`]),
    ],
    button: `Put back ${counted(returns.length, 'thing')}`,
    effects,
    ...countsOf(effects),
    remains: [],
    notKnown: unknown,
    notCompared: saved.notSaved,
    type: unknown.length > 0 ? reading.server : null,
    lines: steps.map(powershellLine),
    saved: savedConfiguration({
      server: reading.server,
      reason: title,
      relationship: saved.relationship,
      items: returns.flatMap(({ now }) => now ?? []),
      notSaved: [],
    }),
  };
  return new PairPlan({
    description,
    readings: [reading],
    readAgain: async (more) => [await read(more)],
    server,
    steps,
    changing: 0,
    compare: () => null,
  });
}

function returnsOf(
  items: readonly ConfigurationItem[],
  reading: ServerReading,
): { readonly returns: Return[]; readonly unknown: NotKnown[]; readonly homeless: number } {
  const there = new Map(reading.items.map((item) => [idOf(item), item] as const));
  const back = new Set(items.filter(({ kind }) => kind === 'scope').map(({ scopeId }) => scopeId));
  const returns: Return[] = [];
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
    if (scopeId !== null && !reading.scopeIds.includes(scopeId) && !back.has(scopeId)) {
      homeless += 1;
      continue;
    }
    const now = there.get(idOf(item));
    const members = now === undefined ? [] : differingMembers(kind, KINDS[kind].members, item.values, now.values);
    if (now === undefined || (members.length > 0 && stepsFor(item, now).length > 0))
      returns.push({ item, now, members });
  }
  return { returns, unknown: [...unknown.values()], homeless };
}

function effectOf({ item, now, members }: Return, server: string): PlanEffect {
  const { kind, scopeId, values } = item;
  const what = nameOfItem(item);
  if (now === undefined) return { verb: 'add', server, kind, scopeId, what, from: null, to: values };
  const only = (all: ConfigurationItem['values']) =>
    Object.fromEntries(members.map((member) => [member, all[member] ?? null] as const));
  return { verb: 'change', server, kind, scopeId, what, from: only(now.values), to: only(values) };
}
