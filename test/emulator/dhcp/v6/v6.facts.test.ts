// Facts about DHCPv6, each by the tag of its source in the reference.
import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../../lib/cim/value/cim-date-time.js';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import { valuesOf } from '../../../support/values-of.js';
import { A, Pair, type Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const P = '2001:db8::';
const OTHER = '2001:db8:0:1::';
const VENDOR = 'Microsoft Windows Options';
const DUID = '00-01-00-01-1a-2b-3c-4d';
const span = (text: string) => TimeSpan.parse(text);
const scope = (more: Parameters = {}): Step => ['v6Scope.Add', { Prefix: P, Name: 'Lab v6', ...more }];
const shown = (prefix = P): Step => ['v6Scope.Get', { Prefix: [prefix] }];
const set = (more: Parameters): Step => ['v6Scope.Set', { Prefix: P, ...more }];
const exclude = (start: string, end: string, prefix = P): Step => [
  'v6ExclusionRange.Add',
  { Prefix: prefix, StartRange: start, EndRange: end },
];
const reserve = (ip: string, more: Parameters = {}): Step => [
  'v6Reservation.Add',
  { Prefix: P, IPAddress: ip, ClientDuid: DUID, Iaid: 5, ...more },
];
const lease = (ip: string, more: Parameters = {}): Step => [
  'v6Lease.Add',
  { IPAddress: ip, ClientDuid: '0001aabb', Iaid: 6, ...more },
];
const lab: Step = ['v6Class.Add', { Name: 'Lab', Type: 'User', Data: 'lab' }];
const put = (value: string, more: Parameters = {}): Step => [
  'v6OptionValue.SetByOptionId',
  { OptionId: 24, Value: [value], ...more },
];
const get = (more: Parameters = {}): Step => ['v6OptionValue.Get', more];
const defined: Step = [
  'v6OptionDefinition.Add',
  { OptionId: 24, Name: 'of a vendor', Type: 'String', VendorClass: VENDOR },
];
const everywhere: readonly Step[] = [
  scope(),
  lab,
  defined,
  put('standard'),
  put('vendor', { VendorClass: VENDOR }),
  put('user', { UserClass: 'Lab' }),
  put('vendor of a user', { UserClass: 'Lab', VendorClass: VENDOR }),
  put('scope', { Prefix: P }),
];
const given = (...values: string[]) => values.map((value) => ({ Value: [value] }));

const differences: readonly FactRow[] = [
  {
    source: '[M 2.2.1.2.56]',
    fact: 'the last address of a /64 is in its scope',
    before: [scope()],
    call: lease('2001:db8::ffff:ffff:ffff:ffff', { PassThru: true }),
    gives: [{ Prefix: P, IPAddress: '2001:db8::ffff:ffff:ffff:ffff' }],
  },
  {
    source: '[M 2.2.1.2.56]',
    fact: 'the next one is not',
    before: [scope()],
    call: lease('2001:db8:0:1::'),
    ids: ['DHCP 20005'],
  },
  {
    source: '[M 2.2.1.2.56]',
    fact: 'prefixes that differ in bit 64 are two scopes',
    before: [scope(), scope({ Prefix: OTHER })],
    call: ['v6Scope.Get', {}],
    gives: [
      { Prefix: P, PrefixLength: 64 },
      { Prefix: OTHER, PrefixLength: 64 },
    ],
  },
  {
    source: '[M] 1',
    fact: 'a scope has no range: the last addresses of the prefix are as free as the first',
    before: [scope(), exclude('2001:db8::ffff:ffff:ffff:fff0', '2001:db8::ffff:ffff:ffff:fffe')],
    call: ['v6FreeIPAddress.Get', { Prefix: P, StartAddress: '2001:db8::ffff:ffff:ffff:ffef', NumAddress: 2 }],
    gives: ['2001:db8::ffff:ffff:ffff:ffef', '2001:db8::ffff:ffff:ffff:ffff'],
  },
  {
    source: '[M 3.1.1.18]',
    fact: 'a DUID with another IAID is another client',
    before: [scope(), reserve('2001:db8::50'), reserve('2001:db8::51', { Iaid: 6 })],
    call: ['v6Reservation.GetByPrefix', { Prefix: P }],
    gives: [
      { IPAddress: '2001:db8::50', ClientDuid: DUID, Iaid: 5 },
      { IPAddress: '2001:db8::51', ClientDuid: DUID, Iaid: 6 },
    ],
  },
  {
    source: '[M 3.1.1.18]',
    fact: 'the same pair has one lease in a scope',
    before: [scope(), lease('2001:db8::60')],
    call: lease('2001:db8::61'),
    ids: ['DHCP 20014'],
  },
  {
    source: '[WMI] 1',
    fact: 'numbers in statistics have 64 bits',
    before: [
      scope(),
      scope({ Prefix: OTHER }),
      exclude('2001:db8::', '2001:db8::7fff:ffff:ffff:ffff'),
      lease('2001:db8:0:1::60'),
    ],
    call: ['v6ScopeStatistics.Get', {}],
    gives: [
      { AddressesFree: 2n ** 63n, AddressesInUse: 0n },
      { AddressesFree: 2n ** 64n - 1n, AddressesInUse: 1n },
    ],
  },
  {
    source: '[WMI] 1',
    fact: 'StringData of the class of definitions is String',
    call: ['v6OptionDefinition.Add', { OptionId: 250, Name: 'x', Type: 'StringData', PassThru: true }],
    gives: [{ OptionId: 250, Type: 'String', DefaultValue: [''] }],
  },
];

const scopes: readonly FactRow[] = [
  {
    source: '[M 3.2.4.66]',
    fact: 'a new preferred lifetime makes T1 half of it and T2 four fifths',
    before: [scope(), set({ PreferredLifeTime: span('10.00:00:00') })],
    call: shown(),
    gives: [{ PreferredLifetime: span('10.00:00:00'), T1: span('5.00:00:00'), T2: span('8.00:00:00') }],
  },
  {
    source: '[M 3.2.4.66]',
    fact: 'a T1 that is given with it stands',
    before: [scope(), set({ PreferredLifeTime: span('10.00:00:00'), T1: span('1.00:00:00') })],
    call: shown(),
    gives: [{ T1: span('1.00:00:00'), T2: span('8.00:00:00') }],
  },
  {
    source: '[M 3.2.4.66]',
    fact: 'a preferred lifetime beyond the valid one',
    before: [scope()],
    call: set({ PreferredLifeTime: span('13.00:00:00') }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.66]',
    fact: 'lifetimes are no option values of the scope',
    before: [scope({ PreferredLifetime: span('10.00:00:00') })],
    call: get({ Prefix: P, All: true }),
    gives: [],
  },
  {
    source: '[HELP] 2',
    fact: 'Set changes what is given alone',
    before: [scope({ Description: 'north' }), set({ Preference: 7 })],
    call: shown(),
    gives: [{ Name: 'Lab v6', Description: 'north', Preference: 7, ValidLifetime: span('12.00:00:00') }],
  },
  {
    source: '[M 3.2.4.63]',
    fact: 'Force takes leases, reservations and exclusions along',
    before: [
      scope(),
      lease('2001:db8::60'),
      reserve('2001:db8::50'),
      exclude('2001:db8::1', '2001:db8::ff'),
      ['v6Scope.Remove', { Prefix: [P], Force: true }],
      scope(),
    ],
    call: ['v6ScopeStatistics.Get', {}],
    gives: [{ AddressesFree: 2n ** 64n - 1n, AddressesInUse: 0n, ReservedAddress: 0n }],
  },
  {
    source: '[HELP] 3',
    fact: 'exclusions of all scopes without a prefix',
    before: [
      scope({ Prefix: OTHER }),
      scope(),
      exclude('2001:db8:0:1::1', '2001:db8:0:1::2', OTHER),
      exclude('2001:db8::1', '2001:db8::ff'),
    ],
    call: ['v6ExclusionRange.Get', {}],
    gives: [
      { Prefix: P, StartRange: '2001:db8::1', EndRange: '2001:db8::ff' },
      { Prefix: OTHER, StartRange: '2001:db8:0:1::1' },
    ],
  },
  {
    source: '[HELP] 3',
    fact: 'one bound takes the range that ends there',
    before: [
      scope(),
      exclude('2001:db8::1', '2001:db8::f'),
      exclude('2001:db8::20', '2001:db8::2f'),
      ['v6ExclusionRange.Remove', { Prefix: P, EndRange: '2001:db8::2f' }],
    ],
    call: ['v6ExclusionRange.Get', { Prefix: [P] }],
    gives: [{ StartRange: '2001:db8::1' }],
  },
];

const clients: readonly FactRow[] = [
  {
    source: '[HELP] 4',
    fact: 'Set may change client, name and description',
    before: [
      scope(),
      reserve('2001:db8::50', { Name: 'a', Description: 'b' }),
      ['v6Reservation.Set', { IPAddress: '2001:db8::50', ClientDuid: '00030001', Iaid: 9 }],
      ['v6Reservation.Set', { IPAddress: '2001:db8::50', Name: 'door', Description: 'east' }],
    ],
    call: ['v6Reservation.GetByIPAddress', { IPAddress: ['2001:db8::50'] }],
    gives: [{ ClientDuid: '00-03-00-01', Iaid: 9, Name: 'door', Description: 'east' }],
  },
  {
    source: '[HELP] 4',
    fact: 'a DUID has hyphens, however it was given',
    before: [scope(), reserve('2001:db8::50', { ClientDuid: '000100011A2B3C4D' })],
    call: ['v6Reservation.GetByPrefix', { Prefix: P }],
    gives: [{ ClientDuid: DUID }],
  },
  {
    source: '[HELP] 4',
    fact: 'a DUID that is none',
    before: [scope()],
    call: reserve('2001:db8::50', { ClientDuid: '00-01-0' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.60]',
    fact: "the client's own lease is kept",
    before: [scope(), lease('2001:db8::60'), reserve('2001:db8::60', { ClientDuid: '0001aabb', Iaid: 6 })],
    call: ['v6Reservation.GetByIPAddress', { IPAddress: ['2001:db8::60'] }],
    gives: [{ AddressState: 'ActiveReservation' }],
  },
  {
    source: '[HELP] 5',
    fact: 'a lease ends with its valid lifetime',
    before: [scope({ ValidLifetime: span('20.00:00:00') })],
    call: lease('2001:db8::60', { PassThru: true }),
    gives: [{ LeaseExpiryTime: CimDateTime.from(new Date(Date.UTC(2026, 11, 14))) }],
  },
  {
    source: '[M 3.2.4.74]',
    fact: 'Remove of an absent lease',
    before: [scope()],
    call: ['v6Lease.RemoveByIPAddress', { IPAddress: ['2001:db8::60'] }],
    ids: ['DHCP 20013'],
  },
  {
    source: '[M 3.2.4.62]',
    fact: 'Remove leaves an active lease',
    before: [
      scope(),
      reserve('2001:db8::60', { ClientDuid: '0001aabb', Iaid: 6 }),
      lease('2001:db8::60'),
      ['v6Reservation.RemoveByPrefix', { Prefix: P }],
    ],
    call: ['v6Lease.GetByPrefix', { Prefix: P }],
    gives: [{ IPAddress: '2001:db8::60' }],
  },
];

const values: readonly FactRow[] = [
  {
    source: '[M 3.2.4.54]',
    fact: 'a value that is not set',
    call: get({ OptionId: [24] }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[M 3.2.4.54]',
    fact: 'the standard values of the server alone',
    before: everywhere,
    call: get(),
    gives: given('standard'),
  },
  {
    source: '[M 3.2.4.54]',
    fact: 'those of a scope alone',
    before: everywhere,
    call: get({ Prefix: P }),
    gives: given('scope'),
  },
  {
    source: '[M 3.2.4.54]',
    fact: 'All with those of classes',
    before: everywhere,
    call: get({ All: true }),
    gives: given('standard', 'vendor', 'user', 'vendor of a user'),
  },
  {
    source: '[M 3.2.4.54]',
    fact: 'a vendor class alone',
    before: everywhere,
    call: get({ VendorClass: VENDOR }),
    gives: given('vendor'),
  },
  {
    source: '[M 3.2.4.54]',
    fact: 'a user class alone',
    before: everywhere,
    call: get({ UserClass: 'Lab' }),
    gives: given('user'),
  },
  {
    source: '[M 3.2.4.54]',
    fact: 'Brief without names',
    before: everywhere,
    call: get({ Brief: true }),
    gives: [{ OptionId: 24, Name: null }],
  },
  {
    source: '[M 3.2.4.54]',
    fact: 'a class without values has none',
    before: [lab],
    call: get({ UserClass: 'Lab' }),
    gives: [],
  },
  { source: '[M 3.2.4.54]', fact: 'an absent scope is 2', call: get({ Prefix: P }), ids: ['WIN32 2'] },
  {
    source: '[M 3.2.4.54]',
    fact: 'an absent reservation is 87',
    before: [scope()],
    call: get({ ReservedIP: '2001:db8::50' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.55]',
    fact: 'Remove of an option that is not defined',
    call: ['v6OptionValue.Remove', { OptionId: [250] }],
    ids: ['DHCP 20010'],
  },
  {
    source: '[M 3.2.4.55]',
    fact: 'Remove for a class that has no values',
    before: [lab, put('standard')],
    call: ['v6OptionValue.Remove', { OptionId: [24], UserClass: 'Lab' }],
    ids: ['DHCP 20044'],
  },
  {
    source: '[M 3.2.4.48]',
    fact: 'a default of the refresh time under 600 seconds',
    before: [['v6OptionDefinition.Remove', { OptionId: [32] }]],
    call: ['v6OptionDefinition.Add', { OptionId: 32, Name: 'x', Type: 'DWord', DefaultValue: ['599'] }],
    ids: ['DHCP 20057'],
  },
  {
    source: '[M 3.2.4.49]',
    fact: 'definitions of a vendor class that has none',
    call: ['v6OptionDefinition.Get', { VendorClass: VENDOR }],
    ids: ['WIN32 2'],
  },
  {
    source: '[M 3.2.4.49]',
    fact: 'Set of one of them',
    call: ['v6OptionDefinition.Set', { OptionId: 24, VendorClass: VENDOR, Name: 'x' }],
    ids: ['WIN32 2'],
  },
  {
    source: '[M 3.2.4.49]',
    fact: 'an absent one of a class that has some',
    before: [defined],
    call: ['v6OptionDefinition.Remove', { OptionId: [25], VendorClass: VENDOR }],
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 8',
    fact: 'data of a class of 256 bytes',
    call: ['v6Class.Add', { Name: 'long', Type: 'User', Data: 'x'.repeat(256), PassThru: true }],
    gives: [{ Name: 'long' }],
  },
  {
    source: '[HELP] 8',
    fact: 'and of 257',
    call: ['v6Class.Add', { Name: 'long', Type: 'User', Data: 'x'.repeat(257) }],
    ids: ['WIN32 87'],
  },
  {
    source: '[M] 8',
    fact: 'a class that goes takes its values from scopes and reservations',
    before: [
      scope(),
      reserve('2001:db8::50'),
      lab,
      put('a', { Prefix: P, UserClass: 'Lab' }),
      put('b', { ReservedIP: '2001:db8::50', UserClass: 'Lab' }),
      ['v6Class.Remove', { Name: ['Lab'], Type: 'User' }],
      lab,
    ],
    call: get({ Prefix: P, All: true }),
    gives: [],
  },
];

/** The names of the properties of what a call gives. */
async function propertiesAfter(steps: readonly Step[], [method, parameters]: Step): Promise<string[]> {
  const pair = new Pair();
  for (const [name, more] of steps) await pair.call(A, `PS_DhcpServer${name}`, more);
  const { output } = await pair.call(A, `PS_DhcpServer${method}`, parameters);
  expect(output).toHaveLength(1);
  return Object.keys(valuesOf(output[0] as CimInstance)).sort();
}

describe('DHCPv6 beside DHCPv4 (dhcp-v6-semantics 1)', () => testFacts(differences));
describe('DHCPv6 scopes and exclusions (dhcp-v6-semantics 2, 3)', () => testFacts(scopes));
describe('DHCPv6 reservations (dhcp-v6-semantics 4)', () => testFacts(clients));
describe('DHCPv6 option values (dhcp-v6-semantics 8)', () => testFacts(values));

describe('the classes of', () => {
  it.each([
    [
      '[WMI] 2',
      'a scope',
      [scope()],
      shown(),
      'Description Name Preference PreferredLifetime Prefix PrefixLength State T1 T2 ValidLifetime',
    ],
    [
      '[WMI] 9',
      'DNS settings',
      [],
      ['v6DnsSetting.Get', {}] as Step,
      'DeleteDnsRROnLeaseExpiry DynamicUpdates NameProtection',
    ],
  ])('%s %s have these properties and no others', async (_source, _of, steps, call, names) => {
    expect(await propertiesAfter(steps, call)).toEqual(names.split(' '));
  });
});
