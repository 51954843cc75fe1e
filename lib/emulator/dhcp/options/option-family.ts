import type { DhcpServer } from '../dhcp-server.js';
import type { OptionValue } from '../scope.js';
import type { DhcpClass } from '../state/dhcp-class.js';
import type { DhcpOptionDefinition } from '../state/option-definition.js';

/** Where a server keeps the options and classes of one version of IP. */
export interface OptionStore {
  optionDefinitions: readonly DhcpOptionDefinition[];
  optionValues: readonly OptionValue[];
  classes: readonly DhcpClass[];
}

/** In what the options and classes of DHCPv4 and DHCPv6 differ. */
export interface OptionFamily {
  readonly version: 4 | 6;
  /** Code of a class that is absent: 20044, and 2 of DHCPv6 (MS-DHCPM 3.2.4.48 to 3.2.4.55). */
  readonly absentClassCode: number;
  readonly maxOptionId: number;
  /** Most bytes of a class's data. */
  readonly maxClassBytes: number;
  store(server: DhcpServer): OptionStore;
}

export const dhcpv4Options: OptionFamily = {
  version: 4,
  absentClassCode: 20044,
  maxOptionId: 255,
  maxClassBytes: 255,
  store: (server) => server.configuration,
};

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export function findClass(store: OptionStore, type: DhcpClass['type'], name: string): DhcpClass | undefined {
  return store.classes.find((one) => one.type === type && sameName(one.name, name));
}

export function findDefinition(
  store: OptionStore,
  optionId: number,
  vendorClass: string,
): DhcpOptionDefinition | undefined {
  return store.optionDefinitions.find((one) => one.optionId === optionId && sameName(one.vendorClass, vendorClass));
}
