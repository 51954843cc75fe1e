import { readFile, rename, writeFile } from 'node:fs/promises';
import { type Clock, systemClock } from '../../base/clock.js';
import { CimletError, describeValue, invalidArgument } from '../../base/errors.js';
import { type ClassLookup, classLookup } from '../../cim/codec/index.js';

import type { Transport } from '../../transport/transport.js';
import { CimNamespace } from '../cim/cim-namespace.js';
import { AddressPool, type FailoverScopeStatistics } from '../dhcp/address-pool.js';
import { defaultChoices } from '../dhcp/choices.js';
import { dhcpClasses } from '../dhcp/dhcp-classes.js';
import { DhcpNetwork } from '../dhcp/dhcp-network.js';
import type { DhcpServer } from '../dhcp/dhcp-server.js';
import { ServerDirectory } from '../dhcp/directory.js';
import { FailoverEngine } from '../dhcp/failover/failover-engine.js';
import { type FailoverTiming, instantTiming, realisticTiming } from '../dhcp/failover/timing.js';
import type { LabObserver } from '../dhcp/lab-event.js';
import { dhcpNamespace } from '../dhcp/provider/dhcp-namespace.js';
import type { ProviderContext } from '../dhcp/provider/provider-context.js';
import type { Lease } from '../dhcp/scope.js';
import { applyPendingRestore } from '../dhcp/state/server-snapshot.js';
import { wmiErrorClass } from '../fault/wmi-error.js';
import { FaultInjector } from '../request/fault-injector.js';
import type { LabFault, LabFaultKind, ProviderStep } from '../request/lab-fault.js';
import { MemoryTransport } from '../request/memory-transport.js';
import type { Caller, RequestHandler } from '../request/request-handler.js';
import { type ResolvedServiceSettings, resolveServiceSettings } from '../service/service-settings.js';
import { createWsManDispatcher } from '../service/wsman-dispatcher.js';
import { testNamespace } from '../test-namespace/test-namespace.js';
import { defaultLabDescription, type LabDescription, type UserDescription } from './lab-description.js';
import { addServers, describeServers } from './lab-state.js';
import { LabUsers } from './lab-users.js';
import { operatingSystem } from './operating-system.js';
import { VirtualClock } from './virtual-clock.js';

const NAMESPACE = 'root/Microsoft/Windows/DHCP';

/** What is not part of a lab's description. */
export interface LabOptions {
  /** The clock that the lab's own clock runs along with; null: time moves by `lab.clock.advance` alone. Default: the system's clock. */
  readonly follow?: Clock | null | undefined;
}

/** A lab: emulated DHCP servers, the network between them, their accounts, and everything that can be done to them at run time. */
export class Lab {
  readonly clock: VirtualClock;
  readonly users: LabUsers;
  readonly #network: DhcpNetwork;
  readonly #engine: FailoverEngine;
  readonly #pool: AddressPool;
  readonly #faults = new FaultInjector();
  readonly #classes: ClassLookup = classLookup(dhcpClasses);
  readonly #handlers = new Map<DhcpServer, RequestHandler>();
  readonly #description: LabDescription;
  readonly #service: ResolvedServiceSettings;

