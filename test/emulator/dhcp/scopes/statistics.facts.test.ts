// Statistics, each fact by the tag of its source in the reference. The numbers of the server are those of a public report ([ABR]).
import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../../lib/cim/value/cim-date-time.js';
import type { LabDescription } from '../../../../lib/emulator/lab/lab-description.js';
import { valuesOf } from '../../../support/values-of.js';
import { A, hours, Pair, SCOPES } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const [S = ''] = SCOPES;
const NOW = Date.UTC(2026, 10, 24);
const server: Step = ['v4Statistics.Get', {}];

/** A scope with as many free addresses and leases, the last `excluded` addresses of its range beside. */
function scope(third: number, free: number, leased: number, excluded = 0, state: 'Active' | 'Inactive' = 'Active') {
  const last = free + leased + excluded;
  return {
    scopeId: `10.50.${third}.0`,
    state,
    startRange: `10.50.${third}.1`,
    endRange: `10.50.${third}.${last}`,
    exclusions:
      excluded === 0
        ? []
        : [{ startRange: `10.50.${third}.${last - excluded + 1}`, endRange: `10.50.${third}.${last}` }],
    leases: Array.from({ length: leased }, (_, index) => ({
      ipAddress: `10.50.${third}.${index + 1}`,
      clientId: `02-00-00-00-${third.toString(16).padStart(2, '0')}-${index.toString(16).padStart(2, '0')}`,
    })),
  };
}

/** The report's server: 11 scopes, 120 of 2114 addresses in use. Three of its scopes it names; inactive ones count nothing. */
const report: LabDescription = {
  servers: [
    {
      name: A,
      address: '10.10.10.2',
      startedAt: NOW - hours(72),
      scopes: [
        scope(0, 195, 19),
        scope(1, 116, 91, 7),
        scope(2, 244, 0),
        ...[3, 4, 5, 6, 7].map((third) => scope(third, 254, 0)),
        scope(8, 169, 10),
        scope(9, 100, 20, 0, 'Inactive'),
        scope(10, 50, 1, 0, 'Inactive'),
      ],
    },
  ],
};

const offering: LabDescription = {
  servers: [
    {
      name: A,
      address: '10.10.10.2',
      scopes: [
        {
          scopeId: '10.50.0.0',
          leases: [
            { ipAddress: '10.50.0.20', clientId: 'aa-01', state: 'Offered', expiresAt: NOW + 60_000 },
            { ipAddress: '10.50.0.21', clientId: 'aa-02' },
          ],
        },
      ],
    },
  ],
};

const rows: readonly FactRow[] = [
  {
    source: '[ABR] 7.2',
    fact: 'all scopes are counted, those that are not active, too',
    lab: report,
    call: server,
    gives: [{ TotalScopes: 11 }],
  },
  {
    source: '[ABR] 7.2',
    fact: 'addresses are those that are free or in use, of active scopes',
    lab: report,
    call: server,
    gives: [{ TotalAddresses: 2114 }],
  },
  {
    source: '[ABR] 7.2',
    fact: 'in use and available',
    lab: report,
    call: server,
    gives: [{ AddressesInUse: 120, AddressesAvailable: 1994 }],
  },
  {
    source: '[ABR] 7.2',
    fact: 'shares of all addresses, in 32 bits',
    lab: report,
    call: server,
    gives: [
      {
        PercentageInUse: Math.fround(12_000 / 2114),
        PercentageAvailable: Math.fround(199_400 / 2114),
        PercentagePendingOffers: 0,
      },
    ],
  },
  {
    source: '[ABR] 7.2',
    fact: 'no shares of nothing',
    lab: { servers: [{ name: A, address: '10.10.10.2' }] },
    call: server,
    gives: [{ TotalAddresses: 0, PercentageInUse: 0, PercentageAvailable: 0, PercentagePendingOffers: 0 }],
  },
  {
    source: '[M] 7.2',
    fact: 'when the service started',
    lab: report,
    call: server,
    gives: [{ ServerStartTime: CimDateTime.from(new Date(NOW - hours(72))) }],
  },
  {
    source: '[M] 7.1',
    fact: 'offers that no client has asked for',
    lab: offering,
    call: ['v4ScopeStatistics.Get', {}],
    gives: [{ PendingOffers: 1, AddressesInUse: 1 }],
  },
  {
    source: '[M] 7.2',
    fact: 'and the server’s',
    lab: offering,
    call: server,
    gives: [{ PendingOffers: 1 }],
  },
];

