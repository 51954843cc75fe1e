import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import type { DhcpServerVersion } from '../../../lib/emulator/dhcp/dhcp-server.js';
import {
  defaultLabDescription,
  type LabDescription,
  type ServerDescription,
} from '../../../lib/emulator/lab/lab-description.js';
import type { Caller } from '../../../lib/emulator/request/request-handler.js';
import { A, B, type Pair, type Parameters, THIRD } from '../pair.js';

/** One way to break a precondition. The rows stand in the order in which failover-semantics 4.2 checks them. */
export interface PreconditionRow {
  /** Number in the table of 4.2. */
  readonly row: string;
  readonly condition: string;
  /** Makes the condition fail on a fresh pair. */
  readonly arrange?: (pair: Pair) => void | Promise<void>;
  /** Makes it fail by what is asked for. */
  readonly parameters?: Parameters;
  readonly caller?: Partial<Caller>;
  readonly lab?: LabDescription;
  readonly id: string;
  readonly message: RegExp;
  /** Number of PowerShell's ErrorCategory. */
  readonly category: number;
}

const CATEGORY = {
  notSpecified: 0,
  connection: 27,
  argument: 5,
  operation: 7,
  notFound: 13,
  permission: 18,
  exists: 20,
};
const NO_ACCESS_ON = (name: string): LabDescription => ({
  users: [{ userName: 'CONTOSO\\dhcpadmin', password: 'x', accessTo: { [name]: 'none' } }],
});

/** The servers of the default lab, of which the partner runs the given version of Windows. */
export function withPartnerVersion(version: DhcpServerVersion): readonly ServerDescription[] {
  return [...(defaultLabDescription.servers ?? [])].map((server) =>
    server.name === B ? { ...server, version } : server,
  );
}

/** 31 relationships on one server, with a scope each, so that there is no room for another. */
export async function fillRelationships(pair: Pair, server: string, prefix: string, octet: number): Promise<void> {
  const { relationships } = pair.lab.server(server);
  for (let index = relationships.size; index < 31; index++) {
    relationships.set(`${prefix}-${index}`, {
      name: `${prefix}-${index}`,
      mode: 'LoadBalance',
      percentage: 50,
      mcltSeconds: 3600,
      safePeriodSeconds: 0xffffffff,
      primaryServer: pair.lab.server(server).address,
      secondaryServer: `192.168.${octet}.${index + 1}`,
      primaryServerName: server,
      secondaryServerName: `elsewhere-${index}`,
      serverType: 'PrimaryServer',
      scopes: [],
      sharedSecret: undefined,
      state: 'Normal',
      prevState: 'Normal',
      stateSince: 0,
      isNew: false,
      wasOff: false,
    });
  }
}

