import type { DhcpClass } from './dhcp-class.js';

function builtIn(type: DhcpClass['type'], name: string, text: string, description: string): DhcpClass {
  return { name, type, data: `0x${Buffer.from(text, 'latin1').toString('hex')}`, description, builtIn: true };
}

const CLASSES: readonly DhcpClass[] = [
  builtIn('User', 'Default Routing and Remote Access Class', 'RRAS.Microsoft', 'User class for remote access clients'),
  builtIn('User', 'Default BOOTP Class', 'BOOTP.Microsoft', 'User class for BOOTP clients'),
  builtIn('Vendor', 'Microsoft Windows 2000 Options', 'MSFT 5.0', 'Vendor options of Windows 2000 and later'),
  builtIn('Vendor', 'Microsoft Windows 98 Options', 'MSFT 98', 'Vendor options of Windows 98'),
  builtIn('Vendor', 'Microsoft Options', 'MSFT', 'Vendor options of all Windows clients'),
];

/** Until 2012 R2: the last version with Network Access Protection. */
const QUARANTINE = builtIn(
  'User',
  'Default Network Access Protection Class',
  'MSFT Quarantine',
  'User class for clients with restricted access',
);

/** The classes that a server has from the start and that cannot be deleted (MS-DHCPM 3.1.1.8); the descriptions are ours. */
export function predefinedClasses(version: { readonly major: number }): readonly DhcpClass[] {
  return version.major < 10 ? [...CLASSES, QUARANTINE] : CLASSES;
}