  /** Use {@link createLab}. */
  constructor(description: LabDescription, options: LabOptions) {
    this.#description = description;
    this.#service = resolveServiceSettings(description.service);
    const { testNamespace: hasTestNamespace = false } = description;
    if (typeof hasTestNamespace !== 'boolean')
      throw invalidArgument('testNamespace', hasTestNamespace, 'Give true or false.');
    const follow = options.follow === null ? undefined : (options.follow ?? systemClock);
    const startAt = typeof description.now === 'string' ? Date.parse(description.now) : description.now;
    if (Number.isNaN(startAt))
      throw invalidArgument('now', description.now, 'Give milliseconds since 1970 or ISO 8601.');
    this.clock = new VirtualClock({
      ...(follow !== undefined && { follow }),
      ...(startAt !== undefined && { startAt }),
    });
    this.users = new LabUsers(usersOf(description));
    this.#network = new DhcpNetwork(this.clock, { ...defaultChoices, ...description.choices }, description.dnsServers);
    this.#engine = new FailoverEngine(this.#network, timingOf(description.timing));
    this.#pool = new AddressPool(this.#network, this.#engine);
    addServers(this.#network, this.#engine, description.servers ?? [], description.cutLinks ?? []);
    this.#network.directory = directoryOf(description.directory, this.servers);
    for (const fault of description.faults ?? []) this.injectFault(fault);
  }

  /** The servers as they are now. Look, do not touch: change them through the lab. */
  get servers(): readonly DhcpServer[] {
    return this.#network.servers;
  }

  /** A server by full name, short name or address. Throws `ERR_INVALID_ARGUMENT` for an unknown one. */
  server(nameOrAddress: string): DhcpServer {
    const server = this.#network.resolve(nameOrAddress);
    if (server !== undefined) return server;
    throw invalidArgument('server', nameOrAddress, `The lab has ${this.servers.map(({ name }) => name).join(', ')}.`);
  }

  /** Calls `observer` for every event from now on; the returned function ends that. */
  observe(observer: LabObserver): () => void {
    return this.#network.observe(observer);
  }

  /** The server loses power: its listener refuses, its partner notices. Its data stay. */
  powerOff(name: string): void {
    const server = this.server(name);
    if (!server.poweredOn) return;
    server.poweredOn = false;
    this.#network.emit({ type: 'powered-off', server: server.name });
    this.#engine.serverStopped(server);
  }

  /** The server starts; with `databaseLost` from a backup, so that it recovers its leases from its partners. */
  powerOn(name: string, options: { readonly databaseLost?: boolean } = {}): void {
    const server = this.server(name);
    if (server.poweredOn) return;
    server.poweredOn = true;
    server.bootedAt = this.clock.now();
    this.#network.emit({ type: 'powered-on', server: server.name });
    if (server.serving) this.#serviceStarted(server, options.databaseLost);
  }

  /** Starts, pauses or stops the DHCP service; the host itself stays reachable. */
  setService(name: string, service: DhcpServer['service']): void {
    const server = this.server(name);
    const before = server.serving;
    server.service = service;
    this.#network.emit({ type: 'service-changed', server: server.name, service });
    if (before && !server.serving) this.#engine.serverStopped(server);
    if (!before && server.serving) this.#serviceStarted(server);
  }

  /** A restore that was asked for happens now; its leases are as old as the backup, so that the partners are asked for theirs. */
  #serviceStarted(server: DhcpServer, databaseLost = false): void {
    server.start(this.clock.now());
    const isRestored = applyPendingRestore(server);
    this.#engine.serverStarted(server, databaseLost || isRestored);
  }

  /** Two servers no longer reach each other; clients still reach both. */
  cutLink(one: string, other: string): void {
    this.#network.cut(this.server(one), this.server(other));
    this.#engine.refresh();
  }

  restoreLink(one: string, other: string): void {
    this.#network.restore(this.server(one), this.server(other));
    this.#engine.refresh();
  }

  /** Sets how far a server's clock is ahead of the lab's (behind: negative), milliseconds. */
  skewClock(name: string, skewMs: number): void {
    const server = this.server(name);
    server.clockSkewMs = skewMs;
    this.#network.emit({ type: 'clock-skewed', server: server.name, skewMs });
  }

  /** A client gets or renews a lease from a server. Throws `ERR_INVALID_ARGUMENT` when the server has none to give. */
  grantLease(name: string, scopeId: string, client: { readonly clientId: string; readonly hostName?: string }): Lease {
    return this.#pool.grant(this.server(name), scopeId, client);
  }

  releaseLease(name: string, scopeId: string, ipAddress: string): void {
    this.#pool.release(this.server(name), scopeId, ipAddress);
  }

  /** How the addresses of a scope are shared, seen from one server. */
  scopeStatistics(name: string, scopeId: string): FailoverScopeStatistics {
    return this.#pool.statistics(this.server(name), scopeId);
  }

