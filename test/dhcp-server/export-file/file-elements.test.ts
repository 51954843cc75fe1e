// What the file calls an element is a property of what a cmdlet gives, but for what the file itself makes of it.
import { describe, expect, it } from '@jest/globals';
import { fileElement } from '../../../lib/dhcp-server/export-file/file-elements.js';
import { classDeclarations } from '../../../lib/dhcp-server/index.js';

const SCOPE = ['Scopes', 'Scope'];
const CLASSES: readonly (readonly [path: readonly string[], className: string, others?: readonly string[]])[] = [
  [['IPv4'], 'DhcpServerSetting'],
  [['IPv4', 'Classes', 'Class'], 'DhcpServerv4Class', ['VendorId']],
  [['IPv4', 'OptionDefinitions', 'OptionDefinition'], 'DhcpServerv4OptionDefinition'],
  [['IPv4', 'OptionValues', 'OptionValue'], 'DhcpServerv4OptionValue'],
  [['IPv4', 'Policies', 'Policy'], 'DhcpServerv4Policy', ['DnsSuffix']],
  [['IPv4', 'Filters'], 'DhcpServerv4FilterList'],
  [['IPv4', 'Filters', 'Filter'], 'DhcpServerv4Filter'],
  [['IPv4', ...SCOPE], 'DhcpServerv4Scope'],
  [['IPv4', ...SCOPE, 'ExclusionRanges', 'IPRange'], 'DhcpServerv4ExclusionRange'],
  [['IPv4', ...SCOPE, 'Reservations', 'Reservation'], 'DhcpServerv4Reservation'],
  [['IPv4', ...SCOPE, 'Leases', 'Lease'], 'DhcpServerv4Lease'],
  [['IPv6', 'Classes', 'Class'], 'DhcpServerv6Class'],
  [['IPv6', 'OptionDefinitions', 'OptionDefinition'], 'DhcpServerv6OptionDefinition'],
  [['IPv6', 'OptionValues', 'OptionValue'], 'DhcpServerv6OptionValue'],
  [['IPv6', 'StatelessStore'], 'DhcpServerv6StatelessStore'],
  [['IPv6', ...SCOPE], 'DhcpServerv6Scope'],
  [['IPv6', ...SCOPE, 'Reservations', 'Reservation'], 'DhcpServerv6Reservation'],
  [['IPv6', ...SCOPE, 'Leases', 'Lease'], 'DhcpServerv6Lease'],
];

describe.each(CLASSES)('%j', (path, className, others = []) => {
  it(`has the properties of ${className}`, () => {
    const known = classDeclarations.get(className.toLowerCase())?.properties.map(({ name }) => name) ?? [];
    const leaves = [...fileElement(...path).children].filter(([, element]) => 'leaf' in element);
    expect(leaves.length).toBeGreaterThan(1);
    const wanted = leaves.map(([name, element]) => ('property' in element ? (element.property ?? name) : name));
    expect(wanted.filter((name) => !known.includes(name))).toEqual(others);
  });
});
