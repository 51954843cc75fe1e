import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { ClientMap } from '../leases/client-map.js';
import {
  DEFAULT_LEASE_SECONDS,
  type Scope,
  type ScopeConfiguration,
  scopeConfiguration,
  scopesOverlap,
} from '../scope.js';
import { boundsOf } from '../scopes/find-scope.js';
import { connectAddressed } from './connect.js';
import { messages } from './messages.js';
import { requireScope } from './partner-scopes.js';
import { forEachItem, type ProviderContext, type ProviderResult } from './provider-context.js';
import { checkedRange, checkedSubnet } from './scope-range.js';
import { type ScopeView, scopeView } from './scope-view.js';

/** Milliseconds. */
const MAX_DELAY = 1000;

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
  const scopeId = checkedSubnet(startRange, subnetMask, choices, messages.addScope(startRange, host));
  const failed = messages.addScope(scopeId, host);
  const configuration = scopeConfiguration({ scopeId, startRange, endRange, subnetMask, ...given(settings) });
  for (const other of server.scopes.values()) {
    if (scopesOverlap(configuration, other.configuration)) throw dhcpError(20052, failed);
  }
  checkedRange(startRange, endRange, subnetMask, choices, failed);
  assertAllowed(server, configuration, failed);
  const scope: Scope = { configuration, state: state ?? 'Active', leases: new ClientMap() };
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
  assertRangeFits(scope.configuration, next, failed);
  assertKindFits(scope, next.type, failed);
  assertAllowed(server, next, failed);
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
    const isUsed = scope.leases.size > 0 || scope.configuration.reservations.length > 0;
    if (isUsed && input.force !== true) throw dhcpError(20007, failed);
    server.scopes.delete(scopeId);
    context.network.emit({ type: 'scope-removed', server: server.name, scopeId });
    return input.passThru ? [scopeView(scope)] : [];
  });
}

/** Delays above a second are 20092; since 2016 no scope can have Network Access Protection (MS-DHCPM 3.1.4.49, 3.2.4.80). */
function assertAllowed(server: DhcpServer, { delay, napEnable }: ScopeConfiguration, failed: string): void {
  if (napEnable && server.version.major >= 10) throw dhcpError(20138, failed);
  if (delay > MAX_DELAY) throw dhcpError(20092, failed);
}

/** A new range holds the old one or lies inside it, and leaves out no range of a policy (MS-DHCPM 3.2.4.38). */
function assertRangeFits(old: ScopeConfiguration, next: ScopeConfiguration, failed: string): void {
  const [from, to] = boundsOf(next);
  const [oldFrom, oldTo] = boundsOf(old);
  const isNested = (from <= oldFrom && to >= oldTo) || (from >= oldFrom && to <= oldTo);
  if (!isNested) throw dhcpError(20023, failed);
  const ranges = next.policies.flatMap((policy) => policy.ranges.map(boundsOf));
  if (ranges.some(([start, end]) => start < from || end > to)) throw dhcpError(20112, failed);
}

/** A range for one kind of clients alone has no clients of the other kind (MS-DHCPM 3.2.4.38). */
function assertKindFits({ configuration, leases }: Scope, type: ScopeConfiguration['type'], failed: string): void {
  if (type === configuration.type || type === 'Both') return;
  const other = type === 'Dhcp' ? 'BootP' : 'Dhcp';
  const isUsed = [...leases.values()].some(({ clientType = 'Dhcp' }) => clientType === other);
  if (isUsed) throw dhcpError(20049, failed);
}

/** The entries that were given. */
function given<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
