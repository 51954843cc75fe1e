import type { EntriesResult, Params, Problem, ScopeRow } from '../bridge.js';
import type { EngineContext } from './context.js';
import { AT_A_TIME } from './fleet.js';
import { problemOf } from './problem.js';
import type { Basics, ScopeBasics } from './readings.js';
import { pairKey } from './relationship.js';
import type { Run } from './run.js';

/** The scopes of all servers, or of these. */
export async function readScopes(
  context: EngineContext,
  run: Run<'entries'>,
  { servers }: Extract<Params['entries'], { kind: 'scopes' }>,
): Promise<EntriesResult> {
  const { list, readings } = context;
  const chosen = list.chosen(servers);
  const failed: Problem[] = [];
  let total = 0;
  await run.each(
    chosen,
    AT_A_TIME,
    async (server) => {
      const basics = await readings.read(server, run.signal, true);
      total += basics.scopes.length;
      run.row(...basics.scopes.map((scope) => scopeRow(context, basics, scope)));
    },
    (server, error) => {
      const problem = problemOf(error, server);
      failed.push(problem);
      run.problem(problem);
    },
  );
  return {
    scope: null,
    servers: chosen,
    pool: null,
    total,
    answered: chosen.length - failed.length,
    silent: failed.length,
  };
}

export function scopeRow({ readings }: EngineContext, basics: Basics, scope: ScopeBasics): ScopeRow {
  const { server, copies, statistics, readAt } = basics;
  const { scopeId, mask, name, start, end, isActive } = scope;
  const copy = copies.find(({ scopeIds }) => scopeIds.includes(scopeId));
  const figures = statistics?.get(scopeId);
  const partner = copy === undefined ? '' : copy.isPrimary ? copy.names.secondary : copy.names.primary;
  const address = copy === undefined ? '' : copy.isPrimary ? copy.addresses.secondary : copy.addresses.primary;
  return {
    kind: 'scope',
    key: `${server}/${scopeId}`,
    server,
    scopeId,
    prefix: prefixOf(mask),
    name,
    isActive,
    start,
    end,
    relationship:
      copy === undefined
        ? null
        : { key: pairKey(copy), name: copy.name, partner: readings.nameOf(address, partner) ?? partner },
    inUse: figures?.inUse ?? null,
    free: figures?.free ?? null,
    percent: figures === undefined ? null : Math.round(figures.percent * 10) / 10,
    reservations: figures?.reserved ?? null,
    cannotProtect: copy === undefined ? bootpReason(scope) : `It is in ${copy.name} already.`,
    readAt,
  };
}

/** Failover takes no scope that serves BOOTP clients. */
function bootpReason({ type }: ScopeBasics): string | null {
  return type === 'Bootp' ? 'It serves BOOTP clients, which failover does not take. Change its type to Dhcp.' : null;
}

export function prefixOf(mask: string): number {
  return mask
    .split('.')
    .map((byte) => Number(byte).toString(2).replaceAll('0', '').length)
    .reduce((sum, bits) => sum + bits, 0);
}

/** An address as a number, for order and for ranges. */
export function addressNumber(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

/** Whether a scope's subnet holds an address. */
export function holds({ scopeId, mask }: Pick<ScopeBasics, 'scopeId' | 'mask'>, address: string): boolean {
  const size = 2 ** (32 - prefixOf(mask));
  const first = addressNumber(scopeId);
  const number = addressNumber(address);
  return number >= first && number < first + size;
}
