// Facts about option values, each by the tag of its source in the reference.
import { describe } from '@jest/globals';
import type { Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const S = '10.10.10.0';
const OTHER = '10.20.20.0';
const R = '10.10.10.40';
const VENDOR = 'Microsoft Options';
const set = (id: number, value: readonly string[], more: Parameters = {}): Step => [
  'v4OptionValue.SetByOptionId',
  { OptionId: id, Value: value, ...more },
];
const get = (more: Parameters = {}): Step => ['v4OptionValue.Get', more];
const define = (id: number, type: string, more: Parameters = {}): Step => [
  'v4OptionDefinition.Add',
  { OptionId: id, Name: `option ${id}`, Type: type, ...more },
];
const lab: Step = ['v4Class.Add', { Name: 'Lab', Type: 'User', Data: 'lab', Description: 'Lab machines' }];
const phones: Step = ['v4Policy.Add', { Name: 'Phones', Condition: 'Or', MacAddress: ['EQ', '00-04-F2*'] }];

/** Option 200 as a standard value, in a vendor class, in a user class, in a policy, and in a policy for a vendor. */
const everywhere: readonly Step[] = [
  lab,
  phones,
  define(200, 'String'),
  define(200, 'String', { VendorClass: VENDOR }),
  set(200, ['standard']),
  set(200, ['vendor'], { VendorClass: VENDOR }),
  set(200, ['user'], { UserClass: 'Lab' }),
  set(200, ['policy'], { PolicyName: 'Phones' }),
  set(200, ['vendor of a user'], { UserClass: 'Lab', VendorClass: VENDOR }),
  set(200, ['vendor of a policy'], { PolicyName: 'Phones', VendorClass: VENDOR }),
  set(66, ['other']),
];
const given = (...values: string[]) => values.map((value) => ({ Value: [value] }));

const levels: readonly FactRow[] = [
  {
    source: '[HELP] 1.1',
    fact: 'what the server has is not shown at a scope: nothing is inherited',
    before: [set(42, ['10.0.0.9'])],
    call: get({ ScopeId: S, OptionId: [42] }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 1.1',
    fact: 'what a scope has is neither the server’s nor another scope’s',
    before: [set(42, ['10.0.0.9'], { ScopeId: S })],
    call: get({ ScopeId: OTHER, OptionId: [42] }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 1.1',
    fact: 'the scope of a reservation does not show what the reservation has',
    before: [set(42, ['10.0.0.9'], { ReservedIP: R })],
    call: get({ ScopeId: S, OptionId: [42] }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 1.1',
    fact: 'a user class has values of its own at each level',
    before: [lab, set(66, ['server'], { UserClass: 'Lab' }), set(66, ['scope'], { ScopeId: S, UserClass: 'Lab' })],
    call: get({ UserClass: 'Lab' }),
    gives: [{ OptionId: 66, Value: ['server'], UserClass: 'Lab' }],
  },
  {
    source: '[HELP] 1.1',
    fact: 'a policy of a scope is another one than the server’s of that name',
    before: [phones, set(66, ['server'], { PolicyName: 'Phones' })],
    call: get({ ScopeId: OTHER, PolicyName: 'Phones' }),
    gives: [],
  },
  {
    source: '[HELP] 1.1',
    fact: 'the default of a definition is no value of any level',
    before: [define(200, 'DWord', { DefaultValue: ['7'] })],
    call: get({ OptionId: [200], All: true }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 1.1',
    fact: 'Remove from a scope and a reservation at once',
    call: ['v4OptionValue.Remove', { OptionId: [3], ScopeId: S, ReservedIP: R }],
    ids: ['WIN32 87'],
  },
];

const forms: readonly FactRow[] = [
  {
    source: '[WMI] 1.2',
    fact: 'an id is of 1 to 255 for a vendor, too',
    before: [define(255, 'String', { VendorClass: VENDOR })],
    call: define(256, 'String', { VendorClass: VENDOR }),
    ids: ['WIN32 87'],
  },
  {
    source: '[WMI] 1.2',
    fact: 'a value has one of eight types, that of its definition',
    before: [
      ...['Byte', 'Word', 'DWord', 'DWordDWord', 'IPv4Address', 'String', 'BinaryData', 'EncapsulatedData'].map(
        (type, index) => define(200 + index, type),
      ),
      set(200, ['0xff']),
      set(201, ['65535']),
      set(202, ['0xFFFFFFFF']),
      set(203, ['18446744073709551615']),
      set(204, ['10.0.0.9']),
      set(205, ['0x41']),
      set(206, ['255', '0x0a']),
      set(207, ['1']),
    ],
    call: get(),
    gives: [
      { Type: 'Byte', Value: ['255'] },
      { Type: 'Word', Value: ['65535'] },
      { Type: 'DWord', Value: ['4294967295'] },
      { Type: 'DWordDWord', Value: ['18446744073709551615'] },
      { Type: 'IPv4Address', Value: ['10.0.0.9'] },
      { Type: 'String', Value: ['0x41'] },
      { Type: 'BinaryData', Value: ['0xff', '0x0a'] },
      { Type: 'EncapsulatedData', Value: ['0x01'] },
    ],
  },
  {
    source: '[WMI] 1.2',
    fact: 'a single number is a list of one text',
    call: set(19, ['1'], { ReservedIP: R, PassThru: true }),
    gives: [{ Value: ['1'] }],
  },
  {
    source: '[XML] 1.2',
    fact: 'classes and policy are empty texts where they are not set',
    before: [set(66, ['boot'], { ReservedIP: R })],
    call: get({ ReservedIP: R }),
    gives: [{ VendorClass: '', UserClass: '', PolicyName: '' }],
  },
  {
    source: '[HELP] 1.2',
    fact: 'a text stays as it is',
    call: set(66, [' Boot·Server '], { PassThru: true }),
    gives: [{ Value: [' Boot·Server '], Type: 'String' }],
  },
  {
    source: '[HELP] 1.2',
    fact: 'encapsulated data are bytes, one an element',
    before: [define(200, 'EncapsulatedData')],
    call: set(200, ['241', '08', 'ff'], { PassThru: true }),
    gives: [{ Value: ['0xf1', '0x08', '0xff'], Type: 'EncapsulatedData' }],
  },
  {
    source: '[HELP] 1.2',
    fact: 'an address is dotted, and no name of a computer',
    call: set(42, ['ntp.contoso.com']),
    ids: ['DHCP 20103'],
  },
  {
    source: '[STUB] 1.2',
    fact: 'null reaches the server, which has no use for it',
    call: ['v4OptionValue.SetByOptionId', { OptionId: 42, Value: null }],
    ids: ['WIN32 87'],
  },
];

const reading: readonly FactRow[] = [
  {
    source: '[HELP] 1.3',
    fact: 'the standard values alone, without those of classes and policies',
    before: everywhere,
    call: get(),
    gives: given('standard', 'other'),
  },
  {
    source: '[HELP] 1.3',
    fact: 'a reservation without values has none',
    call: get({ ReservedIP: R }),
    gives: [],
  },
  {
    source: '[HELP] 1.3',
    fact: 'a vendor class alone',
    before: everywhere,
    call: get({ VendorClass: VENDOR }),
    gives: given('vendor'),
  },
  {
    source: '[HELP] 1.3',
    fact: 'a user class alone',
    before: everywhere,
    call: get({ UserClass: 'Lab' }),
    gives: given('user'),
  },
  {
    source: '[HELP] 1.3',
    fact: 'a policy alone',
    before: everywhere,
    call: get({ PolicyName: 'Phones' }),
    gives: given('policy'),
  },
  {
    source: '[HELP] 1.3',
    fact: 'All has one option in every class and policy',
    before: everywhere,
    call: get({ OptionId: [200], All: true }),
    gives: given('standard', 'vendor', 'policy', 'vendor of a policy', 'user', 'vendor of a user'),
  },
  {
    source: '[HELP] 1.3',
    fact: 'All of a vendor class: with user classes and policies',
    before: everywhere,
    call: get({ VendorClass: VENDOR, All: true }),
    gives: given('vendor', 'vendor of a policy', 'vendor of a user'),
  },
  {
    source: '[HELP] 1.3',
    fact: 'All of a user class: with vendor classes',
    before: everywhere,
    call: get({ UserClass: 'Lab', All: true }),
    gives: given('user', 'vendor of a user'),
  },
  {
    source: '[HELP] 1.3',
    fact: 'All of a policy: with vendor classes',
    before: everywhere,
    call: get({ PolicyName: 'Phones', All: true }),
    gives: given('policy', 'vendor of a policy'),
  },
  {
    source: '[HELP] 1.3',
    fact: 'Brief leaves out every name and nothing else',
    before: [set(66, ['boot'], { ReservedIP: R }), set(2, ['1'], { ReservedIP: R, VendorClass: VENDOR })],
    call: get({ ReservedIP: R, All: true, Brief: true }),
    gives: [
      { Name: null, OptionId: 66, Type: 'String', Value: ['boot'] },
      { Name: null, OptionId: 2, Type: 'DWord', Value: ['1'], VendorClass: VENDOR },
    ],
  },
];

const names: Step = ['v4Policy.Add', { Name: 'names', Condition: 'Or', Fqdn: ['EQ', 'contoso.com'] }];

const writing: readonly FactRow[] = [
  {
    source: '[M 3.2.4.102]',
    fact: 'a policy that looks at names comes before no elements',
    before: [names],
    call: set(42, [], { PolicyName: 'names' }),
    ids: ['DHCP 20136'],
  },
  {
    source: '[M 3.2.4.102]',
    fact: 'and before an absent class',
    before: [names],
    call: set(42, ['10.0.0.9'], { PolicyName: 'names', VendorClass: 'nobody' }),
    ids: ['DHCP 20136'],
  },
  {
    source: '[M 3.2.4.102]',
    fact: 'the values of its lease and of its DNS settings are taken',
    before: [names, set(81, ['5'], { PolicyName: 'names' })],
    call: set(51, ['3600'], { PolicyName: 'names', PassThru: true }),
    gives: [{ OptionId: 51, PolicyName: 'names' }],
  },
  {
    source: '[M 3.2.4.20]',
    fact: 'no elements come before an absent scope',
    call: set(42, [], { ScopeId: '10.9.9.0' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.102]',
    fact: 'an absent policy',
    call: set(42, ['10.0.0.9'], { PolicyName: 'nobody' }),
    ids: ['DHCP 20111'],
  },
  {
    source: '[USE] 1.4',
    fact: 'the sentence names the DNS server that does not answer',
    call: set(6, ['10.10.10.2', '10.0.0.3']),
    ids: ['WIN32 87'],
    says: ['10.0.0.3 is not a valid DNS server.'],
  },
  {
    source: '[HELP] 1.4',
    fact: 'what cannot be of the type of the definition',
    call: set(51, ['eight days'], { ScopeId: S }),
    ids: ['DHCP 20103'],
  },
  {
    source: '[HELP] 1.4',
    fact: 'a second value of a user class fills the policy that the first one made',
    before: [
      lab,
      set(66, ['boot'], { ScopeId: S, UserClass: 'Lab' }),
      set(67, ['x'], { ScopeId: S, UserClass: 'Lab' }),
    ],
    call: ['v4Policy.Get', { ScopeId: S }],
    gives: [{ Name: 'Lab', Description: 'Lab machines' }],
  },
  {
    source: '[HELP] 1.4',
    fact: 'its processing comes after the policies that there are',
    before: [lab, set(66, ['boot'], { ScopeId: OTHER, UserClass: 'Lab' })],
    call: ['v4Policy.Get', { ScopeId: OTHER }],
    gives: [
      { Name: 'Phones', ProcessingOrder: 1 },
      { Name: 'Lab', ProcessingOrder: 2 },
    ],
  },
  {
    source: '[HELP] 1.4',
    fact: 'PassThru gives the values that were set, and no other of the level',
    call: ['v4OptionValue.SetByCommonOptions', { ScopeId: S, WinsServer: ['10.0.0.7'], PassThru: true }],
    gives: [{ OptionId: 44, Value: ['10.0.0.7'] }],
  },
  ...(
    [
      ['an absent scope', { ScopeId: '10.9.9.0' }, 'DHCP 20005'],
      ['an absent reservation', { ReservedIP: '10.10.10.31' }, 'DHCP 20018'],
      ['an absent policy', { PolicyName: 'nobody' }, 'DHCP 20111'],
    ] as const
  ).map(
    ([what, more, id]): FactRow => ({
      source: '[M 3.2.4.24]',
      fact: `Remove from ${what}`,
      call: ['v4OptionValue.Remove', { OptionId: [42], ...more }],
      ids: [id],
    }),
  ),
  {
    source: '[HELP] 1.6',
    fact: 'Remove from a vendor class leaves the standard value of that number',
    before: [...everywhere, ['v4OptionValue.Remove', { OptionId: [200], VendorClass: VENDOR }]],
    call: get({ OptionId: [200], All: true }),
    gives: given('standard', 'policy', 'vendor of a policy', 'user', 'vendor of a user'),
  },
];

describe('levels of option values (dhcp-options-policies 1.1)', () => testFacts(levels));
describe('forms of option values (dhcp-options-policies 1.2)', () => testFacts(forms));
describe('Get of option values (dhcp-options-policies 1.3)', () => testFacts(reading));
describe('Set and Remove of option values (dhcp-options-policies 1.4, 1.6)', () => testFacts(writing));
