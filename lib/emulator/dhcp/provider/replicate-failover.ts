import { ProviderError } from '../../fault/provider-error.js';
import { dhcpError } from '../dhcp-error.js';
import { ClientMap } from '../leases/client-map.js';
import type { FailoverRelationship } from '../relationship.js';
import { copyConfiguration } from '../scope.js';
import { assertClocksAgree, assertReachable, type ConnectedServer, connectAddressed } from './connect.js';
import { type ConnectedPartner, connectToPartnerOf, requireRelationship } from './failover-partner.js';
import { messages } from './messages.js';
import type { ProviderContext, ProviderResult } from './provider-context.js';

export interface ReplicationInput {
  readonly computerName?: string | undefined;
  /** Relationships; neither names nor scopes: all of them. */
  readonly name?: readonly string[] | undefined;
  readonly scopeId?: readonly string[] | undefined;
}

/** What a replication is about to do, or has done. `index` counts from 0 over all scopes of the call. */
export type ReplicationStep =
  | { readonly kind: 'next'; readonly scopeId: string; readonly index: number; readonly total: number }
  | { readonly kind: 'replicated'; readonly scopeId: string; readonly partner: string }
  | { readonly kind: 'failed'; readonly error: ProviderError };

/** One relationship, or one scope, that a call names. */
interface Item {
  readonly failed: string;
  /** Throws when there is no such relationship. */
  readonly find: () => { readonly relationship: FailoverRelationship; readonly scopeIds: readonly string[] };
}

/** PS_DhcpServerv4FailoverReplication.InvokeByName: all scopes of the named relationships, or of all. Gives the replicated scope ids. */
export function replicateByName(context: ProviderContext, input: ReplicationInput): ProviderResult<string> {
  return resultOf(replicationSteps(context, { computerName: input.computerName, name: input.name }));
}

/** PS_DhcpServerv4FailoverReplication.InvokeByScopeId; without a scope it takes every failover scope, as InvokeByName does. */
export function replicateByScopeId(context: ProviderContext, input: ReplicationInput): ProviderResult<string> {
  return resultOf(replicationSteps(context, { computerName: input.computerName, scopeId: input.scopeId }));
}

function resultOf(steps: Iterable<ReplicationStep>): ProviderResult<string> {
  const output: string[] = [];
  const errors: ProviderError[] = [];
  for (const step of steps) {
    if (step.kind === 'replicated') output.push(step.scopeId);
    else if (step.kind === 'failed') errors.push(step.error);
  }
  return { output, errors };
}

/** A replication scope by scope; whoever takes the steps can let time pass between them, or stop. */
export function* replicationSteps(context: ProviderContext, input: ReplicationInput): Generator<ReplicationStep, void> {
  const local = connectAddressed(context, input.computerName, 'administrator');
  const items = itemsOf(context, local, input);
  const total = items.reduce((count, item) => count + scopeCount(item), 0);
  let index = 0;
  for (const item of items) {
    try {
      const { relationship, scopeIds } = item.find();
      const partner = connectPartner(context, local, relationship, item.failed);
      for (const scopeId of scopeIds) {
        if (!local.server.scopes.has(scopeId)) continue;
        yield { kind: 'next', scopeId, index: index++, total };
        copyScope(context, local, partner, scopeId);
        yield { kind: 'replicated', scopeId, partner: partner.host };
      }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      yield { kind: 'failed', error };
    }
  }
}

function itemsOf(context: ProviderContext, local: ConnectedServer, input: ReplicationInput): Item[] {
  const { server, host } = local;
  const { scopeId, name } = input;
  if (scopeId !== undefined && scopeId.length > 0) {
    return [...new Set(scopeId)].map((id) => ({
      failed: messages.replicateScope(id, host),
      find: () => {
        const relationship = server.relationshipOfScope(id);
        if (relationship === undefined) throw dhcpError(20116, messages.getFailoverOfScope(id, host));
        return { relationship, scopeIds: [id] };
      },
    }));
  }
  const names =
    name !== undefined && name.length > 0 ? name : [...server.relationships.values()].map((one) => one.name);
  return names.map((wanted) => {
    const failed = messages.replicateFailover(wanted, host);
    return {
      failed,
      find: () => {
        const relationship = requireRelationship(context, server, wanted, failed);
        return { relationship, scopeIds: relationship.scopes };
      },
    };
  });
}

function scopeCount(item: Item): number {
  try {
    return item.find().scopeIds.length;
  } catch (error) {
    if (error instanceof ProviderError) return 0;
    throw error;
  }
}

function connectPartner(
  context: ProviderContext,
  local: ConnectedServer,
  relationship: FailoverRelationship,
  failed: string,
): ConnectedPartner {
  const { network } = context;
  const partner = connectToPartnerOf(context, local.server, relationship, failed);
  if (network.choices.replicationChecksClock) assertClocksAgree(context, local.server, partner.server, failed);
  if (partner.relationship === undefined) {
    throw dhcpError(20115, messages.replicateFailover(relationship.name, partner.host));
  }
  return partner;
}

/** One way, from the addressed server: configuration is overwritten; state and leases are not part of it. */
function copyScope(context: ProviderContext, local: ConnectedServer, partner: ConnectedServer, scopeId: string): void {
  const source = local.server.scopes.get(scopeId);
  if (source === undefined) return;
  assertReachable(context, local.server, partner);
  const target = partner.server.scopes.get(scopeId);
  const configuration = copyConfiguration(source.configuration);
  if (target === undefined) {
    partner.server.scopes.set(scopeId, { configuration, state: source.state, leases: new ClientMap() });
  } else {
    target.configuration = configuration;
  }
  context.network.emit({ type: 'scope-replicated', server: partner.server.name, scopeId });
  context.onStep?.('scope-replicated');
}
