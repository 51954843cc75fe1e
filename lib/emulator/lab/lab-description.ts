import type { DhcpChoices } from '../dhcp/choices.js';
import type { DhcpServerVersion, ServiceState } from '../dhcp/dhcp-server.js';
import type { AuthorisedServer } from '../dhcp/directory.js';
import type { FailoverTiming } from '../dhcp/failover/timing.js';
import type { ServerAccess } from '../dhcp/provider/provider-context.js';
import type { FailoverRelationship } from '../dhcp/relationship.js';
import type { Lease, ScopeConfigurationInput, ScopeState } from '../dhcp/scope.js';
import type { ServerConfiguration } from '../dhcp/state/server-configuration.js';
import type { ServerSnapshot } from '../dhcp/state/server-snapshot.js';
import type { LabFault } from '../request/lab-fault.js';
import type { ServiceSettings } from '../service/service-settings.js';

/** A lab as one JSON file describes it, and as {@link Lab.save} writes it. Everything is optional but what names a thing. */
export interface LabDescription {
  readonly servers?: readonly ServerDescription[] | undefined;
  readonly users?: readonly UserDescription[] | undefined;
  /** Servers that are authorised in the directory; null: a lab without a domain. Default: all servers of the lab. */
  readonly directory?: readonly AuthorisedServer[] | null | undefined;
  /** Addresses of DNS servers that answer. The lab's own servers always do. */
  readonly dnsServers?: readonly string[] | undefined;
  /** Pairs of server names that cannot reach each other. */
  readonly cutLinks?: readonly (readonly [string, string])[] | undefined;
  readonly faults?: readonly LabFault[] | undefined;
  /** `instant` (default): a new relationship is Normal at once. `realistic`: the protocol's timers. Or single times, over `instant`. */
  readonly timing?: 'instant' | 'realistic' | Partial<FailoverTiming> | undefined;
  /** Decisions that differ from `defaultChoices`. */
  readonly choices?: Partial<DhcpChoices> | undefined;
  /** Quotas, times and abilities of the servers' WS-Management service. */
  readonly service?: ServiceSettings | undefined;
  /**
   * Every server has the namespace `root/cimlet/test`, too: classes of every CIM type, instances to write, associations, events, and methods
   * that use the whole of enhanced operations. Default false: a DHCP server has no such namespace. The default lab, which is for trying, has it.
   */
  readonly testNamespace?: boolean | undefined;
  /** Where the lab's clock starts, milliseconds since 1970 or ISO 8601; default: now. */
  readonly now?: number | string | undefined;
}

export interface ServerDescription {
  /** Full host name. */
  readonly name: string;
  /** IPv4 address by which the partners know it. */
  readonly address: string;
  /** Default 10.0; 6.2 is the first with failover. */
  readonly version?: DhcpServerVersion | undefined;
  readonly poweredOn?: boolean | undefined;
  readonly service?: ServiceState | undefined;
  /** How far its clock is ahead, milliseconds. */
  readonly clockSkewMs?: number | undefined;
  /** When its service started, milliseconds since 1970; default: the lab's start. */
  readonly startedAt?: number | undefined;
  /** When the machine started, the same way; default: with its service. */
  readonly bootedAt?: number | undefined;
  /** What it stores beside scopes, as far as it differs from a new server. */
  readonly configuration?: Partial<ServerConfiguration> | undefined;
  /** Backups by path, and the path of the one that the service restores when it starts. */
  readonly backups?: Readonly<Record<string, ServerSnapshot>> | undefined;
  readonly pendingRestore?: string | undefined;
  readonly scopes?: readonly ScopeDescription[] | undefined;
  readonly relationships?: readonly RelationshipDescription[] | undefined;
}

export interface ScopeDescription extends ScopeConfigurationInput {
  /** Default Active. */
  readonly state?: ScopeState | undefined;
  readonly leases?: readonly LeaseDescription[] | undefined;
}

export interface LeaseDescription extends Omit<Lease, 'hostName' | 'expiresAt' | 'serverIp'> {
  readonly hostName?: string | undefined;
  /** Milliseconds since 1970 or ISO 8601; default: a lease duration from the lab's start. */
  readonly expiresAt?: number | string | undefined;
  /** Default: the server that it is described under. */
  readonly serverIp?: string | undefined;
}

