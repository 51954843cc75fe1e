import { describe, expect } from '@jest/globals';
import { A, B, NAME, type Parameters, SCOPES } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const [S = '', OTHER = ''] = SCOPES;
const ABSENT = '10.9.9.0';
const scopes = (parameters: Parameters = {}): Step => ['v4Scope.Get', parameters];
const removed = (parameters: Parameters = {}): Step => ['v4Scope.Remove', { ScopeId: [S], Force: true, ...parameters }];
const excluded = (parameters: Parameters = {}): Step => [
  'v4ExclusionRange.Add',
  { ScopeId: S, StartRange: '10.10.10.50', EndRange: '10.10.10.59', ...parameters },
];
const grouped: Step = ['v4Superscope.Add', { SuperscopeName: 'Campus', ScopeId: [S] }];
const policy: Step = [
  'v4Policy.Add',
  { Name: 'Phones', ScopeId: S, Condition: 'Or', MacAddress: ['EQ', 'F0-DE-F1-*'], ProcessingOrder: 1 },
];

const shapes: readonly FactRow[] = [
  { source: '[USE] 2.3', fact: 'an empty list is no error', call: ['v4Filter.Get', {}], gives: [] },
  { source: '[HELP] 2.3', fact: 'nothing without PassThru', call: excluded(), gives: [] },
  {
    source: '[HELP] 2.3',
    fact: 'with PassThru what was read back',
    call: excluded({ PassThru: true }),
    gives: [{ ScopeId: S, StartRange: '10.10.10.50', EndRange: '10.10.10.59' }],
  },
  {
    source: '[HELP] 2.3',
    fact: 'and what is removed',
    call: removed({ Passthru: true }),
    gives: [{ ScopeId: S, Name: expect.any(String) }],
  },
  {
    source: '[CAP 70428782161] 2.2',
    fact: 'a word of a set in other letters is given in the server’s own',
    before: [['v4Scope.SetByWithoutRange', { ScopeId: S, State: 'InActive' }]],
    call: scopes({ ScopeId: [S] }),
    gives: [{ State: 'Inactive' }],
  },
  {
    source: '[M 3.1.4.29 note 32]',
    fact: 'the version of all servers since 2016',
    call: ['Version.Get', {}],
    gives: [{ MajorVersion: 10, MinorVersion: 0 }],
  },
  { source: '[HELP] 4.3', fact: 'the groups are made without a word', call: ['SecurityGroup.Add', {}], gives: [] },
];

const sentences: readonly FactRow[] = [
  {
    source: '[CAP 57399584721] 3.2',
    fact: 'a scope that is absent',
    call: scopes({ ScopeId: [ABSENT] }),
    ids: ['DHCP 20005'],
    says: [`Failed to get scope information for scope ${ABSENT} on DHCP server ${A}.`],
  },
  {
    source: '[CAP 57399584721] 3.2',
    fact: 'a scope that is there',
    call: [
      'v4Scope.Add',
      { Name: 'again', StartRange: '10.10.10.10', EndRange: '10.10.10.250', SubnetMask: '255.255.255.0' },
    ],
    ids: ['DHCP 20052'],
    says: [`Failed to add scope ${S} on DHCP server ${A}.`],
  },
  {
    source: '[CAP 57577416661] 3.2',
    fact: 'an exclusion outside of the scope',
    call: excluded({ StartRange: '10.99.0.1', EndRange: '10.99.0.2' }),
    ids: ['DHCP 20023'],
    says: [
      `Failed to add exclusion range with start range 10.99.0.1 and end range 10.99.0.2 to scope ${S} on DHCP server ${A}.`,
    ],
  },
  {
    source: '[CAP 57399584721] 3.2',
    fact: 'an option that has no value',
    call: ['v4OptionValue.Get', { OptionId: [44] }],
    ids: ['DHCP 20010'],
    says: [`Failed to get option value of 44 on DHCP server ${A}.`],
  },
  {
    source: '[CAP] 3.2',
    fact: 'a scope in no relationship',
    call: ['v4Failover.GetByScopeId', { ScopeId: [S] }],
    ids: ['DHCP 20116'],
    says: [`Failed to get failover relationship for scope ${S} on DHCP server ${A}.`],
  },
  {
    source: '[CAP 69539861437] 3.2',
    fact: 'an address that is reserved',
    call: ['v4Reservation.Add', { ScopeId: S, IPAddress: '10.10.10.40', ClientId: 'aa-bb-cc-dd-ee-01' }],
    ids: ['DHCP 20022'],
  },
];

