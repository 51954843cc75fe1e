import { dhcpError } from '../dhcp-error.js';
import { clientIdOf } from '../leases/client-id.js';
import { timeOf } from '../leases/lease-records.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import { leaseEnd } from '../scope.js';
import type { Dhcpv6Lease, Dhcpv6Reservation, Dhcpv6Scope } from '../state/dhcpv6-configuration.js';
import { addressOf, calledScope, scopeOfAddress, storeScope } from './find-dhcpv6-scope.js';
import { formatIpv6, prefixOf } from './ipv6-address.js';

const RESERVATION = 'DhcpServerv6Reservation';
const LEASE = 'DhcpServerv6Lease';

interface Client {
  readonly clientDuid: string;
  readonly iaid: number;
}

const sameClient = (a: Client, b: Client) => a.clientDuid === b.clientDuid && a.iaid === b.iaid;

/** The DUID and IAID of a call; 87 for a DUID that is not hexadecimal. */
function clientOf({ parameters }: ServerCall, fallback: Client | undefined, message: string): Client {
  const given = parameters.text('ClientDuid');
  const clientDuid = given === undefined ? fallback?.clientDuid : clientIdOf(given);
  const iaid = parameters.number('Iaid') ?? fallback?.iaid;
  if (clientDuid === undefined || iaid === undefined) throw dhcpError(87, message);
  return { clientDuid, iaid };
}

function reservationRow(scope: Dhcpv6Scope, reservation: Dhcpv6Reservation, now: number): Row {
  const { ipAddress } = reservation;
  const isLeased = scope.leases.some((lease) => lease.ipAddress === ipAddress && lease.expiresAt > now);
  return {
    Prefix: scope.prefix,
    IPAddress: ipAddress,
    ClientDuid: reservation.clientDuid,
    Iaid: reservation.iaid,
    Name: reservation.name,
    Description: reservation.description,
    AddressState: isLeased ? 'ActiveReservation' : 'InactiveReservation',
  };
}

function leaseRow(scope: Dhcpv6Scope, lease: Dhcpv6Lease): Row {
  return {
    Prefix: scope.prefix,
    IPAddress: lease.ipAddress,
    ClientDuid: lease.clientDuid,
    Iaid: lease.iaid,
    AddressType: lease.addressType,
    HostName: lease.hostName === '' ? null : lease.hostName,
    Description: lease.description === '' ? null : lease.description,
    LeaseExpiryTime: timeOf(lease.expiresAt),
  };
}

interface Found<T> {
  readonly scope: Dhcpv6Scope;
  readonly one: T;
}

/** What stands at the addresses of a call, one error for each at which there is nothing. */
function atAddresses<T extends { readonly ipAddress: string }>(
  { server, parameters, host }: ServerCall,
  of: (scope: Dhcpv6Scope) => readonly T[],
  what: string,
  absentCode: number,
): ProviderResult<Found<T>> {
  return forEachItem(parameters.texts('IPAddress') ?? [], (text) => {
    const message = messages.failed(`${what} ${text}`, host);
    const address = addressOf(text, message);
    const scope = scopeOfAddress(server, address);
    const key = formatIpv6(address);
    const one = scope === undefined ? undefined : of(scope).find(({ ipAddress }) => ipAddress === key);
    if (scope === undefined || one === undefined) throw dhcpError(absentCode, message);
    return [{ scope, one }];
  });
}

const reservationsOf = (scope: Dhcpv6Scope) => scope.reservations;
const leasesOf = (scope: Dhcpv6Scope) => scope.leases;

function inScope<T>(
  call: ServerCall,
  of: (scope: Dhcpv6Scope) => readonly T[],
  verb: string,
): ProviderResult<Found<T>> {
  const message = messages.failed(`${verb} scope ${call.parameters.text('Prefix')}`, call.host);
  const scope = calledScope(call, message, 2);
  return { output: of(scope).map((one) => ({ scope, one })), errors: [] };
}