describe('statistics (dhcp-v4-semantics 7)', () => testFacts(rows));

async function statistics(pair: Pair): Promise<Record<string, unknown>> {
  const { output } = await pair.call(A, `PS_DhcpServer${server[0]}`, server[1]);
  return valuesOf(output[0] as CimInstance);
}

describe('packets (dhcp-v4-semantics 7.2)', () => {
  it('[M] 7.2 are counted: a new client discovers, one that renews asks, one that goes releases', async () => {
    const pair = new Pair();
    const { ipAddress } = pair.lab.grantLease(A, S, { clientId: 'aa-01' });
    pair.lab.grantLease(A, S, { clientId: 'aa-01' });
    pair.lab.releaseLease(A, S, ipAddress);
    expect(await statistics(pair)).toMatchObject({
      Discovers: 1,
      Offers: 1,
      DelayedOffers: 0,
      Requests: 2,
      Acks: 2,
      Naks: 0,
      Declines: 0,
      Releases: 1,
    });
  });

  it('[M] 7.2 are counted from the start of the service', async () => {
    const pair = new Pair();
    pair.lab.grantLease(A, S, { clientId: 'aa-01' });
    pair.lab.clock.advance(hours(1));
    pair.lab.setService(A, 'stopped');
    pair.lab.setService(A, 'running');
    expect(await statistics(pair)).toMatchObject({
      ServerStartTime: CimDateTime.from(new Date(NOW + hours(1))),
      Discovers: 0,
      Requests: 0,
      Acks: 0,
    });
  });
});

describe('the shares of a failover pair (dhcp-v4-semantics 7.1)', () => {
  it.each([
    ['[M 2.2.1.2.100]', 'load balance, by percentage', { LoadBalancePercent: 70 }, 70],
    ['[M 2.2.1.2.100]', 'hot standby, by reserve', { ReservePercent: 10, ServerRole: 'Active' }, 90],
  ])('%s %s', async (_source, _mode, parameters, percent) => {
    const pair = new Pair();
    await pair.add({ ScopeId: [S], ...parameters });
    const { output } = await pair.call(A, 'PS_DhcpServerv4ScopeStatistics.Get', { ScopeId: [S], Failover: true });
    const row = valuesOf(output[0] as CimInstance) as Record<string, number>;
    const { AddressesFree = 0, AddressesFreeOnThisServer = 0, AddressesFreeOnPartnerServer = 0 } = row;
    expect(AddressesFreeOnThisServer + AddressesFreeOnPartnerServer).toBe(AddressesFree);
    expect(Math.round((100 * AddressesFreeOnThisServer) / AddressesFree)).toBe(percent);
  });

  it('[M 2.2.1.2.100] what a server leased is in use on it', async () => {
    const pair = new Pair();
    await pair.add({ ScopeId: [S] });
    const inUse = async () => {
      const { output } = await pair.call(A, 'PS_DhcpServerv4ScopeStatistics.Get', { ScopeId: [S], Failover: true });
      const row = valuesOf(output[0] as CimInstance);
      return [Number(row['AddressesInUseOnThisServer']), Number(row['AddressesInUseOnPartnerServer'])] as const;
    };
    const [here, there] = await inUse();
    pair.lab.grantLease(A, S, { clientId: 'aa-01' });
    expect(await inUse()).toEqual([here + 1, there]);
    pair.lab.grantLease('dhcpserver2.contoso.com', S, { clientId: 'aa-02' });
    expect(await inUse()).toEqual([here + 1, there + 1]);
  });
});
