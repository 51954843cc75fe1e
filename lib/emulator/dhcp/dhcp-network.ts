import type { Clock } from '../../base/clock.js';
import type { DhcpChoices } from './choices.js';
import type { DhcpServer } from './dhcp-server.js';
import type { ServerDirectory } from './directory.js';
import type { LabEvent, LabEventBody, LabObserver } from './lab-event.js';

/** The servers, the wires between them, their names and the time. */
export class DhcpNetwork {
  readonly #servers = new Map<string, DhcpServer>();
  readonly #byAddress = new Map<string, DhcpServer>();
  readonly #cut = new Set<string>();
  readonly #observers = new Set<LabObserver>();

  /** The authorised servers; undefined in a lab without a domain. */
  directory: ServerDirectory | undefined;

  constructor(
    readonly clock: Clock,
    readonly choices: DhcpChoices,
    /** Addresses of DNS servers that answer, beside the lab's own. */
    readonly dnsServers: readonly string[] = [],
  ) {}

  get servers(): readonly DhcpServer[] {
    return [...this.#servers.values()];
  }

  get cutLinks(): readonly (readonly [string, string])[] {
    return [...this.#cut].map((key) => {
      const [a = '', b = ''] = key.split('|');
      return [a, b] as const;
    });
  }

  add(server: DhcpServer): void {
    this.#servers.set(server.name.toLowerCase(), server);
    this.#byAddress.set(server.address, server);
  }

  /** What DNS and the address plan say: full name, short name or address, in any case. */
  resolve(nameOrAddress: string): DhcpServer | undefined {
    const key = nameOrAddress.toLowerCase().replace(/\.$/, '');
    const direct = this.#servers.get(key) ?? this.#byAddress.get(key);
    if (direct !== undefined) return direct;
    for (const server of this.#servers.values()) {
      if (server.shortName.toLowerCase() === key) return server;
    }
    return undefined;
  }

  byAddress(address: string): DhcpServer | undefined {
    return this.#byAddress.get(address);
  }

  /** A DNS server answers at an address: one that the lab names as such, or one of its hosts. */
  answersDns(address: string): boolean {
    return this.dnsServers.includes(address) || this.#byAddress.get(address)?.poweredOn === true;
  }

  cut(a: DhcpServer, b: DhcpServer): void {
    this.#cut.add(linkKey(a, b));
    this.emit({ type: 'link-cut', servers: [a.name, b.name] });
  }

  restore(a: DhcpServer, b: DhcpServer): void {
    if (this.#cut.delete(linkKey(a, b))) this.emit({ type: 'link-restored', servers: [a.name, b.name] });
  }

  /** Packets get from one host to the other; says nothing of the service there. */
  reachable(from: DhcpServer, to: DhcpServer): boolean {
    return to.poweredOn && (from === to || !this.#cut.has(linkKey(from, to)));
  }

  /** The time that a server believes it is. */
  timeOn(server: DhcpServer): number {
    return this.clock.now() + server.clockSkewMs;
  }

  /** What a server calls itself in messages and error sources. */
  ownName(server: DhcpServer): string {
    return this.choices.ownNameInMessages === 'computer' ? server.computerName : server.name;
  }

  /** The key under which a relationship's name is stored. */
  nameKey(name: string): string {
    return this.choices.namesIgnoreCase ? name.toLowerCase() : name;
  }

  /** Calls `observer` for every event from now on; the returned function ends that. */
  observe(observer: LabObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  emit(body: LabEventBody): void {
    if (this.#observers.size === 0) return;
    const event: LabEvent = { ...body, time: this.clock.now() };
    for (const observer of [...this.#observers]) observer(event);
  }
}

function linkKey(a: DhcpServer, b: DhcpServer): string {
  return [a.name, b.name].sort().join('|');
}
