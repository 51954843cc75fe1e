import { dhcpError } from '../dhcp-error.js';
import { connectAddressed } from './connect.js';
import { type FailoverView, failoverView } from './failover-view.js';
import { messages } from './messages.js';
import { forEachItem, type ProviderContext, type ProviderResult } from './provider-context.js';

/** PS_DhcpServerv4Failover.GetByName. No name: all relationships, and nothing when there are none. */
export function getFailoverByName(
  context: ProviderContext,
  input: { readonly computerName?: string | undefined; readonly name?: readonly string[] | undefined },
): ProviderResult<FailoverView> {
  const { server, host } = connectAddressed(context, input.computerName, readAccess(context));
  if (input.name === undefined || input.name.length === 0) {
    return { output: [...server.relationships.values()].map(failoverView), errors: [] };
  }
  return forEachItem(input.name, (name) => {
    const relationship = server.relationships.get(context.network.nameKey(name));
    if (relationship === undefined) throw dhcpError(20115, messages.getFailover(name, host));
    return [failoverView(relationship)];
  });
}

/** PS_DhcpServerv4Failover.GetByScopeId. A scope that does not exist is, like one in no relationship, 20116. */
export function getFailoverByScopeId(
  context: ProviderContext,
  input: { readonly computerName?: string | undefined; readonly scopeId: readonly string[] },
): ProviderResult<FailoverView> {
  const { server, host } = connectAddressed(context, input.computerName, readAccess(context));
  return forEachItem(input.scopeId, (scopeId) => {
    const relationship = server.relationshipOfScope(scopeId);
    if (relationship === undefined) throw dhcpError(20116, messages.getFailoverOfScope(scopeId, host));
    return [failoverView(relationship)];
  });
}

function readAccess(context: ProviderContext): 'reader' | 'administrator' {
  return context.network.choices.readersMayGetFailover ? 'reader' : 'administrator';
}
