import { describe, expect } from '@jest/globals';
import { CimDateTime } from '../../../../lib/cim/value/cim-date-time.js';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import { B, NAME, type Parameters, SCOPES } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const [S = '', OTHER = ''] = SCOPES;
const NEW = '10.30.30.0';
const added = (parameters: Parameters = {}): Step => [
  'v4Scope.Add',
  { Name: 'new', StartRange: '10.30.30.1', EndRange: '10.30.30.100', SubnetMask: '255.255.255.0', ...parameters },
];
const shown = (scope = NEW): Step => ['v4Scope.Get', { ScopeId: [scope] }];
const changed = (parameters: Parameters): Step => ['v4Scope.SetByWithoutRange', { ScopeId: S, ...parameters }];
const reserved = (parameters: Parameters = {}): Step => [
  'v4Reservation.Add',
  { ScopeId: S, IPAddress: '10.10.10.35', ClientId: 'F0DEF17A005E', ...parameters },
];
const reservation = (address = '10.10.10.35'): Step => ['v4Reservation.GetByIPAddress', { IPAddress: [address] }];
const lease = (address: string): Step => ['v4Lease.GetByIPAddress', { IPAddress: [address] }];
const leased = (parameters: Parameters = {}): Step => [
  'v4Lease.Add',
  { ScopeId: S, IPAddress: '10.10.10.50', ClientId: 'aa-bb-cc-dd-ee-05', ...parameters },
];
const statistics = (parameters: Parameters = {}): Step => ['v4ScopeStatistics.Get', { ScopeId: [NEW], ...parameters }];
const filtered = (parameters: Parameters = {}): Step => [
  'v4Filter.Add',
  { List: 'Deny', MacAddress: ['f0def17a005e'], ...parameters },
];

const scopes: readonly FactRow[] = [
  {
    source: '[ABR] 2',
    fact: 'a new scope',
    before: [added()],
    call: shown(),
    gives: [
      {
        ScopeId: NEW,
        State: 'Active',
        Type: 'Dhcp',
        LeaseDuration: TimeSpan.from('8.00:00:00'),
        Delay: 0,
        MaxBootpClients: 4294967295,
        NapEnable: false,
        ActivatePolicies: true,
      },
    ],
  },
  {
    source: '[HELP] 2',
    fact: 'is called by its range and its mask',
    before: [added({ StartRange: '10.30.30.9' })],
    call: shown(),
    gives: [{ ScopeId: NEW }],
  },
  {
    source: '[STUB] 2',
    fact: 'what is not given stays',
    before: [changed({ Delay: 5 }), changed({ Description: 'north' })],
    call: shown(S),
    gives: [{ Delay: 5, Description: 'north', StartRange: '10.10.10.10', EndRange: '10.10.10.250' }],
  },
  {
    source: '[STUB] 2',
    fact: 'a scope moves to the superscope that is given',
    before: [['v4Superscope.Add', { SuperscopeName: 'Campus', ScopeId: [S] }], changed({ SuperscopeName: 'North' })],
    call: ['v4Superscope.Get', { SuperscopeName: ['North'] }],
    gives: [{ ScopeId: [S] }],
  },
  {
    source: '[HELP] 2',
    fact: 'what is removed is given with PassThru',
    before: [added()],
    call: ['v4Scope.Remove', { ScopeId: [NEW], Passthru: true }],
    gives: [{ ScopeId: NEW }],
  },
  {
    source: '[XML] 2',
    fact: 'the time of a lease is option 51 of the scope',
    before: [changed({ LeaseDuration: TimeSpan.from('1:00:00') })],
    call: ['v4OptionValue.Get', { ScopeId: S, OptionId: [51] }],
    gives: [{ Value: ['3600'] }],
  },
  {
    source: '[HELP] 1',
    fact: 'and is changed by it',
    before: [['v4OptionValue.SetByOptionId', { ScopeId: S, OptionId: 51, Value: ['7200'] }]],
    call: shown(S),
    gives: [{ LeaseDuration: TimeSpan.from('2:00:00') }],
  },
  {
    source: '[M] 12',
    fact: 'a reservation alone counts as a client',
    before: [added(), reserved({ ScopeId: NEW, IPAddress: '10.30.30.5' })],
    call: ['v4Scope.Remove', { ScopeId: [NEW] }],
    ids: ['DHCP 20007'],
  },
  {
    source: '[ABR] 12',
    fact: 'an inactive scope keeps its leases',
    before: [changed({ State: 'Inactive' })],
    call: lease('10.10.10.30'),
    gives: [{ AddressState: 'Active' }],
  },
];

