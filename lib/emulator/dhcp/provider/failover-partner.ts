import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { isReintegrating } from '../failover/transitions.js';
import { type FailoverRelationship, partnerAddress, partnerName } from '../relationship.js';
import { type ConnectedServer, connectPartner } from './connect.js';
import type { ProviderContext } from './provider-context.js';

/** The partner's server and its copy of a relationship; the copy is undefined when the partner no longer holds it. */
export interface ConnectedPartner extends ConnectedServer {
  readonly relationship: FailoverRelationship | undefined;
}

/** Connects to the partner by the name in the local copy; an unresolvable name falls back on the address in the record. */
export function connectToPartnerOf(
  context: ProviderContext,
  local: DhcpServer,
  relationship: FailoverRelationship,
  unsupported: string,
): ConnectedPartner {
  const name = partnerName(relationship);
  const known = context.network.resolve(name) !== undefined ? name : partnerAddress(relationship);
  const partner = connectPartner(context, local, known, unsupported);
  return { ...partner, relationship: context.engine.partnerCopy(local, relationship) };
}

/** The relationship of that name, or 20115; a server without any relationship says `whenNone` instead. */
export function requireRelationship(
  context: ProviderContext,
  server: DhcpServer,
  name: string,
  message: string,
  whenNone = 20115,
): FailoverRelationship {
  const relationship = server.relationships.get(context.network.nameKey(name));
  if (relationship !== undefined) return relationship;
  throw dhcpError(server.relationships.size === 0 ? whenNone : 20115, message);
}

/** 20133 while one of the two ends is re-integrating. */
export function assertNotReintegrating(
  context: ProviderContext,
  server: DhcpServer,
  relationship: FailoverRelationship,
  message: string,
): void {
  const copy = context.engine.isConnected(relationship) ? context.engine.partnerCopy(server, relationship) : undefined;
  if (isReintegrating(relationship.state) || (copy !== undefined && isReintegrating(copy.state))) {
    throw dhcpError(20133, message);
  }
}
