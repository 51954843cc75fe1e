import { dhcpError } from '../dhcp-error.js';
import type { FailoverRelationship } from '../relationship.js';
import { assertNormal } from './add-failover-scope.js';
import { connectAddressed } from './connect.js';
import { assertNotReintegrating, requireRelationship } from './failover-partner.js';
import { type FailoverView, failoverView } from './failover-view.js';
import { messages } from './messages.js';
import { deleteOnPartner, requireScope } from './partner-scopes.js';
import { forEachItem, type ProviderContext, type ProviderResult } from './provider-context.js';
import { partnerIfReachable } from './remove-failover.js';

export interface RemoveFailoverScopeInput {
  readonly computerName?: string | undefined;
  readonly name: string;
  readonly scopeId: readonly string[];
  readonly force?: boolean | undefined;
  readonly passThru?: boolean | undefined;
}

/** PS_DhcpServerv4FailoverScope.Remove: scopes leave the relationship on both servers, stay here and are deleted on the partner. */
export function removeFailoverScope(
  context: ProviderContext,
  input: RemoveFailoverScopeInput,
): ProviderResult<FailoverView> {
  const { choices } = context.network;
  const local = connectAddressed(context, input.computerName, 'administrator');
  const failed = messages.setFailover(input.name, local.host);
  const relationship = requireRelationship(context, local.server, input.name, failed, choices.noRelationshipAtAllCode);
  const { output: ids, errors } = forEachItem([...new Set(input.scopeId)], (scopeId) => {
    requireScope(local.server, scopeId, local.host);
    if (relationship.scopes.includes(scopeId)) return [scopeId];
    throw dhcpError(20116, messages.removeScopeFromFailover(scopeId, input.name, local.host));
  });
  if (ids.length === 0) {
    if (errors.length === 0) throw dhcpError(choices.badValueCode, failed);
    return { output: [], errors };
  }
  const tolerant = input.force === true && choices.removeScopeForceSkipsChecks;
  assertNotReintegrating(context, local.server, relationship, failed);
  if (!tolerant) assertNormal(relationship, failed);
  const partner = partnerIfReachable(context, local.server, relationship, failed, tolerant);
  context.onStep?.('preconditions-met');
  if (partner?.relationship !== undefined) {
    leave(context, partner.server.name, partner.relationship, ids);
    deleteOnPartner(context, ids, partner.server);
  }
  leave(context, local.server.name, relationship, ids);
  return { output: input.passThru ? [failoverView(relationship)] : [], errors };
}

function leave(
  context: ProviderContext,
  server: string,
  relationship: FailoverRelationship,
  ids: readonly string[],
): void {
  relationship.scopes = relationship.scopes.filter((scopeId) => !ids.includes(scopeId));
  context.network.emit({ type: 'relationship-changed', server, relationship: relationship.name });
}
