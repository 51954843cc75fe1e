// What a scope is made of, and what its parts do to each other, each by the tag of its source in the reference.
import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import { A, Pair, type Parameters, SCOPES } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const [S = '', OTHER = ''] = SCOPES;
const added = (parameters: Parameters = {}): Step => [
  'v4Scope.Add',
  { Name: 'new', StartRange: '10.30.30.1', EndRange: '10.30.30.100', SubnetMask: '255.255.255.0', ...parameters },
];
const NEW = '10.30.30.0';
const shown = (scope = S): Step => ['v4Scope.Get', { ScopeId: [scope] }];
const changed = (parameters: Parameters): Step => ['v4Scope.SetByWithoutRange', { ScopeId: S, ...parameters }];
const ranged = (start: string, end: string, more: Parameters = {}): Step => [
  'v4Scope.SetByWithRange',
  { ScopeId: S, StartRange: start, EndRange: end, ...more },
];
const superscope: Step = ['v4Superscope.Add', { SuperscopeName: 'Campus', ScopeId: [S, OTHER] }];
const excluded: Step = ['v4ExclusionRange.Add', { ScopeId: S, StartRange: '10.10.10.30', EndRange: '10.10.10.45' }];
const leased = (address: string, more: Parameters = {}): Step => [
  'v4Lease.Add',
  { IPAddress: address, ClientId: 'aa-bb-cc-dd-ee-05', ...more },
];
const records = (scope = S): Step => ['v4Lease.GetByScopeId', { ScopeId: scope, AllLeases: true }];