export const addPreconditionRows: readonly PreconditionRow[] = [
  {
    row: '1',
    condition: 'the caller may write on A',
    lab: NO_ACCESS_ON(A),
    id: 'WIN32 5',
    message: /^Failed to add failover relationship SFO-SIN-Failover on DHCP server dhcpserver.contoso.com\.$/,
    category: CATEGORY.permission,
  },
  {
    row: '2',
    condition: 'the name is not empty',
    parameters: { Name: '' },
    id: 'WIN32 87',
    message: /add failover relationship/,
    category: CATEGORY.argument,
  },
  {
    row: '2',
    condition: 'the name has at most 126 characters',
    parameters: { Name: 'n'.repeat(127) },
    id: 'DHCP 20125',
    message: /add failover relationship n{127} on DHCP server dhcpserver\.contoso\.com/,
    category: CATEGORY.argument,
  },
  {
    row: '3',
    condition: 'the percentage is at most 100',
    parameters: { LoadBalancePercent: 101 },
    id: 'WIN32 87',
    message: /add failover relationship/,
    category: CATEGORY.argument,
  },
  {
    row: '3',
    condition: 'the MCLT is above zero',
    parameters: { MaxClientLeadTime: TimeSpan.zero },
    id: 'WIN32 87',
    message: /add failover relationship/,
    category: CATEGORY.argument,
  },
  {
    row: '4',
    condition: 'every scope exists on A',
    parameters: { ScopeId: ['10.10.10.0', '10.30.30.0'] },
    id: 'DHCP 20005',
    message: /^Failed to get scope information for scope 10.30.30.0 on DHCP server dhcpserver.contoso.com\.$/,
    category: CATEGORY.notFound,
  },
  {
    row: '5',
    condition: 'no scope is in a relationship on A',
    arrange: async (pair) => {
      await pair.add({ Name: 'first', ScopeId: ['10.20.20.0'], PartnerServer: THIRD });
    },
    id: 'DHCP 20113',
    message: /^Failed to add scope 10.20.20.0 to failover relationship SFO-SIN-Failover/,
    category: CATEGORY.exists,
  },
  {
    row: '6',
    condition: 'no scope serves BOOTP',
    arrange: async (pair) => {
      await pair.call(A, 'PS_DhcpServerv4Scope.SetByWithoutRange', { ScopeId: '10.10.10.0', Type: 'Both' });
    },
    id: 'DHCP 20131',
    message: /^Failed to add scope 10.10.10.0 to failover relationship/,
    category: CATEGORY.argument,
  },
  {
    row: '7',
    condition: 'A has fewer than 31 relationships',
    arrange: (pair) => fillRelationships(pair, A, 'full', 1),
    id: 'DHCP 20128',
    message: /add failover relationship .* on DHCP server dhcpserver\.contoso\.com/,
    category: CATEGORY.argument,
  },
  {
    row: '8',
    condition: 'the name is free on A, whatever its case',
    arrange: async (pair) => {
      await pair.call(A, 'PS_DhcpServerv4Scope.Add', {
        StartRange: '10.9.9.10',
        EndRange: '10.9.9.20',
        SubnetMask: '255.255.255.0',
        Name: 'other',
      });
      await pair.add({ Name: 'sfo-sin-FAILOVER', ScopeId: ['10.9.9.0'], PartnerServer: THIRD });
    },
    id: 'DHCP 20114',
    message: /add failover relationship .* on DHCP server dhcpserver\.contoso\.com/,
    category: CATEGORY.exists,
  },
  {
    row: '9',
    condition: "B's name resolves",
    parameters: { PartnerServer: 'nowhere.contoso.com' },
    id: 'DHCP 20124',
    message: /^Failed to get version of the DHCP server nowhere.contoso.com\.$/,
    category: CATEGORY.connection,
  },
  {
    row: '10',
    condition: 'B is on',
    arrange: (pair) => pair.lab.powerOff(B),
    id: 'WIN32 1722',
    message: /^Failed to get version of the DHCP server dhcpserver2.contoso.com\.$/,
    category: CATEGORY.notSpecified,
  },
  {
    row: '10',
    condition: 'B can be reached',
    arrange: (pair) => pair.lab.cutLink(A, B),
    id: 'WIN32 1722',
    message: /^Failed to get version/,
    category: CATEGORY.notSpecified,
  },
  {
    row: '10',
    condition: "B's DHCP service runs",
    arrange: (pair) => pair.lab.setService(B, 'stopped'),
    id: 'WIN32 1753',
    message: /^Failed to get version/,
    category: CATEGORY.notSpecified,
  },
  {
    row: '11',
    condition: 'B supports failover',
    lab: { servers: withPartnerVersion({ major: 6, minor: 1 }) },
    id: 'DHCP 20118',
    message: /add failover relationship/,
    category: CATEGORY.operation,
  },
  {
    row: '12',
    condition: 'the session is delegated',
    caller: { delegated: false, mechanism: 'NTLM' },
    id: 'WIN32 5',
    message: /^Failed to get version of the DHCP server dhcpserver2.contoso.com\.$/,
    category: CATEGORY.permission,
  },
  {
    row: '12',
    condition: 'the caller is administrator of B',
    lab: NO_ACCESS_ON(B),
    id: 'WIN32 5',
    message: /^Failed to get version of the DHCP server dhcpserver2.contoso.com\.$/,
    category: CATEGORY.permission,
  },
  {
    row: '13',
    condition: 'B is not A',
    parameters: { PartnerServer: 'DHCPSERVER' },
    id: 'WIN32 87',
    message: /add failover relationship/,
    category: CATEGORY.argument,
  },
  {
    row: '14',
    condition: 'the clocks agree within a minute',
    arrange: (pair) => pair.lab.skewClock(B, 60_001),
    id: 'DHCP 20119',
    message: /add failover relationship/,
    category: CATEGORY.operation,
  },
  {
    row: '15',
    condition: 'B has fewer than 31 relationships',
    arrange: (pair) => fillRelationships(pair, B, 'partner-full', 2),
    id: 'DHCP 20128',
    message: /add failover relationship .* on DHCP server dhcpserver2\.contoso\.com/,
    category: CATEGORY.argument,
  },
  {
    row: '15',
    condition: 'the name is free on B',
    arrange: async (pair) => {
      await pair.call(B, 'PS_DhcpServerv4Scope.Add', {
        StartRange: '10.9.9.10',
        EndRange: '10.9.9.20',
        SubnetMask: '255.255.255.0',
        Name: 'other',
      });
      await pair.call(B, 'PS_DhcpServerv4Failover.AddByLoadBalance', {
        Name: 'SFO-SIN-Failover',
        PartnerServer: THIRD,
        ScopeId: ['10.9.9.0'],
      });
    },
    id: 'DHCP 20114',
    message: /add failover relationship .* on DHCP server dhcpserver2\.contoso\.com/,
    category: CATEGORY.exists,
  },
  {
    row: '16',
    condition: 'no such scope is on B',
    arrange: async (pair) => {
      await pair.call(B, 'PS_DhcpServerv4Scope.Add', {
        StartRange: '10.20.20.10',
        EndRange: '10.20.20.20',
        SubnetMask: '255.255.255.0',
        Name: 'same',
      });
    },
    id: 'DHCP 20052',
    message: /^Failed to add scope 10.20.20.0 on DHCP server dhcpserver2.contoso.com\.$/,
    category: CATEGORY.exists,
  },
  {
    row: '16',
    condition: 'no overlapping scope is on B',
    arrange: async (pair) => {
      await pair.call(B, 'PS_DhcpServerv4Scope.Add', {
        StartRange: '10.20.16.10',
        EndRange: '10.20.31.200',
        SubnetMask: '255.255.240.0',
        Name: 'wide',
      });
    },
    id: 'DHCP 20052',
    message: /^Failed to add scope 10.20.20.0 on DHCP server dhcpserver2.contoso.com\.$/,
    category: CATEGORY.exists,
  },
];
