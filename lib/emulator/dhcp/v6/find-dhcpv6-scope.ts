import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import type { ServerCall } from '../provider/provider-method.js';
import type { AddressRange } from '../scope.js';
import type { Dhcpv6Scope } from '../state/dhcpv6-configuration.js';
import { formatIpv6, parseIpv6, prefixOf } from './ipv6-address.js';

/** An IPv6 address as a number; 87 for text that is none. */
export function addressOf(text: string, message: string): bigint {
  const address = parseIpv6(text);
  if (address === undefined) throw dhcpError(87, message);
  return address;
}

/** The scope whose /64 has an address. */
export function scopeOfAddress(server: DhcpServer, address: bigint): Dhcpv6Scope | undefined {
  const prefix = formatIpv6(prefixOf(address));
  return server.configuration.v6.scopes.find((scope) => scope.prefix === prefix);
}

/** The scope of a prefix. An absent one is 20005 or, for what is in a scope, 2 (MS-DHCPM 3.2.4.58 to 3.2.4.67). */
export function scopeOf(server: DhcpServer, prefix: string, message: string, absentCode: 2 | 20005): Dhcpv6Scope {
  const scope = scopeOfAddress(server, addressOf(prefix, message));
  if (scope === undefined) throw dhcpError(absentCode, message);
  return scope;
}

/** The scope that a call's Prefix names. */
export function calledScope({ server, parameters }: ServerCall, message: string, absentCode: 2 | 20005): Dhcpv6Scope {
  return scopeOf(server, parameters.text('Prefix') ?? '', message, absentCode);
}

/** Puts a changed scope in the place of the one with its prefix. */
export function storeScope(server: DhcpServer, scope: Dhcpv6Scope): void {
  const { v6 } = server.configuration;
  v6.scopes = v6.scopes.map((one) => (one.prefix === scope.prefix ? scope : one));
}

export function scopesInOrder(server: DhcpServer): readonly Dhcpv6Scope[] {
  const numbered = server.configuration.v6.scopes.map((scope) => [parseIpv6(scope.prefix) ?? 0n, scope] as const);
  return numbered.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, scope]) => scope);
}

export function boundsOf(range: AddressRange): readonly [bigint, bigint] {
  return [parseIpv6(range.startRange) ?? 0n, parseIpv6(range.endRange) ?? 0n];
}
