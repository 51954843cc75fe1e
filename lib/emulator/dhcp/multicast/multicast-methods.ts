import { formatIpv4 } from '../../../base/network/ip-address.js';
import { TimeSpan } from '../../../cim/value/time-span.js';
import { dhcpError } from '../dhcp-error.js';
import { timeOf } from '../leases/lease-records.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { AddressRange } from '../scope.js';
import { selectRanges } from '../scopes/exclusions.js';
import { addressOf, boundsOf, rangesOverlap } from '../scopes/find-scope.js';
import { countExcluded, percentage } from '../scopes/scope-usage.js';
import type { MulticastLease, MulticastScope } from '../state/server-configuration.js';

const SCOPE = 'DhcpServerv4MulticastScope';
const LEASE = 'DhcpServerv4MulticastLease';
const EXCLUSION = 'DhcpServerv4MulticastExclusionRange';
const MAX_NAME_LENGTH = 255;
const DEFAULT_LEASE_SECONDS = 30 * 86_400;
const DEFAULT_TTL = 32;
/** 224.0.0.0 to 239.255.255.255, and where the administratively scoped addresses begin (RFC 2365). */
const FIRST = 0xe000_0000;
const LAST = 0xefff_ffff;
const ADMINISTRATIVE = 0xef00_0000;
/** At the end of a range of 239/8 that many addresses are relative ones (RFC 2365 9), which nobody leases. */
const RELATIVE = 256;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

const failed = (verb: string, name: string, host: string) => messages.failed(`${verb} multicast scope ${name}`, host);

function find({ server, host }: ServerCall, name: string, verb: string): MulticastScope {
  const scope = server.configuration.multicastScopes.find((one) => same(one.name, name));
  if (scope === undefined) throw dhcpError(20005, failed(verb, name, host));
  return scope;
}

function replace({ server }: ServerCall, scope: MulticastScope, next: MulticastScope | undefined): void {
  const { configuration } = server;
  configuration.multicastScopes = configuration.multicastScopes.flatMap((one) =>
    one !== scope ? [one] : next === undefined ? [] : [next],
  );
}

function scopeRow(scope: MulticastScope): Row {
  return {
    Name: scope.name,
    Description: scope.description === '' ? null : scope.description,
    StartRange: scope.startRange,
    EndRange: scope.endRange,
    LeaseDuration: TimeSpan.from({ seconds: scope.leaseDurationSeconds }),
    ExpiryTime: scope.expiryTime === null ? null : timeOf(scope.expiryTime),
    State: scope.state,
    Ttl: scope.ttl,
  };
}

/** The scopes that Name names, one error for each that is absent; without a name all. */
function chosen(call: ServerCall, verb: string): ProviderResult<MulticastScope> {
  const names = call.parameters.texts('Name') ?? [];
  if (names.length === 0) return { output: call.server.configuration.multicastScopes, errors: [] };
  return forEachItem(names, (name) => [find(call, name, verb)]);
}

function checkedRange(startRange: string, endRange: string, message: string): AddressRange {
  const [start, end] = [addressOf(startRange, message), addressOf(endRange, message)];
  if (start < FIRST || end > LAST) throw dhcpError(87, message);
  if (end < start) throw dhcpError(20023, message);
  if (end >= ADMINISTRATIVE && end - start + 1 < RELATIVE) throw dhcpError(20054, message);
  return { startRange: formatIpv4(start), endRange: formatIpv4(end) };
}

/** MS-DHCPM 3.2.4.2, 3.2.4.5. */
function add(call: ServerCall): Row[] {
  const { server, host, parameters } = call;
  const { configuration } = server;
  const name = parameters.text('Name') ?? '';
  const message = failed('add', name, host);
  if (name === '') throw dhcpError(87, message);
  if (name.length > MAX_NAME_LENGTH) throw dhcpError(20046, message);
  const [start, end] = [parameters.text('StartRange') ?? '', parameters.text('EndRange') ?? ''];
  // The id of a scope is its first address.
  const exists = configuration.multicastScopes.some((one) => same(one.name, name) || one.startRange === start);
  if (exists) throw dhcpError(20053, message);
  const range = checkedRange(start, end, message);
  const last = boundsOf(range)[1];
  const scope: MulticastScope = {
    ...range,
    name,
    description: parameters.text('Description') ?? '',
    leaseDurationSeconds: parameters.seconds('LeaseDuration') ?? DEFAULT_LEASE_SECONDS,
    expiryTime: parameters.time('ExpiryTime') ?? null,
    state: parameters.choice('State', ['Active', 'Inactive']) ?? 'Active',
    ttl: checkedTtl(parameters.number('Ttl'), message) ?? DEFAULT_TTL,
    exclusions:
      last >= ADMINISTRATIVE ? [{ startRange: formatIpv4(last - RELATIVE + 1), endRange: formatIpv4(last) }] : [],
    leases: [],
  };
  configuration.multicastScopes = [...configuration.multicastScopes, scope];
  return [scopeRow(scope)];
}

