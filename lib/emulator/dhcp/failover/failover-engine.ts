import type { DhcpNetwork } from '../dhcp-network.js';
import type { DhcpServer } from '../dhcp-server.js';
import {
  type FailoverRelationship,
  type FailoverState,
  partnerAddress,
  SAFE_PERIOD_DISABLED,
} from '../relationship.js';
import { synchroniseLeases } from './lease-sync.js';
import type { FailoverTiming } from './timing.js';
import {
  afterDown,
  afterResolution,
  afterStartupContact,
  afterStartupTimer,
  afterUp,
  afterUpdates,
  whileConnected,
} from './transitions.js';

type TimerName = 'startup' | 'safe' | 'exchange' | 'recoverWait' | 'resolve' | 'loss' | 'connect';

/** Timers that belong to the state and end with it; the others belong to the connection. */
const STATE_TIMERS: readonly TimerName[] = ['startup', 'safe', 'exchange', 'recoverWait', 'resolve'];

/** One server's end of one relationship. */
interface Endpoint {
  readonly server: DhcpServer;
  readonly relationship: FailoverRelationship;
  connected: boolean;
  readonly timers: Map<TimerName, () => void>;
}

/**
 * Drives every relationship of a network through the states of MS-DHCPF: connections come and go with power and links, timers run on the
 * network's clock. Tell it after each change of those ({@link refresh}) and after each create, change and removal.
 */
export class FailoverEngine {
  readonly #network: DhcpNetwork;
  readonly #timing: FailoverTiming;
  readonly #endpoints = new Map<FailoverRelationship, Endpoint>();
  readonly #queue: (() => void)[] = [];
  #draining = false;

  constructor(network: DhcpNetwork, timing: FailoverTiming) {
    this.#network = network;
    this.#timing = timing;
  }

