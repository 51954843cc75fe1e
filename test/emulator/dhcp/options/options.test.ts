import { describe } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import type { Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const S = '10.10.10.0';
const R = '10.10.10.40';
const set = (id: number, value: readonly string[], more: Parameters = {}): Step => [
  'v4OptionValue.SetByOptionId',
  { OptionId: id, Value: value, ...more },
];
const get = (more: Parameters = {}): Step => ['v4OptionValue.Get', more];
const remove = (ids: number[], more: Parameters = {}): Step => ['v4OptionValue.Remove', { OptionId: ids, ...more }];
const define = (id: number, type: string, more: Parameters = {}): Step => [
  'v4OptionDefinition.Add',
  { OptionId: id, Name: `option ${id}`, Type: type, ...more },
];
const addClass = (name: string, type: string, data: string, more: Parameters = {}): Step => [
  'v4Class.Add',
  { Name: name, Type: type, Data: data, ...more },
];
const lab: Step = addClass('Lab', 'User', 'lab');
const fqdnPolicy: Step = ['v4Policy.Add', { Name: 'names', Condition: 'Or', Fqdn: ['EQ', 'contoso.com'] }];

const values: readonly FactRow[] = [
  {
    source: '[ABR] 1.2',
    fact: 'the order of storage, 51 with the scope; values of a level, not inherited',
    before: [set(42, ['10.0.0.9'])],
    call: get({ ScopeId: S }),
    gives: [
      { OptionId: 51, Value: ['691200'], Type: 'DWord', Name: 'Lease' },
      { OptionId: 3 },
      { OptionId: 6, Value: ['10.10.10.4', '10.10.10.5'], Name: 'DNS Servers', Type: 'IPv4Address' },
      { OptionId: 15, VendorClass: '', UserClass: '', PolicyName: '' },
    ],
  },
  {
    source: '[HELP] 1.2',
    fact: 'Brief leaves the name out',
    call: get({ ScopeId: S, OptionId: [3], Brief: true }),
    gives: [{ OptionId: 3, Name: null }],
  },
  {
    source: '[CAP 57399584721]',
    fact: 'a value that is not set',
    call: get({ ScopeId: S, OptionId: [66] }),
    ids: ['DHCP 20010'],
  },
  { source: '[M 3.2.4.22]', fact: 'an absent scope', call: get({ ScopeId: '10.9.9.0' }), ids: ['DHCP 20005'] },
  {
    source: '[M 3.2.4.22]',
    fact: 'an absent reservation',
    call: get({ ReservedIP: '10.10.10.31' }),
    ids: ['DHCP 20018'],
  },
  { source: '[M 3.2.4.22]', fact: 'an absent class', call: get({ VendorClass: 'nobody' }), ids: ['DHCP 20044'] },
  { source: '[M 3.2.4.104]', fact: 'an absent policy', call: get({ PolicyName: 'nobody' }), ids: ['DHCP 20111'] },
  {
    source: '[HELP] 1.1',
    fact: 'a scope and a reservation',
    call: set(42, ['10.0.0.9'], { ScopeId: S, ReservedIP: R }),
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 1.1',
    fact: 'a policy and a user class',
    call: set(42, ['10.0.0.9'], { PolicyName: 'x', UserClass: 'Lab' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.102]',
    fact: 'a policy and a reservation',
    call: set(42, ['10.0.0.9'], { PolicyName: 'x', ReservedIP: R }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.20]',
    fact: 'a bad combination comes before an absent class',
    call: set(42, ['1.1.1.1'], { ScopeId: S, ReservedIP: R, VendorClass: 'nobody' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.20]',
    fact: 'no elements come before an absent class',
    call: set(42, [], { VendorClass: 'nobody' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.20]',
    fact: 'an absent class comes before an absent scope',
    call: set(42, ['1.1.1.1'], { VendorClass: 'nobody', ScopeId: '10.9.9.0' }),
    ids: ['DHCP 20044'],
  },
  {
    source: '[M 3.2.4.102]',
    fact: 'a policy that looks at names takes 51 and 81 alone',
    before: [fqdnPolicy],
    call: set(42, ['10.0.0.9'], { PolicyName: 'names' }),
    ids: ['DHCP 20136'],
  },
  {
    source: '[HELP] 1.2',
    fact: 'numbers are given out decimal',
    before: [define(200, 'DWord')],
    call: set(200, ['0x999'], { PassThru: true }),
    gives: [{ Value: ['2457'] }],
  },
  {
    source: '[I] 1.2',
    fact: 'more than one value of an option with one',
    call: set(66, ['a', 'b']),
    ids: ['DHCP 20103'],
  },
  { source: '[?] 1.2', fact: 'a number that is too large', call: set(19, ['256']), ids: ['DHCP 20103'] },
  {
    source: 'U3',
    fact: 'a bare text of hexadecimal digits for bytes',
    call: set(43, ['6874747073']),
    ids: ['DHCP 20103'],
  },
  {
    source: '[HELP] 1.2',
    fact: 'bytes decimal or hexadecimal, one an element',
    call: set(43, ['241', '08', '0xff'], { PassThru: true }),
    gives: [{ Value: ['0xf1', '0x08', '0xff'], Type: 'BinaryData' }],
  },
  {
    source: '[HELP] 1.4',
    fact: 'Wpad is not defined from the start',
    call: ['v4OptionValue.SetByCommonOptions', { Wpad: 'http://wpad' }],
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 1.4',
    fact: 'several at once',
    call: [
      'v4OptionValue.SetByCommonOptions',
      { DnsDomain: 'contoso.com', Router: ['10.0.0.1'], DnsServer: ['10.0.0.3'], Force: true, PassThru: true },
    ],
    gives: [{ OptionId: 6, Value: ['10.0.0.3'] }, { OptionId: 15 }, { OptionId: 3 }],
  },
  {
    source: '[USE] 1.4',
    fact: 'a DNS server that does not answer, without Force: nothing is set',
    call: ['v4OptionValue.SetByCommonOptions', { DnsDomain: 'contoso.com', DnsServer: ['10.0.0.3'] }],
    ids: ['WIN32 87'],
  },
  { source: 'U4', fact: 'asked for OptionId 6, too', call: set(6, ['10.0.0.3']), ids: ['WIN32 87'] },
  {
    source: '[HELP] 1.4',
    fact: 'one that answers',
    lab: { dnsServers: ['10.0.0.3'] },
    call: set(6, ['10.0.0.3'], { PassThru: true }),
    gives: [{ OptionId: 6 }],
  },
  {
    source: '[STUB] 1.4',
    fact: 'null is what is not given',
    call: ['v4OptionValue.SetByCommonOptions', { DnsDomain: null, Wpad: null }],
    ids: ['WIN32 87'],
  },
  {
    source: '[ABR] 1.4',
    fact: 'option 51 of a scope is its lease duration',
    before: [set(51, ['3600'], { ScopeId: S })],
    call: ['v4Scope.Get', { ScopeId: [S] }],
    gives: [{ LeaseDuration: TimeSpan.parse('1:00:00') }],
  },
  {
    source: '[HELP] 1.1',
    fact: 'a reservation has values of its own',
    before: [set(42, ['10.0.0.9'], { ReservedIP: R })],
    call: get({ ReservedIP: R }),
    gives: [{ OptionId: 42 }],
  },
  {
    source: '[HELP] 1.5',
    fact: 'a user class becomes a policy',
    before: [lab, set(66, ['boot'], { ScopeId: S, UserClass: 'Lab' })],
    call: ['v4Policy.Get', { ScopeId: S }],
    gives: [{ Name: 'Lab', Condition: 'OR', UserClass: ['EQ', 'Lab'], Enabled: true, ProcessingOrder: 1 }],
  },
  {
    source: '[I] 1.5',
    fact: 'whose values are found by class and by policy',
    before: [lab, set(66, ['boot'], { ScopeId: S, UserClass: 'Lab' })],
    call: get({ ScopeId: S, UserClass: 'Lab' }),
    gives: [{ OptionId: 66, UserClass: 'Lab', PolicyName: 'Lab' }],
  },
  {
    source: '[HELP] 1.3',
    fact: 'without All no values of classes and policies',
    before: [lab, set(66, ['boot'], { ScopeId: S, UserClass: 'Lab' })],
    call: get({ ScopeId: S, OptionId: [66] }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[ABR] 1.5',
    fact: 'All: the BOOTP policy of a new server has 30 days',
    call: get({ All: true }),
    gives: [{ OptionId: 51, Value: ['2592000'], PolicyName: 'Default BOOTP Class', UserClass: 'Default BOOTP Class' }],
  },
  {
    source: '[GS] 1.1',
    fact: 'a vendor class has ids of its own',
    before: [set(2, ['5'], { VendorClass: 'Microsoft Options' })],
    call: get({ VendorClass: 'microsoft options' }),
    gives: [{ OptionId: 2, Name: 'Microsoft Release DHCP Lease On Shutdown Option', VendorClass: 'Microsoft Options' }],
  },
  { source: '[HELP] 1.6', fact: 'Remove of one that is not set', call: remove([66]), ids: ['DHCP 20010'] },
  {
    source: '[HELP] 1.6',
    fact: 'Remove',
    call: remove([3], { ScopeId: S, PassThru: true }),
    gives: [{ OptionId: 3, Value: ['10.10.10.1'] }],
  },
];

const definitions: readonly FactRow[] = [
  {
    source: '[NETSH] 2.1',
    fact: 'predefined',
    call: ['v4OptionDefinition.Get', { OptionId: [3, 43] }],
    gives: [
      { Name: 'Router', Type: 'IPv4Address', MultiValued: true, DefaultValue: ['0.0.0.0'] },
      { Name: 'Vendor Specific Info', Type: 'BinaryData', MultiValued: false },
    ],
  },
  {
    source: '[NETSH] 2.1',
    fact: '60 is not predefined',
    call: ['v4OptionDefinition.Get', { OptionId: [60] }],
    ids: ['DHCP 20010'],
  },
  {
    source: '[NETSH] 2.1',
    fact: 'of a vendor class',
    call: ['v4OptionDefinition.Get', { VendorClass: 'Microsoft Options' }],
    gives: [
      { OptionId: 1, Name: 'Microsoft Disable Netbios Option ', DefaultValue: ['1'] },
      { OptionId: 2 },
      { OptionId: 3 },
    ],
  },
  { source: '[M 3.2.4.15]', fact: 'one that exists', call: define(3, 'String'), ids: ['DHCP 20009'] },
  {
    source: '[M 3.2.4.15]',
    fact: 'an absent vendor class',
    call: define(3, 'String', { VendorClass: 'nobody' }),
    ids: ['DHCP 20044'],
  },
  { source: '[M 3.2.4.15]', fact: 'ids from 1 to 255', call: define(256, 'String'), ids: ['WIN32 87'] },
  { source: 'U7', fact: 'no IPv6 address', call: define(200, 'IPv6Address'), ids: ['WIN32 87'] },
  {
    source: '[M 3.2.4.15]',
    fact: 'without a default it has a zero of its type',
    call: define(200, 'Word', { PassThru: true }),
    gives: [{ OptionId: 200, DefaultValue: ['0'], MultiValued: false, VendorClass: '' }],
  },
  {
    source: '[STUB] 2',
    fact: 'Set of an absent one',
    call: ['v4OptionDefinition.Set', { OptionId: 200, Name: 'x' }],
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 2',
    fact: 'Set keeps the type',
    call: ['v4OptionDefinition.Set', { OptionId: 42, Description: 'time', PassThru: true }],
    gives: [{ Name: 'NTP Servers', Description: 'time', Type: 'IPv4Address', MultiValued: true }],
  },
  {
    source: '[M 3.2.4.19]',
    fact: 'Remove of an absent one',
    call: ['v4OptionDefinition.Remove', { OptionId: [200] }],
    ids: ['DHCP 20010'],
  },
];

const classes: readonly FactRow[] = [
  {
    source: '[XML] 3',
    fact: 'built in, data as hexadecimal digits',
    call: ['v4Class.Get', { Type: 'Vendor' }],
    gives: [
      { Name: 'Microsoft Windows 2000 Options', Data: '0x4d53465420352e30' },
      { Data: '0x4d534654203938' },
      { Data: '0x4d534654' },
    ],
  },
  {
    source: '[HELP] 3',
    fact: 'text is taken as bytes',
    call: addClass('Lab', 'User', 'lab', { PassThru: true }),
    gives: [{ Name: 'Lab', Type: 'User', Data: '0x6c6162' }],
  },
  {
    source: '[M 3.2.4.25]',
    fact: 'data of no or too many bytes',
    call: addClass('Lab', 'User', 'x'.repeat(256)),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.25]',
    fact: 'a name that exists',
    before: [lab],
    call: addClass('LAB', 'User', 'other'),
    ids: ['DHCP 20045'],
  },
  {
    source: '[M 3.2.4.25]',
    fact: 'data that exist',
    before: [lab],
    call: addClass('other', 'User', '0x6c6162'),
    ids: ['DHCP 20045'],
  },
  { source: '[M 3.2.4.28]', fact: 'an absent one', call: ['v4Class.Get', { Name: ['Lab'] }], ids: ['DHCP 20044'] },
  {
    source: '[HELP] 3',
    fact: 'Set with nothing to set',
    before: [lab],
    call: ['v4Class.Set', { Name: 'Lab', Type: 'User' }],
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'one that is built in stays',
    call: ['v4Class.Remove', { Name: ['Microsoft Options'], Type: 'Vendor' }],
    ids: ['DHCP 20089'],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'one that goes takes its policies along',
    before: [
      lab,
      set(66, ['boot'], { ScopeId: S, UserClass: 'Lab' }),
      ['v4Class.Remove', { Name: ['Lab'], Type: 'User' }],
    ],
    call: ['v4Policy.Get', { ScopeId: S }],
    gives: [],
  },
];

const dns = (more: Parameters): Step => ['v4DnsSetting.Set', { PassThru: true, ...more }];
const getDns = (more: Parameters = {}): Step => ['v4DnsSetting.Get', more];

const dnsSettings: readonly FactRow[] = [
  {
    source: '[GS] 6.1',
    fact: 'nothing set anywhere',
    call: getDns({ ScopeId: S }),
    gives: [
      {
        DynamicUpdates: 'OnClientRequest',
        DeleteDnsRROnLeaseExpiry: true,
        UpdateDnsRRForOlderClients: false,
        NameProtection: false,
        DisableDnsPtrRRUpdate: false,
      },
    ],
  },
  {
    source: '[HELP] 6.2',
    fact: 'a scope has what the server has',
    before: [dns({ DynamicUpdates: 'Always' })],
    call: getDns({ ScopeId: S }),
    gives: [{ DynamicUpdates: 'Always', DeleteDnsRROnLeaseExpiry: true }],
  },
  {
    source: '[HELP] 6.2',
    fact: 'a reservation has what its scope has',
    before: [dns({ DynamicUpdates: 'Never', ScopeId: S })],
    call: getDns({ IPAddress: R }),
    gives: [{ DynamicUpdates: 'Never' }],
  },
  {
    source: '[ABR] 6.1',
    fact: 'is option 81 of the level, 23 for Always, older clients, delete; without a name',
    before: [dns({ ScopeId: S, DynamicUpdates: 'Always', UpdateDnsRRForOlderClients: true })],
    call: get({ ScopeId: S, OptionId: [81] }),
    gives: [{ Value: ['23'], Name: null, Type: 'DWord' }],
  },
  {
    source: '[ABR] 6.1',
    fact: '55 with name protection',
    before: [dns({ DynamicUpdates: 'Always', UpdateDnsRRForOlderClients: true, NameProtection: true })],
    call: get({ OptionId: [81] }),
    gives: [{ Value: ['55'] }],
  },
  {
    source: '[I] 6.2',
    fact: 'removing option 81 undoes it',
    before: [dns({ DynamicUpdates: 'Never' }), remove([81])],
    call: getDns(),
    gives: [{ DynamicUpdates: 'OnClientRequest' }],
  },
  { source: '[HELP] 6.2', fact: 'Set with nothing to set', call: dns({ ScopeId: S }), ids: ['WIN32 87'] },
  {
    source: '[HELP] 6.2',
    fact: 'IPAddress with ScopeId',
    call: dns({ ScopeId: S, IPAddress: R, NameProtection: true }),
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 6.2',
    fact: 'an address without a reservation',
    call: getDns({ IPAddress: '10.10.10.31' }),
    ids: ['DHCP 20018'],
  },
  {
    source: '[HELP] 6.2',
    fact: 'a suffix without a policy',
    call: dns({ DnsSuffix: 'contoso.com' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 6.2',
    fact: 'a suffix of a policy',
    before: [fqdnPolicy],
    call: dns({ PolicyName: 'names', DnsSuffix: 'guest.contoso.com' }),
    gives: [{ DnsSuffix: 'guest.contoso.com' }],
  },
];

describe('option values (dhcp-options-policies 1)', () => testFacts(values));
describe('option definitions (dhcp-options-policies 2)', () => testFacts(definitions));
describe('classes (dhcp-options-policies 3)', () => testFacts(classes));
describe('DNS settings (dhcp-options-policies 6)', () => testFacts(dnsSettings));
