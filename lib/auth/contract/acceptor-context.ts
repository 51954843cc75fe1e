import type { Credential } from './credential.js';
import type { SecurityContext } from './security-context.js';

/** Who an acceptor found at the other end. */
export interface CallerIdentity {
  readonly userName: string;
  /** Domain or realm as the caller gave it; empty for an account of the server itself. */
  readonly domain: string;
}

/** The server's side of a security exchange. */
export interface AcceptorContext extends SecurityContext {
  /** Undefined until the context is complete. */
  readonly caller: CallerIdentity | undefined;
  /** The service principal name that the caller says it meant to reach; undefined when it said none. */
  readonly targetName: string | undefined;
  /** What the caller handed over so that the server can act as it elsewhere; undefined without delegation by password (CredSSP). */
  readonly delegatedCredential?: Credential | undefined;
}
