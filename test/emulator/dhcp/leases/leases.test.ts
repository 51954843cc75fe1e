import { describe } from '@jest/globals';
import { CimDateTime } from '../../../../lib/cim/value/cim-date-time.js';
import type { Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const S = '10.10.10.0';
const NOW = Date.UTC(2026, 10, 24);
const add = (ip: string, id: string, more: Parameters = {}): Step => [
  'v4Lease.Add',
  { ScopeId: S, IPAddress: ip, ClientId: id, ...more },
];
const at = (ms: number) => CimDateTime.from(new Date(NOW + ms));
const declined = add('10.10.10.60', '0a-0a-0a-3c', { AddressState: 'Declined' });
const expired = add('10.10.10.61', '0a-0a-0a-3d', { AddressState: 'Expired' });
const get = (parameters: Parameters): Step => ['v4Lease.GetByScopeId', { ScopeId: S, ...parameters }];
const byAddress = (...addresses: string[]): Step => ['v4Lease.GetByIPAddress', { IPAddress: addresses }];

const rows: readonly FactRow[] = [
  {
    source: '[HELP] 5.2',
    fact: 'by scope: active leases and reservations, no declined or expired ones, ascending',
    before: [
      declined,
      expired,
      ['v4Reservation.Add', { ScopeId: S, IPAddress: '10.10.10.35', ClientId: 'aa-bb-cc-dd-ee-01' }],
    ],
    call: get({}),
    gives: [
      { IPAddress: '10.10.10.30', AddressState: 'Active', HostName: 'pc-030.contoso.com' },
      { IPAddress: '10.10.10.31', AddressState: 'Active' },
      { IPAddress: '10.10.10.35', AddressState: 'InactiveReservation', LeaseExpiryTime: null, ClientType: 'None' },
      { IPAddress: '10.10.10.40', AddressState: 'ActiveReservation' },
    ],
  },
  {
    source: '[HELP] 5.2',
    fact: 'AllLeases has all states; a declined address is BAD_ADDRESS',
    before: [declined, expired],
    call: get({ AllLeases: true }),
    gives: [
      { IPAddress: '10.10.10.30' },
      { IPAddress: '10.10.10.31' },
      { IPAddress: '10.10.10.40' },
      { IPAddress: '10.10.10.60', AddressState: 'Declined', HostName: 'BAD_ADDRESS', ClientId: '0a-0a-0a-3c' },
      { IPAddress: '10.10.10.61', AddressState: 'Expired' },
    ],
  },
  {
    source: '[HELP] 5.2',
    fact: 'BadLeases without a scope looks at all of them',
    before: [declined, expired],
    call: ['v4Lease.GetByBadLeases', { BadLeases: true }],
    gives: [{ IPAddress: '10.10.10.60' }],
  },
  {
    source: '[I] 5.2',
    fact: 'a scope that is absent is 20005',
    call: get({ ScopeId: '10.9.9.0' }),
    ids: ['DHCP 20005'],
  },
  {
    source: '[?] 5.2',
    fact: 'one error for each address without a lease, the others are given',
    call: byAddress('10.10.10.30', '10.10.10.99', '10.99.0.1'),
    ids: ['DHCP 20013', 'DHCP 20013'],
  },
  {
    source: '[HELP] 5.2',
    fact: 'by client, however the id is written',
    call: ['v4Lease.GetByClientId', { ScopeId: S, ClientId: ['00155D0A0A1E'] }],
    gives: [{ IPAddress: '10.10.10.30', ClientId: '00-15-5d-0a-0a-1e' }],
  },
  {
    source: '[HELP] 5.3',
    fact: 'Add without anything else: active, DHCP, for the time of the scope; ids in lower case with hyphens',
    call: add('10.10.10.50', 'F0DEF17A005E', { PassThru: true }),
    gives: [
      {
        AddressState: 'Active',
        ClientType: 'Dhcp',
        ClientId: 'f0-de-f1-7a-00-5e',
        ScopeId: S,
        NapStatus: 'FullAccess',
        NapCapable: false,
        ServerIP: '10.10.10.2',
        LeaseExpiryTime: at(8 * 86_400_000),
      },
    ],
  },
  {
    source: '[M 3.2.4.123] 1',
    fact: 'no offered lease',
    call: add('10.10.10.50', 'aa', { AddressState: 'Offered' }),
    ids: ['WIN32 87'],
  },
  { source: '[M 3.2.4.123] 2', fact: 'an address of no scope', call: add('10.99.0.1', 'aa'), ids: ['DHCP 20005'] },
  { source: '[M 3.2.4.123] 3', fact: 'an address that is leased', call: add('10.10.10.30', 'aa'), ids: ['DHCP 20014'] },
  {
    source: '[M 3.2.4.123] 3',
    fact: 'a client that has a lease',
    call: add('10.10.10.50', '00-15-5d-0a-0a-1e'),
    ids: ['DHCP 20014'],
  },
  {
    source: '[M 3.2.4.123]',
    fact: 'an address outside the range is taken',
    call: add('10.10.10.5', 'aa', { PassThru: true }),
    gives: [{ IPAddress: '10.10.10.5' }],
  },
  {
    source: '[HELP] 5.3',
    fact: 'InProbation needs an end',
    call: add('10.10.10.50', 'aa', { NapStatus: 'InProbation' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 5.3',
    fact: 'an end alone means InProbation',
    call: add('10.10.10.50', 'aa', { ProbationEnds: at(5000), PassThru: true }),
    gives: [{ NapStatus: 'InProbation' }],
  },
  {
    source: '[HELP] 5.3',
    fact: 'an end with another status is refused',
    call: add('10.10.10.50', 'aa', { ProbationEnds: at(5000), NapStatus: 'Exempt' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.1.4.20]',
    fact: 'the lease of a reservation cannot be deleted',
    call: ['v4Lease.RemoveByIPAddress', { IPAddress: ['10.10.10.40'] }],
    ids: ['DHCP 20019'],
  },
  {
    source: '[?] 5.3',
    fact: 'Remove by scope takes all but those of reservations, and writes nothing without PassThru',
    before: [['v4Lease.RemoveByScopeId', { ScopeId: S }]],
    call: get({ AllLeases: true }),
    gives: [{ IPAddress: '10.10.10.40' }],
  },
  {
    source: '[HELP] 5.3',
    fact: 'Remove with PassThru gives the deleted leases',
    call: ['v4Lease.RemoveByClientId', { ScopeId: S, ClientId: ['00-15-5d-0a-0a-1e'], PassThru: true }],
    gives: [{ IPAddress: '10.10.10.30' }],
  },
  {
    source: '[HELP] 5.3',
    fact: 'BadLeases are removed',
    before: [declined, ['v4Lease.RemoveByBadLeases', { BadLeases: true }]],
    call: ['v4Lease.GetByBadLeases', { BadLeases: true }],
    gives: [],
  },
];

describe('leases (dhcp-v4-semantics 5)', () => testFacts(rows));
