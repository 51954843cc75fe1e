import { TimeSpan } from '../../../cim/value/time-span.js';
import { dhcpError } from '../dhcp-error.js';
import { timeOf } from '../leases/lease-records.js';
import { connectAddressed } from '../provider/connect.js';
import { messages } from '../provider/messages.js';
import { forEachItem } from '../provider/provider-context.js';
import {
  changes,
  type ProviderMethod,
  type ProviderMethods,
  type Row,
  reads,
  type ServerCall,
} from '../provider/provider-method.js';
import type { Dhcpv6Scope, StatelessStore } from '../state/dhcpv6-configuration.js';
import { addressOf, boundsOf, calledScope, scopeOf, scopesInOrder, storeScope } from './find-dhcpv6-scope.js';
import { formatIpv6, PREFIX_SIZE, prefixOf } from './ipv6-address.js';

const MAX_UINT64 = PREFIX_SIZE - 1n;
const MAX_ADDRESSES = 1024;
const STORE = 'DhcpServerv6StatelessStore';
const HOUR = 3600;

const capped = (value: bigint) => (value > MAX_UINT64 ? MAX_UINT64 : value);
const percent = (part: bigint, whole: bigint) => (whole === 0n ? 0 : Math.fround((Number(part) * 100) / Number(whole)));

/** The whole /64 but the exclusions; in use are leases, and reservations that nobody leased. The count of a whole /64 does not fit 64 bits. */
function usage(scope: Dhcpv6Scope, now: number): { readonly free: bigint; readonly inUse: bigint } {
  const leased = scope.leases.filter(({ expiresAt }) => expiresAt > now).map(({ ipAddress }) => ipAddress);
  const inUse = BigInt(new Set([...leased, ...scope.reservations.map(({ ipAddress }) => ipAddress)]).size);
  const excluded = scope.exclusions.map(boundsOf).reduce((sum, [from, to]) => sum + to - from + 1n, 0n);
  return { free: capped(PREFIX_SIZE - excluded - inUse), inUse };
}

function scopeRow(scope: Dhcpv6Scope, now: number): Row {
  const { free, inUse } = usage(scope, now);
  return {
    Prefix: scope.prefix,
    AddressesFree: free,
    AddressesInUse: inUse,
    PendingAdvertises: 0n,
    ReservedAddress: BigInt(scope.reservations.length),
    PercentageInUse: percent(inUse, free + inUse),
  };
}

/** The lab has no DHCPv6 clients, so that no packet is counted. */
const PACKETS = [
  'Solicits',
  'Advertises',
  'Requests',
  'Renews',
  'Rebinds',
  'Replies',
  'Confirms',
  'Declines',
  'Releases',
  'Informs',
];

function serverRow({ server, now }: ServerCall): Row {
  const scopes = server.configuration.v6.scopes;
  const all = scopes.map((scope) => usage(scope, now));
  const inUse = all.reduce((sum, one) => sum + one.inUse, 0n);
  const free = all.reduce((sum, one) => sum + one.free, 0n);
  return {
    ...Object.fromEntries(PACKETS.map((name) => [name, 0])),
    ServerStartTime: timeOf(server.startedAt),
    TotalScopes: scopes.length,
    TotalAddresses: capped(free + inUse),
    AddressesInUse: capped(inUse),
    AddressesAvailable: capped(free),
    PendingAdvertises: 0n,
    PercentageInUse: percent(inUse, free + inUse),
    PercentageAvailable: percent(free, free + inUse),
    PercentagePendingAdvertises: 0,
  };
}

