import { AddressPool } from '../address-pool.js';
import { dhcpError } from '../dhcp-error.js';
import { timeOf } from '../leases/lease-records.js';
import { messages } from '../provider/messages.js';
import { forEachItem } from '../provider/provider-context.js';
import { type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { Scope } from '../scope.js';
import { scopesInOrder, scopeWithId } from './find-scope.js';
import { percentage, type ScopeUsage, scopeUsage } from './scope-usage.js';

/** The columns that say what is this server's and what is its partner's. Reservations that nobody leased count for the primary. */
function failoverColumns(call: ServerCall, scope: Scope, usage: ScopeUsage): Row {
  const { context, server, parameters } = call;
  const { scopeId } = scope.configuration;
  const relationship = server.relationshipOfScope(scopeId);
  const names = ['FreeOnThisServer', 'FreeOnPartnerServer', 'InUseOnThisServer', 'InUseOnPartnerServer'];
  const columns = (values: readonly (number | null)[]): Row =>
    Object.fromEntries(names.map((name, index) => [`Addresses${name}`, values[index] ?? null]));
  const none = context.network.choices.failoverColumnsWithoutSwitch;
  if (parameters.flag('Failover') !== true || relationship === undefined) return columns([none, none, none, none]);
  const shared = new AddressPool(context.network, context.engine).statistics(server, scopeId);
  const freeHere = Math.min(shared.thisAddrFree, usage.free);
  const inUseHere =
    relationship.serverType === 'PrimaryServer'
      ? Math.max(0, usage.inUse - shared.partnerAddrInUse)
      : Math.min(shared.thisAddrInUse, usage.inUse);
  return columns([freeHere, usage.free - freeHere, inUseHere, usage.inUse - inUseHere]);
}

function scopeRow(call: ServerCall, scope: Scope): Row {
  const { scopeId, superscopeName, reservations } = scope.configuration;
  const usage = scopeUsage(scope, call.now);
  return {
    ScopeId: scopeId,
    SuperscopeName: superscopeName,
    AddressesFree: usage.free,
    AddressesInUse: usage.inUse,
    PendingOffers: usage.pendingOffers,
    ReservedAddress: reservations.length,
    PercentageInUse: percentage(usage.inUse, usage.free + usage.inUse),
    ...failoverColumns(call, scope, usage),
  };
}

function sum(usages: readonly ScopeUsage[]): ScopeUsage {
  return usages.reduce(
    (total, one) => ({
      free: total.free + one.free,
      inUse: total.inUse + one.inUse,
      pendingOffers: total.pendingOffers + one.pendingOffers,
    }),
    { free: 0, inUse: 0, pendingOffers: 0 },
  );
}

function serverRow({ server, now }: ServerCall): Row {
  const scopes = [...server.scopes.values()];
  const { free, inUse, pendingOffers } = sum(scopes.map((scope) => scopeUsage(scope, now)));
  const total = free + inUse;
  const { counters } = server;
  return {
    Discovers: counters.discovers,
    Offers: counters.offers,
    Requests: counters.requests,
    Acks: counters.acks,
    Naks: counters.naks,
    Declines: counters.declines,
    Releases: counters.releases,
    DelayedOffers: counters.delayedOffers,
    ServerStartTime: timeOf(server.startedAt),
    TotalScopes: scopes.length,
    ScopesWithDelayConfigured: scopes.filter(({ configuration }) => configuration.delay > 0).length,
    TotalAddresses: total,
    AddressesInUse: inUse,
    AddressesAvailable: free,
    PendingOffers: pendingOffers,
    PercentageInUse: percentage(inUse, total),
    PercentageAvailable: percentage(free, total),
    PercentagePendingOffers: percentage(pendingOffers, total),
  };
}

function superscopeRows({ server, now, parameters, host }: ServerCall) {
  const members = new Map<string, Scope[]>();
  for (const scope of scopesInOrder(server)) {
    const { superscopeName } = scope.configuration;
    if (superscopeName !== '') members.set(superscopeName, [...(members.get(superscopeName) ?? []), scope]);
  }
  const row = (name: string): Row => {
    const failed = messages.failed(`get statistics of superscope ${name}`, host);
    const key = [...members.keys()].find((one) => one.toLowerCase() === name.toLowerCase());
    const scopes = key === undefined ? undefined : members.get(key);
    if (key === undefined || scopes === undefined) throw dhcpError(20005, failed);
    const { free, inUse } = sum(scopes.map((scope) => scopeUsage(scope, now)));
    return {
      SuperscopeName: key,
      NumScopes: scopes.length,
      AddressesFree: free,
      AddressesInUse: inUse,
      PercentageInUse: percentage(inUse, free + inUse),
    };
  };
  return forEachItem(parameters.texts('Name') ?? [...members.keys()], (name) => [row(name)]);
}

/** Statistics of scopes, superscopes and the server, counted from its state (MS-DHCPM 3.2.4.82, 3.2.4.98). */
export const statisticsMethods: ProviderMethods = {
  'PS_DhcpServerv4ScopeStatistics.Get': reads('DhcpServerv4ScopeStatistics', (call) => {
    const ids = call.parameters.texts('ScopeId') ?? [];
    if (ids.length === 0) return scopesInOrder(call.server).map((scope) => scopeRow(call, scope));
    return forEachItem(ids, (id) => [scopeRow(call, scopeWithId(call.server, id, messages.getScope(id, call.host)))]);
  }),
  'PS_DhcpServerv4Statistics.Get': reads('DhcpServerv4Statistics', (call) => [serverRow(call)]),
  'PS_DhcpServerv4SuperscopeStatistics.Get': reads('DhcpServerv4SuperscopeStatistics', superscopeRows),
};