function current({ server }: ServerCall, { prefix }: Dhcpv6Scope): Dhcpv6Scope {
  const scope = server.configuration.v6.scopes.find((one) => one.prefix === prefix);
  if (scope === undefined) throw new Error(`The scope ${prefix} has gone.`);
  return scope;
}

/** MS-DHCPM 3.2.4.60: a lease of another client on the address goes, the client's own stays. */
function addReservation(call: ServerCall): Row[] {
  const { server, parameters, host, now } = call;
  const text = parameters.text('IPAddress') ?? '';
  const message = messages.failed(`add reservation ${text}`, host);
  const scope = calledScope(call, message, 2);
  const address = addressOf(text, message);
  if (formatIpv6(prefixOf(address)) !== scope.prefix) throw dhcpError(87, message);
  const client = clientOf(call, undefined, message);
  const ipAddress = formatIpv6(address);
  const isTaken = scope.reservations.some((one) => one.ipAddress === ipAddress || sameClient(one, client));
  if (isTaken) throw dhcpError(20022, message);
  const reservation: Dhcpv6Reservation = {
    ...client,
    ipAddress,
    name: parameters.text('Name') ?? '',
    description: parameters.text('Description') ?? '',
    optionValues: [],
  };
  const leases = scope.leases.filter((lease) => lease.ipAddress !== ipAddress || sameClient(lease, client));
  const changed = { ...scope, leases, reservations: [...scope.reservations, reservation] };
  storeScope(server, changed);
  return [reservationRow(changed, reservation, now)];
}

function setReservation(call: ServerCall): Row[] {
  const { server, parameters, host, now } = call;
  const text = parameters.text('IPAddress') ?? '';
  const message = messages.failed(`set properties of reservation ${text}`, host);
  if (!['ClientDuid', 'Iaid', 'Name', 'Description'].some((name) => parameters.has(name))) throw dhcpError(87, message);
  const address = addressOf(text, message);
  const scope = scopeOfAddress(server, address);
  const old = scope?.reservations.find(({ ipAddress }) => ipAddress === formatIpv6(address));
  if (scope === undefined || old === undefined) throw dhcpError(20018, message);
  const client = clientOf(call, old, message);
  if (scope.reservations.some((one) => one !== old && sameClient(one, client))) throw dhcpError(20022, message);
  const next: Dhcpv6Reservation = {
    ...old,
    ...client,
    name: parameters.text('Name') || old.name,
    description: parameters.text('Description') ?? old.description,
  };
  const changed = { ...scope, reservations: scope.reservations.map((one) => (one === old ? next : one)) };
  storeScope(server, changed);
  return [reservationRow(changed, next, now)];
}

/** An active lease stays (MS-DHCPM 3.2.4.62). */
function removeReservations(
  call: ServerCall,
  { output, errors }: ProviderResult<Found<Dhcpv6Reservation>>,
): ProviderResult<Row> {
  const rows = output.map(({ scope, one }) => {
    const now = current(call, scope);
    storeScope(call.server, { ...now, reservations: now.reservations.filter((other) => other !== one) });
    return reservationRow(now, one, call.now);
  });
  return { output: rows, errors };
}

/** MS-DHCPM 3.2.4.125. */
function addLease(call: ServerCall): Row[] {
  const { server, parameters, host, now } = call;
  const text = parameters.text('IPAddress') ?? '';
  const message = messages.failed(`add lease ${text}`, host);
  const address = addressOf(text, message);
  const client = clientOf(call, undefined, message);
  const scope = scopeOfAddress(server, address);
  if (scope === undefined) throw dhcpError(20005, message);
  const ipAddress = formatIpv6(address);
  const exists = scope.leases.some((one) => one.ipAddress === ipAddress || sameClient(one, client));
  if (exists) throw dhcpError(20014, message);
  const lease: Dhcpv6Lease = {
    ...client,
    ipAddress,
    addressType: parameters.choice('AddressType', ['IANA', 'IATA']) ?? 'IANA',
    hostName: parameters.text('HostName') ?? '',
    description: parameters.text('Description') ?? '',
    expiresAt: parameters.time('LeaseExpiryTime') ?? leaseEnd(now, scope.validLifetime),
  };
  storeScope(server, { ...scope, leases: [...scope.leases, lease] });
  return [leaseRow(scope, lease)];
}

