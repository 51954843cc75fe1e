import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../../lib/cim/instance/cim-instance.js';
import { valuesOf } from '../../../support/values-of.js';
import { A, B, Pair, type Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const S = '10.10.10.0';
const OTHER = '10.20.20.0';
const exclude = (start: string, end: string, more: Parameters = {}): Step => [
  'v4ExclusionRange.Add',
  { ScopeId: S, StartRange: start, EndRange: end, ...more },
];
const reserve = (ip: string, id: string, more: Parameters = {}): Step => [
  'v4Reservation.Add',
  { ScopeId: S, IPAddress: ip, ClientId: id, ...more },
];
const free = (more: Parameters): Step => ['v4FreeIPAddress.Get', { ScopeId: S, ...more }];
const superscope = (name: string, ids: string[], more: Parameters = {}): Step => [
  'v4Superscope.Add',
  { SuperscopeName: name, ScopeId: ids, ...more },
];

const exclusions: readonly FactRow[] = [
  {
    source: '[HELP] 3',
    fact: 'a single address is a range',
    call: exclude('10.10.10.50', '10.10.10.50', { PassThru: true }),
    gives: [{ ScopeId: S, StartRange: '10.10.10.50', EndRange: '10.10.10.50' }],
  },
  {
    source: '[I] 3',
    fact: 'ascending, and those that touch stay apart',
    before: [exclude('10.10.10.60', '10.10.10.69'), exclude('10.10.10.50', '10.10.10.59')],
    call: ['v4ExclusionRange.Get', {}],
    gives: [{ StartRange: '10.10.10.10' }, { StartRange: '10.10.10.50' }, { StartRange: '10.10.10.60' }],
  },
  {
    source: '[CAP 57577416661]',
    fact: 'one that exists',
    call: exclude('10.10.10.10', '10.10.10.29'),
    ids: ['DHCP 20023'],
  },
  { source: '[I] 3', fact: 'one that overlaps', call: exclude('10.10.10.29', '10.10.10.35'), ids: ['DHCP 20023'] },
  {
    source: '[I] 3',
    fact: 'one outside the range of the scope',
    call: exclude('10.10.10.1', '10.10.10.5'),
    ids: ['DHCP 20023'],
  },
  {
    source: '[M 3.2.4.38]',
    fact: 'one that runs backwards',
    call: exclude('10.10.10.60', '10.10.10.50'),
    ids: ['DHCP 20023'],
  },
  {
    source: '[I] 3',
    fact: 'an absent scope',
    call: exclude('10.10.10.60', '10.10.10.60', { ScopeId: '10.9.9.0' }),
    ids: ['DHCP 20005'],
  },
  {
    source: '[HELP] 3',
    fact: 'Remove by its start alone',
    call: ['v4ExclusionRange.Remove', { ScopeId: S, StartRange: '10.10.10.10', Passthru: true }],
    gives: [{ EndRange: '10.10.10.29' }],
  },
  {
    source: '[HELP] 3',
    fact: 'Remove without bounds takes all',
    before: [exclude('10.10.10.50', '10.10.10.59'), ['v4ExclusionRange.Remove', { ScopeId: S }]],
    call: ['v4ExclusionRange.Get', { ScopeId: [S] }],
    gives: [],
  },
  {
    source: '[M 3.2.4.40]',
    fact: 'Remove of none that begins there',
    call: ['v4ExclusionRange.Remove', { ScopeId: S, StartRange: '10.10.10.99', EndRange: '10.10.10.100' }],
    ids: ['DHCP 20007'],
  },
  {
    source: '[M 3.2.4.40]',
    fact: 'Remove of one that ends elsewhere',
    call: ['v4ExclusionRange.Remove', { ScopeId: S, StartRange: '10.10.10.10', EndRange: '10.10.10.11' }],
    ids: ['WIN32 87'],
  },
];

const reservations: readonly FactRow[] = [
  {
    source: '[CAP 52940524201]',
    fact: 'the ScopeId is any address of the subnet, and is echoed',
    call: ['v4Reservation.GetByScopeId', { ScopeId: '10.10.10.10' }],
    gives: [
      {
        ScopeId: '10.10.10.10',
        IPAddress: '10.10.10.40',
        AddressState: 'ActiveReservation',
        Type: 'Both',
        Name: 'printer-sfo',
      },
    ],
  },
  {
    source: '[HELP] 4',
    fact: 'Add: Both by default, not leased, id with hyphens',
    call: reserve('10.10.10.45', 'F0DEF17A005E', { PassThru: true }),
    gives: [{ ClientId: 'f0-de-f1-7a-00-5e', Type: 'Both', AddressState: 'InactiveReservation' }],
  },
  {
    source: '[M 3.2.4.38] 1',
    fact: 'Add in an absent scope',
    call: reserve('10.10.10.45', 'aa', { ScopeId: '10.9.9.0' }),
    ids: ['DHCP 20005'],
  },
  { source: '[M 3.2.4.38] 2', fact: 'Add outside the subnet', call: reserve('10.20.20.45', 'aa'), ids: ['DHCP 20018'] },
  {
    source: '[ABR] 4.3',
    fact: 'Add outside the range, in the subnet',
    call: reserve('10.10.10.5', 'aa', { PassThru: true }),
    gives: [{ IPAddress: '10.10.10.5' }],
  },
  {
    source: '[CAP 69539861437]',
    fact: 'an address that is reserved',
    call: reserve('10.10.10.40', 'aa'),
    ids: ['DHCP 20022'],
  },
  {
    source: '[CAP 69539861437]',
    fact: 'a client that has a reservation',
    call: reserve('10.10.10.45', '00155D0A0A28'),
    ids: ['DHCP 20022'],
  },
  {
    source: '[?] 4.2',
    fact: 'an id with colons',
    call: reserve('10.10.10.45', '00:15:5d:0a:0a:29'),
    ids: ['WIN32 87'],
  },
  {
    source: '[CAP] 4.2',
    fact: 'an id of another length',
    call: reserve('10.10.10.45', '0102030405060708090a', { PassThru: true }),
    gives: [{ ClientId: '01-02-03-04-05-06-07-08-09-0a' }],
  },
  {
    source: '[CAP] 4.4',
    fact: 'in the order of storage, not sorted',
    before: [reserve('10.10.10.35', 'aa')],
    call: ['v4Reservation.GetByScopeId', { ScopeId: S }],
    gives: [{ IPAddress: '10.10.10.40' }, { IPAddress: '10.10.10.35' }],
  },
  {
    source: 'U2',
    fact: 'by client without a reservation: the lease is given as one',
    call: ['v4Reservation.GetByClientId', { ScopeId: S, ClientId: ['00-15-5d-0a-0a-1e'] }],
    gives: [{ IPAddress: '10.10.10.30', Type: 'Both' }],
  },
  {
    source: '[I] 4.4',
    fact: 'by an address without one',
    call: ['v4Reservation.GetByIPAddress', { IPAddress: ['10.10.10.30'] }],
    ids: ['DHCP 20018'],
  },
  {
    source: 'U10',
    fact: 'Set with nothing but the address',
    call: ['v4Reservation.Set', { IPAddress: '10.10.10.40' }],
    ids: ['WIN32 87'],
  },
  {
    source: '[weak] 4.4',
    fact: 'Set with an empty name keeps the old one',
    call: ['v4Reservation.Set', { IPAddress: '10.10.10.40', Name: '', Description: 'moved', PassThru: true }],
    gives: [{ Name: 'printer-sfo', Description: 'moved' }],
  },
  {
    source: '[HELP] 4.4',
    fact: "Set to another's client",
    before: [reserve('10.10.10.45', 'aa')],
    call: ['v4Reservation.Set', { IPAddress: '10.10.10.45', ClientId: '00-15-5d-0a-0a-28' }],
    ids: ['DHCP 20022'],
  },
  {
    source: '[M 3.2.4.40]',
    fact: 'Remove: the lease stays as an ordinary one',
    before: [['v4Reservation.RemoveByIPAddress', { IPAddress: ['10.10.10.40'] }]],
    call: ['v4Lease.GetByIPAddress', { IPAddress: ['10.10.10.40'] }],
    gives: [{ AddressState: 'Active' }],
  },
  {
    source: '[I] 4.4',
    fact: 'Remove of one that is absent',
    call: ['v4Reservation.RemoveByIPAddress', { IPAddress: ['10.10.10.30'] }],
    ids: ['DHCP 20018'],
  },
];

const addresses: readonly FactRow[] = [
  {
    source: '[STUB] 6',
    fact: 'one text by default; leased, reserved and excluded ones are passed over',
    call: free({}),
    gives: ['10.10.10.32'],
  },
  {
    source: '[M 3.2.4.121]',
    fact: 'ascending, over the reservation',
    call: free({ NumAddress: 3, StartAddress: '10.10.10.38' }),
    gives: ['10.10.10.38', '10.10.10.39', '10.10.10.41'],
  },
  { source: '[HELP] 6', fact: 'more than 1024', call: free({ NumAddress: 1025 }), ids: ['WIN32 87'] },
  {
    source: '[HELP] 6',
    fact: 'more than there are between the ends',
    call: free({ NumAddress: 5, StartAddress: '10.10.10.41', EndAddress: '10.10.10.43' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.121]',
    fact: 'the start after the end',
    call: free({ StartAddress: '10.10.10.60', EndAddress: '10.10.10.50' }),
    ids: ['WIN32 87'],
  },
  { source: '[I] 6', fact: 'an absent scope', call: free({ ScopeId: '10.9.9.0' }), ids: ['DHCP 20005'] },
  {
    source: '[HELP] 6',
    fact: 'too few: those that there are',
    call: free({ NumAddress: 3, StartAddress: '10.10.10.29', EndAddress: '10.10.10.32' }),
    gives: ['10.10.10.32'],
  },
  {
    source: '[M] 6',
    fact: 'expired ones come last',
    before: [['v4Lease.Add', { ScopeId: S, IPAddress: '10.10.10.41', ClientId: 'aa', AddressState: 'Expired' }]],
    call: free({ NumAddress: 2, StartAddress: '10.10.10.41', EndAddress: '10.10.10.42' }),
    gives: ['10.10.10.42', '10.10.10.41'],
  },
];

// The worked example of dhcp-v4-semantics 7.1.
const leases = Array.from({ length: 40 }, (_, index) => ({
  ipAddress: `10.50.0.${index === 0 ? 20 : 49 + index}`,
  clientId: `02-00-00-00-00-${(index + 16).toString(16)}`,
}));
const worked = {
  servers: [
    {
      name: A,
      address: '10.10.10.2',
      scopes: [
        {
          scopeId: '10.50.0.0',
          startRange: '10.50.0.1',
          endRange: '10.50.0.200',
          superscopeName: 'campus',
          exclusions: [{ startRange: '10.50.0.1', endRange: '10.50.0.10' }],
          reservations: ['10.50.0.20', '10.50.0.21', '10.50.0.230'].map((ipAddress, index) => ({
            ipAddress,
            clientId: `02-00-00-00-00-${index + 16 === 16 ? '10' : `a${index}`}`,
            name: '',
            description: '',
            type: 'Both' as const,
          })),
          leases,
        },
        { scopeId: '10.60.0.0', state: 'Inactive' as const, leases: [{ ipAddress: '10.60.0.20', clientId: 'aa' }] },
      ],
    },
  ],
};

const statistics: readonly FactRow[] = [
  {
    source: '[I] 7.1',
    fact: 'the worked example; a scope that is not active counts nothing [ABR]',
    lab: worked,
    call: ['v4ScopeStatistics.Get', {}],
    gives: [
      {
        ScopeId: '10.50.0.0',
        AddressesInUse: 41,
        AddressesFree: 149,
        ReservedAddress: 3,
        PercentageInUse: Math.fround(4100 / 190),
        SuperscopeName: 'campus',
      },
      { ScopeId: '10.60.0.0', AddressesInUse: 0, AddressesFree: 0, PercentageInUse: 0 },
    ],
  },
  {
    source: '[I] 7.1',
    fact: 'an absent scope',
    call: ['v4ScopeStatistics.Get', { ScopeId: ['10.9.9.0'] }],
    ids: ['DHCP 20005'],
  },
  {
    source: '[ABR] 7.2',
    fact: 'the server: all scopes are counted, and the addresses of the active ones',
    lab: worked,
    call: ['v4Statistics.Get', {}],
    gives: [
      {
        TotalScopes: 2,
        TotalAddresses: 190,
        AddressesInUse: 41,
        AddressesAvailable: 149,
        ScopesWithDelayConfigured: 0,
      },
    ],
  },
  {
    source: '[WMI] 7.3',
    fact: 'superscopes are sums',
    lab: worked,
    call: ['v4SuperscopeStatistics.Get', {}],
    gives: [{ SuperscopeName: 'campus', NumScopes: 1, AddressesInUse: 41, AddressesFree: 149 }],
  },
  {
    source: '[I] 7.3',
    fact: 'an absent superscope',
    call: ['v4SuperscopeStatistics.Get', { Name: ['nowhere'] }],
    ids: ['DHCP 20005'],
  },
];

const superscopes: readonly FactRow[] = [
  {
    source: '[USE 14472563676]',
    fact: 'scopes in none stand under an empty name',
    before: [superscope('campus', [S])],
    call: ['v4Superscope.Get', {}],
    gives: [
      { SuperscopeName: 'campus', ScopeId: [S] },
      { SuperscopeName: '', ScopeId: [OTHER] },
    ],
  },
  {
    source: '[M 3.1.4.37]',
    fact: 'a scope of another superscope stays without Force',
    before: [superscope('campus', [S])],
    call: superscope('other', [S]),
    ids: ['DHCP 20004'],
  },
  {
    source: '[M 3.1.4.37]',
    fact: 'and is moved with it',
    before: [superscope('campus', [S])],
    call: superscope('other', [S], { Force: true, PassThru: true }),
    gives: [{ SuperscopeName: 'other', ScopeId: [S] }],
  },
  { source: '[HELP] 8', fact: 'an absent scope', call: superscope('campus', ['10.9.9.0']), ids: ['DHCP 20005'] },
  { source: '[M 3.1.4.37]', fact: 'a long name', call: superscope('n'.repeat(256), [S]), ids: ['DHCP 20030'] },
  {
    source: '[HELP] 8',
    fact: 'the last scope takes the superscope along',
    before: [superscope('campus', [S]), ['v4Superscope.Remove', { SuperscopeName: 'campus', ScopeId: [S] }]],
    call: ['v4Superscope.Get', { SuperscopeName: ['campus'] }],
    ids: ['DHCP 20005'],
  },
  {
    source: '[I] 8',
    fact: 'Rename moves all members',
    before: [superscope('campus', [S, OTHER])],
    call: ['v4Superscope.Rename', { Name: 'campus', NewName: 'site', PassThru: true }],
    gives: [{ SuperscopeName: 'site', ScopeId: [S, OTHER] }],
  },
  {
    source: '[I] 8',
    fact: 'Rename of an absent one',
    call: ['v4Superscope.Rename', { Name: 'campus', NewName: 'site' }],
    ids: ['DHCP 20005'],
  },
];

const scopes: readonly FactRow[] = [
  {
    source: '[M 3.1.4.49]',
    fact: 'what overlaps comes before a range that cannot be',
    call: ['v4Scope.Add', { Name: 'x', StartRange: '10.10.10.9', EndRange: '10.10.10.5', SubnetMask: '255.255.255.0' }],
    ids: ['DHCP 20052'],
  },
  {
    source: '[M 3.2.4.80]',
    fact: 'a delay of more than a second',
    call: [
      'v4Scope.Add',
      { Name: 'x', StartRange: '10.30.0.5', EndRange: '10.30.0.9', SubnetMask: '255.255.255.0', Delay: 1001 },
    ],
    ids: ['DHCP 20092'],
  },
  {
    source: '[M notes 43]',
    fact: 'no Network Access Protection since 2016',
    call: ['v4Scope.SetByWithoutRange', { ScopeId: S, NapEnable: true }],
    ids: ['DHCP 20138'],
  },
  {
    source: '[CAP 57577416661]',
    fact: 'a range that neither holds the old one nor lies in it',
    call: ['v4Scope.SetByWithRange', { ScopeId: S, StartRange: '10.10.10.5', EndRange: '10.10.10.50' }],
    ids: ['DHCP 20023'],
  },
  {
    source: '[M 3.2.4.38]',
    fact: 'a range that leaves out one of a policy',
    call: ['v4Scope.SetByWithRange', { ScopeId: OTHER, StartRange: '10.20.20.10', EndRange: '10.20.20.210' }],
    ids: ['DHCP 20112'],
  },
  {
    source: '[M 3.1.4.8]',
    fact: 'a reservation that nobody leased is a client, too',
    before: [
      ['v4Lease.RemoveByScopeId', { ScopeId: OTHER }],
      ['v4Reservation.Add', { ScopeId: OTHER, IPAddress: '10.20.20.9', ClientId: 'aa' }],
    ],
    call: ['v4Scope.Remove', { ScopeId: [OTHER] }],
    ids: ['DHCP 20007'],
  },
  {
    source: '[M 3.1.4.28]',
    fact: 'nothing to repair in what is consistent',
    call: ['v4IPRecord.Repair', { ScopeId: [S], ReportOnly: true }],
    gives: [],
  },
  {
    source: '[I] 6',
    fact: 'nothing to repair in an absent scope',
    call: ['v4IPRecord.Repair', { ScopeId: ['10.9.9.0'], Force: true }],
    ids: ['DHCP 20005'],
  },
];

describe('scopes (dhcp-v4-semantics 2, 6)', () => testFacts(scopes));
describe('exclusion ranges (dhcp-v4-semantics 3)', () => testFacts(exclusions));
describe('reservations (dhcp-v4-semantics 4)', () => testFacts(reservations));
describe('free addresses (dhcp-v4-semantics 6)', () => testFacts(addresses));
describe('statistics (dhcp-v4-semantics 7)', () => testFacts(statistics));
describe('superscopes (dhcp-v4-semantics 8)', () => testFacts(superscopes));

describe('statistics of a failover pair (dhcp-v4-semantics 7.5)', () => {
  it('are mirror images: what is free here is free for the partner there', async () => {
    const pair = new Pair();
    await pair.add();
    const of = async (server: string) => {
      const { output } = await pair.call(server, 'PS_DhcpServerv4ScopeStatistics.Get', {
        ScopeId: [S],
        Failover: true,
      });
      const [row] = output as readonly CimInstance[];
      return valuesOf(row) as Record<string, number>;
    };
    const [a, b] = [await of(A), await of(B)];
    expect([a['AddressesFree'], a['AddressesInUse']]).toEqual([b['AddressesFree'], b['AddressesInUse']]);
    for (const what of ['Free', 'InUse']) {
      expect(a[`Addresses${what}OnThisServer`]).toBe(b[`Addresses${what}OnPartnerServer`]);
      expect((a[`Addresses${what}OnThisServer`] ?? 0) + (a[`Addresses${what}OnPartnerServer`] ?? 0)).toBe(
        a[`Addresses${what}`],
      );
    }
    expect(a['AddressesFreeOnPartnerServer']).toBeGreaterThan(0);
  });
});