const reservations: readonly FactRow[] = [
  {
    source: '[CAP] 4.1',
    fact: 'a client’s id has small digits and hyphens',
    before: [reserved()],
    call: reservation(),
    gives: [{ ClientId: 'f0-de-f1-7a-00-5e' }],
  },
  {
    source: '[CAP] 4.1',
    fact: 'one of another length, too',
    before: [reserved({ ClientId: 'AABB' })],
    call: reservation(),
    gives: [{ ClientId: 'aa-bb' }],
  },
  {
    source: '[CAP] 4.1',
    fact: 'the scope that it is in',
    before: [reserved()],
    call: reservation(),
    gives: [{ ScopeId: S, IPAddress: '10.10.10.35' }],
  },
  {
    source: '[CAP] 4.1',
    fact: 'what it is described by',
    before: [reserved({ Description: 'door' })],
    call: reservation(),
    gives: [{ Description: 'door' }],
  },
  {
    source: '[HELP] 4.1',
    fact: 'both kinds of clients',
    before: [reserved()],
    call: reservation(),
    gives: [{ Type: 'Both' }],
  },
  {
    source: '[WMI] 4.1',
    fact: 'one that nobody has leased',
    before: [reserved()],
    call: reservation(),
    gives: [{ AddressState: 'InactiveReservation' }],
  },
  {
    source: '[WMI] 4.1',
    fact: 'one that is leased',
    call: reservation('10.10.10.40'),
    gives: [{ AddressState: 'ActiveReservation' }],
  },
  {
    source: '[HELP] 4.4',
    fact: 'an address that is not reserved',
    call: reservation('10.10.10.99'),
    ids: ['DHCP 20018'],
  },
  {
    source: '[HELP] 4.4',
    fact: 'the id of another reservation',
    before: [reserved()],
    call: ['v4Reservation.Set', { IPAddress: '10.10.10.40', ClientId: 'F0DEF17A005E' }],
    ids: ['DHCP 20022'],
  },
  {
    source: '[HELP] 4.4',
    fact: 'a change is given with PassThru',
    call: ['v4Reservation.Set', { IPAddress: '10.10.10.40', Description: 'door', PassThru: true }],
    gives: [{ IPAddress: '10.10.10.40', Description: 'door' }],
  },
];

const leases: readonly FactRow[] = [
  {
    source: '[M 2.2.1.2.14] 5.1',
    fact: 'a client of BOOTP',
    before: [leased({ ClientType: 'BootP' })],
    call: lease('10.10.10.50'),
    gives: [{ ClientType: 'BootP' }],
  },
  {
    source: '[CAP] 5.1',
    fact: 'a name that is unknown',
    before: [leased()],
    call: lease('10.10.10.50'),
    gives: [{ HostName: null }],
  },
  {
    source: '[CAP] 5.1',
    fact: 'a client’s id',
    before: [leased({ ClientId: 'AABBCCDDEE05' })],
    call: lease('10.10.10.50'),
    gives: [{ ClientId: 'aa-bb-cc-dd-ee-05' }],
  },
  {
    source: '[USE] 5.1',
    fact: 'no end where nothing is leased',
    before: [reserved()],
    call: lease('10.10.10.35'),
    gives: [{ LeaseExpiryTime: null }],
  },
  {
    source: '[CAP] 5.1',
    fact: 'an end where something is',
    call: lease('10.10.10.30'),
    gives: [{ LeaseExpiryTime: expect.any(CimDateTime) }],
  },
  {
    source: '[M] 5.1',
    fact: 'no Network Access Protection',
    call: lease('10.10.10.30'),
    gives: [{ NapCapable: false, NapStatus: 'FullAccess', ProbationEnds: null }],
  },
  { source: '[HELP] 5.1', fact: 'no policy', call: lease('10.10.10.30'), gives: [{ PolicyName: null }] },
  {
    source: '[WMI] 5.1',
    fact: 'the server that gave it',
    call: lease('10.10.10.30'),
    gives: [{ ServerIP: '10.10.10.2' }],
  },
];

