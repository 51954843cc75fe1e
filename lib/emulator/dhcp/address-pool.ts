import { CimletError } from '../../base/errors.js';
import { formatIpv4 } from '../../base/network/ip-address.js';
import type { DhcpNetwork } from './dhcp-network.js';
import type { DhcpServer } from './dhcp-server.js';
import type { FailoverEngine } from './failover/failover-engine.js';
import { type FailoverRelationship, partnerAddress } from './relationship.js';
import { type Lease, leasableAddresses, leaseEnd, type Scope } from './scope.js';

/** DHCP_FAILOVER_STATISTICS (MS-DHCPM 2.2.1.2.100): how the addresses of a failover scope are shared, seen from one server. */
export interface FailoverScopeStatistics {
  readonly numAddr: number;
  readonly addrFree: number;
  readonly addrInUse: number;
  readonly thisAddrFree: number;
  readonly partnerAddrFree: number;
  readonly thisAddrInUse: number;
  readonly partnerAddrInUse: number;
}

/** Which part of the free addresses belongs to a server: its share of the load, or for HotStandby the reserve and the rest. */
function ownShare(relationship: FailoverRelationship): number {
  const isPrimary = relationship.serverType === 'PrimaryServer';
  const primary = relationship.mode === 'LoadBalance' ? relationship.percentage : 100 - relationship.percentage;
  return (isPrimary ? primary : 100 - primary) / 100;
}

/** The addresses of failover scopes, how the partners share them, and what clients do to them. */
export class AddressPool {
  readonly #network: DhcpNetwork;
  readonly #engine: FailoverEngine;

  constructor(network: DhcpNetwork, engine: FailoverEngine) {
    this.#network = network;
    this.#engine = engine;
  }

