import { describe } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import { B, NAME, type Parameters, SCOPES } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const [FIRST = '', SECOND = ''] = SCOPES;

const added = (parameters: Parameters = {}): Step => [
  `v4Failover.AddBy${'ReservePercent' in parameters || 'ServerRole' in parameters ? 'HotStandby' : 'LoadBalance'}`,
  { Name: NAME, PartnerServer: B, ScopeId: SCOPES, ...parameters },
];
const shown = (parameters: Parameters = {}): Step => added({ PassThru: true, ...parameters });
const get = (parameters: Parameters = {}): Step => ['v4Failover.GetByName', parameters];
const set = (parameters: Parameters): Step => ['v4Failover.Set', { Name: NAME, PassThru: true, ...parameters }];
const hour = TimeSpan.from('1:00:00');

const record: readonly FactRow[] = [
  { source: '[M 3.2.4.90]', fact: 'a share beyond 100', call: added({ LoadBalancePercent: 101 }), ids: ['WIN32 87'] },
  {
    source: '[M 3.2.4.90]',
    fact: 'a name of 127 characters',
    call: added({ Name: 'n'.repeat(127) }),
    ids: ['DHCP 20125'],
  },
  { source: '[M 3.2.4.90]', fact: 'a name of 126', call: added({ Name: 'n'.repeat(126) }) },
  { source: '[M 3.2.4.90]', fact: 'no scope', call: added({ ScopeId: [] }), ids: ['WIN32 87'] },
  {
    source: '[M 3.2.4.90]',
    fact: 'a scope that is absent',
    call: added({ ScopeId: ['10.9.9.0'] }),
    ids: ['DHCP 20005'],
  },
  {
    source: '[M 3.2.4.90]',
    fact: 'a scope belongs to one relationship',
    before: [added({ ScopeId: [FIRST] })],
    call: added({ Name: 'other', ScopeId: [FIRST] }),
    ids: ['DHCP 20113'],
  },
  {
    source: '[M 3.2.4.90]',
    fact: 'a name belongs to one relationship',
    before: [added({ ScopeId: [FIRST] })],
    call: added({ ScopeId: [SECOND] }),
    ids: ['DHCP 20114'],
  },
  { source: '[DOC] 1.2', fact: 'a name of signs', call: shown({ Name: '! @#$%^&*' }), gives: [{ Name: '! @#$%^&*' }] },
  {
    source: '[DOC] 1.2',
    fact: 'two relationships between the same servers',
    before: [added({ ScopeId: [FIRST] })],
    call: shown({ Name: 'other', ScopeId: [SECOND] }),
    gives: [{ Name: 'other', ScopeId: [SECOND] }],
  },
  {
    source: '[HELP] 1.2',
    fact: 'half of the clients is the default',
    call: shown(),
    gives: [{ Mode: 'LoadBalance', LoadBalancePercent: 50, ReservePercent: null, ServerRole: null }],
  },
  {
    source: '[HELP] 1.2',
    fact: 'a standby keeps five per cent by default, and the server that is asked is active',
    call: shown({ ServerRole: 'Active' }),
    gives: [{ Mode: 'HotStandby', ReservePercent: 5, LoadBalancePercent: null, ServerRole: 'Active' }],
  },
  {
    source: '[HELP] 1.2',
    fact: 'the role is Active where none is given',
    call: shown({ ReservePercent: 0 }),
    gives: [{ ReservePercent: 0, ServerRole: 'Active', ServerType: 'PrimaryServer' }],
  },
  {
    source: '[HELP] 1.2',
    fact: 'no automatic transition by default',
    call: shown(),
    gives: [{ AutoStateTransition: false }],
  },
  { source: '[DOC] 1.2', fact: 'an hour of lead time by default', call: shown(), gives: [{ MaxClientLeadTime: hour }] },
  {
    source: '[DOC] 1.2',
    fact: 'a minute of lead time',
    call: shown({ MaxClientLeadTime: TimeSpan.from('0:01:00') }),
    gives: [{ MaxClientLeadTime: TimeSpan.from('0:01:00') }],
  },
  { source: '[DOC] 1.2', fact: 'no lead time', call: added({ MaxClientLeadTime: TimeSpan.zero }), ids: ['WIN32 87'] },
  { source: '[DOC] 1.2', fact: 'no interval by default', call: shown(), gives: [{ StateSwitchInterval: null }] },
  {
    source: '[WMI] 1.3',
    fact: 'a secret is shown as a fact alone',
    call: shown({ SharedSecret: 's' }),
    gives: [{ EnableAuth: true }],
  },
  {
    source: '[HELP] 1.3',
    fact: 'a null takes the secret away',
    before: [added({ SharedSecret: 's' })],
    call: set({ SharedSecret: null }),
    gives: [{ EnableAuth: false }],
  },
  {
    source: '[CAP] 1.4',
    fact: 'the partner is called what it was called by',
    call: shown(),
    gives: [{ PartnerServer: B }],
  },
  {
    source: '[CAP] 1.4',
    fact: 'the primary is called by its short name, the secondary as it was given',
    call: shown(),
    gives: [{ PrimaryServerName: 'dhcpserver', SecondaryServerName: B }],
  },
  {
    source: '[CAP] 1.4',
    fact: 'no role and no reserve where the load is balanced',
    call: shown(),
    gives: [{ ServerRole: null, ReservePercent: null }],
  },
  {
    source: '[F 1.5]',
    fact: 'the partner says the same of a reserve',
    before: [added({ ReservePercent: 12 })],
    call: get(),
    server: B,
    gives: [{ ReservePercent: 12, ServerRole: 'Standby', ServerType: 'SecondaryServer' }],
  },
  {
    source: '[HELP] 1.5',
    fact: 'a share is that of the server that is asked',
    before: [added({ LoadBalancePercent: 70 })],
    call: get(),
    server: B,
    gives: [{ LoadBalancePercent: 30 }],
  },
  {
    source: '[DOC] 1.6',
    fact: 'whoever is asked becomes the primary',
    call: shown(),
    gives: [{ ServerType: 'PrimaryServer' }],
  },
  {
    source: '[DOC] 1.6',
    fact: 'the primary becomes active when the mode changes',
    before: [added()],
    call: set({ Mode: 'HotStandby' }),
    gives: [{ Mode: 'HotStandby', ServerRole: 'Active' }],
  },
  {
    source: '[HELP] 1.7',
    fact: 'an interval alone switches the transition on',
    call: shown({ StateSwitchInterval: hour }),
    gives: [{ AutoStateTransition: true, StateSwitchInterval: hour }],
  },
  {
    source: '[F 3.1.2.1]',
    fact: 'an hour where none is given',
    call: shown({ AutoStateTransition: true }),
    gives: [{ AutoStateTransition: true, StateSwitchInterval: hour }],
  },
];