function checkedTtl(ttl: number | undefined, message: string): number | undefined {
  if (ttl !== undefined && (ttl < 1 || ttl > 255)) throw dhcpError(87, message);
  return ttl;
}

function set(call: ServerCall): Row[] {
  const { server, host, parameters } = call;
  const name = parameters.text('Name') ?? '';
  const message = failed('set properties of', name, host);
  const scope = find(call, name, 'set properties of');
  const newName = parameters.text('NewName') ?? scope.name;
  if (newName.length > MAX_NAME_LENGTH) throw dhcpError(20046, message);
  const others = server.configuration.multicastScopes.filter((one) => one !== scope);
  if (others.some((one) => same(one.name, newName))) throw dhcpError(20004, message);
  const range = checkedRange(
    parameters.text('StartRange') ?? scope.startRange,
    parameters.text('EndRange') ?? scope.endRange,
    message,
  );
  const [from, to] = boundsOf(range);
  const [oldFrom, oldTo] = boundsOf(scope);
  const holds = (from <= oldFrom && to >= oldTo) || (from >= oldFrom && to <= oldTo);
  if (!holds) throw dhcpError(20023, message);
  const next: MulticastScope = {
    ...scope,
    ...range,
    name: newName,
    description: parameters.text('Description') ?? scope.description,
    leaseDurationSeconds: parameters.seconds('LeaseDuration') ?? scope.leaseDurationSeconds,
    expiryTime: parameters.time('ExpiryTime') ?? scope.expiryTime,
    state: parameters.choice('State', ['Active', 'Inactive']) ?? scope.state,
    ttl: checkedTtl(parameters.number('Ttl'), message) ?? scope.ttl,
  };
  replace(call, scope, next);
  return [scopeRow(next)];
}

function remove(call: ServerCall): ProviderResult<Row> {
  const { host, parameters, now } = call;
  const found = chosen(call, 'delete');
  const result = forEachItem(found.output, (scope) => {
    const isUsed = scope.leases.some((lease) => lease.expiresAt > now);
    if (isUsed && parameters.flag('Force') !== true) throw dhcpError(20007, failed('delete', scope.name, host));
    replace(call, scope, undefined);
    return [scopeRow(scope)];
  });
  return { output: result.output, errors: [...found.errors, ...result.errors] };
}

const exclusionRow = (name: string, { startRange, endRange }: AddressRange): Row => ({
  Name: name,
  StartRange: startRange,
  EndRange: endRange,
});

function addExclusion(call: ServerCall): Row[] {
  const { host, parameters } = call;
  const name = parameters.text('Name') ?? '';
  const scope = find(call, name, 'get');
  const message = messages.failed(`add exclusion range to multicast scope ${name}`, host);
  const range = {
    startRange: formatIpv4(addressOf(parameters.text('StartRange') ?? '', message)),
    endRange: formatIpv4(addressOf(parameters.text('EndRange') ?? '', message)),
  };
  const [from, to] = boundsOf(range);
  const [first, last] = boundsOf(scope);
  const isBad = to < from || from < first || to > last;
  if (isBad || scope.exclusions.some((other) => rangesOverlap(other, range))) throw dhcpError(20023, message);
  replace(call, scope, { ...scope, exclusions: [...scope.exclusions, range] });
  return [exclusionRow(scope.name, range)];
}

