import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { ClientMap } from '../leases/client-map.js';
import { copyConfiguration, type Scope, scopesOverlap } from '../scope.js';
import { assertReachable, type ConnectedServer } from './connect.js';
import { messages } from './messages.js';
import type { ProviderContext } from './provider-context.js';

type Undo = (step: () => void) => void;

/** Condition 16: neither this scope nor one that overlaps with it is on the partner. */
export function assertAbsentOnPartner(context: ProviderContext, scope: Scope, partner: ConnectedServer): void {
  for (const other of partner.server.scopes.values()) {
    if (!scopesOverlap(scope.configuration, other.configuration)) continue;
    throw dhcpError(
      context.network.choices.scopeOnPartnerCode,
      messages.addScope(scope.configuration.scopeId, partner.host),
    );
  }
}

/** Creates copies of scopes on the partner, inactive and without leases. */
export function createOnPartner(
  context: ProviderContext,
  from: DhcpServer,
  scopes: readonly Scope[],
  partner: ConnectedServer,
  undo: Undo,
): void {
  for (const scope of scopes) {
    assertReachable(context, from, partner);
    const { scopeId } = scope.configuration;
    const copy: Scope = {
      configuration: copyConfiguration(scope.configuration),
      state: 'Inactive',
      leases: new ClientMap(),
    };
    partner.server.scopes.set(scopeId, copy);
    undo(() => {
      partner.server.scopes.delete(scopeId);
      context.network.emit({ type: 'scope-removed', server: partner.server.name, scopeId });
    });
    context.network.emit({ type: 'scope-created', server: partner.server.name, scopeId });
    context.onStep?.('scope-created-on-partner');
  }
}

/** Activates the copies of those scopes that are active here. */
export function activateOnPartner(
  context: ProviderContext,
  from: DhcpServer,
  scopes: readonly Scope[],
  partner: ConnectedServer,
): void {
  for (const scope of scopes) {
    const copy = partner.server.scopes.get(scope.configuration.scopeId);
    if (copy === undefined || scope.state !== 'Active') continue;
    assertReachable(context, from, partner);
    copy.state = 'Active';
    context.network.emit({ type: 'scope-changed', server: partner.server.name, scopeId: scope.configuration.scopeId });
    context.onStep?.('scope-activated-on-partner');
  }
}

/** Deletes scopes on the partner, with their leases. */
export function deleteOnPartner(context: ProviderContext, scopeIds: readonly string[], partner: DhcpServer): void {
  for (const scopeId of scopeIds) {
    if (partner.scopes.delete(scopeId)) context.network.emit({ type: 'scope-removed', server: partner.name, scopeId });
  }
}

/** The scope as `server` holds it, or 20005. */
export function requireScope(server: DhcpServer, scopeId: string, host: string): Scope {
  const scope = server.scopes.get(scopeId);
  if (scope === undefined) throw dhcpError(20005, messages.getScope(scopeId, host));
  return scope;
}
