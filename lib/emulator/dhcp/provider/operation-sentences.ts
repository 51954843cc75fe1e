/**
 * What the provider says that it failed to do, for each method of its classes: `Failed to … on DHCP server …`. Of several sentences the first
 * is taken whose parameters, in braces, the call has; `{server}` is the server, and stands at the end of those that do not name it. Seen word
 * for word on Windows: `enumerate scopes`, `get scope information for scope`, `add scope`, `add exclusion range …`, `get option definitions`,
 * `get option value of`, `get lease information for`, `get failover relationship for scope`; the others follow their pattern.
 */
const sentences: Readonly<Record<string, readonly string[]>> = {
  'PS_DhcpServer.Backup': ['back up the database'],
  'PS_DhcpServer.Restore': ['restore the database'],
  'PS_DhcpServerAuditLog.Get': ['get audit log parameters'],
  'PS_DhcpServerAuditLog.Set': ['set audit log parameters'],
  'PS_DhcpServerDatabase.Get': ['get database configuration'],
  'PS_DhcpServerDatabase.Set': ['set database configuration'],
  'PS_DhcpServerDnsCredential.Get': ['get DNS credential'],
  'PS_DhcpServerDnsCredential.Remove': ['delete DNS credential'],
  'PS_DhcpServerDnsCredential.Set': ['set DNS credential'],
  'PS_DhcpServerInDC.Add': ['authorize server {DnsName}', 'authorize server {IPAddress}', 'authorize the server'],
  'PS_DhcpServerInDC.Get': ['enumerate authorised DHCP servers'],
  'PS_DhcpServerInDC.Remove': [
    'remove authorization of server {DnsName}',
    'remove authorization of server {IPAddress}',
    'remove authorization of the server',
  ],
  'PS_DhcpServerSecurityGroup.Add': ['add security groups'],
  'PS_DhcpServerSetting.Get': ['get server settings'],
  'PS_DhcpServerSetting.Set': ['set server settings'],
  'PS_DhcpServerVersion.Get': ['get version of the DHCP server {server}'],
  ...ofBoth('v4'),
  ...ofBoth('v6'),
  'PS_DhcpServerv4Failover.AddByHotStandby': ['add failover relationship {Name}'],
  'PS_DhcpServerv4Failover.AddByLoadBalance': ['add failover relationship {Name}'],
  'PS_DhcpServerv4Failover.GetByName': ['get failover relationship {Name}', 'enumerate failover relationships'],
  'PS_DhcpServerv4Failover.GetByScopeId': ['get failover relationship for scope {ScopeId}'],
  'PS_DhcpServerv4Failover.Remove': ['remove failover relationship {Name}'],
  'PS_DhcpServerv4Failover.Set': ['set failover relationship {Name}'],
  'PS_DhcpServerv4FailoverReplication.InvokeByName': [
    'replicate failover relationship {Name}',
    'replicate failover relationships',
  ],
  'PS_DhcpServerv4FailoverReplication.InvokeByScopeId': ['replicate scope {ScopeId}'],
  'PS_DhcpServerv4FailoverScope.Add': ['add scope {ScopeId} to failover relationship {Name}'],
  'PS_DhcpServerv4FailoverScope.Remove': ['remove scope {ScopeId} from failover relationship {Name}'],
  'PS_DhcpServerv4Filter.Add': ['add filter {MacAddress}'],
  'PS_DhcpServerv4Filter.Get': ['enumerate filters'],
  'PS_DhcpServerv4Filter.Remove': ['delete filter {MacAddress}'],
  'PS_DhcpServerv4FilterList.Get': ['get filter lists'],
  'PS_DhcpServerv4FilterList.Set': ['set filter lists'],
  'PS_DhcpServerv4IPRecord.Repair': ['reconcile scope {ScopeId}', 'reconcile scopes'],
  'PS_DhcpServerv4Lease.GetByBadLeases': ['enumerate bad leases in scope {ScopeId}', 'enumerate bad leases'],
  'PS_DhcpServerv4Lease.GetByClientId': ['get lease information for ClientId {ClientId} from DHCP server {server}'],
  'PS_DhcpServerv4Lease.GetByScopeId': ['enumerate leases in scope {ScopeId}'],
  'PS_DhcpServerv4Lease.RemoveByBadLeases': ['delete bad leases in scope {ScopeId}', 'delete bad leases'],
  'PS_DhcpServerv4Lease.RemoveByClientId': ['delete lease {ClientId}'],
  'PS_DhcpServerv4Lease.RemoveByScopeId': ['delete leases in scope {ScopeId}'],
  'PS_DhcpServerv4MulticastExclusionRange.Add': ['add exclusion range to multicast scope {Name}'],
  'PS_DhcpServerv4MulticastExclusionRange.Get': [
    'enumerate exclusion ranges of multicast scope {Name}',
    'enumerate exclusion ranges of multicast scopes',
  ],
  'PS_DhcpServerv4MulticastExclusionRange.Remove': ['delete exclusion range from multicast scope {Name}'],
  'PS_DhcpServerv4MulticastLease.Get': ['enumerate leases in multicast scope {Name}'],
  'PS_DhcpServerv4MulticastLease.Remove': [
    'delete lease {IPAddress} from multicast scope {Name}',
    'delete leases from multicast scope {Name}',
  ],
  'PS_DhcpServerv4MulticastScope.Add': ['add multicast scope {Name}'],
  'PS_DhcpServerv4MulticastScope.Get': ['get multicast scope {Name}', 'enumerate multicast scopes'],
  'PS_DhcpServerv4MulticastScope.Remove': ['delete multicast scope {Name}'],
  'PS_DhcpServerv4MulticastScope.Set': ['set properties of multicast scope {Name}'],
  'PS_DhcpServerv4MulticastScopeStatistics.Get': [
    'get statistics of multicast scope {Name}',
    'get statistics of multicast scopes',
  ],
  'PS_DhcpServerv4Policy.Add': ['add policy {Name}'],
  'PS_DhcpServerv4Policy.Get': ['get policy {Name}', 'enumerate policies in scope {ScopeId}', 'enumerate policies'],
  'PS_DhcpServerv4Policy.Remove': ['delete policy {Name}'],
  'PS_DhcpServerv4Policy.Set': ['set policy {Name}'],
  'PS_DhcpServerv4PolicyIPRange.Add': ['add IP range to policy {Name}'],
  'PS_DhcpServerv4PolicyIPRange.Get': [
    'get IP ranges of policy {Name}',
    'get IP ranges of policies in scope {ScopeId}',
  ],
  'PS_DhcpServerv4PolicyIPRange.Remove': ['delete IP range from policy {Name}'],
  'PS_DhcpServerv4Reservation.GetByClientId': ['get reservation of client {ClientId} in scope {ScopeId}'],
  'PS_DhcpServerv4Reservation.GetByScopeId': ['enumerate reservations in scope {ScopeId}'],
  'PS_DhcpServerv4Reservation.RemoveByClientId': ['delete reservation of client {ClientId} in scope {ScopeId}'],
  'PS_DhcpServerv4Reservation.RemoveByScopeId': ['delete reservations in scope {ScopeId}'],
  // The scope of a range is worked out from its mask; the call has the range alone.
  'PS_DhcpServerv4Scope.Add': ['add scope {ScopeId}', 'add scope {StartRange}'],
  'PS_DhcpServerv4Scope.SetByWithRange': ['set properties of scope {ScopeId}'],
  'PS_DhcpServerv4Scope.SetByWithoutRange': ['set properties of scope {ScopeId}'],
  'PS_DhcpServerv4Superscope.Add': ['add scope {ScopeId} to superscope {SuperscopeName}'],
  'PS_DhcpServerv4Superscope.Get': ['get superscope {SuperscopeName}', 'enumerate superscopes'],
  'PS_DhcpServerv4Superscope.Remove': [
    'remove scope {ScopeId} from superscope {SuperscopeName}',
    'delete superscope {SuperscopeName}',
    'remove scope {ScopeId} from its superscope',
  ],
  'PS_DhcpServerv4Superscope.Rename': ['rename superscope {Name}'],
  'PS_DhcpServerv4SuperscopeStatistics.Get': ['get statistics of superscope {Name}', 'get statistics of superscopes'],
  'PS_DhcpServerv6Lease.GetByPrefix': ['enumerate leases in scope {Prefix}'],
  'PS_DhcpServerv6Lease.RemoveByPrefix': ['delete leases in scope {Prefix}'],
  'PS_DhcpServerv6Reservation.GetByPrefix': ['enumerate reservations in scope {Prefix}'],
  'PS_DhcpServerv6Reservation.RemoveByPrefix': ['delete reservations in scope {Prefix}'],
  'PS_DhcpServerv6Scope.Add': ['add scope {Prefix}'],
  'PS_DhcpServerv6Scope.Set': ['set properties of scope {Prefix}'],
  'PS_DhcpServerv6StatelessStatistics.Get': ['get stateless statistics'],
  'PS_DhcpServerv6StatelessStore.Get': ['get stateless store of scope {Prefix}', 'get stateless store'],
  'PS_DhcpServerv6StatelessStore.Set': ['set stateless store of scope {Prefix}', 'set stateless store'],
};