/** MS-DHCPM 3.2.4.7: an absent scope is 2 here. */
function removeExclusion(call: ServerCall): Row[] {
  const { server, host, parameters } = call;
  const name = parameters.text('Name') ?? '';
  const message = messages.failed(`delete exclusion range from multicast scope ${name}`, host);
  const scope = server.configuration.multicastScopes.find((one) => same(one.name, name));
  if (scope === undefined) throw dhcpError(2, message);
  const found = selectRanges(
    scope.exclusions,
    parameters.text('StartRange'),
    parameters.text('EndRange'),
    message,
    20007,
  );
  replace(call, scope, { ...scope, exclusions: scope.exclusions.filter((range) => !found.includes(range)) });
  return found.map((range) => exclusionRow(scope.name, range));
}

function leaseRow(scope: MulticastScope, lease: MulticastLease, now: number): Row {
  return {
    Name: scope.name,
    IPAddress: lease.ipAddress,
    ClientId: lease.clientId,
    HostName: lease.hostName === '' ? null : lease.hostName,
    AddressState: lease.expiresAt > now ? 'Active' : 'Expired',
    LeaseStartTime: timeOf(lease.startsAt),
    LeaseExpiryTime: timeOf(lease.expiresAt),
  };
}

function removeLeases(call: ServerCall): ProviderResult<Row> {
  const { host, parameters, now } = call;
  const name = parameters.text('Name') ?? '';
  const scope = find(call, name, 'get');
  const addresses = parameters.texts('IPAddress') ?? scope.leases.map(({ ipAddress }) => ipAddress);
  const { output, errors } = forEachItem(addresses, (ipAddress) => {
    const lease = scope.leases.find((one) => one.ipAddress === ipAddress);
    if (lease === undefined) {
      const message = messages.failed(`delete lease ${ipAddress} from multicast scope ${name}`, host);
      throw dhcpError(call.context.network.choices.leaseAbsentCode, message);
    }
    return [lease];
  });
  replace(call, scope, { ...scope, leases: scope.leases.filter((lease) => !output.includes(lease)) });
  return { output: output.map((lease) => leaseRow(scope, lease, now)), errors };
}

function statisticsRow(scope: MulticastScope, now: number): Row {
  const [first, last] = boundsOf(scope);
  const inUse = scope.leases.filter((lease) => lease.expiresAt > now).length;
  const active = scope.state === 'Active';
  const free = active ? last - first + 1 - countExcluded(scope.exclusions, scope) - inUse : 0;
  const used = active ? inUse : 0;
  return {
    Name: scope.name,
    AddressesFree: free,
    AddressesInUse: used,
    PendingOffers: 0,
    PercentageInUse: percentage(used, free + used),
  };
}

const each =
  (verb: string, rows: (scope: MulticastScope, call: ServerCall) => readonly Row[]) =>
  (call: ServerCall): ProviderResult<Row> => {
    const { output, errors } = chosen(call, verb);
    return { output: output.flatMap((scope) => rows(scope, call)), errors };
  };

/** Multicast scopes (MS-DHCPM 3.2.4.1 to 3.2.4.14, 3.2.4.32). */
export const multicastMethods: ProviderMethods = {
  'PS_DhcpServerv4MulticastScope.Get': reads(
    SCOPE,
    each('get', (scope) => [scopeRow(scope)]),
  ),
  'PS_DhcpServerv4MulticastScope.Add': changes(SCOPE, add),
  'PS_DhcpServerv4MulticastScope.Set': changes(SCOPE, set),
  'PS_DhcpServerv4MulticastScope.Remove': changes(SCOPE, remove),
  'PS_DhcpServerv4MulticastExclusionRange.Get': reads(
    EXCLUSION,
    each('get', (scope) => scope.exclusions.map((range) => exclusionRow(scope.name, range))),
  ),
  'PS_DhcpServerv4MulticastExclusionRange.Add': changes(EXCLUSION, addExclusion),
  'PS_DhcpServerv4MulticastExclusionRange.Remove': changes(EXCLUSION, removeExclusion),
  'PS_DhcpServerv4MulticastLease.Get': reads(
    LEASE,
    each('get', (scope, { now }) => scope.leases.map((lease) => leaseRow(scope, lease, now))),
  ),
  'PS_DhcpServerv4MulticastLease.Remove': changes(LEASE, removeLeases),
  'PS_DhcpServerv4MulticastScopeStatistics.Get': reads(
    'DhcpServerv4MulticastScopeStatistics',
    each('get statistics of', (scope, { now }) => [statisticsRow(scope, now)]),
  ),
};