/** A reservation's lease stays: 20022 here, where DHCPv4 has 20019 (MS-DHCPM 3.2.4.74). */
function removeLeases(call: ServerCall, found: ProviderResult<Found<Dhcpv6Lease>>): ProviderResult<Row> {
  const result = forEachItem(found.output, ({ scope, one }) => {
    const now = current(call, scope);
    if (now.reservations.some(({ ipAddress }) => ipAddress === one.ipAddress)) {
      throw dhcpError(20022, messages.failed(`delete lease ${one.ipAddress}`, call.host));
    }
    storeScope(call.server, { ...now, leases: now.leases.filter((other) => other !== one) });
    return [leaseRow(scope, one)];
  });
  return { output: result.output, errors: [...found.errors, ...result.errors] };
}

const shown = <T>(
  { output, errors }: ProviderResult<Found<T>>,
  row: (found: Found<T>) => Row,
): ProviderResult<Row> => ({
  output: output.map(row),
  errors,
});

const leaseAbsent = ({ context }: ServerCall): number => context.network.choices.leaseAbsentCode;

/** PS_DhcpServerv6Reservation and PS_DhcpServerv6Lease. */
export const dhcpv6ClientMethods: ProviderMethods = {
  'PS_DhcpServerv6Reservation.GetByPrefix': reads(RESERVATION, (call) =>
    shown(inScope(call, reservationsOf, 'get reservations of'), ({ scope, one }) =>
      reservationRow(scope, one, call.now),
    ),
  ),
  'PS_DhcpServerv6Reservation.GetByIPAddress': reads(RESERVATION, (call) =>
    shown(atAddresses(call, reservationsOf, 'get reservation', 20018), ({ scope, one }) =>
      reservationRow(scope, one, call.now),
    ),
  ),
  'PS_DhcpServerv6Reservation.Add': changes(RESERVATION, addReservation),
  'PS_DhcpServerv6Reservation.Set': changes(RESERVATION, setReservation),
  'PS_DhcpServerv6Reservation.RemoveByPrefix': changes(RESERVATION, (call) =>
    removeReservations(call, inScope(call, reservationsOf, 'delete reservations of')),
  ),
  'PS_DhcpServerv6Reservation.RemoveByIPAddress': changes(RESERVATION, (call) =>
    removeReservations(call, atAddresses(call, reservationsOf, 'delete reservation', 2)),
  ),
  'PS_DhcpServerv6Lease.GetByPrefix': reads(LEASE, (call) =>
    shown(inScope(call, leasesOf, 'get leases of'), ({ scope, one }) => leaseRow(scope, one)),
  ),
  'PS_DhcpServerv6Lease.GetByIPAddress': reads(LEASE, (call) =>
    shown(atAddresses(call, leasesOf, 'get lease', leaseAbsent(call)), ({ scope, one }) => leaseRow(scope, one)),
  ),
  'PS_DhcpServerv6Lease.Add': changes(LEASE, addLease),
  'PS_DhcpServerv6Lease.RemoveByPrefix': changes(LEASE, (call) =>
    removeLeases(call, inScope(call, leasesOf, 'delete leases of')),
  ),
  'PS_DhcpServerv6Lease.RemoveByIPAddress': changes(LEASE, (call) =>
    removeLeases(call, atAddresses(call, leasesOf, 'delete lease', leaseAbsent(call))),
  ),
};
