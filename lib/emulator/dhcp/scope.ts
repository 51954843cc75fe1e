import { formatIpv4, parseIpv4 } from '../../base/network/ip-address.js';
import { broadcastOf, networkOf } from './subnet.js';

export interface AddressRange {
  readonly startRange: string;
  readonly endRange: string;
}

export interface Reservation {
  readonly ipAddress: string;
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  readonly type: 'Dhcp' | 'Bootp' | 'Both';
  readonly optionValues?: readonly OptionValue[];
}

export interface OptionValue {
  readonly optionId: number;
  readonly value: readonly string[];
  readonly vendorClass?: string;
  readonly userClass?: string;
  readonly policyName?: string;
}

export interface ScopePolicy {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly condition: 'And' | 'Or';
  readonly processingOrder: number;
  readonly macAddress: readonly string[];
  readonly ranges: readonly AddressRange[];
  /** Conditions: comparators, each followed by its values. */
  readonly vendorClass?: readonly string[];
  readonly userClass?: readonly string[];
  readonly clientId?: readonly string[];
  readonly relayAgent?: readonly string[];
  readonly circuitId?: readonly string[];
  readonly remoteId?: readonly string[];
  readonly subscriberId?: readonly string[];
  readonly fqdn?: readonly string[];
  readonly dnsSuffix?: string;
  readonly optionValues?: readonly OptionValue[];
}

/** What replication copies of a scope: everything but its state and its leases. */
export interface ScopeConfiguration {
  /** The network address. */
  scopeId: string;
  name: string;
  description: string;
  subnetMask: string;
  startRange: string;
  endRange: string;
  superscopeName: string;
  /** {@link UNLIMITED_LEASE_SECONDS}: for ever. */
  leaseDurationSeconds: number;
  napEnable: boolean;
  napProfile: string;
  /** Milliseconds before an offer. */
  delay: number;
  type: 'Dhcp' | 'Bootp' | 'Both';
  maxBootpClients: number;
  activatePolicies: boolean;
  exclusions: AddressRange[];
  reservations: Reservation[];
  optionValues: OptionValue[];
  policies: ScopePolicy[];
}

export type LeaseState = 'Offered' | 'Active' | 'Declined' | 'Expired';
export const clientTypes = ['UnSpecified', 'Dhcp', 'BootP', 'None', 'Both'] as const;
export type ClientType = (typeof clientTypes)[number];
export const dnsRecords = ['A', 'PTR', 'AandPTR', 'NoRegistration'] as const;
export type DnsRecords = (typeof dnsRecords)[number];
export const dnsRegistrations = ['Complete', 'Pending', 'NotApplicable'] as const;
export type DnsRegistration = (typeof dnsRegistrations)[number];
export const napStatuses = [
  'FullAccess',
  'RestrictedAccess',
  'DropPacket',
  'InProbation',
  'Exempt',
  'DefaultQuarantineSetting',
  'NoQuarantineInfo',
] as const;
export type NapStatus = (typeof napStatuses)[number];

export interface Lease {
  readonly ipAddress: string;
  readonly clientId: string;
  readonly hostName: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Address of the server that granted it. */
  readonly serverIp: string;
  /** Default Active. Past its end every lease counts as Expired. */
  readonly state?: LeaseState;
  readonly description?: string;
  /** Default Dhcp. */
  readonly clientType?: ClientType;
  /** DNS records that the server keeps for it; default NoRegistration. */
  readonly dnsRR?: DnsRecords;
  readonly dnsRegistration?: DnsRegistration;
  readonly napCapable?: boolean;
  readonly napStatus?: NapStatus;
  /** Milliseconds since 1970. */
  readonly probationEnds?: number;
  readonly policyName?: string;
}

export type ScopeState = 'Active' | 'Inactive';

/** A scope as one server holds it. Whether it takes part in failover follows from the server's relationships. */
export interface Scope {
  configuration: ScopeConfiguration;
  state: ScopeState;
  /** By address. */
  readonly leases: Map<string, Lease>;
}

/** Eight days, the default of Windows. */
export const DEFAULT_LEASE_SECONDS = 8 * 86_400;
/** "0xffffffff to represent infinity" (RFC 2131 3.3); cmdlets show it as the longest time span. */
export const UNLIMITED_LEASE_SECONDS = 0xffff_ffff;

/** The last moment that a Date can name. */
export const END_OF_TIME = 8.64e15;

/** When a lease that begins now ends, in milliseconds since 1970. */
export function leaseEnd(now: number, seconds: number): number {
  return seconds === UNLIMITED_LEASE_SECONDS ? END_OF_TIME : Math.min(now + seconds * 1000, END_OF_TIME);
}

export type ScopeConfigurationInput = Pick<ScopeConfiguration, 'scopeId'> & Partial<ScopeConfiguration>;

/** A configuration with Windows' defaults; the range defaults to every host address of the network but the first nine. */
export function scopeConfiguration(input: ScopeConfigurationInput): ScopeConfiguration {
  const subnetMask = input.subnetMask ?? '255.255.255.0';
  const network = parseIpv4(input.scopeId) ?? 0;
  const last = broadcastOf(network, parseIpv4(subnetMask) ?? 0) - 1;
  return {
    scopeId: input.scopeId,
    name: input.name ?? input.scopeId,
    description: input.description ?? '',
    subnetMask,
    startRange: input.startRange ?? formatIpv4(Math.min(network + 10, last)),
    endRange: input.endRange ?? formatIpv4(last),
    superscopeName: input.superscopeName ?? '',
    leaseDurationSeconds: input.leaseDurationSeconds ?? DEFAULT_LEASE_SECONDS,
    napEnable: input.napEnable ?? false,
    napProfile: input.napProfile ?? '',
    delay: input.delay ?? 0,
    type: input.type ?? 'Dhcp',
    maxBootpClients: input.maxBootpClients ?? 0xffffffff,
    activatePolicies: input.activatePolicies ?? true,
    exclusions: [...(input.exclusions ?? [])],
    reservations: [...(input.reservations ?? [])],
    optionValues: [...(input.optionValues ?? [])],
    policies: [...(input.policies ?? [])],
  };
}

/** A copy that shares nothing with the original. */
export function copyConfiguration(configuration: ScopeConfiguration): ScopeConfiguration {
  return structuredClone(configuration);
}

/** True when the subnets of two scopes share an address. */
export function scopesOverlap(a: ScopeConfiguration, b: ScopeConfiguration): boolean {
  const [aMask, bMask] = [parseIpv4(a.subnetMask) ?? 0, parseIpv4(b.subnetMask) ?? 0];
  const wider = (aMask & bMask) >>> 0;
  return networkOf(parseIpv4(a.scopeId) ?? 0, wider) === networkOf(parseIpv4(b.scopeId) ?? 0, wider);
}

/** Addresses that a scope can lease: its range without exclusions and reservations, in ascending order. */
export function leasableAddresses(configuration: ScopeConfiguration): number[] {
  const start = parseIpv4(configuration.startRange);
  const end = parseIpv4(configuration.endRange);
  if (start === undefined || end === undefined) return [];
  const reserved = new Set(configuration.reservations.map((reservation) => parseIpv4(reservation.ipAddress)));
  const excluded = configuration.exclusions.map(
    (range) => [parseIpv4(range.startRange) ?? 0, parseIpv4(range.endRange) ?? 0] as const,
  );
  const addresses: number[] = [];
  for (let address = start; address <= end; address++) {
    if (reserved.has(address) || excluded.some(([from, to]) => address >= from && address <= to)) continue;
    addresses.push(address);
  }
  return addresses;
}
