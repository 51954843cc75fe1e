import { randomUUID } from 'node:crypto';
import { invalidArgument } from '../../base/errors.js';
import { parseIpv4 } from '../../base/network/ip-address.js';
import { Secret } from '../../base/secret.js';
import type { DhcpNetwork } from '../dhcp/dhcp-network.js';
import { DhcpServer } from '../dhcp/dhcp-server.js';
import type { FailoverEngine } from '../dhcp/failover/failover-engine.js';
import { ClientMap } from '../dhcp/leases/client-map.js';
import type { FailoverRelationship } from '../dhcp/relationship.js';
import { leaseEnd, type Scope, scopeConfiguration } from '../dhcp/scope.js';
import type {
  LeaseDescription,
  RelationshipDescription,
  ScopeDescription,
  ServerDescription,
} from './lab-description.js';

/** Puts the described servers and the links between them that are cut into a network. */
export function addServers(
  network: DhcpNetwork,
  engine: FailoverEngine,
  descriptions: readonly ServerDescription[],
  cutLinks: readonly (readonly [string, string])[],
): void {
  for (const description of descriptions) network.add(newServer(network, description));
  for (const link of cutLinks) {
    const [one, other] = link.map((name) => network.resolve(name));
    if (one === undefined || other === undefined) {
      throw invalidArgument('cutLinks', link.join(', '), 'Name two servers of the lab.');
    }
    network.cut(one, other);
  }
  for (const description of descriptions) {
    const server = network.resolve(description.name);
    if (server === undefined) continue;
    for (const saved of description.relationships ?? []) {
      const relationship = relationshipFrom(saved, network.clock.now());
      server.relationships.set(network.nameKey(relationship.name), relationship);
      engine.restored(server, relationship, saved.connected ?? relationship.state === 'Normal');
    }
  }
  engine.refresh();
}

function newServer(network: DhcpNetwork, description: ServerDescription): DhcpServer {
  if (parseIpv4(description.address) === undefined) {
    throw invalidArgument('servers.address', description.address, 'Give the server an IPv4 address.');
  }
  if (network.resolve(description.name) !== undefined || network.byAddress(description.address) !== undefined) {
    throw invalidArgument('servers', description.name, 'Names and addresses of the servers of a lab are unique.');
  }
  const server = new DhcpServer(description.name, description.address, description.version);
  server.poweredOn = description.poweredOn ?? true;
  server.service = description.service ?? 'running';
  server.clockSkewMs = description.clockSkewMs ?? 0;
  server.startedAt = description.startedAt ?? network.clock.now();
  server.bootedAt = description.bootedAt ?? server.startedAt;
  for (const [path, snapshot] of Object.entries(description.backups ?? {})) server.backups.set(path, snapshot);
  server.pendingRestore = description.pendingRestore;
  if (description.configuration !== undefined) Object.assign(server.configuration, description.configuration);
  for (const scope of description.scopes ?? []) {
    if (parseIpv4(scope.scopeId) === undefined) {
      throw invalidArgument('scopes.scopeId', scope.scopeId, 'Give the IPv4 network address of the scope.');
    }
    server.scopes.set(scope.scopeId, scopeFrom(scope, server, network.clock.now()));
  }
  return server;
}

function scopeFrom(description: ScopeDescription, server: DhcpServer, now: number): Scope {
  const { state, leases, ...settings } = description;
  const configuration = scopeConfiguration(settings);
  const scope: Scope = { configuration, state: state ?? 'Active', leases: new ClientMap() };
  for (const lease of leases ?? []) {
    scope.leases.set(lease.ipAddress, {
      ...lease,
      hostName: lease.hostName ?? '',
      expiresAt: expiry(lease, leaseEnd(now, configuration.leaseDurationSeconds)),
      serverIp: lease.serverIp ?? server.address,
    });
  }
  return scope;
}

function expiry(lease: LeaseDescription, fallback: number): number {
  const time = typeof lease.expiresAt === 'string' ? Date.parse(lease.expiresAt) : (lease.expiresAt ?? fallback);
  if (!Number.isFinite(time))
    throw invalidArgument('leases.expiresAt', lease.expiresAt, 'Give milliseconds or ISO 8601.');
  return time;
}

function relationshipFrom(saved: RelationshipDescription, now: number): FailoverRelationship {
  const { enableAuth, connected: _connected, ...record } = saved;
  return {
    ...record,
    scopes: [...record.scopes],
    prevState: saved.prevState ?? saved.state,
    stateSince: saved.stateSince ?? now,
    isNew: saved.isNew ?? false,
    wasOff: saved.wasOff ?? false,
    // The secret itself is never saved; that there is one is all that the emulator needs.
    sharedSecret: enableAuth === true ? new Secret(randomUUID()) : undefined,
  };
}

/** What {@link addServers} reads. */
export function describeServers(network: DhcpNetwork, engine: FailoverEngine): ServerDescription[] {
  return network.servers.map((server) => ({
    name: server.name,
    address: server.address,
    version: server.version,
    poweredOn: server.poweredOn,
    service: server.service,
    clockSkewMs: server.clockSkewMs,
    startedAt: server.startedAt,
    bootedAt: server.bootedAt,
    ...(server.backups.size > 0 && { backups: Object.fromEntries(server.backups) }),
    ...(server.pendingRestore !== undefined && { pendingRestore: server.pendingRestore }),
    ...(Object.keys(server.changedConfiguration).length > 0 && {
      configuration: structuredClone(server.changedConfiguration),
    }),
    scopes: [...server.scopes.values()].map((scope) => ({
      ...structuredClone(scope.configuration),
      state: scope.state,
      leases: [...scope.leases.values()],
    })),
    relationships: [...server.relationships.values()].map((relationship) => {
      const { sharedSecret, ...record } = relationship;
      return {
        ...record,
        scopes: [...record.scopes],
        enableAuth: sharedSecret !== undefined,
        connected: engine.isConnected(relationship),
      };
    }),
  }));
}
