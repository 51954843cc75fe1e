import type { DhcpServerv4Scope, DhcpServerv4ScopeStatistics } from 'cimlet/dhcp-server';
import type { Problem } from '../bridge.js';
import type { Logons } from './logons.js';
import { problemOf } from './problem.js';
import { type Copy, copyOf, ownAddress } from './relationship.js';
import type { ServerList } from './server-list.js';

/** What a server said of itself when it was asked last. */
export interface Basics {
  readonly server: string;
  readonly readAt: string;
  readonly copies: readonly Copy[];
  readonly scopes: readonly ScopeBasics[];
  readonly statistics: ReadonlyMap<string, PoolFigures> | null;
  /** It did not answer; then the rest is what was known before. */
  readonly problem: Problem | null;
}
export interface ScopeBasics {
  readonly scopeId: string;
  readonly mask: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly isActive: boolean;
  readonly type: string;
  readonly maxBootpClients: number;
  readonly superscope: string | null;
}
export interface PoolFigures {
  readonly free: number;
  readonly inUse: number;
  readonly percent: number;
  readonly reserved: number;
  readonly freeHere: number | null;
  readonly freeThere: number | null;
  readonly inUseHere: number | null;
  readonly inUseThere: number | null;
}

const TIMEOUT_MS = 60_000;

/** Reads what most screens need of a server, and keeps it: what a server said last is shown, with its age, while it is silent. */
export class Readings {
  readonly #logons: Logons;
  readonly #list: ServerList;
  readonly #known = new Map<string, Basics>();
  /** When a copy of a relationship was first seen in its state. */
  readonly #since = new Map<string, { readonly state: string; readonly since: string }>();
  readonly #onState: (copy: Copy, before: string | null) => void;

  constructor(logons: Logons, list: ServerList, onState: (copy: Copy, before: string | null) => void) {
    this.#logons = logons;
    this.#list = list;
    this.#onState = onState;
  }

  known(server: string): Basics | undefined {
    return this.#known.get(server.toLowerCase());
  }

  forget(): void {
    this.#known.clear();
    this.#since.clear();
  }

  get all(): readonly Basics[] {
    return [...this.#known.values()];
  }

  /** The name in the list of the server with this address, or of this name. */
  nameOf(address: string, name: string): string | undefined {
    for (const { server, copies } of this.#known.values()) {
      if (copies.some((copy) => ownAddress(copy) === address)) return this.#list.nameOf(server);
    }
    return this.#list.nameOf(name) ?? this.#list.nameOf(address);
  }

  /** Since when this console sees a state. */
  since(server: string, name: string): string | null {
    return this.#since.get(sinceKey(server, name))?.since ?? null;
  }

  /** Relationships, scopes and, when asked for, how full they are: two calls or three. What it fails with is kept beside what was known, and thrown. */
  async read(server: string, signal: AbortSignal, withStatistics: boolean): Promise<Basics> {
    const options = { signal, timeoutMs: TIMEOUT_MS };
    try {
      const basics = await this.#logons.use(server, async (client) => {
        const CimSession = await client.session(server);
        const relationships = await client.getDhcpServerv4Failover({ CimSession }, options);
        const scopes = await client.getDhcpServerv4Scope({ CimSession }, options);
        const figures = withStatistics
          ? await client.getDhcpServerv4ScopeStatistics({ CimSession, Failover: true }, options)
          : null;
        const readAt = new Date().toISOString();
        return {
          server,
          readAt,
          copies: relationships.map((one) => copyOf(one, server, readAt)),
          scopes: scopes.map(scopeBasics),
          statistics:
            figures === null
              ? (this.known(server)?.statistics ?? null)
              : new Map(figures.map((one) => [one.ScopeId, poolFigures(one)] as const)),
          problem: null,
        };
      });
      this.#known.set(server.toLowerCase(), basics);
      for (const copy of basics.copies) this.#see(copy);
      return basics;
    } catch (error) {
      const before = this.known(server) ?? {
        server,
        copies: [],
        scopes: [],
        statistics: null,
        readAt: new Date().toISOString(),
      };
      this.#known.set(server.toLowerCase(), { ...before, problem: problemOf(error, server) });
      throw error;
    }
  }

  #see(copy: Copy): void {
    const key = sinceKey(copy.server, copy.name);
    const before = this.#since.get(key);
    if (before?.state === copy.state) return;
    this.#since.set(key, { state: copy.state, since: copy.readAt });
    this.#onState(copy, before?.state ?? null);
  }
}

const sinceKey = (server: string, name: string): string => JSON.stringify([server.toLowerCase(), name.toLowerCase()]);

function scopeBasics(one: DhcpServerv4Scope): ScopeBasics {
  return {
    scopeId: one.ScopeId,
    mask: one.SubnetMask,
    name: one.Name ?? '',
    start: one.StartRange,
    end: one.EndRange,
    isActive: one.State === 'Active',
    type: one.Type,
    maxBootpClients: one.MaxBootpClients ?? 0,
    superscope: one.SuperscopeName,
  };
}

export function poolFigures(one: DhcpServerv4ScopeStatistics): PoolFigures {
  return {
    free: one.AddressesFree,
    inUse: one.AddressesInUse,
    percent: one.PercentageInUse,
    reserved: one.ReservedAddress,
    freeHere: one.AddressesFreeOnThisServer,
    freeThere: one.AddressesFreeOnPartnerServer,
    inUseHere: one.AddressesInUseOnThisServer,
    inUseThere: one.AddressesInUseOnPartnerServer,
  };
}

/** What all of these have in common when nothing answers; null when something does. */
export function offlineProblem(failed: readonly Problem[], asked: number): Problem | null {
  const [first] = failed;
  if (first === undefined || failed.length < asked || failed.some(({ code }) => code !== first.code)) return null;
  const silent = ['ERR_CONNECTION_REFUSED', 'ERR_CONNECTION_LOST', 'ERR_NAME_NOT_RESOLVED', 'ERR_TIMEOUT'];
  if (!silent.includes(first.code)) return null;
  return {
    ...first,
    where: null,
    what: 'This computer reaches none of the servers.',
    remedy: 'Is the network there, and the VPN connected? It is tried again by itself.',
    again: true,
    record: null,
  };
}