const calls: readonly FactRow[] = [
  {
    source: '[M 3.2.4.93]',
    fact: 'an unknown name',
    before: [added()],
    call: get({ Name: ['other'] }),
    ids: ['DHCP 20115'],
  },
  {
    source: '[M 3.2.4.97]',
    fact: 'a scope that there is not is in no relationship',
    call: ['v4Failover.GetByScopeId', { ScopeId: ['10.9.9.0'] }],
    ids: ['DHCP 20116'],
  },
  {
    source: '[CAP] 4.1',
    fact: 'a scope in no relationship',
    call: ['v4Failover.GetByScopeId', { ScopeId: [FIRST] }],
    ids: ['DHCP 20116'],
  },
  { source: '[M 3.2.4.91]', fact: 'a name that none has', call: set({ Mode: 'HotStandby' }), ids: ['DHCP 20115'] },
  {
    source: '[HELP] 4.3',
    fact: 'a share where a standby waits',
    before: [added({ ReservePercent: 5 })],
    call: set({ LoadBalancePercent: 60 }),
    ids: ['WIN32 87'],
  },
  {
    source: '[F 1.5] 4.3',
    fact: 'both servers hold the change',
    before: [added(), set({ MaxClientLeadTime: TimeSpan.from('2:00:00') })],
    call: get(),
    server: B,
    gives: [{ MaxClientLeadTime: TimeSpan.from('2:00:00') }],
  },
  {
    source: '[DOC] 4.4',
    fact: 'scopes stay here when a relationship goes',
    before: [added(), ['v4Failover.Remove', { Name: [NAME], Force: true }]],
    call: ['v4Scope.Get', { ScopeId: [FIRST] }],
    gives: [{ ScopeId: FIRST }],
  },
  {
    source: '[DOC] 4.4',
    fact: 'and go there',
    before: [added(), ['v4Failover.Remove', { Name: [NAME], Force: true }]],
    call: ['v4Scope.Get', { ScopeId: [FIRST] }],
    server: B,
    ids: ['DHCP 20005'],
  },
  {
    source: '[M 3.2.4.92]',
    fact: 'removing asks for no state',
    before: [added()],
    call: ['v4Failover.Remove', { Name: [NAME], Force: true, PassThru: true }],
    gives: [{ Name: NAME }],
  },
  {
    source: '[M 3.2.4.95]',
    fact: 'no relationship at all',
    call: ['v4FailoverScope.Add', { Name: NAME, ScopeId: [FIRST] }],
    ids: ['WIN32 2'],
  },
  {
    source: '[M 3.2.4.96]',
    fact: 'a scope of no relationship cannot leave one',
    before: [added({ ScopeId: [FIRST] })],
    call: ['v4FailoverScope.Remove', { Name: NAME, ScopeId: [SECOND], Force: true }],
    ids: ['DHCP 20116'],
  },
  {
    source: '[DOC] 4.6',
    fact: 'a relationship may end empty',
    before: [added(), ['v4FailoverScope.Remove', { Name: NAME, ScopeId: SCOPES, Force: true }]],
    call: get(),
    gives: [{ Name: NAME, ScopeId: [] }],
  },
  {
    source: '[CAP] 4.7',
    fact: 'a replication gives the scopes as texts',
    before: [added()],
    call: ['v4FailoverReplication.InvokeByScopeId', { ScopeId: [FIRST], Force: true }],
    gives: [FIRST],
  },
  {
    source: '[M 3.1.4.8] 3.3',
    fact: 'a failover scope cannot be deleted, even with Force',
    before: [added()],
    call: ['v4Scope.Remove', { ScopeId: [FIRST], Force: true }],
    ids: ['DHCP 20113'],
  },
  {
    source: '[M 3.2.4.38] 3.3',
    fact: 'nor become one of BOOTP',
    before: [added()],
    call: ['v4Scope.SetByWithoutRange', { ScopeId: FIRST, Type: 'Both' }],
    ids: ['DHCP 20129'],
  },
  {
    source: '[DOC] 3.3',
    fact: 'its properties change here',
    before: [added(), ['v4Scope.SetByWithoutRange', { ScopeId: FIRST, Description: 'new' }]],
    call: ['v4Scope.Get', { ScopeId: [FIRST] }],
    gives: [{ Description: 'new' }],
  },
  {
    source: '[DOC] 3.3',
    fact: 'and not there',
    before: [added(), ['v4Scope.SetByWithoutRange', { ScopeId: FIRST, State: 'Inactive' }]],
    call: ['v4Scope.Get', { ScopeId: [FIRST] }],
    server: B,
    gives: [{ State: 'Active' }],
  },
];

describe('the record of a relationship', () => testFacts(record));
describe('what a call finds, does and leaves', () => testFacts(calls));
