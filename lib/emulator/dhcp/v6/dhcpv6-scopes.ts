import { TimeSpan } from '../../../cim/value/time-span.js';
import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { AddressRange } from '../scope.js';
import type { Dhcpv6Scope } from '../state/dhcpv6-configuration.js';
import { addressOf, boundsOf, calledScope, scopeOf, scopesInOrder, storeScope } from './find-dhcpv6-scope.js';
import { formatIpv6, isUnusablePrefix, prefixOf } from './ipv6-address.js';

const SCOPE = 'DhcpServerv6Scope';
const EXCLUSION = 'DhcpServerv6ExclusionRange';
const DAY = 86_400;
const MAX_PREFERENCE = 255;

const failed = (verb: string, prefix: string, host: string) => messages.failed(`${verb} scope ${prefix}`, host);
const span = (seconds: number) => TimeSpan.from({ seconds });

function row(scope: Dhcpv6Scope): Row {
  return {
    Prefix: scope.prefix,
    Name: scope.name,
    Description: scope.description,
    State: scope.state,
    Preference: scope.preference,
    PrefixLength: 64,
    PreferredLifetime: span(scope.preferredLifetime),
    ValidLifetime: span(scope.validLifetime),
    T1: span(scope.t1),
    T2: span(scope.t2),
  };
}

/** A new preferred lifetime brings T1 and T2 along; the order is T1 < T2 < preferred ≤ valid (MS-DHCPM 3.2.4.66). */
function times({ parameters }: ServerCall, old: Dhcpv6Scope, message: string) {
  const preferred = parameters.seconds('PreferredLifetime') ?? parameters.seconds('PreferredLifeTime');
  const next = {
    preferredLifetime: preferred ?? old.preferredLifetime,
    validLifetime: parameters.seconds('ValidLifeTime') ?? parameters.seconds('ValidLifetime') ?? old.validLifetime,
    t1: parameters.seconds('T1') ?? (preferred === undefined ? old.t1 : preferred * 0.5),
    t2: parameters.seconds('T2') ?? (preferred === undefined ? old.t2 : preferred * 0.8),
  };
  const inOrder = next.t1 < next.t2 && next.t2 < next.preferredLifetime && next.preferredLifetime <= next.validLifetime;
  if (!inOrder) throw dhcpError(87, message);
  return next;
}

function settings(call: ServerCall, old: Dhcpv6Scope, message: string): Dhcpv6Scope {
  const { parameters } = call;
  const preference = parameters.number('Preference') ?? old.preference;
  if (preference > MAX_PREFERENCE) throw dhcpError(87, message);
  return {
    ...old,
    ...times(call, old, message),
    preference,
    name: parameters.text('Name') || old.name,
    description: parameters.text('Description') ?? old.description,
    state: parameters.choice('State', ['Active', 'InActive']) ?? old.state,
  };
}

function add(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const { v6 } = server.configuration;
  const given = parameters.text('Prefix') ?? '';
  const message = failed('add', given, host);
  const address = addressOf(given, message);
  if (isUnusablePrefix(address)) throw dhcpError(20091, message);
  const prefix = formatIpv6(prefixOf(address));
  if (v6.scopes.some((scope) => scope.prefix === prefix)) throw dhcpError(2014, message);
  if ((parameters.text('Name') ?? '') === '') throw dhcpError(87, message);
  const fresh: Dhcpv6Scope = {
    prefix,
    name: '',
    description: '',
    state: 'Active',
    preference: 0,
    preferredLifetime: 8 * DAY,
    validLifetime: 12 * DAY,
    t1: 4 * DAY,
    t2: 6.4 * DAY,
    exclusions: [],
    reservations: [],
    leases: [],
    optionValues: [],
  };
  const scope = settings(call, fresh, message);
  v6.scopes = [...v6.scopes, scope];
  return [row(scope)];
}

function set(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const message = failed('set properties of', parameters.text('Prefix') ?? '', host);
  const changed = settings(call, calledScope(call, message, 20005), message);
  storeScope(server, changed);
  return [row(changed)];
}

