import { parseIpv4 } from '../../../base/network/ip-address.js';
import { isInUse, leaseRecords, leaseState } from '../leases/lease-records.js';
import type { AddressRange, Scope } from '../scope.js';
import { boundsOf } from './find-scope.js';

/** How many addresses of a scope are used. */
export interface ScopeUsage {
  readonly free: number;
  readonly inUse: number;
  readonly pendingOffers: number;
}

const NOTHING: ScopeUsage = { free: 0, inUse: 0, pendingOffers: 0 };

/** Addresses of ranges that may overlap with each other, counted once, and only inside `within`. */
export function countExcluded(exclusions: readonly AddressRange[], within: AddressRange): number {
  const [first, last] = boundsOf(within);
  const sorted = exclusions.map(boundsOf).sort(([a], [b]) => a - b);
  let [count, next] = [0, first];
  for (const [start, end] of sorted) {
    const [from, to] = [Math.max(start, next), Math.min(end, last)];
    if (to < from) continue;
    count += to - from + 1;
    next = to + 1;
  }
  return count;
}

/** In use: addresses of the range that are not excluded and leased, declined or reserved. An inactive scope counts nothing. */
export function scopeUsage(scope: Scope, now: number): ScopeUsage {
  const { configuration } = scope;
  if (scope.state === 'Inactive') return NOTHING;
  const [first, last] = boundsOf(configuration);
  const excluded = configuration.exclusions.map(boundsOf);
  let [inUse, pendingOffers] = [0, 0];
  for (const record of leaseRecords(scope)) {
    const address = parseIpv4(record.ipAddress) ?? 0;
    if (address < first || address > last) continue;
    if (excluded.some(([start, end]) => address >= start && address <= end)) continue;
    if (isInUse(record, now)) inUse++;
    if (record.lease !== undefined && leaseState(record.lease, now) === 'Offered') pendingOffers++;
  }
  const free = last - first + 1 - countExcluded(configuration.exclusions, configuration) - inUse;
  return { free, inUse, pendingOffers };
}

/** `part` of `whole` in percent, as a real32; 0 of nothing. */
export function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.fround((part * 100) / whole);
}