/** PS_DhcpServerv6FreeIPAddress.Get (MS-DHCPM 3.2.4.122). The address of the prefix itself is the routers' (RFC 4291 2.6.1). */
const getFree: ProviderMethod = (context, parameters) => {
  const { server, host } = connectAddressed(context, parameters.text('ComputerName'), 'reader');
  const message = messages.failed(`get free IP addresses in scope ${parameters.text('Prefix')}`, host);
  const scope = scopeOf(server, parameters.text('Prefix') ?? '', message, 20005);
  const prefix = addressOf(scope.prefix, message);
  const bound = (name: string, fallback: bigint) => {
    const given = parameters.text(name);
    return given === undefined ? fallback : addressOf(given, message);
  };
  const [start, end] = [bound('StartAddress', prefix + 1n), bound('EndAddress', prefix + PREFIX_SIZE - 1n)];
  const wanted = parameters.number('NumAddress') ?? 1;
  const isOutside = prefixOf(start) !== prefix || prefixOf(end) !== prefix;
  const isBad = start > end || isOutside || end - start + 1n < BigInt(wanted);
  if (wanted < 1 || wanted > MAX_ADDRESSES || isBad) throw dhcpError(87, message);
  const used = new Set([...scope.leases, ...scope.reservations].map(({ ipAddress }) => ipAddress));
  const excluded = scope.exclusions.map(boundsOf);
  const output: string[] = [];
  let address = start;
  while (address <= end && output.length < wanted) {
    const at = address;
    const exclusion = excluded.find(([from, to]) => at >= from && at <= to);
    const text = formatIpv6(address);
    if (exclusion === undefined && !used.has(text)) output.push(text);
    address = exclusion === undefined ? address + 1n : exclusion[1] + 1n;
  }
  if (output.length === wanted) return { output, errors: [] };
  const warning = `Scope ${scope.prefix} on DHCP server ${host} has only ${output.length} of ${wanted} free IP addresses in the range.`;
  return { output, errors: [], warnings: [warning] };
};

const storeRow = (prefix: string, { enabled, purgeIntervalSeconds }: StatelessStore): Row => ({
  Prefix: prefix,
  Enabled: enabled,
  PurgeInterval: TimeSpan.from({ seconds: purgeIntervalSeconds }),
});

/** MS-DHCPM 3.2.4.117: whole hours, at least one; without a prefix the server's own. */
function setStore(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const { v6 } = server.configuration;
  const message = messages.failed('set stateless store', host);
  const seconds = parameters.seconds('PurgeInterval');
  const hours = seconds === undefined ? undefined : Math.floor(seconds / HOUR);
  const enabled = parameters.flag('Enabled');
  if (hours === 0 || (hours === undefined && enabled === undefined)) throw dhcpError(87, message);
  const changed = (old: StatelessStore): StatelessStore => ({
    enabled: enabled ?? old.enabled,
    purgeIntervalSeconds: hours === undefined ? old.purgeIntervalSeconds : hours * HOUR,
  });
  if (parameters.text('Prefix') === undefined) {
    v6.stateless = changed(v6.stateless);
    return [storeRow('::', v6.stateless)];
  }
  const scope = calledScope(call, message, 20005);
  const stateless = changed(scope.stateless ?? v6.stateless);
  storeScope(server, { ...scope, stateless });
  return [storeRow(scope.prefix, stateless)];
}

function getStore({ server, parameters, host }: ServerCall) {
  const { stateless } = server.configuration.v6;
  const prefixes = parameters.texts('Prefix') ?? [];
  if (prefixes.length === 0) return [storeRow('::', stateless)];
  return forEachItem(prefixes, (prefix) => {
    const scope = scopeOf(server, prefix, messages.failed(`get stateless store of scope ${prefix}`, host), 20005);
    return [storeRow(scope.prefix, scope.stateless ?? stateless)];
  });
}

/** Statistics, free addresses and the stateless store of DHCPv6. The lab has no stateless clients. */
export const dhcpv6StatisticsMethods: ProviderMethods = {
  'PS_DhcpServerv6ScopeStatistics.Get': reads('DhcpServerv6ScopeStatistics', ({ server, parameters, host, now }) => {
    const prefixes = parameters.texts('Prefix') ?? [];
    if (prefixes.length === 0) return scopesInOrder(server).map((scope) => scopeRow(scope, now));
    return forEachItem(prefixes, (prefix) => [
      scopeRow(scopeOf(server, prefix, messages.failed(`get statistics of scope ${prefix}`, host), 20005), now),
    ]);
  }),
  'PS_DhcpServerv6Statistics.Get': reads('DhcpServerv6Statistics', (call) => [serverRow(call)]),
  'PS_DhcpServerv6FreeIPAddress.Get': getFree,
  'PS_DhcpServerv6StatelessStore.Get': reads(STORE, getStore),
  'PS_DhcpServerv6StatelessStore.Set': changes(STORE, setStore),
  'PS_DhcpServerv6StatelessStatistics.Get': reads('DhcpServerv6StatelessStatistics', () => []),
};
