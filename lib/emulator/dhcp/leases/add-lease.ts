import { formatIpv4, parseIpv4 } from '../../../base/network/ip-address.js';
import { AddressPool } from '../address-pool.js';
import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import type { ServerCall } from '../provider/provider-method.js';
import {
  clientTypes,
  dnsRecords,
  dnsRegistrations,
  type Lease,
  leaseEnd,
  type NapStatus,
  napStatuses,
  type Scope,
} from '../scope.js';
import { addressOf, reservationOf, scopeOfAddress } from '../scopes/find-scope.js';
import { clientIdOf } from './client-id.js';
import { hasClient } from './client-map.js';
import type { LeaseRecord } from './lease-records.js';

const STATES = ['Offered', 'Active', 'Declined', 'Expired', 'ActiveReservation', 'InactiveReservation'] as const;
/** How long nobody gets a declined address. */
const DECLINED_SECONDS = 600;

/** PS_DhcpServerv4Lease.Add with MS-DHCPM 3.2.4.123's checks in their order. */
export function addLease(call: ServerCall): LeaseRecord {
  const { server, host, parameters, context } = call;
  const given = parameters.text('IPAddress') ?? '';
  const failed = messages.leaseOf('add', 'IPAddress', given, host);
  const address = addressOf(given, failed);
  const clientId = clientIdOf(parameters.text('ClientId') ?? '');
  const state = parameters.choice('AddressState', STATES) ?? 'Active';
  if (clientId === undefined || state === 'Offered') throw dhcpError(87, failed);
  const scope = scopeOfAddress(server, address);
  if (scope === undefined || !isOfScope(call, scope)) throw dhcpError(20005, failed);
  const ipAddress = formatIpv4(address);
  const reservation = reservationOf(scope, ipAddress);
  if (scope.leases.has(ipAddress) || hasClient(scope.leases, clientId)) throw dhcpError(20014, failed);
  const probationEnds = parameters.time('ProbationEnds');
  const napStatus = checkedNapStatus(parameters.choice('NapStatus', napStatuses), probationEnds, failed);
  const lease: Lease = {
    ipAddress,
    clientId,
    hostName: parameters.text('HostName') ?? '',
    expiresAt: expiryOf(call, state, scope.configuration.leaseDurationSeconds),
    serverIp: server.address,
    ...(state === 'Declined' && { state }),
    ...defined('description', parameters.text('Description')),
    ...defined('clientType', parameters.choice('ClientType', clientTypes)),
    ...defined('dnsRR', parameters.choice('DnsRR', dnsRecords)),
    ...defined('dnsRegistration', parameters.choice('DnsRegistration', dnsRegistrations)),
    ...defined('napCapable', parameters.flag('NapCapable')),
    ...defined('napStatus', napStatus),
    ...defined('probationEnds', probationEnds),
    ...defined('policyName', parameters.text('PolicyName')),
  };
  const { scopeId } = scope.configuration;
  new AddressPool(context.network, context.engine).change(server, scopeId, ({ leases }) =>
    leases.set(ipAddress, lease),
  );
  context.network.emit({ type: 'lease-granted', server: server.name, scopeId, ipAddress });
  return { scope, ipAddress, lease, reservation };
}

/** A ScopeId, where one is given, names the scope that has the address. */
function isOfScope({ server, parameters }: ServerCall, scope: Scope): boolean {
  const scopeId = parameters.text('ScopeId');
  if (scopeId === undefined) return true;
  const address = parseIpv4(scopeId);
  return address !== undefined && scopeOfAddress(server, address) === scope;
}

/** A declined address returns to the pool after ten minutes; an expired lease has ended now, if no end is given. */
function expiryOf({ parameters, now }: ServerCall, state: (typeof STATES)[number], seconds: number): number {
  const given = parameters.time('LeaseExpiryTime');
  if (state === 'Expired' || state === 'InactiveReservation') return Math.min(given ?? now, now);
  return given ?? leaseEnd(now, state === 'Declined' ? DECLINED_SECONDS : seconds);
}

/** InProbation needs an end; an end alone means InProbation; with another status it is refused. */
function checkedNapStatus(
  status: NapStatus | undefined,
  probationEnds: number | undefined,
  failed: string,
): NapStatus | undefined {
  const inProbation = status === 'InProbation';
  if (inProbation && probationEnds === undefined) throw dhcpError(87, failed);
  if (probationEnds !== undefined && status !== undefined && !inProbation) throw dhcpError(87, failed);
  return probationEnds === undefined ? status : 'InProbation';
}

function defined<K extends string, const V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
