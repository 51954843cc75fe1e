import { parseIpv4 } from '../../../base/network/ip-address.js';
import { CimDateTime } from '../../../cim/value/cim-date-time.js';
import type { Row } from '../provider/provider-method.js';
import { END_OF_TIME, type Lease, type LeaseState, type Reservation, type Scope } from '../scope.js';

/** Owner of the record of a reservation that no client has leased (MS-DHCPM 3.2.4.38). */
const NOBODY = '255.255.255.255';

/** A client record of a scope (MS-DHCPM 3.1.1.7): a lease, a reservation, or a reservation that is leased. */
export interface LeaseRecord {
  readonly scope: Scope;
  readonly ipAddress: string;
  readonly lease: Lease | undefined;
  readonly reservation: Reservation | undefined;
}

/** The records of a scope, ascending by address. */
export function leaseRecords(scope: Scope): LeaseRecord[] {
  const reservations = new Map(scope.configuration.reservations.map((one) => [one.ipAddress, one]));
  const records = [...scope.leases.values()].map(
    (lease): LeaseRecord => ({
      scope,
      ipAddress: lease.ipAddress,
      lease,
      reservation: reservations.get(lease.ipAddress),
    }),
  );
  for (const reservation of reservations.values()) {
    const { ipAddress } = reservation;
    if (!scope.leases.has(ipAddress)) records.push({ scope, ipAddress, lease: undefined, reservation });
  }
  const numbered = records.map((record) => [parseIpv4(record.ipAddress) ?? 0, record] as const);
  return numbered.sort(([a], [b]) => a - b).map(([, record]) => record);
}

/** What a lease is now: past its end it is expired ("doomed"), whatever it was. */
export function leaseState(lease: Lease, now: number): LeaseState {
  return lease.expiresAt <= now ? 'Expired' : (lease.state ?? 'Active');
}

/** Whether the address's bit in the range is set: leased or declined now, or reserved (MS-DHCPM 3.2.4.38, 3.2.4.123). */
export function isInUse({ lease, reservation }: LeaseRecord, now: number): boolean {
  if (reservation !== undefined) return true;
  const state = lease === undefined ? 'Expired' : leaseState(lease, now);
  return state === 'Active' || state === 'Declined';
}

export type AddressState = LeaseState | 'ActiveReservation' | 'InactiveReservation';

export function addressState({ lease, reservation }: LeaseRecord, now: number): AddressState {
  const state = lease === undefined ? 'Expired' : leaseState(lease, now);
  if (reservation === undefined) return state;
  return state === 'Active' ? 'ActiveReservation' : 'InactiveReservation';
}

/** A record as the class DhcpServerv4Lease shows it. */
export function leaseRow(record: LeaseRecord, now: number): Row {
  const { scope, ipAddress, lease, reservation } = record;
  const state = addressState(record, now);
  return {
    AddressState: state,
    IPAddress: ipAddress,
    ScopeId: scope.configuration.scopeId,
    ClientId: lease?.clientId ?? reservation?.clientId ?? '',
    HostName: orNull(state === 'Declined' ? 'BAD_ADDRESS' : lease?.hostName || reservation?.name),
    Description: orNull(lease?.description ?? reservation?.description),
    ClientType: shownClientType(lease),
    LeaseExpiryTime: lease === undefined || state === 'InactiveReservation' ? null : timeOf(lease.expiresAt),
    NapCapable: lease?.napCapable ?? false,
    NapStatus: lease?.napStatus ?? 'FullAccess',
    ProbationEnds: lease?.probationEnds === undefined ? null : timeOf(lease.probationEnds),
    PolicyName: orNull(lease?.policyName),
    ...shownDns(lease),
    ServerIP: lease?.serverIp ?? NOBODY,
  };
}

/** Records of which nothing is said are registered; where there are none, nothing can be (MS-DHCPM 2.2.1.2.14). */
function shownDns(lease: Lease | undefined): Row {
  const records = lease?.dnsRR ?? 'NoRegistration';
  const registered = lease?.dnsRegistration ?? 'Complete';
  return { DnsRR: records, DnsRegistration: records === 'NoRegistration' ? 'NotApplicable' : registered };
}

function shownClientType(lease: Lease | undefined): string {
  return lease === undefined ? 'None' : (lease.clientType ?? 'Dhcp');
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** A point in time as CIM has it; null for one that never comes. */
export function timeOf(milliseconds: number): CimDateTime | null {
  return milliseconds >= END_OF_TIME ? null : CimDateTime.from(new Date(milliseconds));
}
