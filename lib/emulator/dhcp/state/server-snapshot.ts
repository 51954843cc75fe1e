import { ClientMap } from '../leases/client-map.js';
import type { Lease, Scope, ScopeConfiguration, ScopeState } from '../scope.js';
import type { ServerConfiguration } from './server-configuration.js';

/** What a backup holds of a server: everything but its failover relationships. Plain data. */
export interface ServerSnapshot {
  readonly configuration: ServerConfiguration;
  readonly scopes: readonly {
    readonly configuration: ScopeConfiguration;
    readonly state: ScopeState;
    readonly leases: readonly Lease[];
  }[];
}

/** What of a server is backed up, and where it comes back. */
interface BackedUp {
  readonly configuration: ServerConfiguration;
  readonly scopes: Map<string, Scope>;
  readonly backups: ReadonlyMap<string, ServerSnapshot>;
  pendingRestore: string | undefined;
}

export function takeSnapshot(server: BackedUp): ServerSnapshot {
  return structuredClone({
    configuration: { ...server.configuration },
    scopes: [...server.scopes.values()].map(({ configuration, state, leases }) => ({
      configuration,
      state,
      leases: [...leases.values()],
    })),
  });
}

/** Puts a server back to what a snapshot holds. */
function applySnapshot(server: BackedUp, snapshot: ServerSnapshot): void {
  const { configuration, scopes } = structuredClone(snapshot);
  Object.assign(server.configuration, configuration);
  server.scopes.clear();
  for (const scope of scopes) {
    const leases = new ClientMap<Lease>();
    for (const lease of scope.leases) leases.set(lease.ipAddress, lease);
    server.scopes.set(scope.configuration.scopeId, { ...scope, leases });
  }
}

/**
 * The service starts: a restore that was asked for happens now, from the path that was noted or else from the server's own backup path. True when
 * it did, so that the server's picture of its leases is old. RestoreStatus says whether the last one failed.
 */
export function applyPendingRestore(server: BackedUp): boolean {
  const { configuration, pendingRestore } = server;
  const { backupPath, restoreFromBackup } = configuration.database;
  server.pendingRestore = undefined;
  if (!restoreFromBackup && pendingRestore === undefined) return false;
  const snapshot = server.backups.get((pendingRestore ?? backupPath).toLowerCase());
  if (snapshot !== undefined) applySnapshot(server, snapshot);
  configuration.database = { ...configuration.database, restoreFromBackup: false };
  configuration.settings = { ...configuration.settings, restoreStatus: snapshot === undefined };
  return snapshot !== undefined;
}