  /** Arms a fault; the returned function clears it again. */
  injectFault(fault: LabFault): () => void {
    if (fault.server !== undefined) this.server(fault.server);
    return this.#faults.inject(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** The WS-Man dispatcher of a server. */
  handler(name: string): RequestHandler {
    const server = this.server(name);
    let handler = this.#handlers.get(server);
    if (handler === undefined) {
      handler = createWsManDispatcher({
        serverName: server.name,
        errorSource: this.#network.ownName(server),
        productVersion: `OS: ${server.version.major}.${server.version.minor}.20348 SP: 0.0 Stack: 3.0`,
        namespaces: this.#namespaces(server),
        clock: this.clock,
        settings: this.#service,
        takeFaults: (action, isAboutOperation) => this.#faults.take(server.name, action, isAboutOperation),
      });
      this.#handlers.set(server, handler);
    }
    return handler;
  }

  /** A way to a server without sockets. By default the lab's first account calls, delegated as CredSSP would do it. */
  transport(serverName: string, caller: Partial<Caller> = {}): Transport {
    const server = this.server(serverName);
    return new MemoryTransport({
      serverName: server.name,
      handler: this.handler(server.name),
      caller: {
        userName: this.users.all[0]?.userName ?? '',
        authenticated: true,
        mechanism: 'CredSSP',
        delegated: true,
        ...caller,
      },
      poweredOn: () => server.poweredOn,
    });
  }

  /** The lab's whole state in the form that {@link createLab} takes. It holds the passwords of the lab's accounts, never a shared secret. */
  save(): LabDescription {
    return {
      users: this.#userDescriptions(),
      servers: describeServers(this.#network, this.#engine),
      ...(this.#description.dnsServers !== undefined && { dnsServers: this.#description.dnsServers }),
      directory: this.#network.directory?.servers ?? null,
      cutLinks: this.#network.cutLinks,
      faults: this.#faults.faults,
      ...(this.#description.timing !== undefined && { timing: this.#description.timing }),
      ...(this.#description.choices !== undefined && { choices: this.#description.choices }),
      ...(this.#description.service !== undefined && { service: this.#description.service }),
      ...(this.#description.testNamespace !== undefined && { testNamespace: this.#description.testNamespace }),
      now: this.clock.now(),
    };
  }

  /** Writes {@link save} to a file that only its owner can read; an older one stays whole until the new one is. */
  async saveTo(path: string): Promise<void> {
    const unfinished = `${path}.unfinished`;
    await writeFile(unfinished, `${JSON.stringify(this.save(), undefined, 2)}\n`, { mode: 0o600 });
    await rename(unfinished, path);
  }

  /** Stops the clock. */
  close(): void {
    this.clock.stop();
  }

  /** With the passwords that were made here. */
  #userDescriptions(): readonly UserDescription[] {
    return usersOf(this.#description).map((user) => {
      const { password = this.users.find(user.userName)?.password.reveal() ?? '' } = user;
      return { ...user, password };
    });
  }

  #namespaces(server: DhcpServer): CimNamespace[] {
    return [
      dhcpNamespace({
        name: NAMESPACE,
        declarations: dhcpClasses,
        lookup: this.#classes,
        server,
        network: this.#network,
        context: ({ caller, faults }) => this.#context(server, caller, faults),
        replicationMsPerScope: this.#service.replicationMsPerScope,
      }),
      ...(this.#description.testNamespace === true ? [testNamespace(this.clock)] : []),
      new CimNamespace('root/cimv2', [{ declaration: wmiErrorClass }, operatingSystem(server, this.clock)]),
    ];
  }

  #context(server: DhcpServer, caller: Caller, faults: readonly LabFaultKind[]): ProviderContext {
    const user = this.users.find(caller.userName);
    return {
      network: this.#network,
      engine: this.#engine,
      server,
      caller: {
        delegated: caller.delegated,
        accessTo: (target) => user?.accessTo(target) ?? 'none',
        changesDirectory: user?.changesDirectory ?? false,
      },
      onStep: this.#stepFaults(faults),
    };
  }

  /** Lets the partner die at the steps that the faults name. */
  #stepFaults(faults: readonly LabFaultKind[]): (step: ProviderStep) => void {
    const seen = new Map<ProviderStep, number>();
    return (step) => {
      const count = (seen.get(step) ?? 0) + 1;
      seen.set(step, count);
      for (const fault of faults) {
        if (fault.kind !== 'partner-dies' || fault.step !== step || (fault.occurrence ?? 1) !== count) continue;
        this.powerOff(fault.partner);
      }
    };
  }
}

/** A lab from a description; by default the two servers of PowerShell's help examples. */
export function createLab(description: LabDescription = defaultLabDescription, options: LabOptions = {}): Lab {
  return new Lab({ ...description, servers: description.servers ?? defaultLabDescription.servers ?? [] }, options);
}

/**
 * A lab from a JSON file: a description, or a state that was saved.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a file that cannot be read, or that holds something else; the reason is its cause.
 */
export async function readLab(path: string, options: LabOptions = {}): Promise<Lab> {
  let description: unknown;
  try {
    description = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CimletError('ERR_INVALID_ARGUMENT', `lab file: ${describeValue(path)} cannot be read. ${reason}`, {
      cause,
    });
  }
  if (typeof description !== 'object' || description === null || Array.isArray(description)) {
    throw invalidArgument('lab file', path, 'The file holds one JSON object, as docs/emulator.md describes it.');
  }
  return createLab(description as LabDescription, options);
}

function usersOf({ users }: LabDescription): readonly UserDescription[] {
  return users ?? defaultLabDescription.users ?? [];
}

/** Without a word about it every server of the lab is authorised. */
function directoryOf(
  described: LabDescription['directory'],
  servers: readonly DhcpServer[],
): ServerDirectory | undefined {
  if (described === null) return undefined;
  return new ServerDirectory(described ?? servers.map(({ name, address }) => ({ dnsName: name, ipAddress: address })));
}

function timingOf(timing: LabDescription['timing']): FailoverTiming {
  if (timing === undefined || timing === 'instant') return instantTiming;
  return timing === 'realistic' ? realisticTiming : { ...instantTiming, ...timing };
}
