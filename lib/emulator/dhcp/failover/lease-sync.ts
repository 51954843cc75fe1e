import type { DhcpServer } from '../dhcp-server.js';

/** Leases flow both ways between partners (binding updates); the later expiry of an address wins. */
export function synchroniseLeases(a: DhcpServer, b: DhcpServer, scopeIds: readonly string[]): void {
  for (const scopeId of scopeIds) {
    const [here, there] = [a.scopes.get(scopeId), b.scopes.get(scopeId)];
    if (here === undefined || there === undefined) continue;
    copyNewer(here.leases, there.leases);
    copyNewer(there.leases, here.leases);
  }
}

function copyNewer<V extends { readonly expiresAt: number }>(from: ReadonlyMap<string, V>, to: Map<string, V>): void {
  for (const [key, value] of from) {
    const known = to.get(key);
    if (known === undefined || known.expiresAt < value.expiresAt) to.set(key, value);
  }
}
