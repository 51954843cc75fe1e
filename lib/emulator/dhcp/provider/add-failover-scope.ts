import { dhcpError } from '../dhcp-error.js';
import { synchroniseLeases } from '../failover/lease-sync.js';
import { type FailoverRelationship, MAX_ADD_SCOPES } from '../relationship.js';
import type { Scope } from '../scope.js';
import { assertClocksAgree, assertReachable, type ConnectedServer, connectAddressed } from './connect.js';
import {
  assertNotReintegrating,
  type ConnectedPartner,
  connectToPartnerOf,
  requireRelationship,
} from './failover-partner.js';
import { type FailoverView, failoverView } from './failover-view.js';
import { messages } from './messages.js';
import { activateOnPartner, assertAbsentOnPartner, createOnPartner, requireScope } from './partner-scopes.js';
import { forEachItem, type ProviderContext, type ProviderResult } from './provider-context.js';
import { withUndo } from './undo.js';

export interface AddFailoverScopeInput {
  readonly computerName?: string | undefined;
  readonly name: string;
  readonly scopeId: readonly string[];
  readonly passThru?: boolean | undefined;
}

/** PS_DhcpServerv4FailoverScope.Add, with the preconditions of failover-semantics 4.5 in their order. */
export function addFailoverScope(context: ProviderContext, input: AddFailoverScopeInput): ProviderResult<FailoverView> {
  const { choices } = context.network;
  const local = connectAddressed(context, input.computerName, 'administrator');
  const failed = messages.setFailover(input.name, local.host);
  const relationship = requireRelationship(context, local.server, input.name, failed, choices.noRelationshipAtAllCode);
  const candidates = forEachItem([...new Set(input.scopeId)], (id) => [candidate(context, input.name, id, local)]);
  if (mustStop(candidates, choices.addScopePerScope)) return stopped(candidates);
  if (input.scopeId.length === 0) throw dhcpError(choices.badValueCode, failed);
  if (input.scopeId.length > MAX_ADD_SCOPES) throw dhcpError(20130, failed);
  assertNormal(relationship, failed);
  assertNotReintegrating(context, local.server, relationship, failed);
  const partner = connectToPartnerOf(context, local.server, relationship, failed);
  assertClocksAgree(context, local.server, partner.server, failed);
  if (partner.relationship === undefined) throw dhcpError(20115, messages.setFailover(input.name, partner.host));
  const addable = forEachItem(candidates.output, (scope) => {
    assertAbsentOnPartner(context, scope, partner);
    return [scope];
  });
  const errors = [...candidates.errors, ...addable.errors];
  if (mustStop(addable, choices.addScopePerScope)) return { output: [], errors };
  context.onStep?.('preconditions-met');
  join(context, relationship, addable.output, local, partner);
  return { output: input.passThru ? [failoverView(relationship)] : [], errors };
}

/** 20120 unless the relationship is in the state Normal here. */
export function assertNormal(relationship: FailoverRelationship, failed: string): void {
  if (relationship.state !== 'Normal') throw dhcpError(20120, failed);
}

function candidate(context: ProviderContext, name: string, scopeId: string, local: ConnectedServer): Scope {
  const scope = requireScope(local.server, scopeId, local.host);
  const message = messages.addScopeToFailover(scopeId, name, local.host);
  if (local.server.relationshipOfScope(scopeId) !== undefined) throw dhcpError(20113, message);
  if (scope.configuration.type !== 'Dhcp') throw dhcpError(context.network.choices.bootpScopeCode, message);
  return scope;
}

function mustStop(result: ProviderResult<Scope>, perScope: boolean): boolean {
  return result.errors.length > 0 && (!perScope || result.output.length === 0);
}

function stopped(result: ProviderResult<Scope>): ProviderResult<FailoverView> {
  return { output: [], errors: result.errors };
}

function join(
  context: ProviderContext,
  relationship: FailoverRelationship,
  scopes: readonly Scope[],
  local: ConnectedServer,
  partner: ConnectedPartner,
): void {
  const { network } = context;
  const ids = scopes.map((scope) => scope.configuration.scopeId);
  withUndo(network.choices.rollBackFailedAdd, (undo) => {
    createOnPartner(context, local.server, scopes, partner, undo);
    for (const [copy, step] of [
      [partner.relationship, 'relationship-created-on-partner'],
      [relationship, 'relationship-created'],
    ] as const) {
      if (copy === undefined) continue;
      assertReachable(context, local.server, partner);
      const before = copy.scopes;
      copy.scopes = [...before, ...ids];
      undo(() => {
        copy.scopes = before;
      });
      context.onStep?.(step);
    }
    activateOnPartner(context, local.server, scopes, partner);
    if (!network.reachable(local.server, partner.server) || !partner.server.serving) {
      throw dhcpError(20127, messages.setFailover(relationship.name, local.host));
    }
  });
  for (const { server } of [partner, local]) {
    network.emit({ type: 'relationship-changed', server: server.name, relationship: relationship.name });
  }
  synchroniseLeases(local.server, partner.server, ids);
}
