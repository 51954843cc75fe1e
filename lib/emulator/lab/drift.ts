import {
  DEFAULT_USER,
  type LabDescription,
  type RelationshipDescription,
  type ScopeDescription,
} from './lab-description.js';

const NAME = 'SFO-SIN-Failover';

const OFFICES: readonly ScopeDescription[] = [
  {
    scopeId: '10.10.10.0',
    name: 'SFO clients',
    startRange: '10.10.10.10',
    endRange: '10.10.10.250',
    exclusions: [{ startRange: '10.10.10.10', endRange: '10.10.10.29' }],
    reservations: [
      { ipAddress: '10.10.10.40', clientId: '00-15-5d-0a-0a-28', name: 'printer-1', description: '', type: 'Both' },
      { ipAddress: '10.10.10.41', clientId: '00-15-5d-0a-0a-29', name: 'printer-2', description: '', type: 'Both' },
      { ipAddress: '10.10.10.42', clientId: '00-15-5d-0a-0a-2a', name: 'door-1', description: '', type: 'Both' },
    ],
    optionValues: [
      { optionId: 3, value: ['10.10.10.1'] },
      { optionId: 15, value: ['contoso.com'] },
    ],
    leases: [
      { ipAddress: '10.10.10.60', clientId: '00-15-5d-0a-0a-3c', hostName: 'pc-060.contoso.com' },
      { ipAddress: '10.10.10.61', clientId: '00-15-5d-0a-0a-3d', hostName: 'pc-061.contoso.com' },
    ],
  },
  {
    scopeId: '10.20.20.0',
    name: 'SIN clients',
    startRange: '10.20.20.10',
    endRange: '10.20.20.250',
    optionValues: [{ optionId: 3, value: ['10.20.20.1'] }],
    policies: [
      {
        name: 'Phones',
        description: 'Desk phones',
        enabled: true,
        condition: 'Or',
        processingOrder: 1,
        macAddress: ['EQ', '00-04-F2*'],
        ranges: [{ startRange: '10.20.20.200', endRange: '10.20.20.229' }],
        optionValues: [{ optionId: 66, value: ['tftp.contoso.com'] }],
      },
    ],
  },
  { scopeId: '10.30.30.0', name: 'Guests', optionValues: [{ optionId: 3, value: ['10.30.30.1'] }] },
];

/** The second server's, after a year in which changes were made on one server alone. */
function driftedOffices(): ScopeDescription[] {
  const [sfo, sin, guests] = structuredClone(OFFICES) as [ScopeDescription, ScopeDescription, ScopeDescription];
  const [printer1, , door] = sfo.reservations ?? [];
  const [phones] = sin.policies ?? [];
  return [
    {
      ...sfo,
      reservations: [
        ...(printer1 === undefined ? [] : [{ ...printer1, clientId: '00-15-5d-ff-ff-28' }]),
        ...(door === undefined ? [] : [door]),
        { ipAddress: '10.10.10.43', clientId: '00-15-5d-0a-0a-2b', name: 'door-2', description: 'East', type: 'Both' },
      ],
      optionValues: [
        { optionId: 3, value: ['10.10.10.254'] },
        { optionId: 15, value: ['contoso.com'] },
      ],
    },
    {
      ...sin,
      leaseDurationSeconds: 4 * 3600,
      exclusions: [{ startRange: '10.20.20.10', endRange: '10.20.20.19' }],
      policies: phones === undefined ? [] : [{ ...phones, enabled: false }],
    },
    guests,
  ];
}

function copyOf(serverType: 'PrimaryServer' | 'SecondaryServer'): RelationshipDescription {
  return {
    name: NAME,
    primaryServer: '10.10.10.2',
    secondaryServer: '10.10.10.3',
    primaryServerName: 'dhcpserver.contoso.com',
    secondaryServerName: 'dhcpserver2.contoso.com',
    serverType,
    mode: 'LoadBalance',
    percentage: 50,
    mcltSeconds: 3600,
    safePeriodSeconds: 0xffffffff,
    scopes: OFFICES.map(({ scopeId }) => scopeId),
    state: 'Normal',
    connected: true,
  };
}

/**
 * A failover pair whose servers have drifted apart: in `10.10.10.0` a reservation that only the first has, one that only the second has, one for
 * another client, and another router; in `10.20.20.0` another lease duration, an exclusion that only the second has, and a policy that is off there.
 * `10.30.30.0` is in step. The DNS servers of the servers themselves differ, too, which replication never mends.
 */
export function driftDescription(): LabDescription {
  const dnsServers = (...value: string[]) => ({ optionValues: [{ optionId: 6, value }] });
  return {
    users: [DEFAULT_USER],
    dnsServers: ['10.10.10.4', '10.10.10.5'],
    servers: [
      {
        name: 'dhcpserver.contoso.com',
        address: '10.10.10.2',
        configuration: dnsServers('10.10.10.4', '10.10.10.5'),
        scopes: OFFICES,
        relationships: [copyOf('PrimaryServer')],
      },
      {
        name: 'dhcpserver2.contoso.com',
        address: '10.10.10.3',
        configuration: dnsServers('10.10.10.5'),
        scopes: driftedOffices(),
        relationships: [copyOf('SecondaryServer')],
      },
    ],
  };
}
