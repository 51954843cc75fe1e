import type { Change, PlanEffect } from '../bridge.js';
import type { EngineContext } from './context.js';
import { hasExclusion, leaseAt, optionValue, reservationAt } from './scope-things.js';
import type { PlannedCmdlet, Step } from './step.js';

export type EntryChange = Extract<Change, { kind: 'reservation' | 'lease' | 'exclusion' | 'option' }>;

const TIMEOUT_MS = 60_000;

/** What a change of one thing does on one server, from what is there. */
export interface OnServer {
  readonly effect: PlanEffect | null;
  readonly step: Step | null;
  readonly undo: Change | null;
  /** Why it cannot be done there. */
  readonly against: string | null;
}

export type Seen = Awaited<ReturnType<typeof look>>;

/** What a server has of it now. */
export async function look({ logons }: EngineContext, change: EntryChange, server: string, signal: AbortSignal) {
  const options = { signal, timeoutMs: TIMEOUT_MS };
  return await logons.use(server, async (client) => {
    const session = { CimSession: await client.session(server) };
    const { scopeId } = change;
    switch (change.kind) {
      case 'reservation':
        return { reservation: await reservationAt(client, session, scopeId, change.address, options) };
      case 'lease':
        return { lease: await leaseAt(client, session, scopeId, change.address, options) };
      case 'exclusion':
        return { exclusion: await hasExclusion(client, session, scopeId, change.start, change.end, options) };
      case 'option':
        return { option: await optionValue(client, session, scopeId, change.optionId, options) };
    }
  });
}

const NOTHING: OnServer = { effect: null, step: null, undo: null, against: null };
const stepOf = (server: string, cmdlet: PlannedCmdlet, parameters: Step['parameters']): Step => ({
  server,
  cmdlet,
  parameters,
});

export function onServer(change: EntryChange, server: string, seen: Seen | undefined): OnServer {
  switch (change.kind) {
    case 'reservation':
      return reservationOn(change, server, seen !== undefined && 'reservation' in seen ? seen.reservation : null);
    case 'lease':
      return leaseOn(change, server, seen !== undefined && 'lease' in seen ? seen.lease : null);
    case 'exclusion':
      return exclusionOn(change, server, seen !== undefined && 'exclusion' in seen ? seen.exclusion : false);
    case 'option':
      return optionOn(change, server, seen !== undefined && 'option' in seen ? seen.option : null);
  }
}

type Reservation = Awaited<ReturnType<typeof reservationAt>>;

function reservationOn(change: Extract<Change, { kind: 'reservation' }>, server: string, now: Reservation): OnServer {
  const { action, scopeId, address, clientId, name, description } = change;
  const effect = { server, scopeId, what: `reservation ${address}` };
  const on = [server];
  const text = (id: string, called: string | null) =>
    [id, called].filter((one) => one !== null && one !== '').join(', ');
  if (action === 'delete') {
    if (now === null) return NOTHING;
    return {
      effect: { ...effect, verb: 'remove', from: text(now.clientId, now.name), to: null },
      step: stepOf(server, 'Remove-DhcpServerv4Reservation', { IPAddress: [address] }),
      undo: { ...change, action: 'add', clientId: now.clientId, name: now.name, description: now.description, on },
      against: null,
    };
  }
  const texts = {
    ...(clientId !== null && { ClientId: clientId }),
    ...(name !== null && { Name: name }),
    ...(description !== null && { Description: description }),
  };
  if (action === 'add') {
    if (now !== null) return { ...NOTHING, against: `${server} has a reservation of ${address} already.` };
    return {
      effect: { ...effect, verb: 'add', from: null, to: text(clientId ?? '', name) },
      step: stepOf(server, 'Add-DhcpServerv4Reservation', { ScopeId: scopeId, IPAddress: address, ...texts }),
      undo: { ...change, action: 'delete', on },
      against: null,
    };
  }
  if (now === null) return { ...NOTHING, against: `${server} has no reservation of ${address}.` };
  const isSame =
    (clientId === null || digits(clientId) === digits(now.clientId)) &&
    (name === null || name === (now.name ?? '')) &&
    (description === null || description === (now.description ?? ''));
  if (isSame) return NOTHING;
  const told = (id: string, called: string, said: string) => [id, called, said].filter((one) => one !== '').join(', ');
  return {
    effect: {
      ...effect,
      verb: 'change',
      from: told(now.clientId, now.name ?? '', now.description ?? ''),
      to: told(clientId ?? now.clientId, name ?? now.name ?? '', description ?? now.description ?? ''),
    },
    step: stepOf(server, 'Set-DhcpServerv4Reservation', { IPAddress: address, ...texts }),
    undo: { ...change, clientId: now.clientId, name: now.name ?? '', description: now.description ?? '', on },
    against: null,
  };
}

const digits = (text: string): string => text.replaceAll(/[-:. ]/g, '').toLowerCase();

type Lease = Awaited<ReturnType<typeof leaseAt>>;

function leaseOn({ scopeId, address }: Extract<Change, { kind: 'lease' }>, server: string, now: Lease): OnServer {
  if (now === null) return NOTHING;
  const from = [now.clientId, now.name, now.state].filter((one) => one !== null && one !== '').join(', ');
  return {
    effect: { verb: 'remove', server, scopeId, what: `lease ${address}`, from, to: null },
    step: stepOf(server, 'Remove-DhcpServerv4Lease', { IPAddress: [address] }),
    undo: null,
    against: null,
  };
}

function exclusionOn(change: Extract<Change, { kind: 'exclusion' }>, server: string, isThere: boolean): OnServer {
  const { action, scopeId, start, end } = change;
  const isAdded = action === 'add';
  if (isAdded === isThere) return NOTHING;
  const text = start === end ? start : `${start} to ${end}`;
  return {
    effect: {
      verb: isAdded ? 'add' : 'remove',
      server,
      scopeId,
      what: `exclusion ${text}`,
      from: isAdded ? null : text,
      to: isAdded ? text : null,
    },
    step: stepOf(server, isAdded ? 'Add-DhcpServerv4ExclusionRange' : 'Remove-DhcpServerv4ExclusionRange', {
      ScopeId: scopeId,
      StartRange: start,
      EndRange: end,
    }),
    undo: { ...change, action: isAdded ? 'delete' : 'add', on: [server] },
    against: null,
  };
}

function optionOn(
  change: Extract<Change, { kind: 'option' }>,
  server: string,
  now: readonly string[] | null,
): OnServer {
  const { action, scopeId, optionId, value } = change;
  const effect = { server, scopeId, what: `option ${optionId}`, from: now?.join(', ') ?? null };
  const on = [server];
  if (action === 'delete') {
    if (now === null) return NOTHING;
    return {
      effect: { ...effect, verb: 'remove', to: null },
      step: stepOf(server, 'Remove-DhcpServerv4OptionValue', { ScopeId: scopeId, OptionId: optionId }),
      undo: { ...change, action: 'set', value: now, on },
      against: null,
    };
  }
  if (now !== null && JSON.stringify(now) === JSON.stringify(value)) return NOTHING;
  return {
    effect: { ...effect, verb: now === null ? 'add' : 'change', to: value.join(', ') },
    step: stepOf(server, 'Set-DhcpServerv4OptionValue', { ScopeId: scopeId, OptionId: optionId, Value: value }),
    undo: now === null ? { ...change, action: 'delete', on } : { ...change, value: now, on },
    against: null,
  };
}
