import { formatIpv4 } from '../../../base/network/ip-address.js';
import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { AddressRange, Scope, ScopePolicy } from '../scope.js';
import { selectRanges } from '../scopes/exclusions.js';
import { addressOf, boundsOf, rangesOverlap, scopeWithId } from '../scopes/find-scope.js';
import { conditionOf } from './policy-conditions.js';
import { policyList, replacePolicy, requirePolicy } from './policy-list.js';

const CLASS = 'DhcpServerv4PolicyIPRange';

function row(scope: Scope, { name }: ScopePolicy, { startRange, endRange }: AddressRange): Row {
  return { Name: name, ScopeId: scope.configuration.scopeId, StartRange: startRange, EndRange: endRange };
}

function scopeOf({ server, parameters, host }: ServerCall): Scope {
  const scopeId = parameters.text('ScopeId') ?? '';
  return scopeWithId(server, scopeId, messages.getScope(scopeId, host));
}

function get(call: ServerCall): ProviderResult<Row> | Row[] {
  const scope = scopeOf(call);
  const list = policyList(call.server, scope.configuration.scopeId, call.host);
  const names = call.parameters.texts('Name') ?? [];
  const rows = (policy: ScopePolicy) => policy.ranges.map((range) => row(scope, policy, range));
  if (names.length === 0) return list.all().flatMap(rows);
  return forEachItem(names, (name) =>
    rows(requirePolicy(list, name, messages.failed(`get IP ranges of policy ${name}`, call.host))),
  );
}

/** MS-DHCPM 3.2.4.114. */
function add(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const name = parameters.text('Name') ?? '';
  const message = messages.failed(`add IP range to policy ${name}`, host);
  const range = {
    startRange: formatIpv4(addressOf(parameters.text('StartRange') ?? '', message)),
    endRange: formatIpv4(addressOf(parameters.text('EndRange') ?? '', message)),
  };
  const [from, to] = boundsOf(range);
  if (to < from) throw dhcpError(20107, message);
  const scope = scopeOf(call);
  const list = policyList(server, scope.configuration.scopeId, host);
  const policy = requirePolicy(list, name, message);
  if (conditionOf(policy, 'Fqdn').length > 0) throw dhcpError(20135, message);
  const [first, last] = boundsOf(scope.configuration);
  if (from < first || to > last) throw dhcpError(20107, message);
  const taken = list.all().flatMap(({ ranges }) => ranges);
  if (taken.some((other) => rangesOverlap(other, range))) throw dhcpError(20106, message);
  replacePolicy(list, policy, { ...policy, ranges: [...policy.ranges, range] });
  return [row(scope, policy, range)];
}

/** MS-DHCPM 3.2.4.115. */
function remove(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const name = parameters.text('Name') ?? '';
  const message = messages.failed(`delete IP range from policy ${name}`, host);
  const scope = scopeOf(call);
  const list = policyList(server, scope.configuration.scopeId, host);
  const policy = requirePolicy(list, name, message);
  const [start, end] = [parameters.text('StartRange'), parameters.text('EndRange')];
  const found = selectRanges(policy.ranges, start, end, message, 20107, 20107);
  replacePolicy(list, policy, { ...policy, ranges: policy.ranges.filter((range) => !found.includes(range)) });
  return found.map((range) => row(scope, policy, range));
}

/** PS_DhcpServerv4PolicyIPRange. */
export const policyRangeMethods: ProviderMethods = {
  'PS_DhcpServerv4PolicyIPRange.Get': reads(CLASS, get),
  'PS_DhcpServerv4PolicyIPRange.Add': changes(CLASS, add),
  'PS_DhcpServerv4PolicyIPRange.Remove': changes(CLASS, remove),
};
