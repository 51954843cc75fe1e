import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { messages } from './messages.js';
import type { ProviderContext, ServerAccess } from './provider-context.js';

/** A DHCP server that an operation has connected to, and the text by which its messages name it. */
export interface ConnectedServer {
  readonly server: DhcpServer;
  readonly host: string;
}

/** The server that an operation is about: the session's own, or the one that its ComputerName names (a second hop, then). */
export function connectAddressed(
  context: ProviderContext,
  computerName: string | undefined,
  need: ServerAccess,
): ConnectedServer {
  const local = context.server;
  const named = computerName === undefined || isLocalName(computerName) ? local : context.network.resolve(computerName);
  const host = computerName === undefined || isLocalName(computerName) ? local.name : computerName;
  if (named !== local) return { server: secondHop(context, local, host, need, messages.getVersion(host)), host };
  if (!local.serving) throw dhcpError(context.network.choices.serviceStoppedCode, messages.getVersion(host));
  checkAccess(context, local, host, need);
  return { server: local, host };
}

/**
 * The partner as `from` reaches it (conditions 9 to 12 of Add): name, network, service, failover support, rights of the caller there.
 * `unsupported` is the message for a partner without failover.
 */
export function connectPartner(
  context: ProviderContext,
  from: DhcpServer,
  partner: string,
  unsupported: string,
): ConnectedServer {
  return { server: secondHop(context, from, partner, 'administrator', unsupported), host: partner };
}

function secondHop(
  context: ProviderContext,
  from: DhcpServer,
  host: string,
  need: ServerAccess,
  unsupported: string,
): DhcpServer {
  const { choices } = context.network;
  const server = context.network.resolve(host);
  if (server === undefined) throw dhcpError(choices.nameNotResolvedCode, messages.getVersion(host));
  if (server === from) return server;
  assertReachable(context, from, { server, host });
  if (!server.supportsFailover) throw dhcpError(20118, unsupported);
  // The double hop: without delegation `from` has nothing to show of the caller.
  if (!context.caller.delegated) throw dhcpError(choices.noRightsCode, messages.getVersion(host));
  checkAccess(context, server, host, need);
  return server;
}

/** Fails as a call to `to` would now. */
export function assertReachable(context: ProviderContext, from: DhcpServer, to: ConnectedServer): void {
  const { choices } = context.network;
  if (!context.network.reachable(from, to.server)) {
    throw dhcpError(choices.unreachableCode, messages.getVersion(to.host));
  }
  if (!to.server.serving) throw dhcpError(choices.serviceStoppedCode, messages.getVersion(to.host));
}

/** Condition 14: the clocks of two servers within the permitted skew. */
export function assertClocksAgree(context: ProviderContext, a: DhcpServer, b: DhcpServer, message: string): void {
  const skewMs = Math.abs(context.network.timeOn(a) - context.network.timeOn(b));
  if (skewMs > context.network.choices.maxClockSkewSeconds * 1000) throw dhcpError(20119, message);
}

function checkAccess(context: ProviderContext, server: DhcpServer, host: string, need: ServerAccess): void {
  const has = context.caller.accessTo(server);
  if (has === 'administrator' || (has === 'reader' && need === 'reader')) return;
  throw dhcpError(context.network.choices.noRightsCode, messages.getVersion(host));
}

function isLocalName(name: string): boolean {
  return name === '' || name === '.' || name.toLowerCase() === 'localhost';
}