const counts: readonly FactRow[] = [
  {
    source: '[ABR] 7.1',
    fact: 'free is what is neither excluded nor in use',
    before: [
      added(),
      ['v4ExclusionRange.Add', { ScopeId: NEW, StartRange: '10.30.30.1', EndRange: '10.30.30.10' }],
      leased({ ScopeId: NEW, IPAddress: '10.30.30.20' }),
    ],
    call: statistics(),
    gives: [{ AddressesFree: 89, AddressesInUse: 1 }],
  },
  {
    source: '[ABR] 7.1',
    fact: 'an inactive scope has nothing',
    before: [added({ State: 'Inactive' })],
    call: statistics(),
    gives: [{ AddressesFree: 0, AddressesInUse: 0, PercentageInUse: 0 }],
  },
  {
    source: '[CAP] 7.1',
    fact: 'a share is not rounded, in 32 bits',
    before: [
      added({ EndRange: '10.30.30.101' }),
      ...[1, 2, 3].map((n) => leased({ ScopeId: NEW, IPAddress: `10.30.30.${n}`, ClientId: `aa-0${n}` })),
    ],
    call: statistics(),
    // 2.970297 in the capture.
    gives: [{ PercentageInUse: Math.fround(300 / 101) }],
  },
  {
    source: '[ABR] 7.1',
    fact: 'reservations outside of the range count',
    before: [added(), reserved({ ScopeId: NEW, IPAddress: '10.30.30.200' })],
    call: statistics(),
    gives: [{ ReservedAddress: 1, AddressesInUse: 0 }],
  },
  {
    source: '[CAP] 7.1',
    fact: 'the superscope',
    before: [added({ SuperscopeName: 'Campus' })],
    call: statistics(),
    gives: [{ SuperscopeName: 'Campus' }],
  },
  {
    source: '[HELP] 7.1',
    fact: 'both servers’ shares of a scope of a relationship',
    before: [['v4Failover.AddByLoadBalance', { Name: NAME, PartnerServer: B, ScopeId: [OTHER] }]],
    call: statistics({ ScopeId: [OTHER], Failover: true }),
    gives: [
      {
        ScopeId: OTHER,
        AddressesFreeOnThisServer: expect.any(Number),
        AddressesFreeOnPartnerServer: expect.any(Number),
      },
    ],
  },
  {
    source: '[WMI] 7.2',
    fact: 'scopes that wait',
    before: [added({ Delay: 10 })],
    call: ['v4Statistics.Get', {}],
    gives: [{ ScopesWithDelayConfigured: 1, TotalScopes: 3 }],
  },
];

const filters: readonly FactRow[] = [
  {
    source: '[XML] 9',
    fact: 'what is allowed comes first',
    before: [filtered(), filtered({ List: 'Allow', MacAddress: ['AA-BB-CC-*'] })],
    call: ['v4Filter.Get', {}],
    gives: [{ List: 'Allow' }, { List: 'Deny' }],
  },
  {
    source: '[XML] 9',
    fact: 'capital digits and hyphens',
    before: [filtered()],
    call: ['v4Filter.Get', { List: 'Deny' }],
    gives: [{ MacAddress: 'F0-DE-F1-7A-00-5E' }],
  },
  {
    source: '[HELP] 9',
    fact: 'a pattern of three bytes',
    before: [filtered({ MacAddress: ['F0-DE-F1-*'] })],
    call: ['v4Filter.Get', {}],
    gives: [{ MacAddress: 'F0-DE-F1-*' }],
  },
  {
    source: '[HELP] 9',
    fact: 'five bytes are none',
    call: filtered({ MacAddress: ['F0-DE-F1-7A-00'] }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.84]',
    fact: 'one that is absent',
    call: ['v4Filter.Remove', { MacAddress: ['F0-DE-F1-7A-00-5E'] }],
    ids: ['DHCP 20095'],
  },
  {
    source: '[M 3.2.4.85]',
    fact: 'neither list counts on a new server',
    call: ['v4FilterList.Get', {}],
    gives: [{ Allow: false, Deny: false }],
  },
];

describe('scopes (dhcp-v4-semantics 1, 2, 12)', () => testFacts(scopes));
describe('reservations (dhcp-v4-semantics 4)', () => testFacts(reservations));
describe('leases (dhcp-v4-semantics 5)', () => testFacts(leases));
describe('statistics (dhcp-v4-semantics 7)', () => testFacts(counts));
describe('filters (dhcp-v4-semantics 9)', () => testFacts(filters));
