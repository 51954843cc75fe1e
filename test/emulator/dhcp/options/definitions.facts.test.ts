// The options that a new server knows, as a netsh dump of a real one has them, and facts about definitions.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../../lib/cim/instance/cim-instance.js';
import { propertiesOf } from '../../../support/values-of.js';
import { A, Pair, type Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const VENDOR = 'Microsoft Options';
const definitions = (more: Parameters = {}): Step => ['v4OptionDefinition.Get', more];
const define = (id: number, type: string, more: Parameters = {}): Step => [
  'v4OptionDefinition.Add',
  { OptionId: id, Name: `option ${id}`, Type: type, ...more },
];

/** Letter of the reference: type and default. A star: more than one value. */
const KINDS: Readonly<Record<string, readonly [type: string, zero: string]>> = {
  A: ['IPv4Address', '0.0.0.0'],
  S: ['String', ''],
  B: ['Byte', '0'],
  W: ['Word', '0'],
  D: ['DWord', '0'],
  X: ['BinaryData', ''],
};

type Definition = readonly [id: number, name: string, kind: string];

/** A row of the reference's table holds two. */
const PREDEFINED: readonly (readonly [source: string, one: Definition, other: Definition])[] = [
  ['[NETSH] 2.1', [1, 'Subnet Mask', 'A'], [2, 'Time Offset', 'D']],
  ['[NETSH] 2.1', [3, 'Router', 'A*'], [4, 'Time Server', 'A*']],
  ['[NETSH] 2.1', [5, 'Name Servers', 'A*'], [6, 'DNS Servers', 'A*']],
  ['[NETSH] 2.1', [7, 'Log Servers', 'A*'], [8, 'Cookie Servers', 'A*']],
  ['[NETSH] 2.1', [9, 'LPR Servers', 'A*'], [10, 'Impress Servers', 'A*']],
  ['[NETSH] 2.1', [11, 'Resource Location Servers', 'A*'], [12, 'Host Name', 'S']],
  ['[NETSH] 2.1', [13, 'Boot File Size', 'W'], [14, 'Merit Dump File', 'S']],
  ['[NETSH] 2.1', [15, 'DNS Domain Name', 'S'], [16, 'Swap Server', 'A']],
  ['[NETSH] 2.1', [17, 'Root Path', 'S'], [18, 'Extensions Path', 'S']],
  ['[NETSH] 2.1', [19, 'IP Layer Forwarding', 'B'], [20, 'Nonlocal Source Routing', 'B']],
  ['[NETSH] 2.1', [21, 'Policy Filter Masks', 'A*'], [22, 'Max DG Reassembly Size', 'W']],
  ['[NETSH] 2.1', [23, 'Default IP Time-to-live', 'B'], [24, 'Path MTU Aging Timeout', 'D']],
  ['[NETSH] 2.1', [25, 'Path MTU Plateau Table', 'W*'], [26, 'MTU Option', 'W']],
  ['[NETSH] 2.1', [27, 'All subnets are local', 'B'], [28, 'Broadcast Address', 'A']],
  ['[NETSH] 2.1', [29, 'Perform Mask Discovery', 'B'], [30, 'Mask Supplier Option', 'B']],
  ['[NETSH] 2.1', [31, 'Perform Router Discovery', 'B'], [32, 'Router Solicitation Address', 'A']],
  ['[NETSH] 2.1', [33, 'Static Route Option', 'A*'], [34, 'Trailer Encapsulation', 'B']],
  ['[NETSH] 2.1', [35, 'ARP Cache Timeout', 'D'], [36, 'Ethernet Encapsulation', 'B']],
  ['[NETSH] 2.1', [37, 'TCP Default Time-to-live', 'B'], [38, 'Keepalive Interval', 'D']],
  ['[NETSH] 2.1', [39, 'Keepalive Garbage', 'B'], [40, 'NIS Domain Name', 'S']],
  ['[NETSH] 2.1', [41, 'NIS Servers', 'A*'], [42, 'NTP Servers', 'A*']],
  ['[NETSH] 2.1', [43, 'Vendor Specific Info', 'X'], [44, 'WINS/NBNS Servers', 'A*']],
  ['[NETSH] 2.1', [45, 'NetBIOS over TCP/IP NBDD', 'A*'], [46, 'WINS/NBT Node Type', 'B']],
  ['[NETSH] 2.1', [47, 'NetBIOS Scope ID', 'S'], [48, 'X Window System Font', 'A*']],
  ['[NETSH] 2.1', [49, 'X Window System Display', 'A*'], [51, 'Lease', 'D']],
  ['[NETSH] 2.1', [58, 'Renewal (T1) Time Value', 'D'], [59, 'Rebinding (T2) Time Value', 'D']],
  ['[NETSH] 2.1', [64, 'NIS+ Domain Name', 'S'], [65, 'NIS+ Servers', 'A*']],
  ['[NETSH] 2.1', [66, 'Boot Server Host Name', 'S'], [67, 'Bootfile Name', 'S']],
  ['[NETSH] 2.1', [68, 'Mobile IP Home Agents', 'A*'], [69, 'Simple Mail Transport Protocol (SMTP) Servers', 'A*']],
  [
    '[NETSH] 2.1',
    [70, 'Post Office Protocol (POP3) Servers', 'A*'],
    [71, 'Network News Transport Protocol (NNTP) Servers', 'A*'],
  ],
  ['[NETSH] 2.1', [72, 'World Wide Web (WWW) Servers', 'A*'], [73, 'Finger Servers', 'A*']],
  ['[NETSH] 2.1', [74, 'Internet Relay Chat (IRC) Servers', 'A*'], [75, 'StreetTalk Servers', 'A*']],
  ['[NETSH] 2.1', [76, 'StreetTalk Directory Assistance (STDA) Servers', 'A*'], [121, 'Classless Static Routes', 'X']],
];

/** The definitions that a new server gives, by number, as the reference writes them. */
async function predefined(): Promise<Map<number, Definition>> {
  const { output } = await new Pair().call(A, 'PS_DhcpServerv4OptionDefinition.Get', {});
  return new Map(
    output.map((instance) => {
      const { OptionId, Name, Type, MultiValued, DefaultValue, VendorClass } = propertiesOf(instance as CimInstance);
      const [letter] = Object.entries(KINDS).find(([, [type]]) => type === Type) ?? [`? ${Type}`];
      expect([VendorClass, DefaultValue]).toEqual(['', [KINDS[letter]?.[1]]]);
      return [Number(OptionId), [Number(OptionId), String(Name), `${letter}${MultiValued === true ? '*' : ''}`]];
    }),
  );
}

describe('predefined options (dhcp-options-policies 2.1)', () => {
  let known: Map<number, Definition>;
  beforeAll(async () => {
    known = await predefined();
  });

  it.each(PREDEFINED)('%s %j %j', (_source, one, other) => {
    expect([known.get(one[0]), known.get(other[0])]).toEqual([one, other]);
  });

  it('are no others', () => {
    const ids = PREDEFINED.flatMap(([, [one], [other]]) => [one, other]);
    expect([...known.keys()].sort((a, b) => a - b)).toEqual(ids);
  });
});

const rows: readonly FactRow[] = [
  {
    source: '[NETSH] 2.1',
    fact: 'the metric of a default router is 0 in the second vendor class',
    call: definitions({ VendorClass: 'Microsoft Windows 2000 Options' }),
    gives: [
      { OptionId: 1, DefaultValue: ['1'], Type: 'DWord', MultiValued: false },
      { OptionId: 2, DefaultValue: ['1'] },
      { OptionId: 3, Name: 'Microsoft Default Router Metric Base', DefaultValue: ['0'] },
    ],
  },
  {
    source: '[HELP] 2',
    fact: 'without a vendor class the standard one of a number',
    call: definitions({ OptionId: [3] }),
    gives: [{ Name: 'Router', VendorClass: '' }],
  },
  {
    source: '[HELP] 2',
    fact: 'All adds those of vendors',
    call: definitions({ OptionId: [3], All: true }),
    gives: [
      { Name: 'Router', VendorClass: '' },
      { VendorClass: 'Microsoft Options' },
      { VendorClass: 'Microsoft Windows 2000 Options' },
    ],
  },
  {
    source: '[HELP] 2',
    fact: 'All does nothing beside a vendor class',
    call: definitions({ OptionId: [3], All: true, VendorClass: VENDOR }),
    gives: [{ VendorClass: VENDOR }],
  },
  {
    source: '[HELP] 2',
    fact: 'a number that only a vendor has is absent without it',
    before: [define(200, 'String', { VendorClass: VENDOR })],
    call: definitions({ OptionId: [200] }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[USE] 2',
    fact: 'blanks at the end of description and default stay: whoever compares has to trim',
    call: define(200, 'String', { Description: 'boot ', DefaultValue: ['x '], PassThru: true }),
    gives: [{ Description: 'boot ', DefaultValue: ['x '] }],
  },
];

describe('option definitions (dhcp-options-policies 2)', () => testFacts(rows));