  /** The addresses that this server may give to a new client now, ascending. */
  available(server: DhcpServer, scopeId: string): number[] {
    const scope = this.#require(server, scopeId);
    const free = this.#free(scope);
    const relationship = server.relationshipOfScope(scopeId);
    if (relationship === undefined || this.#ownsEverything(relationship)) return free;
    // The primary's part is taken from the low end, the secondary's from the high end, so that the two never meet.
    const primaryShare =
      relationship.serverType === 'PrimaryServer' ? ownShare(relationship) : 1 - ownShare(relationship);
    const border = Math.round(free.length * primaryShare);
    return relationship.serverType === 'PrimaryServer' ? free.slice(0, border) : free.slice(border);
  }

  statistics(server: DhcpServer, scopeId: string): FailoverScopeStatistics {
    const scope = this.#require(server, scopeId);
    const free = this.#free(scope).length;
    const thisFree = this.available(server, scopeId).length;
    const live = [...scope.leases.values()].filter((lease) => lease.expiresAt > this.#network.clock.now());
    const thisInUse = live.filter((lease) => lease.serverIp === server.address).length;
    return {
      numAddr: leasableAddresses(scope.configuration).length,
      addrFree: free,
      addrInUse: live.length,
      thisAddrFree: thisFree,
      partnerAddrFree: free - thisFree,
      thisAddrInUse: thisInUse,
      partnerAddrInUse: live.length - thisInUse,
    };
  }

  /**
   * A client gets or renews a lease from this server. A new client of a failover scope gets it for the MCLT at most, a renewal for the scope's duration.
   * Throws `ERR_INVALID_ARGUMENT` when the scope is absent or inactive, or no address is left.
   */
  grant(server: DhcpServer, scopeId: string, client: { readonly clientId: string; readonly hostName?: string }): Lease {
    const scope = this.#require(server, scopeId);
    if (!server.serving || scope.state !== 'Active') {
      throw new CimletError('ERR_INVALID_ARGUMENT', `Scope ${scopeId} on ${server.name} does not serve clients.`);
    }
    const relationship = server.relationshipOfScope(scopeId);
    const known = this.#leaseOf(scope, client.clientId);
    const ipAddress = known?.ipAddress ?? this.#addressFor(server, scope, client.clientId);
    const full = scope.configuration.leaseDurationSeconds;
    const seconds = relationship === undefined || known !== undefined ? full : Math.min(full, relationship.mcltSeconds);
    const lease: Lease = {
      ipAddress,
      clientId: client.clientId,
      hostName: client.hostName ?? known?.hostName ?? '',
      expiresAt: leaseEnd(this.#network.clock.now(), seconds),
      serverIp: server.address,
    };
    this.#store(server, scopeId, relationship, (target) => target.leases.set(ipAddress, lease));
    const { counters } = server;
    // A new client discovers and is offered an address; one that renews asks for its own.
    if (known === undefined) {
      counters.discovers++;
      counters.offers++;
      if (scope.configuration.delay > 0) counters.delayedOffers++;
    }
    counters.requests++;
    counters.acks++;
    this.#network.emit({ type: 'lease-granted', server: server.name, scopeId, ipAddress });
    return lease;
  }

  release(server: DhcpServer, scopeId: string, ipAddress: string): void {
    if (!this.#require(server, scopeId).leases.has(ipAddress)) return;
    const relationship = server.relationshipOfScope(scopeId);
    this.#store(server, scopeId, relationship, (target) => target.leases.delete(ipAddress));
    server.counters.releases++;
    this.#network.emit({ type: 'lease-released', server: server.name, scopeId, ipAddress });
  }

  /** Changes the leases of a scope as an administrator does, who asks no client: here and, by a binding update, at the partner. */
  change(server: DhcpServer, scopeId: string, change: (scope: Scope) => void): void {
    this.#store(server, scopeId, server.relationshipOfScope(scopeId), change);
  }

  /** After one MCLT in PARTNER_DOWN the survivor takes the whole pool. */
  #ownsEverything(relationship: FailoverRelationship): boolean {
    const elapsed = this.#network.clock.now() - relationship.stateSince;
    return relationship.state === 'PartnerDown' && elapsed >= relationship.mcltSeconds * 1000;
  }

  #free(scope: Scope): number[] {
    const now = this.#network.clock.now();
    return leasableAddresses(scope.configuration).filter((address) => {
      const lease = scope.leases.get(formatIpv4(address));
      return lease === undefined || lease.expiresAt <= now;
    });
  }

  #leaseOf(scope: Scope, clientId: string): Lease | undefined {
    for (const lease of scope.leases.values()) if (lease.clientId === clientId) return lease;
    return undefined;
  }

  #addressFor(server: DhcpServer, scope: Scope, clientId: string): string {
    const reserved = scope.configuration.reservations.find((reservation) => reservation.clientId === clientId);
    if (reserved !== undefined) return reserved.ipAddress;
    const [address] = this.available(server, scope.configuration.scopeId);
    if (address === undefined) {
      throw new CimletError(
        'ERR_INVALID_ARGUMENT',
        `Scope ${scope.configuration.scopeId} on ${server.name} has no free address.`,
      );
    }
    return formatIpv4(address);
  }

  /** Applies a change here and, over a connection that stands, at the partner (a binding update). */
  #store(
    server: DhcpServer,
    scopeId: string,
    relationship: FailoverRelationship | undefined,
    change: (scope: Scope) => void,
  ): void {
    change(this.#require(server, scopeId));
    if (relationship === undefined || !this.#engine.isConnected(relationship)) return;
    const copy = this.#engine.partnerCopy(server, relationship);
    const partner = copy === undefined ? undefined : this.#network.byAddress(partnerAddress(relationship));
    const target = partner?.scopes.get(scopeId);
    if (target !== undefined) change(target);
  }

  #require(server: DhcpServer, scopeId: string): Scope {
    const scope = server.scopes.get(scopeId);
    if (scope === undefined) {
      throw new CimletError('ERR_INVALID_ARGUMENT', `${server.name} has no scope ${scopeId}.`);
    }
    return scope;
  }
}
