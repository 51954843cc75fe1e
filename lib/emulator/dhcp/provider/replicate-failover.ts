import { ProviderError } from '../provider-error.js';
import type { FailoverRelationship } from '../relationship.js';
import { copyConfiguration } from '../scope.js';
import { assertClocksAgree, assertReachable, type ConnectedServer, connectAddressed } from './connect.js';
import { connectToPartnerOf, requireRelationship } from './failover-partner.js';
import { messages } from './messages.js';
import { forEachItem, type ProviderContext, type ProviderResult } from './provider-context.js';

/** PS_DhcpServerv4FailoverReplication.InvokeByName: all scopes of the named relationships, or of all. Gives the replicated scope ids. */
export function replicateByName(
  context: ProviderContext,
  input: { readonly computerName?: string | undefined; readonly name?: readonly string[] | undefined },
): ProviderResult<string> {
  const local = connectAddressed(context, input.computerName, 'administrator');
  const names =
    input.name === undefined || input.name.length === 0
      ? [...local.server.relationships.values()].map((relationship) => relationship.name)
      : input.name;
  return forEachItem(names, (name) => {
    const failed = messages.replicateFailover(name, local.host);
    const relationship = requireRelationship(context, local.server, name, failed);
    return replicate(context, local, relationship, relationship.scopes, failed);
  });
}

/** PS_DhcpServerv4FailoverReplication.InvokeByScopeId; without a scope it takes every failover scope, as InvokeByName does. */
export function replicateByScopeId(
  context: ProviderContext,
  input: { readonly computerName?: string | undefined; readonly scopeId?: readonly string[] | undefined },
): ProviderResult<string> {
  if (input.scopeId === undefined || input.scopeId.length === 0) return replicateByName(context, input);
  const local = connectAddressed(context, input.computerName, 'administrator');
  return forEachItem([...new Set(input.scopeId)], (scopeId) => {
    const failed = messages.replicateScope(scopeId, local.host);
    const relationship = local.server.relationshipOfScope(scopeId);
    if (relationship === undefined) throw new ProviderError(20116, messages.getFailoverOfScope(scopeId, local.host));
    return replicate(context, local, relationship, [scopeId], failed);
  });
}

/** One way, from the addressed server: configuration is overwritten; state and leases are not part of it. */
function replicate(
  context: ProviderContext,
  local: ConnectedServer,
  relationship: FailoverRelationship,
  scopeIds: readonly string[],
  failed: string,
): string[] {
  const { network } = context;
  const partner = connectToPartnerOf(context, local.server, relationship, failed);
  if (network.choices.replicationChecksClock) assertClocksAgree(context, local.server, partner.server, failed);
  if (partner.relationship === undefined) {
    throw new ProviderError(20115, messages.replicateFailover(relationship.name, partner.host));
  }
  const replicated: string[] = [];
  for (const scopeId of scopeIds) {
    const source = local.server.scopes.get(scopeId);
    if (source === undefined) continue;
    assertReachable(context, local.server, partner);
    const target = partner.server.scopes.get(scopeId);
    const configuration = copyConfiguration(source.configuration);
    if (target === undefined) {
      partner.server.scopes.set(scopeId, { configuration, state: source.state, leases: new Map() });
    } else {
      target.configuration = configuration;
    }
    network.emit({ type: 'scope-replicated', server: partner.server.name, scopeId });
    context.onStep?.('scope-replicated');
    replicated.push(scopeId);
  }
  return replicated;
}
