// Facts about policies, each by the tag of its source in the reference.
import { describe } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import type { Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const S = '10.10.10.0';
const OTHER = '10.20.20.0';
const add = (name: string, more: Parameters = {}): Step => [
  'v4Policy.Add',
  { Name: name, ScopeId: S, Condition: 'Or', MacAddress: ['EQ', '00-04-F2*'], ...more },
];
const get = (more: Parameters = {}): Step => ['v4Policy.Get', { ScopeId: S, ...more }];
const set = (more: Parameters): Step => ['v4Policy.Set', { Name: 'a', ScopeId: S, ...more }];
const range = (name: string, start: number, end: number): Step => [
  'v4PolicyIPRange.Add',
  { Name: name, ScopeId: S, StartRange: `10.10.10.${start}`, EndRange: `10.10.10.${end}` },
];
const option = (name: string, id: number, value: string): Step => [
  'v4OptionValue.SetByOptionId',
  { ScopeId: S, PolicyName: name, OptionId: id, Value: [value] },
];
const hours = (count: number) => TimeSpan.from({ seconds: count * 3600 });

const objects: readonly FactRow[] = [
  {
    source: '[M 2.2.1.2.110]',
    fact: 'a name of 64 and a description of 255 characters',
    call: add('n'.repeat(64), { Description: 'd'.repeat(255), PassThru: true }),
    gives: [{ Name: 'n'.repeat(64), Description: 'd'.repeat(255) }],
  },
  { source: '[M 2.2.1.2.110]', fact: 'a name of 65', call: add('n'.repeat(65)), ids: ['WIN32 87'] },
  {
    source: '[M 2.2.1.2.110]',
    fact: 'a description of 256',
    call: add('a', { Description: 'd'.repeat(256) }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 2.2.1.2.110]',
    fact: 'a name of another level is free',
    before: [add('a', { ScopeId: OTHER }), add('a', { ScopeId: undefined })],
    call: add('a', { PassThru: true }),
    gives: [{ Name: 'a', ScopeId: S }],
  },
  {
    source: '[XML] 4.1',
    fact: 'the operator is written in capitals, however it was given',
    before: [add('a', { Condition: 'and' })],
    call: get(),
    gives: [{ Condition: 'AND' }],
  },
  {
    source: '[XML] 4.1',
    fact: 'each kind of condition is a list of comparator and values, and null when not used',
    before: [
      ['v4Class.Add', { Name: 'Lab', Type: 'User', Data: 'lab' }],
      add('a', {
        MacAddress: undefined,
        UserClass: ['eq', 'Lab'],
        RelayAgent: ['NE', '0a0b'],
        RemoteId: ['EQ', '0c', 'NE', '0d'],
        Fqdn: ['EQ', '*.contoso.com'],
      }),
    ],
    call: get(),
    gives: [
      {
        VendorClass: null,
        UserClass: ['EQ', 'Lab'],
        MacAddress: null,
        ClientId: null,
        RelayAgent: ['NE', '0A-0B'],
        CircuitId: null,
        RemoteId: ['EQ', '0C', 'NE', '0D'],
        SubscriberId: null,
        Fqdn: ['EQ', '*.contoso.com'],
      },
    ],
  },
  {
    source: '[ABR] 4.1',
    fact: 'LeaseDuration follows option 51 of the policy',
    before: [add('a', { LeaseDuration: hours(2) }), option('a', 51, '3600')],
    call: get(),
    gives: [{ LeaseDuration: hours(1) }],
  },
  {
    source: '[ABR] 4.1',
    fact: 'and is zero where that is removed',
    before: [
      add('a', { LeaseDuration: hours(2) }),
      ['v4OptionValue.Remove', { ScopeId: S, PolicyName: 'a', OptionId: [51] }],
    ],
    call: get(),
    gives: [{ LeaseDuration: hours(0) }],
  },
  {
    source: '[ABR] 4.1',
    fact: 'policies of the server are not among a scope’s',
    before: [add('a')],
    call: ['v4Policy.Get', {}],
    gives: [{ Name: 'Default BOOTP Class', ScopeId: '0.0.0.0' }],
  },
];

const operations: readonly FactRow[] = [
  {
    source: '[M 3.2.4.112]',
    fact: 'Remove of an absent one',
    call: ['v4Policy.Remove', { Name: ['a'], ScopeId: S }],
    ids: ['DHCP 20111'],
  },
  {
    source: '[M 3.2.4.112]',
    fact: 'its option values go along',
    before: [add('a'), option('a', 66, 'boot'), ['v4Policy.Remove', { Name: ['a'], ScopeId: S }], add('a')],
    call: ['v4OptionValue.Get', { ScopeId: S, PolicyName: 'a' }],
    gives: [],
  },
  {
    source: '[M 3.2.4.112]',
    fact: 'its ranges go along, and are free for another',
    before: [
      add('a'),
      add('b'),
      range('a', 200, 209),
      ['v4Policy.Remove', { Name: ['a'], ScopeId: S }],
      range('b', 205, 214),
    ],
    call: ['v4PolicyIPRange.Get', { ScopeId: S }],
    gives: [{ Name: 'b', StartRange: '10.10.10.205' }],
  },
  {
    source: '[HELP] 4.3',
    fact: 'a kind of condition is taken away by an empty text',
    before: [add('a', { ClientId: ['EQ', 'aa'] }), set({ ClientId: [''] })],
    call: get(),
    gives: [{ ClientId: null, MacAddress: ['EQ', '00-04-F2*'] }],
  },
  {
    source: '[M 3.2.4.111]',
    fact: 'a condition on names beside an option other than 51 and 81',
    before: [add('a'), option('a', 66, 'boot')],
    call: set({ Fqdn: ['EQ', 'contoso.com'] }),
    ids: ['DHCP 20137'],
  },
  {
    source: '[M 3.2.4.111]',
    fact: 'a place behind the last one',
    before: [add('a'), add('b')],
    call: set({ ProcessingOrder: 4 }),
    ids: ['DHCP 20110'],
  },
  {
    source: '[M 3.2.4.111]',
    fact: 'a place behind the last one by one is the last',
    before: [add('a'), add('b'), set({ ProcessingOrder: 3 })],
    call: get(),
    gives: [
      { Name: 'b', ProcessingOrder: 1 },
      { Name: 'a', ProcessingOrder: 2 },
    ],
  },
  {
    source: '[M 3.2.4.111]',
    fact: 'a new place moves the others',
    before: [add('a'), add('b'), add('c'), set({ ProcessingOrder: 3 })],
    call: get(),
    gives: [
      { Name: 'b', ProcessingOrder: 1 },
      { Name: 'c', ProcessingOrder: 2 },
      { Name: 'a', ProcessingOrder: 3 },
    ],
  },
];

const ranges: readonly FactRow[] = [
  {
    source: '[HELP] 4.4',
    fact: 'without a name the ranges of all policies of the scope',
    before: [add('a'), add('b'), range('b', 220, 229), range('a', 200, 209), range('a', 240, 249)],
    call: ['v4PolicyIPRange.Get', { ScopeId: S }],
    gives: [
      { Name: 'a', ScopeId: S, StartRange: '10.10.10.200', EndRange: '10.10.10.209' },
      { Name: 'a', ScopeId: S, StartRange: '10.10.10.240', EndRange: '10.10.10.249' },
      { Name: 'b', ScopeId: S, StartRange: '10.10.10.220', EndRange: '10.10.10.229' },
    ],
  },
  {
    source: '[HELP] 4.4',
    fact: 'those of the policies that are named',
    before: [add('a'), add('b'), range('b', 220, 229), range('a', 200, 209)],
    call: ['v4PolicyIPRange.Get', { ScopeId: S, Name: ['B'] }],
    gives: [{ Name: 'b', StartRange: '10.10.10.220' }],
  },
  {
    source: '[HELP] 4.4',
    fact: 'Remove without bounds takes all of the policy and none of another',
    before: [
      add('a'),
      add('b'),
      range('b', 220, 229),
      range('a', 200, 209),
      range('a', 240, 249),
      ['v4PolicyIPRange.Remove', { ScopeId: S, Name: 'a' }],
    ],
    call: ['v4PolicyIPRange.Get', { ScopeId: S }],
    gives: [{ Name: 'b' }],
  },
  {
    source: '[M 3.2.4.38] 4.4',
    fact: 'the range of the scope cannot be made smaller than those of its policies',
    before: [add('a'), range('a', 200, 209)],
    call: ['v4Scope.SetByWithRange', { ScopeId: S, StartRange: '10.10.10.10', EndRange: '10.10.10.208' }],
    ids: ['DHCP 20112'],
  },
  {
    source: '[M 3.2.4.38] 4.4',
    fact: 'but to their very end',
    before: [
      add('a'),
      range('a', 200, 209),
      ['v4Scope.SetByWithRange', { ScopeId: S, StartRange: '10.10.10.10', EndRange: '10.10.10.209' }],
    ],
    call: ['v4Scope.Get', { ScopeId: [S] }],
    gives: [{ EndRange: '10.10.10.209' }],
  },
  {
    source: '[M 3.2.4.114]',
    fact: 'a range over another of the same policy',
    before: [add('a'), range('a', 200, 209)],
    call: range('a', 209, 215),
    ids: ['DHCP 20106'],
  },
];

describe('policies (dhcp-options-policies 4.1)', () => testFacts(objects));
describe('operations on policies (dhcp-options-policies 4.3)', () => testFacts(operations));
describe('ranges of policies (dhcp-options-policies 4.4)', () => testFacts(ranges));
