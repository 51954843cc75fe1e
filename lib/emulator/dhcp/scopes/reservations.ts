import { formatIpv4 } from '../../../base/network/ip-address.js';
import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { clientIdOf, sameClient } from '../leases/client-id.js';
import { addressState } from '../leases/lease-records.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import { leaseEnd, type Reservation, type Scope } from '../scope.js';
import { addressOf, reservationOf, scopeNamed, scopeOfAddress } from './find-scope.js';

const CLASS = 'DhcpServerv4Reservation';
const TYPES = ['Dhcp', 'Bootp', 'Both'] as const;

interface Found {
  readonly scope: Scope;
  readonly reservation: Reservation;
  /** What the caller named the scope, which the output repeats. */
  readonly scopeId: string;
}

const rowOf = ({ scope, reservation, scopeId }: Found, now: number): Row => {
  const { ipAddress } = reservation;
  return {
    ScopeId: scopeId,
    IPAddress: ipAddress,
    ClientId: reservation.clientId,
    Name: reservation.name,
    Description: reservation.description,
    Type: reservation.type,
    AddressState: addressState({ scope, ipAddress, lease: scope.leases.get(ipAddress), reservation }, now),
  };
};

/** The scope of an address and its reservation; 20018 when there is none. */
export function reservationAt(server: DhcpServer, ipAddress: string, failed: string): Found {
  const address = addressOf(ipAddress, failed);
  const scope = scopeOfAddress(server, address);
  const reservation = scope && reservationOf(scope, formatIpv4(address));
  if (scope === undefined || reservation === undefined) throw dhcpError(20018, failed);
  return { scope, reservation, scopeId: scope.configuration.scopeId };
}

function scopeOf({ server, host, parameters }: ServerCall): readonly [Scope, string] {
  const scopeId = parameters.text('ScopeId') ?? '';
  return [scopeNamed(server, scopeId, messages.getScope(scopeId, host)), scopeId];
}

function inScope(call: ServerCall): Found[] {
  const [scope, scopeId] = scopeOf(call);
  return scope.configuration.reservations.map((reservation) => ({ scope, reservation, scopeId }));
}

function ofClients(call: ServerCall, leasesToo: boolean): ProviderResult<Found> {
  const [scope, scopeId] = scopeOf(call);
  return forEachItem(call.parameters.texts('ClientId') ?? [], (clientId) => {
    const { reservations } = scope.configuration;
    const reservation = reservations.find((one) => sameClient(one.clientId, clientId));
    if (reservation !== undefined) return [{ scope, reservation, scopeId }];
    const lease = leasesToo ? [...scope.leases.values()].find((one) => sameClient(one.clientId, clientId)) : undefined;
    if (lease === undefined) {
      throw dhcpError(20018, messages.failed(`get reservation of client ${clientId} in scope ${scopeId}`, call.host));
    }
    // Windows gives out the lease as if it were a reservation; its makers call that a fault.
    const { ipAddress, hostName: name, description = '' } = lease;
    return [
      {
        scope,
        scopeId,
        reservation: { ipAddress, clientId: lease.clientId, name, description, type: 'Both' as const },
      },
    ];
  });
}

function ofAddresses({ server, host, parameters }: ServerCall, verb: string): ProviderResult<Found> {
  return forEachItem(parameters.texts('IPAddress') ?? [], (ipAddress) => [
    reservationAt(server, ipAddress, messages.failed(`${verb} reservation ${ipAddress}`, host)),
  ]);
}

function checkedClientId(call: ServerCall, failed: string): string | undefined {
  const given = call.parameters.text('ClientId');
  if (given === undefined) return undefined;
  const clientId = clientIdOf(given);
  if (clientId === undefined) throw dhcpError(call.context.network.choices.badClientIdCode, failed);
  return clientId;
}

