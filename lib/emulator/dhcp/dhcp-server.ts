import type { FailoverRelationship } from './relationship.js';
import type { Scope } from './scope.js';
import { changedMembers, newServerConfiguration, type ServerConfiguration } from './state/server-configuration.js';
import type { ServerSnapshot } from './state/server-snapshot.js';

/** The DHCP service of a server that is on; paused still serves administration. */
export type ServiceState = 'running' | 'paused' | 'stopped';

/** DhcpServerVersion: 6.2 (Windows Server 2012) is the first with failover. */
export interface DhcpServerVersion {
  readonly major: number;
  readonly minor: number;
}

const noPackets = () => ({
  discovers: 0,
  offers: 0,
  delayedOffers: 0,
  requests: 0,
  acks: 0,
  naks: 0,
  declines: 0,
  releases: 0,
});

/** One emulated DHCP server: what it stores, and whether it is on. It has no behaviour of its own. */
export class DhcpServer {
  /** Relationships by the key of their name. */
  readonly relationships = new Map<string, FailoverRelationship>();
  /** Scopes by network address. */
  readonly scopes = new Map<string, Scope>();
  poweredOn = true;
  service: ServiceState = 'running';
  /** How far its clock is ahead of the lab's, milliseconds. */
  clockSkewMs = 0;
  /** When the machine started, milliseconds since 1970 on the lab's clock. */
  bootedAt = 0;
  /** When its service started, the same way. */
  startedAt = 0;
  /** Packets since then. */
  counters = noPackets();
  /** What was backed up, by path in lower case. */
  readonly backups = new Map<string, ServerSnapshot>();
  /** Path of the backup that the service restores when it starts. */
  pendingRestore: string | undefined;
  #configuration: ServerConfiguration | undefined;

  constructor(
    /** Full host name. */
    readonly name: string,
    /** Address by which partners know it. */
    readonly address: string,
    readonly version: DhcpServerVersion = { major: 10, minor: 0 },
  ) {}

  /** Its service starts: packets are counted from now on. */
  start(now: number): void {
    this.startedAt = now;
    this.counters = noPackets();
  }

  /** What it stores beside scopes. Made when it is first looked at: most servers of a large lab never need it. */
  get configuration(): ServerConfiguration {
    this.#configuration ??= newServerConfiguration(this.address, this.version);
    return this.#configuration;
  }

  /** The members of {@link configuration} that are not a new server's. */
  get changedConfiguration(): Partial<ServerConfiguration> {
    if (this.#configuration === undefined) return {};
    return changedMembers(this.#configuration, this.address, this.version);
  }

  /** What the system calls itself without a domain: the NetBIOS name, upper case, of 15 characters at most. */
  get computerName(): string {
    return this.shortName.toUpperCase().slice(0, 15);
  }

  get shortName(): string {
    return this.name.split('.')[0] ?? this.name;
  }

  get supportsFailover(): boolean {
    return this.version.major > 6 || (this.version.major === 6 && this.version.minor >= 2);
  }

  /** Its DHCP service answers other servers. */
  get serving(): boolean {
    return this.poweredOn && this.service !== 'stopped';
  }

  /** The relationship that a scope is in, if any. */
  relationshipOfScope(scopeId: string): FailoverRelationship | undefined {
    for (const relationship of this.relationships.values()) {
      if (relationship.scopes.includes(scopeId)) return relationship;
    }
    return undefined;
  }
}
