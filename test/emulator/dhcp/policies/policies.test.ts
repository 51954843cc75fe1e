import { describe } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import type { Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const S = '10.10.10.0';
const add = (name: string, more: Parameters = {}): Step => [
  'v4Policy.Add',
  { Name: name, ScopeId: S, Condition: 'OR', MacAddress: ['EQ', '00-04-F2*'], ...more },
];
const range = (start: string, end: string, more: Parameters = {}): Step => [
  'v4PolicyIPRange.Add',
  { Name: 'a', ScopeId: S, StartRange: start, EndRange: end, ...more },
];
const only = (more: Parameters): Parameters => ({ MacAddress: undefined, ...more });

const policies: readonly FactRow[] = [
  {
    source: '[ABR] 4.1',
    fact: 'a new server has the one of BOOTP clients, under the scope 0.0.0.0, with 30 days',
    call: ['v4Policy.Get', {}],
    gives: [
      {
        Name: 'Default BOOTP Class',
        ScopeId: '0.0.0.0',
        Condition: 'OR',
        LeaseDuration: TimeSpan.parse('30.00:00:00'),
        MacAddress: null,
      },
    ],
  },
  {
    source: '[I] 4.3',
    fact: 'enabled, last in the order',
    before: [add('a')],
    call: add('b', { PassThru: true }),
    gives: [{ Name: 'b', Enabled: true, ProcessingOrder: 2, ScopeId: S, MacAddress: ['EQ', '00-04-F2*'] }],
  },
  { source: '[M 3.2.4.109] 1', fact: 'no condition', call: add('a', only({})), ids: ['DHCP 20109'] },
  {
    source: '[M 3.2.4.109] 3',
    fact: 'a condition that is none comes before an absent scope',
    call: add('a', { MacAddress: ['00-04'], ScopeId: '10.9.9.0' }),
    ids: ['DHCP 20109'],
  },
  { source: '[M 3.2.4.109] 5', fact: 'an absent scope', call: add('a', { ScopeId: '10.9.9.0' }), ids: ['DHCP 20005'] },
  {
    source: '[M 3.2.4.109] 6',
    fact: 'a name that exists comes before the order',
    before: [add('a')],
    call: add('A', { ProcessingOrder: 9 }),
    ids: ['DHCP 20105'],
  },
  {
    source: '[M 3.2.4.109] 7',
    fact: 'an order beyond the next comes before an absent class',
    call: add('a', { ProcessingOrder: 2, UserClass: ['EQ', 'nobody'] }),
    ids: ['DHCP 20110'],
  },
  {
    source: '[M 3.2.4.109] 8',
    fact: 'an absent class',
    call: add('a', { UserClass: ['EQ', 'nobody'] }),
    ids: ['DHCP 20044'],
  },
  {
    source: '[M 3.2.4.109]',
    fact: 'those that follow move',
    before: [add('a'), add('b', { ProcessingOrder: 1 })],
    call: ['v4Policy.Get', { ScopeId: S }],
    gives: [
      { Name: 'b', ProcessingOrder: 1 },
      { Name: 'a', ProcessingOrder: 2 },
    ],
  },
  {
    source: '[HELP] 4.2',
    fact: 'a MAC address of other than six bytes needs a star',
    call: add('a', { MacAddress: ['EQ', '00-04-F2'] }),
    ids: ['DHCP 20109'],
  },
  {
    source: '[HELP] 4.2',
    fact: 'one value for a circuit',
    call: add('a', { CircuitId: ['EQ', 'aa', 'bb'] }),
    ids: ['DHCP 20109'],
  },
  {
    source: '[HELP] 4.2',
    fact: 'two comparators',
    call: add('a', { ClientId: ['EQ', 'aabb', 'NE', 'cc'], PassThru: true }),
    gives: [{ ClientId: ['EQ', 'AA-BB', 'NE', 'CC'] }],
  },
  {
    source: '[HELP] 4.2',
    fact: 'a single label stands with an empty value',
    call: add('a', only({ Fqdn: ['ISL', ''], PassThru: true })),
    gives: [{ Fqdn: ['ISL'] }],
  },
  {
    source: '[HELP] 4.3',
    fact: 'LeaseDuration is its option 51',
    before: [add('a', { LeaseDuration: TimeSpan.parse('2:00:00') })],
    call: ['v4OptionValue.Get', { ScopeId: S, PolicyName: 'a' }],
    gives: [{ OptionId: 51, Value: ['7200'] }],
  },
  {
    source: '[USE] 4.1',
    fact: 'LeaseDuration is zero where there is none, so that policies can be piped to Add- on another server',
    call: add('a', { LeaseDuration: TimeSpan.parse('0:00:00'), PassThru: true }),
    gives: [{ Name: 'a', LeaseDuration: TimeSpan.parse('0:00:00') }],
  },
  { source: '[M 3.2.4.110]', fact: 'an absent policy', call: ['v4Policy.Get', { Name: ['x'] }], ids: ['DHCP 20111'] },
  {
    source: '[HELP] 4.3',
    fact: 'Set keeps the conditions that are not named',
    before: [add('a')],
    call: ['v4Policy.Set', { Name: 'a', ScopeId: S, Condition: 'AND', ClientId: ['EQ', 'aa'], PassThru: true }],
    gives: [{ Condition: 'AND', MacAddress: ['EQ', '00-04-F2*'], ClientId: ['EQ', 'AA'] }],
  },
  {
    source: '[M 3.2.4.111]',
    fact: 'the last condition cannot go',
    before: [add('a')],
    call: ['v4Policy.Set', { Name: 'a', ScopeId: S, MacAddress: [''] }],
    ids: ['DHCP 20109'],
  },
  {
    source: '[I] 4.3',
    fact: 'a new name that is taken',
    before: [add('a'), add('b')],
    call: ['v4Policy.Set', { Name: 'a', ScopeId: S, NewName: 'b' }],
    ids: ['DHCP 20105'],
  },
  {
    source: '[M 3.2.4.111]',
    fact: 'no condition on names beside ranges',
    before: [add('a'), range('10.10.10.200', '10.10.10.209')],
    call: ['v4Policy.Set', { Name: 'a', ScopeId: S, Fqdn: ['EQ', 'x'] }],
    ids: ['DHCP 20137'],
  },
  {
    source: '[I] 4.3',
    fact: 'later ones close up',
    before: [add('a'), add('b'), ['v4Policy.Remove', { Name: ['a'], ScopeId: S }]],
    call: ['v4Policy.Get', { ScopeId: S }],
    gives: [{ Name: 'b', ProcessingOrder: 1 }],
  },
];

const ranges: readonly FactRow[] = [
  {
    source: '[M 3.2.4.114]',
    fact: 'a range',
    before: [add('a')],
    call: range('10.10.10.200', '10.10.10.209', { PassThru: true }),
    gives: [{ Name: 'a', ScopeId: S, StartRange: '10.10.10.200' }],
  },
  {
    source: '[M 3.2.4.114] 1',
    fact: 'one that runs backwards comes before an absent scope',
    call: range('10.10.10.209', '10.10.10.200', { ScopeId: '10.9.9.0' }),
    ids: ['DHCP 20107'],
  },
  {
    source: '[M 3.2.4.114] 2',
    fact: 'a policy that looks at names',
    before: [add('a', only({ Fqdn: ['EQ', 'x'] }))],
    call: range('10.10.10.200', '10.10.10.209'),
    ids: ['DHCP 20135'],
  },
  {
    source: '[M 3.2.4.114] 4',
    fact: 'an absent policy',
    call: range('10.10.10.200', '10.10.10.209'),
    ids: ['DHCP 20111'],
  },
  {
    source: '[M 3.2.4.114] 5',
    fact: 'outside the range of the scope',
    before: [add('a')],
    call: range('10.10.10.1', '10.10.10.9'),
    ids: ['DHCP 20107'],
  },
  {
    source: '[M 3.2.4.114] 6',
    fact: 'over one of another policy',
    before: [add('a'), add('b'), range('10.10.10.200', '10.10.10.209', { Name: 'b' })],
    call: range('10.10.10.205', '10.10.10.219'),
    ids: ['DHCP 20106'],
  },
  {
    source: '[M 3.2.4.115]',
    fact: 'Remove by its end',
    before: [add('a'), range('10.10.10.200', '10.10.10.209')],
    call: ['v4PolicyIPRange.Remove', { Name: 'a', ScopeId: S, EndRange: '10.10.10.209', PassThru: true }],
    gives: [{ StartRange: '10.10.10.200' }],
  },
  {
    source: '[M 3.2.4.115]',
    fact: 'Remove of none',
    before: [add('a')],
    call: ['v4PolicyIPRange.Remove', { Name: 'a', ScopeId: S, EndRange: '10.10.10.209' }],
    ids: ['DHCP 20107'],
  },
];

const filter = (list: string, macs: string[], more: Parameters = {}): Step => [
  'v4Filter.Add',
  { List: list, MacAddress: macs, ...more },
];

const filters: readonly FactRow[] = [
  {
    source: '[XML] 9',
    fact: 'upper case with hyphens, those that are allowed first',
    before: [filter('Deny', ['f0def17a005e']), filter('Allow', ['00-11-09-*-*-*'])],
    call: ['v4Filter.Get', {}],
    gives: [
      { List: 'Allow', MacAddress: '00-11-09-*' },
      { List: 'Deny', MacAddress: 'F0-DE-F1-7A-00-5E' },
    ],
  },
  {
    source: '[M 3.2.4.83]',
    fact: 'an address that is too short',
    call: filter('Allow', ['00-11-09']),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.83]',
    fact: 'one that is in the other list',
    before: [filter('Allow', ['00-11-09-*'])],
    call: filter('Deny', ['001109*']),
    ids: ['DHCP 20093'],
  },
  {
    source: '[HELP] 9',
    fact: 'Force moves it',
    before: [filter('Allow', ['00-11-09-*']), filter('Deny', ['001109*'], { Force: true })],
    call: ['v4Filter.Get', {}],
    gives: [{ List: 'Deny', MacAddress: '00-11-09-*' }],
  },
  {
    source: '[M 2.2.1.2.90]',
    fact: 'a long description',
    call: filter('Allow', ['00-11-09-*'], { Description: 'd'.repeat(128) }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.84]',
    fact: 'Remove of an absent one',
    call: ['v4Filter.Remove', { MacAddress: ['00-11-09-*'] }],
    ids: ['DHCP 20095'],
  },
  {
    source: '[M 3.2.4.86]',
    fact: 'both lists are off',
    call: ['v4FilterList.Get', {}],
    gives: [{ Allow: false, Deny: false }],
  },
  {
    source: '[HELP] 9',
    fact: 'Set of one list leaves the other',
    before: [['v4FilterList.Set', { Allow: true }]],
    call: ['v4FilterList.Set', { Deny: true, PassThru: true }],
    gives: [{ Allow: true, Deny: true }],
  },
  { source: '[I] 9', fact: 'Set with nothing to set', call: ['v4FilterList.Set', {}], ids: ['WIN32 87'] },
];

describe('policies (dhcp-options-policies 4)', () => testFacts(policies));
describe('ranges of policies (dhcp-options-policies 4.4)', () => testFacts(ranges));
describe('filters (dhcp-v4-semantics 9)', () => testFacts(filters));
