import { dhcpError } from '../dhcp-error.js';
import { DEFAULT_LEASE_SECONDS, type Scope, scopeConfiguration, scopesOverlap } from '../scope.js';
import { connectAddressed } from './connect.js';
import { messages } from './messages.js';
import { requireScope } from './partner-scopes.js';
import { forEachItem, type ProviderContext, type ProviderResult } from './provider-context.js';
import { checkedRange } from './scope-range.js';
import { type ScopeView, scopeView } from './scope-view.js';

/** Properties that Add and Set take alike. */
export interface ScopeSettings {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly state?: 'Active' | 'Inactive' | undefined;
  readonly superscopeName?: string | undefined;
  readonly maxBootpClients?: number | undefined;
  readonly activatePolicies?: boolean | undefined;
  readonly napEnable?: boolean | undefined;
  readonly napProfile?: string | undefined;
  readonly delay?: number | undefined;
  readonly leaseDurationSeconds?: number | undefined;
  readonly type?: 'Dhcp' | 'Bootp' | 'Both' | undefined;
}

export interface AddScopeInput extends ScopeSettings {
  readonly computerName?: string | undefined;
  readonly startRange: string;
  readonly endRange: string;
  readonly subnetMask: string;
  readonly passThru?: boolean | undefined;
}

export interface SetScopeInput extends ScopeSettings {
  readonly computerName?: string | undefined;
  readonly scopeId: string;
  readonly startRange?: string | undefined;
  readonly endRange?: string | undefined;
  readonly passThru?: boolean | undefined;
}

/** PS_DhcpServerv4Scope.Get. */
export function getScopes(
  context: ProviderContext,
  input: { readonly computerName?: string | undefined; readonly scopeId?: readonly string[] | undefined },
): ProviderResult<ScopeView> {
  const { server, host } = connectAddressed(context, input.computerName, 'reader');
  if (input.scopeId === undefined || input.scopeId.length === 0) {
    return { output: [...server.scopes.values()].map(scopeView), errors: [] };
  }
  return forEachItem(input.scopeId, (scopeId) => [scopeView(requireScope(server, scopeId, host))]);
}

/** PS_DhcpServerv4Scope.Add. */
export function addScope(context: ProviderContext, input: AddScopeInput): ProviderResult<ScopeView> {
  const { server, host } = connectAddressed(context, input.computerName, 'administrator');
  const { choices } = context.network;
  const { computerName: _c, passThru, startRange, endRange, subnetMask, state, ...settings } = input;
  const { scopeId } = checkedRange(startRange, endRange, subnetMask, choices, messages.addScope(startRange, host));
  const configuration = scopeConfiguration({ scopeId, startRange, endRange, subnetMask, ...given(settings) });
  for (const other of server.scopes.values()) {
    if (scopesOverlap(configuration, other.configuration)) {
      throw dhcpError(20052, messages.addScope(scopeId, host));
    }
  }
  const scope: Scope = { configuration, state: state ?? 'Active', leases: new Map() };
  server.scopes.set(scopeId, scope);
  context.network.emit({ type: 'scope-created', server: server.name, scopeId });
  return { output: passThru ? [scopeView(scope)] : [], errors: [] };
}

/** PS_DhcpServerv4Scope.SetByWithoutRange and SetByWithRange. A failover scope cannot be made to serve BOOTP (20129). */
export function setScope(context: ProviderContext, input: SetScopeInput): ProviderResult<ScopeView> {
  const { server, host } = connectAddressed(context, input.computerName, 'administrator');
  const { computerName: _c, passThru, scopeId, startRange, endRange, state, ...settings } = input;
  const scope = requireScope(server, scopeId, host);
  const failed = messages.setScope(scopeId, host);
  const next = { ...scope.configuration, ...given({ ...settings, startRange, endRange }) };
  if (next.type !== 'Dhcp' && server.relationshipOfScope(scopeId) !== undefined) throw dhcpError(20129, failed);
  const range = checkedRange(next.startRange, next.endRange, next.subnetMask, context.network.choices, failed);
  if (range.scopeId !== scopeId) throw dhcpError(20023, failed);
  if (!(next.leaseDurationSeconds > 0)) next.leaseDurationSeconds = DEFAULT_LEASE_SECONDS;
  scope.configuration = next;
  if (state !== undefined) scope.state = state;
  context.network.emit({ type: 'scope-changed', server: server.name, scopeId });
  return { output: passThru ? [scopeView(scope)] : [], errors: [] };
}

/** PS_DhcpServerv4Scope.Remove: a failover scope stays even with Force (20113); one in use goes only with Force (20007). */
export function removeScopes(
  context: ProviderContext,
  input: {
    readonly computerName?: string | undefined;
    readonly scopeId: readonly string[];
    readonly force?: boolean | undefined;
    readonly passThru?: boolean | undefined;
  },
): ProviderResult<ScopeView> {
  const { server, host } = connectAddressed(context, input.computerName, 'administrator');
  return forEachItem(input.scopeId, (scopeId) => {
    const scope = requireScope(server, scopeId, host);
    const failed = messages.removeScope(scopeId, host);
    if (server.relationshipOfScope(scopeId) !== undefined) throw dhcpError(20113, failed);
    if (scope.leases.size > 0 && input.force !== true) throw dhcpError(20007, failed);
    server.scopes.delete(scopeId);
    context.network.emit({ type: 'scope-removed', server: server.name, scopeId });
    return input.passThru ? [scopeView(scope)] : [];
  });
}

/** The entries that were given. */
function given<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
