import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { messages } from '../provider/messages.js';
import type { Scope, ScopePolicy } from '../scope.js';
import { scopeWithId } from '../scopes/find-scope.js';

/** The policies of a server or of a scope, as one list that can be replaced. */
export interface PolicyList {
  /** Undefined: the server's. */
  readonly scope: Scope | undefined;
  /** What the class shows: `0.0.0.0` for the server. */
  readonly scopeId: string;
  all(): readonly ScopePolicy[];
  replace(policies: readonly ScopePolicy[]): void;
}

/** The list that a ScopeId, or none, selects; 20005 for an absent scope. */
export function policyList(server: DhcpServer, scopeId: string | undefined, host: string): PolicyList {
  if (scopeId === undefined || scopeId === '0.0.0.0' || scopeId === '') {
    const { configuration } = server;
    return {
      scope: undefined,
      scopeId: '0.0.0.0',
      all: () => configuration.policies,
      replace: (policies) => {
        configuration.policies = policies;
      },
    };
  }
  const scope = scopeWithId(server, scopeId, messages.getScope(scopeId, host));
  return {
    scope,
    scopeId: scope.configuration.scopeId,
    all: () => scope.configuration.policies,
    replace: (policies) => {
      scope.configuration.policies = [...policies];
    },
  };
}

export function findPolicy(list: PolicyList, name: string): ScopePolicy | undefined {
  return list.all().find((policy) => policy.name.toLowerCase() === name.toLowerCase());
}

/** A policy of the list, or 20111. */
export function requirePolicy(list: PolicyList, name: string, message: string): ScopePolicy {
  const policy = findPolicy(list, name);
  if (policy === undefined) throw dhcpError(20111, message);
  return policy;
}

export function replacePolicy(list: PolicyList, policy: ScopePolicy, next: ScopePolicy): void {
  list.replace(list.all().map((one) => (one === policy ? next : one)));
}

/** Puts a policy at its place of the order, counted from 1, and numbers all anew. */
export function placed(policies: readonly ScopePolicy[], policy: ScopePolicy, order: number): ScopePolicy[] {
  const ordered = [...policies].sort((a, b) => a.processingOrder - b.processingOrder);
  ordered.splice(order - 1, 0, policy);
  return numbered(ordered);
}

export function numbered(policies: readonly ScopePolicy[]): ScopePolicy[] {
  return policies.map((policy, index) => ({ ...policy, processingOrder: index + 1 }));
}