/** The methods that both versions of the protocol have; a scope is named by `ScopeId` or by `Prefix`. */
function ofBoth(version: 'v4' | 'v6'): Record<string, readonly string[]> {
  const of = (className: string) => `PS_DhcpServer${version}${className}`;
  const scope = version === 'v4' ? '{ScopeId}' : '{Prefix}';
  const range = 'exclusion range with start range {StartRange} and end range {EndRange}';
  return {
    [`${of('Binding')}.Get`]: ['get bindings'],
    [`${of('Binding')}.Set`]: ['set bindings'],
    [`${of('Class')}.Add`]: ['add class {Name}'],
    [`${of('Class')}.Get`]: ['get class {Name}', 'enumerate classes'],
    [`${of('Class')}.Remove`]: ['delete class {Name}'],
    [`${of('Class')}.Set`]: ['set class {Name}'],
    [`${of('DnsSetting')}.Get`]: ['get DNS settings'],
    [`${of('DnsSetting')}.Set`]: ['set DNS settings'],
    [`${of('ExclusionRange')}.Add`]: [`add ${range} to scope ${scope}`],
    [`${of('ExclusionRange')}.Get`]: [`enumerate exclusion ranges of scope ${scope}`, 'enumerate exclusion ranges'],
    [`${of('ExclusionRange')}.Remove`]: [`delete exclusion range from scope ${scope}`],
    [`${of('FreeIPAddress')}.Get`]: [`get free IP addresses in scope ${scope}`],
    [`${of('Lease')}.Add`]: ['add lease {IPAddress}'],
    [`${of('Lease')}.GetByIPAddress`]: ['get lease information for IPAddress {IPAddress} from DHCP server {server}'],
    [`${of('Lease')}.RemoveByIPAddress`]: ['delete lease {IPAddress}'],
    [`${of('OptionDefinition')}.Add`]: ['add option definition {OptionId}'],
    [`${of('OptionDefinition')}.Get`]: ['get option definition {OptionId}', 'get option definitions'],
    [`${of('OptionDefinition')}.Remove`]: ['delete option definition {OptionId}'],
    [`${of('OptionDefinition')}.Set`]: ['set option definition {OptionId}'],
    [`${of('OptionValue')}.Get`]: ['get option value of {OptionId}', 'get option values'],
    [`${of('OptionValue')}.Remove`]: ['delete option value of {OptionId}'],
    [`${of('OptionValue')}.SetByCommonOptions`]: ['set option values'],
    [`${of('OptionValue')}.SetByOptionId`]: ['set option value of {OptionId}'],
    [`${of('Reservation')}.Add`]: [`add reservation {IPAddress} in scope ${scope}`],
    [`${of('Reservation')}.GetByIPAddress`]: ['get reservation {IPAddress}'],
    [`${of('Reservation')}.RemoveByIPAddress`]: ['delete reservation {IPAddress}'],
    [`${of('Reservation')}.Set`]: ['set properties of reservation {IPAddress}'],
    [`${of('Scope')}.Get`]: [`get scope information for scope ${scope}`, 'enumerate scopes'],
    [`${of('Scope')}.Remove`]: [`delete scope ${scope}`],
    [`${of('ScopeStatistics')}.Get`]: [`get statistics of scope ${scope}`, 'get statistics of scopes'],
    [`${of('Statistics')}.Get`]: ['get statistics'],
  };
}

/** By class and method in lower case, as WMI compares names. */
const byMethod: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(sentences).map(([method, candidates]) => [method.toLowerCase(), candidates]),
);

/**
 * What an operation says when it fails as a whole. `value` gives a parameter of the call as text, undefined for one that was not given.
 * Undefined for a method that is none of the provider's.
 */
export function failedOperation(
  method: string,
  value: (parameter: string) => string | undefined,
  host: string,
): string | undefined {
  const candidates = byMethod.get(method.toLowerCase()) ?? [];
  const said =
    candidates.find((candidate) => parametersOf(candidate).every((name) => value(name) !== undefined)) ??
    candidates[candidates.length - 1];
  if (said === undefined) return undefined;
  const whole = said.includes(SERVER) ? said : `${said} on DHCP server ${SERVER}`;
  return `Failed to ${whole.replace(PARAMETER, (all, name: string) => (all === SERVER ? host : (value(name) ?? '')))}.`;
}

const SERVER = '{server}';
const PARAMETER = /\{(\w+)\}/g;

function parametersOf(sentence: string): string[] {
  return [...sentence.matchAll(PARAMETER)].flatMap(([all, name = '']) => (all === SERVER ? [] : [name]));
}
