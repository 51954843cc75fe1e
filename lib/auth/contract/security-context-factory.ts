import type { SecurityContext } from './security-context.js';

/** The server that a new connection is about to be opened to. */
export interface SecurityTarget {
  /** The name that the server is authenticated under, not the address that it was reached at. */
  readonly host: string;
  readonly port: number;
  /** The connection runs over TLS. */
  readonly secure: boolean;
}

/**
 * Makes a fresh initiator for one connection. It is asked before the connection is opened,
 * so that a context which cannot give what the connection needs is refused before a byte leaves.
 */
export type SecurityContextFactory = (target: SecurityTarget) => Promise<SecurityContext> | SecurityContext;
