import type { EngineContext } from './context.js';
import { notListed } from './door.js';
import { type EntryChange, look, onServer, type Seen } from './entry-parts.js';
import { ownProblem, refuse } from './problem.js';
import { pairKey } from './relationship.js';
import { againstChange } from './rights.js';
import type { Run } from './run.js';
import { addressNumber } from './scopes.js';
import type { StepPlan } from './step-plan.js';

interface Words {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly button: string;
  readonly level: 0 | 1;
}

/** A single reservation, lease, exclusion or option: written to each server by itself, since replication would take everything along. */
export async function planEntry(context: EngineContext, run: Run<'plan'>, change: EntryChange): Promise<StepPlan> {
  checkRange(change);
  const { servers, key, missing } = await targetsOf(context, change, run.signal);
  const seen = await Promise.all(servers.map((server) => look(context, change, server, run.signal)));
  const parts = servers.map((server, index) => onServer(change, server, seen[index]));
  const words = wordsFor(change, servers, seen);
  const [against] = parts.flatMap(({ against: one }) => one ?? []);
  const steps = parts.flatMap(({ step }) => step ?? []);
  const isDeletion = change.kind === 'lease' || change.action === 'delete';
  return {
    kind: change.kind,
    ...words,
    sentences: [
      ...words.sentences,
      ...(servers.length > 1 ? ['It is written to both servers by the same cmdlet, and not replicated.'] : []),
      ...(missing === null
        ? []
        : [`${missing} does not answer, or is not in the list: it is done on ${servers.join(' and ')} alone.`]),
    ],
    isRed: isDeletion,
    effects: parts.flatMap(({ effect }) => effect ?? []),
    type: null,
    box: null,
    stays: [],
    saved: change.kind === 'lease' ? 'report' : 'putBack',
    blocked:
      against !== undefined
        ? ownProblem('REFUSED', against, 'Read the scope again.')
        : steps.length === 0
          ? ownProblem('REFUSED', 'That is how it is already.', 'Read the scope again.')
          : await againstChange(context, servers, null, run.signal),
    keys: key === null ? [] : [key],
    steps,
    goesOn: true,
    look: async (signal) =>
      JSON.stringify(await Promise.all(servers.map((server) => look(context, change, server, signal)))),
    seen: JSON.stringify(seen),
    undo: parts.flatMap(({ undo }) => undo ?? []),
    after: async (signal) => {
      const now = await Promise.all(servers.map((server) => look(context, change, server, signal)));
      const first = JSON.stringify(now[0]);
      const isSame = now.every((one) => JSON.stringify(one) === first);
      return isSame ? 'It is done, and read again.' : 'The two servers do not have the same now.';
    },
  };
}

function checkRange(change: EntryChange): void {
  if (change.kind === 'exclusion' && addressNumber(change.start) > addressNumber(change.end)) {
    throw refuse('REFUSED', 'The first address is behind the last one.', 'Exchange the two.');
  }
  if (change.kind === 'reservation' && change.action === 'add' && !change.clientId) {
    throw refuse('REFUSED', 'A reservation needs the id of a client.', 'Fill in its MAC address.');
  }
  if (change.kind === 'option' && change.action === 'set' && change.value.length === 0) {
    throw refuse('REFUSED', 'An option needs a value.', 'Fill it in, or delete the option.');
  }
}

interface Targets {
  readonly servers: readonly string[];
  readonly key: string | null;
  /** A server that should have it as well, and is out of reach. */
  readonly missing: string | null;
}

/** The servers that hold the scope in a pair: both, unless one is silent; or those that were named. */
async function targetsOf(context: EngineContext, change: EntryChange, signal: AbortSignal): Promise<Targets> {
  const { list, readings } = context;
  const { server, scopeId, on } = change;
  if (list.nameOf(server) === undefined) throw notListed(server);
  const basics = readings.known(server) ?? (await readings.read(server, signal, false));
  const copy = basics.copies.find(({ scopeIds }) => scopeIds.includes(scopeId));
  const key = copy === undefined ? null : pairKey(copy);
  if (on !== null) {
    const strange = on.find((one) => list.nameOf(one) === undefined);
    if (strange !== undefined) throw notListed(strange);
    return { servers: on, key, missing: null };
  }
  if (copy === undefined) return { servers: [server], key, missing: null };
  const [address, name] = copy.isPrimary
    ? [copy.addresses.secondary, copy.names.secondary]
    : [copy.addresses.primary, copy.names.primary];
  const partner = readings.nameOf(address, name);
  if (partner === undefined) return { servers: [server], key, missing: name };
  try {
    await readings.read(partner, signal, false);
    return { servers: [server, partner], key, missing: null };
  } catch (error) {
    if (signal.aborted) throw error;
    return { servers: [server], key, missing: partner };
  }
}

function wordsFor(change: EntryChange, servers: readonly string[], seen: readonly Seen[]): Words {
  const where = servers.length > 1 ? 'on both servers' : `on ${servers[0]}`;
  if (change.kind === 'lease') {
    return {
      level: 1,
      title: `Delete the lease of ${change.address}?`,
      sentences: ['The client keeps using the address until it renews; the server may give it to another meanwhile.'],
      button: 'Delete lease',
    };
  }
  const isDeletion = change.action === 'delete';
  if (change.kind === 'reservation') {
    const first = seen.flatMap((one) => ('reservation' in one ? (one.reservation ?? []) : []))[0];
    const who = [first?.clientId ?? change.clientId, first?.name ?? change.name].filter((one) => one).join(', ');
    const verb = { add: 'Add', change: 'Change', delete: 'Delete' }[change.action];
    return {
      level: isDeletion ? 1 : 0,
      title: `${verb} the reservation of ${change.address}?`,
      sentences: [`${who}; ${where}.`],
      button: `${verb} reservation`,
    };
  }
  if (change.kind === 'exclusion') {
    const range = change.start === change.end ? change.start : `${change.start} to ${change.end}`;
    return {
      level: isDeletion ? 1 : 0,
      title: isDeletion ? `Delete the exclusion ${range}?` : `Exclude ${range}?`,
      sentences: [
        isDeletion ? `The addresses are leased again, ${where}.` : `The addresses are not leased any more, ${where}.`,
      ],
      button: isDeletion ? 'Delete exclusion' : 'Exclude',
    };
  }
  return {
    level: isDeletion ? 1 : 0,
    title: isDeletion
      ? `Delete option ${change.optionId} of ${change.scopeId}?`
      : `Set option ${change.optionId} of ${change.scopeId}?`,
    sentences: [`Clients of the scope get it with their next renewal, ${where}.`],
    button: isDeletion ? 'Delete option' : 'Set option',
  };
}