/** Checks in the order of MS-DHCPM 3.2.4.38; the address must be in the subnet, not in the range. */
function add(call: ServerCall): Row[] {
  const { parameters, host, now } = call;
  const [scope, scopeId] = scopeOf(call);
  const given = parameters.text('IPAddress') ?? '';
  const failed = messages.failed(`add reservation ${given} in scope ${scopeId}`, host);
  const address = addressOf(given, failed);
  const clientId = checkedClientId(call, failed) ?? '';
  if (scopeOfAddress(call.server, address) !== scope) throw dhcpError(20018, failed);
  const ipAddress = formatIpv4(address);
  const { configuration } = scope;
  const isTaken = configuration.reservations.some(
    (other) => other.ipAddress === ipAddress || sameClient(other.clientId, clientId),
  );
  if (isTaken) throw dhcpError(20022, failed);
  const reservation: Reservation = {
    ipAddress,
    clientId,
    name: parameters.text('Name') ?? '',
    description: parameters.text('Description') ?? '',
    type: parameters.choice('Type', TYPES) ?? 'Both',
  };
  configuration.reservations = [...configuration.reservations, reservation];
  return [rowOf({ scope, reservation, scopeId }, now)];
}

function set(call: ServerCall): Row[] {
  const { parameters, server, host, now } = call;
  const ipAddress = parameters.text('IPAddress') ?? '';
  const failed = messages.failed(`set properties of reservation ${ipAddress}`, host);
  if (!['ClientId', 'Name', 'Description', 'Type'].some((name) => parameters.has(name))) throw dhcpError(87, failed);
  const { scope, reservation, scopeId } = reservationAt(server, ipAddress, failed);
  const clientId = checkedClientId(call, failed) ?? reservation.clientId;
  const { configuration } = scope;
  const isTaken = configuration.reservations.some(
    (other) => other !== reservation && sameClient(other.clientId, clientId),
  );
  if (isTaken) throw dhcpError(20022, failed);
  const changed: Reservation = {
    ...reservation,
    clientId,
    // An empty name keeps the old one.
    name: parameters.text('Name') || reservation.name,
    description: parameters.text('Description') ?? reservation.description,
    type: parameters.choice('Type', TYPES) ?? reservation.type,
  };
  configuration.reservations = configuration.reservations.map((one) => (one === reservation ? changed : one));
  return [rowOf({ scope, reservation: changed, scopeId }, now)];
}

/** The reservation goes with its option values; a lease stays as an ordinary one for the scope's time (MS-DHCPM 3.2.4.40). */
function remove(call: ServerCall, { output, errors }: ProviderResult<Found>): ProviderResult<Row> {
  const rows = output.map((found) => {
    const row = rowOf(found, call.now);
    const { configuration, leases } = found.scope;
    const { ipAddress } = found.reservation;
    configuration.reservations = configuration.reservations.filter((one) => one.ipAddress !== ipAddress);
    const lease = leases.get(ipAddress);
    if (lease !== undefined) {
      leases.set(ipAddress, { ...lease, expiresAt: leaseEnd(call.now, configuration.leaseDurationSeconds) });
    }
    return row;
  });
  return { output: rows, errors };
}

const shown = (call: ServerCall, { output, errors }: ProviderResult<Found>): ProviderResult<Row> => ({
  output: output.map((found) => rowOf(found, call.now)),
  errors,
});

/** PS_DhcpServerv4Reservation (MS-DHCPM 3.2.4.38 to 3.2.4.40). */
export const reservationMethods: ProviderMethods = {
  'PS_DhcpServerv4Reservation.GetByScopeId': reads(CLASS, (call) => shown(call, { output: inScope(call), errors: [] })),
  'PS_DhcpServerv4Reservation.GetByClientId': reads(CLASS, (call) => shown(call, ofClients(call, true))),
  'PS_DhcpServerv4Reservation.GetByIPAddress': reads(CLASS, (call) => shown(call, ofAddresses(call, 'get'))),
  'PS_DhcpServerv4Reservation.Add': changes(CLASS, add),
  'PS_DhcpServerv4Reservation.Set': changes(CLASS, set),
  'PS_DhcpServerv4Reservation.RemoveByScopeId': changes(CLASS, (call) =>
    remove(call, { output: inScope(call), errors: [] }),
  ),
  'PS_DhcpServerv4Reservation.RemoveByClientId': changes(CLASS, (call) => remove(call, ofClients(call, false))),
  'PS_DhcpServerv4Reservation.RemoveByIPAddress': changes(CLASS, (call) => remove(call, ofAddresses(call, 'delete'))),
};