/** One server's copy of a relationship. The shared secret itself is never written; a restored relationship only knows that it had one. */
export interface RelationshipDescription
  extends Omit<FailoverRelationship, 'sharedSecret' | 'prevState' | 'isNew' | 'wasOff' | 'stateSince'> {
  readonly enableAuth?: boolean | undefined;
  readonly prevState?: FailoverRelationship['prevState'] | undefined;
  readonly isNew?: boolean | undefined;
  readonly wasOff?: boolean | undefined;
  readonly stateSince?: number | undefined;
  /** The connection to the partner stands. */
  readonly connected?: boolean | undefined;
}

export interface UserDescription {
  /** `CONTOSO\\dhcpadmin`, or a plain name for an account of every server. */
  readonly userName: string;
  /** Default: a random one, made with the lab; `lab.users` and `emulator.credential` have it, and {@link Lab.save} writes it. */
  readonly password?: string | undefined;
  /** Rights on every server that `accessTo` does not name; default administrator. */
  readonly access?: ServerAccess | undefined;
  /** By server name. */
  readonly accessTo?: Readonly<Record<string, ServerAccess>> | undefined;
  /** May authorise DHCP servers in the directory, which is no right on a server; default: who has `access` as an administrator. */
  readonly changesDirectory?: boolean | undefined;
}

/** The administrator of the default lab. */
export const DEFAULT_USER: UserDescription = { userName: 'CONTOSO\\dhcpadmin' };

/** Two servers, two scopes on the first, one administrator: what PowerShell's help examples need. */
export const defaultLabDescription: LabDescription = {
  testNamespace: true,
  users: [DEFAULT_USER],
  servers: [
    {
      name: 'dhcpserver.contoso.com',
      address: '10.10.10.2',
      scopes: [
        {
          scopeId: '10.10.10.0',
          name: 'SFO clients',
          startRange: '10.10.10.10',
          endRange: '10.10.10.250',
          exclusions: [{ startRange: '10.10.10.10', endRange: '10.10.10.29' }],
          reservations: [
            {
              ipAddress: '10.10.10.40',
              clientId: '00-15-5d-0a-0a-28',
              name: 'printer-sfo',
              description: 'Second floor',
              type: 'Both',
            },
          ],
          optionValues: [
            { optionId: 3, value: ['10.10.10.1'] },
            { optionId: 6, value: ['10.10.10.4', '10.10.10.5'] },
            { optionId: 15, value: ['contoso.com'] },
          ],
          leases: [
            { ipAddress: '10.10.10.30', clientId: '00-15-5d-0a-0a-1e', hostName: 'pc-030.contoso.com' },
            { ipAddress: '10.10.10.31', clientId: '00-15-5d-0a-0a-1f', hostName: 'pc-031.contoso.com' },
            { ipAddress: '10.10.10.40', clientId: '00-15-5d-0a-0a-28', hostName: 'printer-sfo.contoso.com' },
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
            },
          ],
          leases: [{ ipAddress: '10.20.20.10', clientId: '00-15-5d-14-14-0a', hostName: 'pc-110.contoso.com' }],
        },
      ],
    },
    { name: 'dhcpserver2.contoso.com', address: '10.10.10.3' },
  ],
};

/**
 * A description of many servers with one scope each, `dhcp0001.contoso.com` and on, for fan-out over a fleet. With `paired` every second one
 * has no scope and waits to become the partner of the one before it.
 */
export function fleetDescription(count: number, options: { readonly paired?: boolean } = {}): LabDescription {
  const servers = Array.from({ length: count }, (_, index): ServerDescription => {
    const network = `10.${100 + (index >> 8)}.${index & 255}`;
    const scopes =
      options.paired === true && index % 2 === 1 ? [] : [{ scopeId: `${network}.0`, name: `Site ${index + 1}` }];
    return {
      name: `dhcp${String(index + 1).padStart(4, '0')}.contoso.com`,
      address: `${network}.2`,
      scopes,
    };
  });
  return { users: [DEFAULT_USER], servers };
}
