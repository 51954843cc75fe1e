// The layouts are those that PowerShell 7.6.9 printed for objects of the same shape.
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { AddressValue } from '../../../lib/cli/values/address-value.js';
import type { LineValue } from '../../../lib/cli/values/line-value.js';
import { VersionValue } from '../../../lib/cli/values/version-value.js';
import { DefaultView } from '../../../lib/cli/views/default-view.js';
import { toOutputItem } from '../../../lib/cli/views/from-result.js';
import { lineText } from '../../../lib/cli/views/view.js';
import { classDeclarations } from '../../../lib/dhcp-server/index.js';

function item(className: string, properties: Record<string, CimValue>): LineValue {
  const declaration = classDeclarations.get(className.toLowerCase());
  if (declaration === undefined) throw new Error(`no ${className}`);
  return toOutputItem(CimInstance.create(declaration, properties), false);
}

const SCOPE = item('DhcpServerv4Scope', {
  ScopeId: '10.1.0.0',
  SubnetMask: '255.255.255.0',
  Name: '7',
  State: 'Active',
  StartRange: '10.1.0.10',
  EndRange: '10.1.0.254',
  LeaseDuration: TimeSpan.from('1:00:00'),
});
const VERSION = item('DhcpServerVersion', { MajorVersion: 10, MinorVersion: 0 });

/** What a line of so many statements prints, blanks at the ends of lines apart. */
async function shown(statements: readonly (readonly LineValue[])[], width?: number): Promise<string> {
  const view = new DefaultView(width);
  const lines: string[] = [];
  for (const items of statements) {
    for await (const line of view.lines(
      (async function* () {
        yield* items;
      })(),
    ))
      lines.push(lineText(line).trimEnd());
  }
  return [...lines, ...[...view.end()].map(lineText)].join('\n');
}

describe('a table in the view of its class', () => {
  it('is as wide as the line: the last columns are cut, and left out', async () => {
    expect(await shown([[SCOPE]], 80)).toBe(`
ScopeId         SubnetMask      Name           State    StartRange      EndRange
-------         ----------      ----           -----    ----------      --------
10.1.0.0        255.255.255.0   7              Active   10.1.0.10       10.1.0.…
`);
  });

  it('gives what the line has left to a column without a width', async () => {
    expect(await shown([[SCOPE]], 120)).toBe(`
ScopeId         SubnetMask      Name           State    StartRange      EndRange        LeaseDuration
-------         ----------      ----           -----    ----------      --------        -------------
10.1.0.0        255.255.255.0   7              Active   10.1.0.10       10.1.0.254      01:00:00
`);
  });

  it('keeps its head for the next statement, and lists what is of another class', async () => {
    expect(await shown([[VERSION], [VERSION], [SCOPE]])).toMatch(
      /^\nMajorVersion MinorVersion\n-+ -+\n10 {11}0\n10 {11}0\n\nScopeId +: 10\.1\.0\.0\nSubnetMask +: 255\.255\.255\.0\n/,
    );
  });
});

describe('values of .NET', () => {
  it('are shown by their members: an address', async () => {
    expect(await shown([[new AddressValue('10.1.0.0')]])).toBe(`
AddressFamily      : InterNetwork
ScopeId            :
IsIPv6Multicast    : False
IsIPv6LinkLocal    : False
IsIPv6SiteLocal    : False
IsIPv6Teredo       : False
IsIPv6UniqueLocal  : False
IsIPv4MappedToIPv6 : False
Address            : 266
IPAddressToString  : 10.1.0.0
`);
  });

  it.each([
    ['fe80::1%3', 'IsIPv6LinkLocal'],
    ['ff02::1', 'IsIPv6Multicast'],
    ['fd00::1', 'IsIPv6UniqueLocal'],
    ['fec0::1', 'IsIPv6SiteLocal'],
    ['2001:0:1::1', 'IsIPv6Teredo'],
    ['::ffff:10.0.0.1', 'IsIPv4MappedToIPv6'],
    ['2001:db8::1', ''],
  ])('knows what kind of address %s is', async (text, kind) => {
    const lines = (await shown([[new AddressValue(text)]])).split('\n');
    expect(lines.filter((line) => line.endsWith(': True')).map((line) => line.split(' ')[0])).toEqual(
      kind === '' ? [] : [kind],
    );
    expect(lines).toContain(`ScopeId            : ${text.endsWith('%3') ? 3 : 0}`);
  });

  it('a time span, real numbers with 15 digits', async () => {
    expect(await shown([[TimeSpan.from('1:00:00')]])).toBe(`
Days              : 0
Hours             : 1
Minutes           : 0
Seconds           : 0
Milliseconds      : 0
Ticks             : 36000000000
TotalDays         : 0.0416666666666667
TotalHours        : 1
TotalMinutes      : 60
TotalSeconds      : 3600
TotalMilliseconds : 3600000
`);
  });

  it('a version, and a point in time by the long form of the culture', async () => {
    expect(await shown([[new VersionValue([10, 0])]])).toBe(`
Major  Minor  Build  Revision
-----  -----  -----  --------
10     0      -1     -1
`);
    expect(await shown([[CimDateTime.from(new Date(2026, 0, 1))]])).toBe('\nThursday, January 1, 2026 12:00:00 AM\n');
  });

  it('a point in time in a column by the short form', async () => {
    const lease = item('DhcpServerv4Lease', {
      IPAddress: '10.40.0.21',
      ScopeId: '10.40.0.0',
      AddressState: 'Active',
      LeaseExpiryTime: CimDateTime.from(new Date(2025, 2, 14, 9, 26, 53)),
    });
    expect(await shown([[lease]])).toContain('Active               3/14/2025 9:26:53 AM\n');
  });
});