const rows: readonly FactRow[] = [
  {
    source: '[M 3.1.1.2]',
    fact: 'a scope has what it was given, and one range',
    before: [
      added({
        Description: 'north',
        State: 'Inactive',
        Type: 'Both',
        SuperscopeName: 'Campus',
        Delay: 12,
        MaxBootpClients: 7,
        ActivatePolicies: false,
        LeaseDuration: TimeSpan.from('1.00:00:00'),
      }),
    ],
    call: shown(NEW),
    gives: [
      {
        ScopeId: NEW,
        SubnetMask: '255.255.255.0',
        Name: 'new',
        Description: 'north',
        State: 'Inactive',
        StartRange: '10.30.30.1',
        EndRange: '10.30.30.100',
        Type: 'Both',
        SuperscopeName: 'Campus',
        Delay: 12,
        MaxBootpClients: 7,
        ActivatePolicies: false,
        LeaseDuration: TimeSpan.from('1.00:00:00'),
      },
    ],
  },
  {
    source: '[M 3.1.1.2]',
    fact: 'a new range takes the place of the one that there was',
    before: [ranged('10.10.10.5', '10.10.10.251')],
    call: shown(),
    gives: [{ StartRange: '10.10.10.5', EndRange: '10.10.10.251' }],
  },
  {
    source: '[M] 1',
    fact: 'an exclusion is its two ends, and is removed by them',
    before: [['v4ExclusionRange.Remove', { ScopeId: S, StartRange: '10.10.10.10', EndRange: '10.10.10.29' }]],
    call: ['v4ExclusionRange.Get', {}],
    gives: [],
  },
  {
    source: '[M 3.1.1.7]',
    fact: 'a client may have a lease in each of two scopes',
    before: [leased('10.10.10.50')],
    call: leased('10.20.20.50', { PassThru: true }),
    gives: [{ ScopeId: OTHER, ClientId: 'aa-bb-cc-dd-ee-05' }],
  },
  {
    source: '[M 3.1.1.7]',
    fact: 'and in one scope it has one',
    before: [leased('10.10.10.50')],
    call: leased('10.10.10.51'),
    ids: ['DHCP 20014'],
  },
  {
    source: '[STUB] 2',
    fact: 'an empty name of a superscope takes the scope out of it',
    before: [superscope, changed({ SuperscopeName: '' })],
    call: ['v4Superscope.Get', { SuperscopeName: ['Campus'] }],
    gives: [{ ScopeId: [OTHER] }],
  },
  {
    source: '[HELP] 2',
    fact: 'Force takes leases and reservations along',
    before: [['v4Scope.Remove', { ScopeId: [S], Force: true }]],
    call: ['v4Lease.GetByIPAddress', { IPAddress: ['10.10.10.40'] }],
    ids: ['DHCP 20013'],
  },
  {
    source: '[M 3.2.4.38]',
    fact: 'no range for BOOTP clients alone while DHCP clients have leases',
    call: changed({ Type: 'Bootp' }),
    ids: ['DHCP 20049'],
  },
  {
    source: '[M 3.2.4.38]',
    fact: 'and none for DHCP clients alone while BOOTP clients have some',
    before: [added({ Type: 'Both' }), leased('10.30.30.5', { ClientType: 'BootP' })],
    call: ['v4Scope.SetByWithoutRange', { ScopeId: NEW, Type: 'Dhcp' }],
    ids: ['DHCP 20049'],
  },
  {
    source: '[M 3.2.4.38]',
    fact: 'a range for both has room for either',
    before: [changed({ Type: 'Both' })],
    call: shown(),
    gives: [{ Type: 'Both' }],
  },
  {
    source: '[M 3.2.4.38] 4',
    fact: 'a reservation that nobody has leased is owned by nobody',
    before: [['v4Reservation.Add', { ScopeId: S, IPAddress: '10.10.10.35', ClientId: 'F0DEF17A005E' }]],
    call: ['v4Lease.GetByIPAddress', { IPAddress: ['10.10.10.35'] }],
    gives: [{ ServerIP: '255.255.255.255', ClientType: 'None', LeaseExpiryTime: null }],
  },
  {
    source: '[M 3.2.4.121]',
    fact: 'ranges of policies are not passed over',
    call: ['v4FreeIPAddress.Get', { ScopeId: OTHER, StartAddress: '10.20.20.200', NumAddress: 2 }],
    gives: ['10.20.20.200', '10.20.20.201'],
  },
  {
    source: '[M] 4.1',
    fact: 'a reservation without a name gets none',
    before: [['v4Reservation.Add', { ScopeId: S, IPAddress: '10.10.10.35', ClientId: 'F0DEF17A005E' }]],
    call: ['v4Reservation.GetByIPAddress', { IPAddress: ['10.10.10.35'] }],
    gives: [{ Name: '' }],
  },
  {
    source: '[HELP] 8',
    fact: 'scopes of a superscope are switched one by one',
    before: [superscope, changed({ State: 'Inactive' })],
    call: ['v4Scope.Get', { ScopeId: [S, OTHER] }],
    gives: [
      { State: 'Inactive', SuperscopeName: 'Campus' },
      { State: 'Active', SuperscopeName: 'Campus' },
    ],
  },
  {
    source: '[M] 9',
    fact: 'a filter is of an Ethernet address: one of eight bytes is none',
    call: ['v4Filter.Add', { List: 'Allow', MacAddress: ['00-11-22-33-44-55-66-77'] }],
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.83]',
    fact: 'a pattern has a byte at least to be left out',
    call: ['v4Filter.Add', { List: 'Allow', MacAddress: ['00-11-22-33-44-55-*'] }],
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 12',
    fact: 'an exclusion over leases and a reservation leaves them',
    before: [excluded],
    call: records(),
    gives: [
      { IPAddress: '10.10.10.30', AddressState: 'Active' },
      { IPAddress: '10.10.10.31', AddressState: 'Active' },
      { IPAddress: '10.10.10.40', AddressState: 'ActiveReservation' },
    ],
  },
  {
    source: '[M] 12',
    fact: 'a smaller range leaves the leases outside of it',
    before: [ranged('10.10.10.100', '10.10.10.120')],
    call: records(),
    gives: [{ IPAddress: '10.10.10.30' }, { IPAddress: '10.10.10.31' }, { IPAddress: '10.10.10.40' }],
  },
  {
    source: '[M] 12',
    fact: 'a smaller range without one of a policy',
    call: ['v4Scope.SetByWithRange', { ScopeId: OTHER, StartRange: '10.20.20.201', EndRange: '10.20.20.250' }],
    ids: ['DHCP 20112'],
  },
];

describe('scopes and their parts (dhcp-v4-semantics 1, 2, 4, 8, 9, 12)', () => testFacts(rows));

describe('an exclusion over a reservation (dhcp-v4-semantics 12)', () => {
  it('[HELP] 12 leaves it to its client, and no address of it to another', async () => {
    const pair = new Pair();
    await pair.call(A, `PS_DhcpServer${excluded[0]}`, excluded[1]);
    expect(pair.lab.grantLease(A, S, { clientId: '00-15-5d-0a-0a-28' }).ipAddress).toBe('10.10.10.40');
    expect(pair.lab.grantLease(A, S, { clientId: 'aa-bb-cc-dd-ee-05' }).ipAddress).toBe('10.10.10.46');
  });
});
