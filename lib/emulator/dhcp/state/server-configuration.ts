import type { AddressRange, OptionValue, ScopePolicy } from '../scope.js';
import type { DhcpClass } from './dhcp-class.js';
import { type Dhcpv6Configuration, newDhcpv6Configuration } from './dhcpv6-configuration.js';
import type { DhcpOptionDefinition } from './option-definition.js';
import { predefinedClasses } from './predefined-classes.js';
import { predefinedOptions } from './predefined-options.js';

export interface MacFilter {
  readonly list: 'Allow' | 'Deny';
  readonly macAddress: string;
  readonly description: string;
}

export interface MulticastLease {
  readonly ipAddress: string;
  readonly clientId: string;
  readonly hostName: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly expiresAt: number;
}

export interface MulticastScope {
  readonly name: string;
  readonly description: string;
  readonly startRange: string;
  readonly endRange: string;
  readonly leaseDurationSeconds: number;
  /** When the scope ends, milliseconds since 1970; null: never. */
  readonly expiryTime: number | null;
  readonly state: 'Active' | 'Inactive';
  readonly ttl: number;
  readonly exclusions: readonly AddressRange[];
  readonly leases: readonly MulticastLease[];
}

export interface InterfaceBinding {
  readonly interfaceAlias: string;
  readonly interfaceGuid: string;
  readonly interfaceIndex: number;
  readonly ipAddress: string;
  /** Of an interface with an IPv4 address. */
  readonly subnetMask?: string;
  readonly bound: boolean;
  /** The interface's binding cannot be changed. */
  readonly fixed?: boolean;
}

/** What one server stores beside its scopes; failover replicates nothing of it. */
export interface ServerConfiguration {
  settings: {
    readonly conflictDetectionAttempts: number;
    readonly napEnabled: boolean;
    readonly npsUnreachableAction: 'Full' | 'Restricted' | 'NoAccess';
    readonly activatePolicies: boolean;
    readonly dynamicBootp: boolean;
    readonly restoreStatus: boolean;
  };
  database: {
    readonly fileName: string;
    readonly backupPath: string;
    /** Minutes. */
    readonly backupInterval: number;
    readonly cleanupInterval: number;
    readonly loggingEnabled: boolean;
    readonly restoreFromBackup: boolean;
  };
  auditLog: {
    readonly enable: boolean;
    readonly path: string;
    readonly maxMBFileSize: number;
    readonly diskCheckInterval: number;
    readonly minMBDiskSpace: number;
  };
  /** Never a password: nothing that the emulator does needs it. */
  dnsCredential: { readonly userName: string; readonly domainName: string };
  /** The local groups DHCP Users and DHCP Administrators exist. */
  securityGroups: boolean;
  bindings: readonly InterfaceBinding[];
  optionDefinitions: readonly DhcpOptionDefinition[];
  optionValues: readonly OptionValue[];
  classes: readonly DhcpClass[];
  policies: readonly ScopePolicy[];
  filters: readonly MacFilter[];
  filterLists: { readonly allow: boolean; readonly deny: boolean };
  multicastScopes: readonly MulticastScope[];
  v6: Dhcpv6Configuration;
}

/** A new server's configuration (dhcp-server-semantics 4; [ABR] and [HELP] of its tables). */
export function newServerConfiguration(address: string, version: { readonly major: number }): ServerConfiguration {
  return {
    settings: {
      conflictDetectionAttempts: 0,
      napEnabled: false,
      npsUnreachableAction: 'Full',
      activatePolicies: true,
      dynamicBootp: true,
      restoreStatus: false,
    },
    database: {
      fileName: 'C:\\Windows\\system32\\dhcp\\dhcp.mdb',
      backupPath: 'C:\\Windows\\system32\\dhcp\\backup',
      backupInterval: 60,
      cleanupInterval: 60,
      loggingEnabled: true,
      restoreFromBackup: false,
    },
    auditLog: {
      enable: true,
      path: 'C:\\Windows\\system32\\dhcp',
      maxMBFileSize: 70,
      diskCheckInterval: 50,
      minMBDiskSpace: 20,
    },
    dnsCredential: { userName: '', domainName: '' },
    securityGroups: false,
    bindings: [
      {
        interfaceAlias: 'Ethernet',
        interfaceGuid: '{5E6B1C2A-0000-4D3C-9C1E-2F0A7B8C9D01}',
        interfaceIndex: 3,
        ipAddress: address,
        subnetMask: '255.255.255.0',
        bound: true,
      },
      {
        interfaceAlias: 'Ethernet',
        interfaceGuid: '{5E6B1C2A-0000-4D3C-9C1E-2F0A7B8C9D01}',
        interfaceIndex: 3,
        // Of the prefix for documentation, ending as the IPv4 address does.
        ipAddress: `2001:db8::${address.split('.')[3] ?? '1'}`,
        bound: true,
      },
    ],
    optionDefinitions: predefinedOptions,
    optionValues: [],
    classes: predefinedClasses(version),
    policies: [
      {
        name: 'Default BOOTP Class',
        description: 'User class for BOOTP clients',
        enabled: true,
        condition: 'Or',
        processingOrder: 1,
        macAddress: [],
        ranges: [],
        userClass: ['EQ', 'Default BOOTP Class'],
        optionValues: [{ optionId: 51, value: ['2592000'] }],
      },
    ],
    filters: [],
    filterLists: { allow: false, deny: false },
    multicastScopes: [],
    v6: newDhcpv6Configuration(),
  };
}

/** The members of a configuration that are not a new server's: what a saved lab has to hold. */
export function changedMembers(
  configuration: ServerConfiguration,
  address: string,
  version: { readonly major: number },
): Partial<ServerConfiguration> {
  const fresh = new Map(Object.entries(newServerConfiguration(address, version)));
  return Object.fromEntries(
    Object.entries(configuration).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(fresh.get(name))),
  );
}