/** Never asks; leases are a hindrance without Force (MS-DHCPM 3.2.4.63). */
function remove({ server, parameters, host, now }: ServerCall): ProviderResult<Row> {
  const { v6 } = server.configuration;
  return forEachItem(parameters.texts('Prefix') ?? [], (prefix) => {
    const message = failed('delete', prefix, host);
    const scope = scopeOf(server, prefix, message, 2);
    const isUsed = scope.leases.some(({ expiresAt }) => expiresAt > now);
    if (isUsed && parameters.flag('Force') !== true) throw dhcpError(20007, message);
    v6.scopes = v6.scopes.filter((one) => one !== scope);
    return [row(scope)];
  });
}

const exclusionRow = (scope: Dhcpv6Scope, { startRange, endRange }: AddressRange): Row => ({
  Prefix: scope.prefix,
  StartRange: startRange,
  EndRange: endRange,
});

const exclusionRows = (scope: Dhcpv6Scope) => scope.exclusions.map((range) => exclusionRow(scope, range));

/** RPC takes ranges that run backwards or lie elsewhere, without effect; they are refused here, in this one place. */
function addExclusion(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const message = messages.failed(`add exclusion range to scope ${parameters.text('Prefix')}`, host);
  const scope = calledScope(call, message, 2);
  const range = {
    startRange: formatIpv6(addressOf(parameters.text('StartRange') ?? '', message)),
    endRange: formatIpv6(addressOf(parameters.text('EndRange') ?? '', message)),
  };
  const [from, to] = boundsOf(range);
  const prefix = addressOf(scope.prefix, message);
  if (to < from || prefixOf(from) !== prefix || prefixOf(to) !== prefix) throw dhcpError(87, message);
  const overlaps = scope.exclusions.map(boundsOf).some(([start, end]) => start <= to && from <= end);
  if (overlaps) throw dhcpError(2014, message);
  storeScope(server, { ...scope, exclusions: [...scope.exclusions, range] });
  return [exclusionRow(scope, range)];
}

function removeExclusion(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const message = messages.failed(`delete exclusion range from scope ${parameters.text('Prefix')}`, host);
  const scope = calledScope(call, message, 2);
  const bound = (name: string) => {
    const given = parameters.text(name);
    return given === undefined ? undefined : addressOf(given, message);
  };
  const [start, end] = [bound('StartRange'), bound('EndRange')];
  const found = scope.exclusions.filter((range) => {
    const [from, to] = boundsOf(range);
    return (start === undefined || start === from) && (end === undefined || end === to);
  });
  if (found.length === 0 && (start !== undefined || end !== undefined)) throw dhcpError(2, message);
  storeScope(server, { ...scope, exclusions: scope.exclusions.filter((range) => !found.includes(range)) });
  return found.map((range) => exclusionRow(scope, range));
}

/** PS_DhcpServerv6Scope and PS_DhcpServerv6ExclusionRange (MS-DHCPM 3.2.4.58 to 3.2.4.67). */
export const dhcpv6ScopeMethods: ProviderMethods = {
  'PS_DhcpServerv6Scope.Get': reads(SCOPE, ({ server, parameters, host }) => {
    const prefixes = parameters.texts('Prefix') ?? [];
    if (prefixes.length === 0) return scopesInOrder(server).map(row);
    return forEachItem(prefixes, (prefix) => [row(scopeOf(server, prefix, failed('get', prefix, host), 20005))]);
  }),
  'PS_DhcpServerv6Scope.Add': changes(SCOPE, add),
  'PS_DhcpServerv6Scope.Set': changes(SCOPE, set),
  'PS_DhcpServerv6Scope.Remove': changes(SCOPE, remove),
  'PS_DhcpServerv6ExclusionRange.Get': reads(EXCLUSION, ({ server, parameters, host }) => {
    const prefixes = parameters.texts('Prefix') ?? [];
    if (prefixes.length === 0) return scopesInOrder(server).flatMap(exclusionRows);
    return forEachItem(prefixes, (prefix) => exclusionRows(scopeOf(server, prefix, failed('get', prefix, host), 2)));
  }),
  'PS_DhcpServerv6ExclusionRange.Add': changes(EXCLUSION, addExclusion),
  'PS_DhcpServerv6ExclusionRange.Remove': changes(EXCLUSION, removeExclusion),
};
