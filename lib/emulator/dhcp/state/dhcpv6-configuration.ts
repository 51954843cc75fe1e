import type { AddressRange, OptionValue } from '../scope.js';
import type { DhcpClass } from './dhcp-class.js';
import type { DhcpOptionDefinition, OptionType } from './option-definition.js';

export interface Dhcpv6Lease {
  readonly ipAddress: string;
  readonly clientDuid: string;
  readonly iaid: number;
  readonly addressType: 'IANA' | 'IATA';
  readonly hostName: string;
  readonly description: string;
  /** End of the valid lifetime, milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface Dhcpv6Reservation {
  readonly ipAddress: string;
  readonly clientDuid: string;
  readonly iaid: number;
  readonly name: string;
  readonly description: string;
  readonly optionValues: readonly OptionValue[];
}

export interface StatelessStore {
  readonly enabled: boolean;
  /** Whole hours, in seconds. */
  readonly purgeIntervalSeconds: number;
}

export interface Dhcpv6Scope {
  /** The first address of a /64. */
  readonly prefix: string;
  readonly name: string;
  readonly description: string;
  readonly state: 'Active' | 'InActive';
  readonly preference: number;
  /** Seconds. */
  readonly preferredLifetime: number;
  readonly validLifetime: number;
  readonly t1: number;
  readonly t2: number;
  readonly exclusions: readonly AddressRange[];
  readonly reservations: readonly Dhcpv6Reservation[];
  readonly leases: readonly Dhcpv6Lease[];
  readonly optionValues: readonly OptionValue[];
  /** Undefined: as the server. */
  readonly stateless?: StatelessStore;
}

/** The DHCPv6 side of a server. */
export interface Dhcpv6Configuration {
  scopes: readonly Dhcpv6Scope[];
  optionDefinitions: readonly DhcpOptionDefinition[];
  optionValues: readonly OptionValue[];
  classes: readonly DhcpClass[];
  stateless: StatelessStore;
}

const HOURS = 3600;

/** Names of RFCs 3319, 3646, 3898, 4075 and 4242, since no source has those of Windows (but 21's). */
function option(
  optionId: number,
  name: string,
  type: OptionType,
  value: string,
  multiValued = true,
): DhcpOptionDefinition {
  return { optionId, name, description: name.trim(), vendorClass: '', type, multiValued, defaultValue: [value] };
}

export function newDhcpv6Configuration(): Dhcpv6Configuration {
  return {
    scopes: [],
    optionDefinitions: [
      option(21, 'SIP Server Domain Name List ', 'String', ''),
      option(22, 'SIP Servers IPv6 Address List', 'IPv6Address', '::'),
      option(23, 'DNS Recursive Name Server IPv6 Address List', 'IPv6Address', '::'),
      option(24, 'Domain Search List', 'String', ''),
      option(27, 'NIS IPv6 Address List', 'IPv6Address', '::'),
      option(28, 'NIS+ IPv6 Address List', 'IPv6Address', '::'),
      option(29, 'NIS Domain List', 'String', ''),
      option(30, 'NIS+ Domain Name List', 'String', ''),
      option(31, 'SNTP Servers IPv6 Address List', 'IPv6Address', '::'),
      option(32, 'Information Refresh Time', 'DWord', '86400', false),
    ],
    optionValues: [],
    classes: [
      {
        name: 'Microsoft Windows Options',
        type: 'Vendor',
        data: '0x4d53465420352e30',
        description: 'Vendor options of Windows clients',
        vendorId: 311,
        builtIn: true,
      },
    ],
    stateless: { enabled: false, purgeIntervalSeconds: 720 * HOURS },
  };
}
