import { describe } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import type { Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const P = '2001:db8::';
const scope = (more: Parameters = {}): Step => ['v6Scope.Add', { Prefix: P, Name: 'Lab v6', ...more }];
const exclude = (start: string, end: string): Step => [
  'v6ExclusionRange.Add',
  { Prefix: P, StartRange: start, EndRange: end },
];
const DUID = '00-01-00-01-1a-2b-3c-4d';
const reserve = (ip: string, more: Parameters = {}): Step => [
  'v6Reservation.Add',
  { Prefix: P, IPAddress: ip, ClientDuid: DUID, Iaid: 5, ...more },
];
const lease = (ip: string, more: Parameters = {}): Step => [
  'v6Lease.Add',
  { IPAddress: ip, ClientDuid: '0001aabb', Iaid: 6, ...more },
];
const span = (text: string) => TimeSpan.parse(text);

const rows: readonly FactRow[] = [
  {
    source: '[HELP] 2',
    fact: 'defaults of a scope; the prefix in short form',
    call: scope({ Prefix: '2001:0DB8:0000::', PassThru: true }),
    gives: [
      {
        Prefix: P,
        PrefixLength: 64,
        State: 'Active',
        Preference: 0,
        PreferredLifetime: span('8.00:00:00'),
        ValidLifetime: span('12.00:00:00'),
        T1: span('4.00:00:00'),
        T2: span('6.09:36:00'),
      },
    ],
  },
  {
    source: '[I] 5',
    fact: 'a lease that is not there has the code that the lab chose, as in DHCPv4',
    lab: { choices: { leaseAbsentCode: 20016 } },
    before: [scope()],
    call: ['v6Lease.GetByIPAddress', { IPAddress: ['2001:db8::77'] }],
    ids: ['DHCP 20016'],
  },
  { source: '[M 3.2.4.58]', fact: 'a multicast prefix', call: scope({ Prefix: 'ff02::' }), ids: ['DHCP 20091'] },
  { source: '[M 3.2.4.58]', fact: 'a link-local prefix', call: scope({ Prefix: 'fe80::' }), ids: ['DHCP 20091'] },
  { source: '[M 3.2.4.58]', fact: 'no prefix at all', call: scope({ Prefix: '::' }), ids: ['DHCP 20091'] },
  { source: '[M 3.2.4.58]', fact: 'one that exists', before: [scope()], call: scope(), ids: ['WIN32 2014'] },
  {
    source: '[HELP] 2',
    fact: 'T2 before T1',
    call: scope({ T1: span('5.00:00:00'), T2: span('4.00:00:00') }),
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 2',
    fact: 'preferred may equal valid',
    call: scope({ PreferredLifetime: span('12.00:00:00'), PassThru: true }),
    gives: [{ T1: span('6.00:00:00'), T2: span('9.14:24:00') }],
  },
  { source: '[HELP] 2', fact: 'a preference beyond 255', call: scope({ Preference: 256 }), ids: ['WIN32 87'] },
  {
    source: '[M 3.2.4.59]',
    fact: 'Get of an absent one is 20005',
    call: ['v6Scope.Get', { Prefix: [P] }],
    ids: ['DHCP 20005'],
  },
  {
    source: '[M 3.2.4.59]',
    fact: 'sorted by prefix',
    before: [scope({ Prefix: '2001:db8:0:2::' }), scope()],
    call: ['v6Scope.Get', {}],
    gives: [{ Prefix: P }, { Prefix: '2001:db8:0:2::' }],
  },
  {
    source: '[M 3.2.4.63]',
    fact: 'Remove of an absent one is 2',
    call: ['v6Scope.Remove', { Prefix: [P] }],
    ids: ['WIN32 2'],
  },
  {
    source: '[M 3.2.4.63]',
    fact: 'Remove with leases',
    before: [scope(), lease('2001:db8::60')],
    call: ['v6Scope.Remove', { Prefix: [P] }],
    ids: ['DHCP 20007'],
  },
  {
    source: '[M 3.2.4.63]',
    fact: 'an active scope without leases goes',
    before: [scope(), reserve('2001:db8::50')],
    call: ['v6Scope.Remove', { Prefix: [P], Passthru: true }],
    gives: [{ Prefix: P }],
  },
  {
    source: '[M 3.2.4.60]',
    fact: 'exclusions that overlap',
    before: [scope(), exclude('2001:db8::1', '2001:db8::ff')],
    call: exclude('2001:db8::80', '2001:db8::1ff'),
    ids: ['WIN32 2014'],
  },
  {
    source: '[M 3.2.4.60]',
    fact: 'an exclusion in an absent scope',
    call: exclude('2001:db8::1', '2001:db8::2'),
    ids: ['WIN32 2'],
  },
  {
    source: '[I] 1',
    fact: 'an exclusion that runs backwards',
    before: [scope()],
    call: exclude('2001:db8::9', '2001:db8::2'),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.60]',
    fact: 'an address that is reserved',
    before: [scope(), reserve('2001:db8::50')],
    call: reserve('2001:db8::50', { Iaid: 9 }),
    ids: ['DHCP 20022'],
  },
  {
    source: '[M 3.2.4.60]',
    fact: 'a client that has a reservation',
    before: [scope(), reserve('2001:db8::50')],
    call: reserve('2001:db8::51', { ClientDuid: '000100011A2B3C4D' }),
    ids: ['DHCP 20022'],
  },
  {
    source: '[M 3.2.4.60]',
    fact: "another client's lease on the address goes",
    before: [scope(), lease('2001:db8::50'), reserve('2001:db8::50')],
    call: ['v6Lease.GetByPrefix', { Prefix: P }],
    gives: [],
  },
  {
    source: '[I] 4',
    fact: 'an address without a reservation',
    before: [scope()],
    call: ['v6Reservation.GetByIPAddress', { IPAddress: ['2001:db8::50'] }],
    ids: ['DHCP 20018'],
  },
  {
    source: '[M 3.2.4.62]',
    fact: 'Remove of an absent reservation',
    before: [scope()],
    call: ['v6Reservation.RemoveByIPAddress', { IPAddress: ['2001:db8::50'] }],
    ids: ['WIN32 2'],
  },
  {
    source: '[HELP] 4',
    fact: 'Set',
    before: [scope(), reserve('2001:db8::50')],
    call: ['v6Reservation.Set', { IPAddress: '2001:DB8::50', Name: 'printer', PassThru: true }],
    gives: [{ Name: 'printer', ClientDuid: DUID, Iaid: 5, AddressState: 'InactiveReservation' }],
  },
  { source: '[M 3.2.4.125]', fact: 'a lease of no scope', call: lease('2001:db8::60'), ids: ['DHCP 20005'] },
  {
    source: '[M 3.2.4.125]',
    fact: 'a lease that exists',
    before: [scope(), lease('2001:db8::60')],
    call: lease('2001:db8::60', { Iaid: 7 }),
    ids: ['DHCP 20014'],
  },
  {
    source: '[HELP] 5',
    fact: 'IANA by default',
    before: [scope()],
    call: lease('2001:db8::60', { PassThru: true }),
    gives: [{ AddressType: 'IANA', Prefix: P, ClientDuid: '00-01-aa-bb', HostName: null }],
  },
  {
    source: '[M 3.2.4.73]',
    fact: 'an absent lease',
    before: [scope()],
    call: ['v6Lease.GetByIPAddress', { IPAddress: ['2001:db8::60'] }],
    ids: ['DHCP 20013'],
  },
  {
    source: '[M 3.2.4.74]',
    fact: "a reservation's lease",
    before: [scope(), reserve('2001:db8::60', { ClientDuid: '0001aabb', Iaid: 6 }), lease('2001:db8::60')],
    call: ['v6Lease.RemoveByIPAddress', { IPAddress: ['2001:db8::60'] }],
    ids: ['DHCP 20022'],
  },
  {
    source: '[M 3.2.4.122]',
    fact: 'free addresses over exclusions',
    before: [scope(), exclude('2001:db8::1', '2001:db8::ff')],
    call: ['v6FreeIPAddress.Get', { Prefix: P, NumAddress: 2 }],
    gives: ['2001:db8::100', '2001:db8::101'],
  },
  {
    source: '[M 3.2.4.122]',
    fact: 'free addresses of an absent scope',
    call: ['v6FreeIPAddress.Get', { Prefix: P }],
    ids: ['DHCP 20005'],
  },
  {
    source: '[WMI] 6',
    fact: 'a whole /64 is counted as far as 64 bits go',
    before: [scope()],
    call: ['v6ScopeStatistics.Get', {}],
    gives: [{ Prefix: P, AddressesFree: 18446744073709551615n, AddressesInUse: 0n, ReservedAddress: 0n }],
  },
  {
    source: '[WMI] 6',
    fact: 'the server',
    before: [scope(), reserve('2001:db8::50')],
    call: ['v6Statistics.Get', {}],
    gives: [{ TotalScopes: 1, AddressesInUse: 1n, Solicits: 0 }],
  },
  {
    source: '[M 3.2.4.117]',
    fact: 'a purge interval of less than an hour',
    call: ['v6StatelessStore.Set', { PurgeInterval: span('0:59:00') }],
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 7',
    fact: 'minutes are dropped',
    before: [scope()],
    call: ['v6StatelessStore.Set', { Prefix: P, PurgeInterval: span('1.02:30:00'), PassThru: true }],
    gives: [{ Prefix: P, Enabled: false, PurgeInterval: span('1.02:00:00') }],
  },
  {
    source: '[M 3.2.4.118]',
    fact: 'the store of an absent scope',
    call: ['v6StatelessStore.Get', { Prefix: [P] }],
    ids: ['DHCP 20005'],
  },
  {
    source: '[M 3.2.4.48]',
    fact: 'an absent class of a definition',
    call: ['v6OptionDefinition.Add', { OptionId: 250, Name: 'x', Type: 'String', VendorClass: 'nobody' }],
    ids: ['WIN32 2'],
  },
  {
    source: '[M 3.2.4.53]',
    fact: 'an information refresh time under 600 seconds',
    call: ['v6OptionValue.SetByCommonOptions', { InfoRefreshTime: 599 }],
    ids: ['DHCP 20057'],
  },
  {
    source: '[M 3.2.4.53]',
    fact: 'an absent scope is 2',
    call: ['v6OptionValue.SetByOptionId', { OptionId: 24, Value: ['contoso.com'], Prefix: P }],
    ids: ['WIN32 2'],
  },
  {
    source: '[M 3.2.4.53]',
    fact: 'an absent reservation is 87',
    before: [scope()],
    call: ['v6OptionValue.SetByOptionId', { OptionId: 24, Value: ['contoso.com'], ReservedIP: '2001:db8::50' }],
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.55]',
    fact: 'to remove from an absent reservation succeeds',
    before: [scope()],
    call: ['v6OptionValue.Remove', { OptionId: [24], ReservedIP: '2001:db8::50' }],
    gives: [],
  },
  {
    source: '[HELP] 8',
    fact: 'a value of a reservation',
    before: [
      scope(),
      reserve('2001:db8::50'),
      ['v6OptionValue.SetByOptionId', { OptionId: 24, Value: ['contoso.com'], ReservedIP: '2001:db8::50' }],
    ],
    call: ['v6OptionValue.Get', { ReservedIP: '2001:db8::50' }],
    gives: [{ OptionId: 24, Name: 'Domain Search List', Value: ['contoso.com'], Type: 'String' }],
  },
  {
    source: '[NETSH] 8',
    fact: 'the built-in class',
    call: ['v6Class.Get', {}],
    gives: [{ Name: 'Microsoft Windows Options', Type: 'Vendor', Data: '0x4d53465420352e30', VendorId: 311 }],
  },
  {
    source: '[HELP] 8',
    fact: 'a vendor class needs its number',
    call: ['v6Class.Add', { Name: 'v', Type: 'Vendor', Data: 'v' }],
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 8',
    fact: 'a user class has none',
    call: ['v6Class.Add', { Name: 'u', Type: 'User', Data: 'u', VendorId: 4 }],
    ids: ['WIN32 87'],
  },
  { source: '[M] 8', fact: 'an absent class is 2', call: ['v6Class.Get', { Name: ['nobody'] }], ids: ['WIN32 2'] },
  {
    source: '[HELP] 9',
    fact: 'a scope has the DNS settings of the server',
    before: [scope(), ['v6DnsSetting.Set', { DynamicUpdates: 'Never' }]],
    call: ['v6DnsSetting.Get', { Prefix: P }],
    gives: [{ DynamicUpdates: 'Never', DeleteDnsRROnLeaseExpiry: true, NameProtection: false }],
  },
  { source: '[HELP] 9', fact: 'nothing to set', call: ['v6DnsSetting.Set', {}], ids: ['WIN32 87'] },
  {
    source: '[M 3.2.4.70]',
    fact: 'a binding',
    call: ['v6Binding.Get', {}],
    gives: [{ InterfaceAlias: 'Ethernet', InterfaceIndex: 3, BindingState: true }],
  },
];

describe('DHCPv6 (dhcp-v6-semantics)', () => testFacts(rows));
