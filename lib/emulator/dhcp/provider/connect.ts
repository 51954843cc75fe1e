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
  const host = computerName === undefined || isLocalName(computerName) ? context.network.ownName(local) : computerName;
  const failed = ownMessage(context, host);
  if (named !== local) return { server: secondHop(context, local, host, need, { failed, unsupported: failed }), host };
  if (!local.serving) throw dhcpError(context.network.choices.serviceStoppedCode, failed);
  checkAccess(context, local, need, failed);
  return { server: local, host };
}

/** What is said when the addressed server does not serve the caller: the operation's own message, as recorded, or that of the version. */
function ownMessage(context: ProviderContext, host: string): string {
  const own = context.network.choices.addressedFailure === 'operation' ? context.failedOperation?.(host) : undefined;
  return own ?? messages.getVersion(host);
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
  const texts = { failed: messages.getVersion(partner), unsupported };
  return { server: secondHop(context, from, partner, 'administrator', texts), host: partner };
}

function secondHop(
  context: ProviderContext,
  from: DhcpServer,
  host: string,
  need: ServerAccess,
  { failed, unsupported }: { readonly failed: string; readonly unsupported: string },
): DhcpServer {
  const { choices } = context.network;
  const server = context.network.resolve(host);
  if (server === undefined) throw dhcpError(choices.nameNotResolvedCode, failed);
  if (server === from) return server;
  assertServes(context, from, server, failed);
  if (!server.supportsFailover) throw dhcpError(20118, unsupported);
  // The double hop: without delegation `from` has nothing to show of the caller.
  if (!context.caller.delegated) throw dhcpError(choices.noRightsCode, messages.getVersion(host));
  checkAccess(context, server, need, failed);
  return server;
}

/** Fails as a call to the partner `to` would now. */
export function assertReachable(context: ProviderContext, from: DhcpServer, to: ConnectedServer): void {
  assertServes(context, from, to.server, messages.getVersion(to.host));
}

function assertServes({ network }: ProviderContext, from: DhcpServer, to: DhcpServer, failed: string): void {
  if (!network.reachable(from, to)) throw dhcpError(network.choices.unreachableCode, failed);
  if (!to.serving) throw dhcpError(network.choices.serviceStoppedCode, failed);
}

/** Condition 14: the clocks of two servers within the permitted skew. */
export function assertClocksAgree(context: ProviderContext, a: DhcpServer, b: DhcpServer, message: string): void {
  const skewMs = Math.abs(context.network.timeOn(a) - context.network.timeOn(b));
  if (skewMs > context.network.choices.maxClockSkewSeconds * 1000) throw dhcpError(20119, message);
}

function checkAccess(context: ProviderContext, server: DhcpServer, need: ServerAccess, failed: string): void {
  const has = context.caller.accessTo(server);
  const mayRead = has === 'reader' && need === 'reader' && context.network.choices.readersMayRead;
  if (has === 'administrator' || mayRead) return;
  throw dhcpError(context.network.choices.noRightsCode, failed);
}

function isLocalName(name: string): boolean {
  return name === '' || name === '.' || name.toLowerCase() === 'localhost';
}
