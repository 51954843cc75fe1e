import type { DhcpOptionDefinition, OptionType } from './option-definition.js';

/** What a definition without a default has: one value of its type (MS-DHCPM 3.2.4.15). */
export function emptyValue(type: OptionType): string {
  switch (type) {
    case 'IPv4Address':
      return '0.0.0.0';
    case 'IPv6Address':
      return '::';
    case 'String':
    case 'BinaryData':
    case 'EncapsulatedData':
      return '';
    default:
      return '0';
  }
}

function option(optionId: number, name: string, type: OptionType, multiValued = false): DhcpOptionDefinition {
  return { optionId, name, description: name, vendorClass: '', type, multiValued, defaultValue: [emptyValue(type)] };
}

function vendorOption(vendorClass: string, optionId: number, name: string, value: string): DhcpOptionDefinition {
  return {
    optionId,
    name,
    description: name.trim(),
    vendorClass,
    type: 'DWord',
    multiValued: false,
    defaultValue: [value],
  };
}

/** The options that a server knows from the start, as a netsh dump of a real one has them (names with their trailing blank); the descriptions are ours. */
export const predefinedOptions: readonly DhcpOptionDefinition[] = [
  option(1, 'Subnet Mask', 'IPv4Address'),
  option(2, 'Time Offset', 'DWord'),
  option(3, 'Router', 'IPv4Address', true),
  option(4, 'Time Server', 'IPv4Address', true),
  option(5, 'Name Servers', 'IPv4Address', true),
  option(6, 'DNS Servers', 'IPv4Address', true),
  option(7, 'Log Servers', 'IPv4Address', true),
  option(8, 'Cookie Servers', 'IPv4Address', true),
  option(9, 'LPR Servers', 'IPv4Address', true),
  option(10, 'Impress Servers', 'IPv4Address', true),
  option(11, 'Resource Location Servers', 'IPv4Address', true),
  option(12, 'Host Name', 'String'),
  option(13, 'Boot File Size', 'Word'),
  option(14, 'Merit Dump File', 'String'),
  option(15, 'DNS Domain Name', 'String'),
  option(16, 'Swap Server', 'IPv4Address'),
  option(17, 'Root Path', 'String'),
  option(18, 'Extensions Path', 'String'),
  option(19, 'IP Layer Forwarding', 'Byte'),
  option(20, 'Nonlocal Source Routing', 'Byte'),
  option(21, 'Policy Filter Masks', 'IPv4Address', true),
  option(22, 'Max DG Reassembly Size', 'Word'),
  option(23, 'Default IP Time-to-live', 'Byte'),
  option(24, 'Path MTU Aging Timeout', 'DWord'),
  option(25, 'Path MTU Plateau Table', 'Word', true),
  option(26, 'MTU Option', 'Word'),
  option(27, 'All subnets are local', 'Byte'),
  option(28, 'Broadcast Address', 'IPv4Address'),
  option(29, 'Perform Mask Discovery', 'Byte'),
  option(30, 'Mask Supplier Option', 'Byte'),
  option(31, 'Perform Router Discovery', 'Byte'),
  option(32, 'Router Solicitation Address', 'IPv4Address'),
  option(33, 'Static Route Option', 'IPv4Address', true),
  option(34, 'Trailer Encapsulation', 'Byte'),
  option(35, 'ARP Cache Timeout', 'DWord'),
  option(36, 'Ethernet Encapsulation', 'Byte'),
  option(37, 'TCP Default Time-to-live', 'Byte'),
  option(38, 'Keepalive Interval', 'DWord'),
  option(39, 'Keepalive Garbage', 'Byte'),
  option(40, 'NIS Domain Name', 'String'),
  option(41, 'NIS Servers', 'IPv4Address', true),
  option(42, 'NTP Servers', 'IPv4Address', true),
  option(43, 'Vendor Specific Info', 'BinaryData'),
  option(44, 'WINS/NBNS Servers', 'IPv4Address', true),
  option(45, 'NetBIOS over TCP/IP NBDD', 'IPv4Address', true),
  option(46, 'WINS/NBT Node Type', 'Byte'),
  option(47, 'NetBIOS Scope ID', 'String'),
  option(48, 'X Window System Font', 'IPv4Address', true),
  option(49, 'X Window System Display', 'IPv4Address', true),
  option(51, 'Lease', 'DWord'),
  option(58, 'Renewal (T1) Time Value', 'DWord'),
  option(59, 'Rebinding (T2) Time Value', 'DWord'),
  option(64, 'NIS+ Domain Name', 'String'),
  option(65, 'NIS+ Servers', 'IPv4Address', true),
  option(66, 'Boot Server Host Name', 'String'),
  option(67, 'Bootfile Name', 'String'),
  option(68, 'Mobile IP Home Agents', 'IPv4Address', true),
  option(69, 'Simple Mail Transport Protocol (SMTP) Servers', 'IPv4Address', true),
  option(70, 'Post Office Protocol (POP3) Servers', 'IPv4Address', true),
  option(71, 'Network News Transport Protocol (NNTP) Servers', 'IPv4Address', true),
  option(72, 'World Wide Web (WWW) Servers', 'IPv4Address', true),
  option(73, 'Finger Servers', 'IPv4Address', true),
  option(74, 'Internet Relay Chat (IRC) Servers', 'IPv4Address', true),
  option(75, 'StreetTalk Servers', 'IPv4Address', true),
  option(76, 'StreetTalk Directory Assistance (STDA) Servers', 'IPv4Address', true),
  option(121, 'Classless Static Routes', 'BinaryData'),
  ...['Microsoft Options', 'Microsoft Windows 2000 Options'].flatMap((vendorClass, index) => [
    vendorOption(vendorClass, 1, 'Microsoft Disable Netbios Option ', '1'),
    vendorOption(vendorClass, 2, 'Microsoft Release DHCP Lease On Shutdown Option', '1'),
    vendorOption(vendorClass, 3, 'Microsoft Default Router Metric Base', index === 0 ? '1' : '0'),
  ]),
];