const leavings: readonly FactRow[] = [
  {
    source: '[M 3.1.4.8] 9',
    fact: 'a scope takes its leases along',
    before: [removed()],
    call: ['v4Lease.GetByScopeId', { ScopeId: S }],
    ids: ['DHCP 20005'],
  },
  {
    source: '[M 3.1.4.8] 9',
    fact: 'and its place in a superscope, which goes with its last scope',
    before: [grouped, removed()],
    call: ['v4Superscope.Get', { SuperscopeName: ['Campus'] }],
    ids: ['DHCP 20005'],
  },
  {
    source: '[M 3.1.4.8] 9',
    fact: 'not the values of the server',
    before: [['v4OptionValue.SetByOptionId', { OptionId: 6, Value: ['10.10.10.4'], Force: true }], removed()],
    call: ['v4OptionValue.Get', { OptionId: [6] }],
    gives: [{ OptionId: 6, Value: ['10.10.10.4'] }],
  },
  {
    source: '[M 3.1.4.39] 9',
    fact: 'a superscope leaves its scopes',
    before: [grouped, ['v4Superscope.Remove', { SuperscopeName: 'Campus' }]],
    call: scopes({ ScopeId: [S] }),
    gives: [{ ScopeId: S }],
  },
  {
    source: '[M 3.2.4.112] 9',
    fact: 'a policy takes its values along',
    before: [
      policy,
      ['v4OptionValue.SetByOptionId', { ScopeId: S, PolicyName: 'Phones', OptionId: 66, Value: ['boot'] }],
      ['v4Policy.Remove', { Name: ['Phones'], ScopeId: S }],
      policy,
    ],
    call: ['v4OptionValue.Get', { ScopeId: S, PolicyName: 'Phones', OptionId: [66] }],
    ids: ['DHCP 20010'],
  },
  {
    source: '[M 3.2.4.40] 9',
    fact: 'a reservation that is leased leaves a lease',
    before: [['v4Reservation.RemoveByIPAddress', { IPAddress: ['10.10.10.40'] }]],
    call: ['v4Lease.GetByIPAddress', { IPAddress: ['10.10.10.40'] }],
    gives: [{ AddressState: 'Active' }],
  },
];

const forced: readonly FactRow[] = [
  { source: '[HELP] 5', fact: 'a scope with leases stays', call: removed({ Force: false }), ids: ['DHCP 20007'] },
  { source: '[HELP] 5', fact: 'with Force it goes', before: [removed()], call: scopes(), gives: [{ ScopeId: OTHER }] },
  {
    source: '[HELP] 5',
    fact: 'a scope of another superscope stays there',
    before: [grouped],
    call: ['v4Superscope.Add', { SuperscopeName: 'North', ScopeId: [S] }],
    ids: ['DHCP 20004'],
  },
  {
    source: '[HELP] 5',
    fact: 'with Force it moves',
    before: [grouped, ['v4Superscope.Add', { SuperscopeName: 'North', ScopeId: [S], Force: true }]],
    call: ['v4Superscope.Get', { SuperscopeName: ['North'] }],
    gives: [{ SuperscopeName: 'North', ScopeId: [S] }],
  },
  {
    source: '[HELP] 5',
    fact: 'a filter that is there stays in its list',
    before: [['v4Filter.Add', { List: 'Allow', MacAddress: ['F0-DE-F1-7A-00-5E'] }]],
    call: ['v4Filter.Add', { List: 'Deny', MacAddress: ['F0-DE-F1-7A-00-5E'] }],
    ids: ['DHCP 20093'],
  },
  {
    source: '[HELP] 5',
    fact: 'with Force it moves to the other',
    before: [
      ['v4Filter.Add', { List: 'Allow', MacAddress: ['F0-DE-F1-7A-00-5E'] }],
      ['v4Filter.Add', { List: 'Deny', MacAddress: ['F0-DE-F1-7A-00-5E'], Force: true }],
    ],
    call: ['v4Filter.Get', {}],
    gives: [{ List: 'Deny', MacAddress: 'F0-DE-F1-7A-00-5E' }],
  },
  {
    source: '[HELP] 8.2',
    fact: 'the server itself where nothing is named',
    before: [
      ['InDC.Remove', {}],
      ['InDC.Add', {}],
    ],
    call: ['Setting.Get', {}],
    gives: [{ IsAuthorized: true }],
  },
  {
    source: '[HELP] 8.2',
    fact: 'a name and an address are taken as they are given',
    call: ['InDC.Add', { DnsName: 'new.contoso.com', IPAddress: '10.8.0.1', PassThru: true }],
    gives: [{ DnsName: 'new.contoso.com', IPAddress: '10.8.0.1' }],
  },
  {
    source: '[M 3.1.4.8] 9',
    fact: 'a scope of a relationship stays, even with Force',
    before: [['v4Failover.AddByLoadBalance', { Name: NAME, PartnerServer: B, ScopeId: [S] }]],
    call: removed(),
    server: A,
    ids: ['DHCP 20113'],
  },
];

describe('what cmdlets give (dhcp-server-semantics 2)', () => testFacts(shapes));
describe('sentences of errors (dhcp-server-semantics 3.2)', () => testFacts(sentences));
describe('what goes along (dhcp-server-semantics 9)', () => testFacts(leavings));
describe('Force, the directory and a restore (dhcp-server-semantics 5, 6, 8)', () => testFacts(forced));