  /** Takes up the two ends of a relationship that has just been created, in STARTUP. */
  created(ends: readonly (readonly [DhcpServer, FailoverRelationship])[]): void {
    this.#run(() => {
      for (const [server, relationship] of ends) this.#startStateTimers(this.#adopt(server, relationship));
      this.refresh();
    });
  }

  /** Takes up a relationship as it was saved: connections are rebuilt silently, timers go on with what is left of them. */
  restored(server: DhcpServer, relationship: FailoverRelationship, connected: boolean): void {
    const endpoint = this.#adopt(server, relationship);
    endpoint.connected = connected;
    if (server.serving) this.#run(() => this.#startStateTimers(endpoint));
  }

  removed(relationship: FailoverRelationship): void {
    const endpoint = this.#endpoints.get(relationship);
    if (endpoint === undefined) return;
    this.#cancelAll(endpoint);
    this.#endpoints.delete(relationship);
    this.#run(() => this.refresh());
  }

  /** MCLT or safe period changed: running timers follow. */
  changed(relationship: FailoverRelationship): void {
    const endpoint = this.#endpoints.get(relationship);
    if (endpoint?.server.serving) this.#run(() => this.#startStateTimers(endpoint));
  }

  /** The administrator's partner-down command. */
  partnerDown(relationship: FailoverRelationship): void {
    const endpoint = this.#endpoints.get(relationship);
    if (endpoint !== undefined) this.#run(() => this.#enter(endpoint, 'PartnerDown'));
  }

  /** The DHCP service stopped: states stay as stored, nothing runs. */
  serverStopped(server: DhcpServer): void {
    this.#run(() => {
      for (const endpoint of this.#endpointsOf(server)) {
        this.#cancelAll(endpoint);
        endpoint.connected = false;
      }
      this.refresh();
    });
  }

  /** The DHCP service started again. `databaseLost`: from a backup, so that the partner must tell it everything. */
  serverStarted(server: DhcpServer, databaseLost = false): void {
    this.#run(() => {
      for (const endpoint of this.#endpointsOf(server)) {
        endpoint.connected = false;
        endpoint.relationship.wasOff = true;
        if (endpoint.relationship.state !== 'Startup') this.#enter(endpoint, 'Startup');
        else this.#startStateTimers(endpoint);
        if (databaseLost) this.#enter(endpoint, 'Recover');
      }
      this.refresh();
    });
  }

  /** Compares every connection with what the network allows now. */
  refresh(): void {
    this.#run(() => {
      for (const endpoint of this.#endpoints.values()) this.#refreshOne(endpoint);
    });
  }

  isConnected(relationship: FailoverRelationship): boolean {
    return this.#endpoints.get(relationship)?.connected ?? false;
  }

  /** The partner's copy, whether or not it can be reached. */
  partnerCopy(server: DhcpServer, relationship: FailoverRelationship): FailoverRelationship | undefined {
    const partner = this.#network.byAddress(partnerAddress(relationship));
    const copy = partner?.relationships.get(this.#network.nameKey(relationship.name));
    return copy !== undefined && partnerAddress(copy) === server.address ? copy : undefined;
  }

  #adopt(server: DhcpServer, relationship: FailoverRelationship): Endpoint {
    const endpoint: Endpoint = { server, relationship, connected: false, timers: new Map() };
    this.#endpoints.set(relationship, endpoint);
    return endpoint;
  }

  #endpointsOf(server: DhcpServer): Endpoint[] {
    return [...this.#endpoints.values()].filter((endpoint) => endpoint.server === server);
  }

  /** The other end, if it exists and the two can talk. */
  #reachablePeer(endpoint: Endpoint): Endpoint | undefined {
    const copy = this.partnerCopy(endpoint.server, endpoint.relationship);
    const peer = copy === undefined ? undefined : this.#endpoints.get(copy);
    if (peer === undefined || !peer.server.serving) return undefined;
    return this.#network.reachable(endpoint.server, peer.server) ? peer : undefined;
  }

  #refreshOne(endpoint: Endpoint): void {
    if (!endpoint.server.serving) return;
    const peer = this.#reachablePeer(endpoint);
    if (peer === undefined) {
      this.#cancel(endpoint, 'connect');
      if (endpoint.connected) this.#after(endpoint, 'loss', this.#timing.lossMs, () => this.#disconnect(endpoint));
      return;
    }
    this.#cancel(endpoint, 'loss');
    if (endpoint.connected && peer.connected) {
      // As it was saved: a conflict that was being resolved goes on.
      this.#startResolution(endpoint, peer);
      this.#startResolution(peer, endpoint);
      return;
    }
    // The partner forgot the connection (it was restarted), so this one is dead as well.
    if (endpoint.connected) this.#disconnect(endpoint);
    if (peer.connected) this.#disconnect(peer);
    if (endpoint.timers.has('connect') || peer.timers.has('connect')) return;
    const delay = endpoint.relationship.isNew ? this.#timing.establishMs : this.#timing.reconnectMs;
    this.#after(endpoint, 'connect', delay, () => this.#connect(endpoint));
  }

  #disconnect(endpoint: Endpoint): void {
    endpoint.connected = false;
    this.#cancel(endpoint, 'exchange');
    this.#cancel(endpoint, 'resolve');
    const next = afterDown(endpoint.relationship.state);
    if (next !== endpoint.relationship.state) this.#enter(endpoint, next);
    else this.#startStateTimers(endpoint);
  }

  #connect(endpoint: Endpoint): void {
    const peer = this.#reachablePeer(endpoint);
    if (peer === undefined || endpoint.connected) return;
    endpoint.connected = true;
    peer.connected = true;
    const wait = this.#network.choices.partnerDownWaitsForRecovery;
    this.#leaveStartup(endpoint, peer);
    this.#leaveStartup(peer, endpoint);
    const [here, there] = [endpoint.relationship.state, peer.relationship.state];
    this.#enterOrStay(endpoint, afterUp(here, there, wait));
    this.#enterOrStay(peer, afterUp(there, here, wait));
    this.#settle(endpoint);
    this.#settle(peer);
  }

  #leaveStartup(endpoint: Endpoint, peer: Endpoint): void {
    const { relationship } = endpoint;
    if (relationship.state !== 'Startup') return;
    this.#enter(endpoint, afterStartupContact(relationship.prevState, peer.relationship.state, relationship.wasOff));
  }

  /** Enters a state, or, when it is the present one, starts the timers that need a connection. */
  #enterOrStay(endpoint: Endpoint, state: FailoverState): void {
    if (state !== endpoint.relationship.state) this.#enter(endpoint, state);
    else this.#startStateTimers(endpoint);
  }

  #enter(endpoint: Endpoint, state: FailoverState): void {
    const { relationship, server } = endpoint;
    const from = relationship.state;
    relationship.prevState = from;
    relationship.state = state;
    relationship.stateSince = this.#network.clock.now();
    this.#network.emit({
      type: 'state-changed',
      server: server.name,
      relationship: relationship.name,
      from,
      to: state,
    });
    this.#startStateTimers(endpoint);
    if (endpoint.connected) this.#queue.push(() => this.#settle(endpoint));
  }

  /** Lets the partner of `endpoint` react to its state, and `endpoint` to the partner's. */
  #settle(endpoint: Endpoint): void {
    const peer = this.#reachablePeer(endpoint);
    if (peer === undefined || !endpoint.connected || !peer.connected) return;
    const wait = this.#network.choices.partnerDownWaitsForRecovery;
    for (const [one, other] of [
      [peer, endpoint],
      [endpoint, peer],
    ] as const) {
      const next = whileConnected(one.relationship.state, other.relationship.state, wait);
      if (next !== one.relationship.state) this.#enter(one, next);
    }
    this.#startResolution(endpoint, peer);
    this.#startResolution(peer, endpoint);
    if (endpoint.relationship.state === 'Normal' && peer.relationship.state === 'Normal')
      this.#becomeNormal(endpoint, peer);
  }

  #becomeNormal(endpoint: Endpoint, peer: Endpoint): void {
    for (const { relationship } of [endpoint, peer]) {
      relationship.isNew = false;
      relationship.wasOff = false;
    }
    synchroniseLeases(endpoint.server, peer.server, endpoint.relationship.scopes);
  }

  #startStateTimers(endpoint: Endpoint): void {
    for (const name of STATE_TIMERS) this.#cancel(endpoint, name);
    const { relationship, connected } = endpoint;
    const left = (ms: number) => Math.max(0, relationship.stateSince + ms - this.#network.clock.now());
    switch (relationship.state) {
      case 'Startup':
        this.#after(endpoint, 'startup', left(this.#timing.startupMs), () =>
          this.#enter(endpoint, afterStartupTimer(relationship.prevState)),
        );
        break;
      case 'CommunicationInterrupted':
        if (!connected && relationship.safePeriodSeconds !== SAFE_PERIOD_DISABLED) {
          this.#after(endpoint, 'safe', left(relationship.safePeriodSeconds * 1000), () =>
            this.#enter(endpoint, 'PartnerDown'),
          );
        }
        break;
      case 'Recover':
        if (connected) {
          const ms = relationship.isNew ? this.#timing.firstExchangeMs : this.#timing.exchangeMs;
          this.#after(endpoint, 'exchange', ms, () => this.#enter(endpoint, afterUpdates(relationship.isNew)));
        }
        break;
      case 'RecoverWait':
        this.#after(endpoint, 'recoverWait', left(relationship.mcltSeconds * 1000), () =>
          this.#enter(endpoint, 'RecoverDone'),
        );
        break;
      default:
    }
  }

  #startResolution(endpoint: Endpoint, peer: Endpoint): void {
    const { relationship } = endpoint;
    if (relationship.state !== 'PotentialConflict' || endpoint.timers.has('resolve')) return;
    const isPrimary = relationship.serverType === 'PrimaryServer';
    if (!isPrimary && peer.relationship.state !== 'ConflictDone') return;
    this.#after(endpoint, 'resolve', this.#timing.resolveMs, () =>
      this.#enter(endpoint, afterResolution(relationship.serverType)),
    );
  }

  #after(endpoint: Endpoint, name: TimerName, ms: number, action: () => void): void {
    if (endpoint.timers.has(name)) return;
    let live = true;
    const fire = () => {
      if (!live || !endpoint.timers.delete(name)) return;
      action();
    };
    const cancelTimer = ms > 0 ? this.#network.clock.schedule(ms, () => this.#run(fire)) : undefined;
    endpoint.timers.set(name, () => {
      live = false;
      cancelTimer?.();
    });
    if (cancelTimer === undefined) this.#run(() => this.#queue.push(fire));
  }

  #cancel(endpoint: Endpoint, name: TimerName): void {
    endpoint.timers.get(name)?.();
    endpoint.timers.delete(name);
  }

  #cancelAll(endpoint: Endpoint): void {
    for (const name of [...endpoint.timers.keys()]) this.#cancel(endpoint, name);
  }

  /** Runs an action and then, once, everything that it queued: zero-length timers fire in order, never inside one another. */
  #run(action: () => void): void {
    if (this.#draining) {
      action();
      return;
    }
    this.#draining = true;
    try {
      action();
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) next();
    } finally {
      this.#draining = false;
    }
  }
}
