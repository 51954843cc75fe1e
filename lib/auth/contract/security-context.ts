import type { MessageProtection } from './message-protection.js';

/** The value after `Authorization:` or `WWW-Authenticate:` that names who talks. */
export type HttpAuthScheme =
  | 'Basic'
  | 'Negotiate'
  | 'Kerberos'
  | 'CredSSP'
  | 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

/** What a context can do once complete; declared before a byte leaves, so that a connection can refuse it. */
export interface SecurityCapabilities {
  /** The context can be tied to the TLS channel it runs in (RFC 5929). */
  readonly bindsChannel: boolean;
  /** The server can act as the caller towards other servers (the second hop). */
  readonly delegates: boolean;
  /** The context belongs to one TCP connection: a handshake first, then requests in strict order. False: a header on every request. */
  readonly connectionBound: boolean;
  /** TLS proves who calls, so that the connection needs a client certificate. Default false. */
  readonly needsClientCertificate?: boolean;
}

/** `tls-server-end-point` application data of RFC 5929, ready for a gss_channel_bindings_struct: the prefix and the certificate's hash. */
export type ChannelBindings = Uint8Array;

/**
 * One side of one security exchange, without any I/O of its own (sans-IO). The same interface serves the initiator and the acceptor.
 * Every failure is a `CimletError`: `ERR_AUTHENTICATION` from `step`, and what {@link MessageProtection} says.
 */
export interface SecurityContext {
  readonly scheme: HttpAuthScheme;
  /** The mechanism in use, or that will be tried first: `Basic`, `NTLM`, `Kerberos`, `CredSSP`, `Certificate`. */
  readonly mechanism: string;
  readonly capabilities: SecurityCapabilities;
  /**
   * How messages are sealed; absent where the context only names the caller. Before the end of an exchange: what every mechanism that may
   * still be chosen can do.
   */
  readonly protection?: MessageProtection | undefined;
  /** What to look at when a server refuses the credential. Default: the advice for user name and password. */
  readonly refusalHint?: string;
  /** No further token is expected from the peer. */
  readonly complete: boolean;
  /**
   * Takes the peer's token (undefined for the initiator's first step) and gives the token to send, or undefined when there is none.
   * `channelBindings` must be the same in every step.
   */
  step(token: Uint8Array | undefined, channelBindings?: ChannelBindings): Promise<Uint8Array | undefined>;
  /** Wipes keys. Idempotent. */
  dispose(): void;
}
