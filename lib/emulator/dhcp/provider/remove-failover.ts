import { ProviderError } from '../../fault/provider-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import type { FailoverRelationship } from '../relationship.js';
import { connectAddressed } from './connect.js';
import { type ConnectedPartner, connectToPartnerOf, requireRelationship } from './failover-partner.js';
import { type FailoverView, failoverView } from './failover-view.js';
import { messages } from './messages.js';
import { deleteOnPartner } from './partner-scopes.js';
import { forEachItem, type ProviderContext, type ProviderResult } from './provider-context.js';

export interface RemoveFailoverInput {
  readonly computerName?: string | undefined;
  readonly name: readonly string[];
  readonly force?: boolean | undefined;
  readonly passThru?: boolean | undefined;
}

/** PS_DhcpServerv4Failover.Remove: the relationship goes on both servers; its scopes stay here and are deleted on the partner. */
export function removeFailover(context: ProviderContext, input: RemoveFailoverInput): ProviderResult<FailoverView> {
  const local = connectAddressed(context, input.computerName, 'administrator');
  return forEachItem(input.name, (name) => {
    const failed = messages.removeFailover(name, local.host);
    const relationship = requireRelationship(context, local.server, name, failed);
    const tolerant = input.force === true && context.network.choices.removeForceSkipsPartner;
    const partner = partnerIfReachable(context, local.server, relationship, failed, tolerant);
    context.onStep?.('preconditions-met');
    const view = failoverView(relationship);
    if (partner?.relationship !== undefined) {
      drop(context, partner.server, partner.relationship);
      deleteOnPartner(context, partner.relationship.scopes, partner.server);
    }
    drop(context, local.server, relationship);
    return input.passThru ? [view] : [];
  });
}

/** The partner; with `tolerant`, undefined instead of an error when it cannot be reached (rights are never waived). */
export function partnerIfReachable(
  context: ProviderContext,
  local: DhcpServer,
  relationship: FailoverRelationship,
  failed: string,
  tolerant: boolean,
): ConnectedPartner | undefined {
  try {
    return connectToPartnerOf(context, local, relationship, failed);
  } catch (error) {
    if (tolerant && error instanceof ProviderError && isUnreachable(context, error)) return undefined;
    throw error;
  }
}

function isUnreachable({ network: { choices } }: ProviderContext, { number }: ProviderError): boolean {
  return [choices.nameNotResolvedCode, choices.unreachableCode, choices.serviceStoppedCode].includes(number);
}

function drop(context: ProviderContext, server: DhcpServer, relationship: FailoverRelationship): void {
  server.relationships.delete(context.network.nameKey(relationship.name));
  context.network.emit({ type: 'relationship-removed', server: server.name, relationship: relationship.name });
  context.engine.removed(relationship);
}
