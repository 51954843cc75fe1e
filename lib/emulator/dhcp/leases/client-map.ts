import { clientIdOf, sameClient } from './client-id.js';

interface OfClient {
  readonly clientId: string;
}

const keyOf = (clientId: string): string => clientIdOf(clientId) ?? clientId.toLowerCase();

/** Leases by address, which know whose they are: whether a client has one is asked for each that is added. Begins empty. */
export class ClientMap<V extends OfClient> extends Map<string, V> {
  readonly #counts = new Map<string, number>();

  override set(address: string, lease: V): this {
    this.#count(this.get(address), -1);
    this.#count(lease, 1);
    return super.set(address, lease);
  }

  override delete(address: string): boolean {
    this.#count(this.get(address), -1);
    return super.delete(address);
  }

  override clear(): void {
    this.#counts.clear();
    super.clear();
  }

  hasClient(clientId: string): boolean {
    return this.#counts.has(keyOf(clientId));
  }

  #count(lease: V | undefined, change: number): void {
    if (lease === undefined) return;
    const key = keyOf(lease.clientId);
    const count = (this.#counts.get(key) ?? 0) + change;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
}

/** Whether a client has a lease among these, however its id is written. */
export function hasClient(leases: ReadonlyMap<string, OfClient>, clientId: string): boolean {
  if (leases instanceof ClientMap) return leases.hasClient(clientId);
  for (const lease of leases.values()) if (sameClient(lease.clientId, clientId)) return true;
  return false;
}
