import { parseIpv4 } from '../../../base/network/ip-address.js';
import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import type { AddressRange, Reservation, Scope } from '../scope.js';
import { networkOf } from '../subnet.js';

/** An address as a number; `code` for text that is none. */
export function addressOf(text: string, message: string, code = 87): number {
  const address = parseIpv4(text);
  if (address === undefined) throw dhcpError(code, message);
  return address;
}

/** The first and the last address of a range. */
export function boundsOf(range: AddressRange): readonly [number, number] {
  return [parseIpv4(range.startRange) ?? 0, parseIpv4(range.endRange) ?? 0];
}

export function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  const [aStart, aEnd] = boundsOf(a);
  const [bStart, bEnd] = boundsOf(b);
  return aStart <= bEnd && bStart <= aEnd;
}

/** The scope whose subnet has an address. */
export function scopeOfAddress(server: DhcpServer, address: number): Scope | undefined {
  for (const scope of server.scopes.values()) {
    const { scopeId, subnetMask } = scope.configuration;
    if (networkOf(address, parseIpv4(subnetMask) ?? 0) === parseIpv4(scopeId)) return scope;
  }
  return undefined;
}

/** The scope that a ScopeId names: its subnet address, or any other address of the subnet; else 20005. */
export function scopeNamed(server: DhcpServer, scopeId: string, message: string): Scope {
  const address = parseIpv4(scopeId);
  const scope = server.scopes.get(scopeId) ?? (address === undefined ? undefined : scopeOfAddress(server, address));
  if (scope === undefined) throw dhcpError(20005, message);
  return scope;
}

/** The scope with exactly this subnet address; else 20005. */
export function scopeWithId(server: DhcpServer, scopeId: string, message: string): Scope {
  const scope = server.scopes.get(scopeId);
  if (scope === undefined) throw dhcpError(20005, message);
  return scope;
}

/** All scopes, ascending by address. */
export function scopesInOrder(server: DhcpServer): Scope[] {
  return [...server.scopes.values()].sort(
    (a, b) => (parseIpv4(a.configuration.scopeId) ?? 0) - (parseIpv4(b.configuration.scopeId) ?? 0),
  );
}

export function reservationOf(scope: Scope, ipAddress: string): Reservation | undefined {
  return scope.configuration.reservations.find((reservation) => reservation.ipAddress === ipAddress);
}
