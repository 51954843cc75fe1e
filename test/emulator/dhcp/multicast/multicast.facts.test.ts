// Facts about leases of multicast scopes, each by the tag of its source in the reference.
import { describe, expect, it } from '@jest/globals';
import { CimDateTime } from '../../../../lib/cim/value/cim-date-time.js';
import type { LabDescription } from '../../../../lib/emulator/lab/lab-description.js';
import { A, B, hours, NAME, Pair, SCOPES } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const NOW = Date.UTC(2026, 10, 24);
const add: Step = ['v4MulticastScope.Add', { Name: 'video', StartRange: '224.5.5.0', EndRange: '224.5.6.255' }];
const get: Step = ['v4MulticastLease.Get', { Name: ['video'] }];
const watched: LabDescription = {
  servers: [
    {
      name: A,
      address: '10.10.10.2',
      configuration: {
        multicastScopes: [
          {
            name: 'video',
            description: '',
            startRange: '224.5.5.0',
            endRange: '224.5.6.255',
            leaseDurationSeconds: 2_592_000,
            expiryTime: null,
            state: 'Active',
            ttl: 32,
            exclusions: [],
            leases: ['224.5.5.7', '224.5.5.8'].map((ipAddress, index) => ({
              ipAddress,
              clientId: `aa-0${index}`,
              hostName: index === 0 ? 'tv.contoso.com' : '',
              startsAt: NOW - hours(2),
              expiresAt: NOW + hours(1 - 2 * index),
            })),
          },
        ],
      },
    },
  ],
};

const rows: readonly FactRow[] = [
  {
    source: '[M 3.2.4.10]',
    fact: 'a lease',
    lab: watched,
    call: get,
    gives: [
      {
        Name: 'video',
        IPAddress: '224.5.5.7',
        ClientId: 'aa-00',
        HostName: 'tv.contoso.com',
        AddressState: 'Active',
        LeaseStartTime: CimDateTime.from(new Date(NOW - hours(2))),
        LeaseExpiryTime: CimDateTime.from(new Date(NOW + hours(1))),
      },
      { IPAddress: '224.5.5.8', HostName: null, AddressState: 'Expired' },
    ],
  },
  {
    source: '[M 3.2.4.10]',
    fact: 'Remove without an address takes all',
    lab: watched,
    before: [['v4MulticastLease.Remove', { Name: 'video' }]],
    call: get,
    gives: [],
  },
  {
    source: '[M 3.2.4.10]',
    fact: 'Remove of one leaves the other',
    lab: watched,
    before: [['v4MulticastLease.Remove', { Name: 'video', IPAddress: ['224.5.5.7'] }]],
    call: get,
    gives: [{ IPAddress: '224.5.5.8' }],
  },
  {
    source: '[M 3.2.4.8]',
    fact: 'a scope with leases stays without Force',
    lab: watched,
    call: ['v4MulticastScope.Remove', { Name: ['video'] }],
    ids: ['DHCP 20007'],
  },
  {
    source: '[MIG] 10',
    fact: 'failover takes none to the partner',
    before: [
      add,
      ['v4Failover.AddByLoadBalance', { Name: NAME, PartnerServer: B, ScopeId: SCOPES }],
      ['v4FailoverReplication.InvokeByName', {}],
    ],
    server: B,
    call: ['v4MulticastScope.Get', {}],
    gives: [],
  },
];

describe('multicast leases (dhcp-v4-semantics 10)', () => testFacts(rows));

describe('a multicast lease (dhcp-v4-semantics 10)', () => {
  it('[M 3.2.4.10] cannot be added: there is no such method', async () => {
    const lease = { Name: 'video', IPAddress: '224.5.5.9', ClientId: 'aa' };
    await expect(new Pair(watched).call(A, 'PS_DhcpServerv4MulticastLease.Add', lease)).rejects.toThrow();
  });
});
