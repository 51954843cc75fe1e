/** The value after `Authorization:` or `WWW-Authenticate:` that names who talks. */
export type HttpAuthScheme =
  | 'Basic'
  | 'Negotiate'
  | 'Kerberos'
  | 'CredSSP'
  | 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

/** What a context can do once complete; declared before a byte leaves, so that a connection can refuse it. */
export interface SecurityCapabilities {
  /** Messages can be sealed by {@link SecurityContext.wrap}. */
  readonly encrypts: boolean;
  /** The context can be tied to the TLS channel it runs in (RFC 5929). */
  readonly bindsChannel: boolean;
  /** The server can act as the caller towards other servers (the second hop). */
  readonly delegates: boolean;
  /** The context belongs to one TCP connection: a handshake first, then requests in strict order. False: a header on every request. */
  readonly connectionBound: boolean;
}

/** A sealed message in WinRM's form: MS-WSMV 2.2.9.1.2.2.2. */
export interface WrappedMessage {
  /** Signature or token header; its length precedes it on the wire as a 32-bit little-endian number. */
  readonly header: Uint8Array;
  readonly data: Uint8Array;
}

/** `tls-server-end-point` application data of RFC 5929, ready for a gss_channel_bindings_struct: the prefix and the certificate's hash. */
export type ChannelBindings = Uint8Array;

/**
 * One side of one security exchange, without any I/O of its own (sans-IO). The same interface serves the initiator and the acceptor.
 * Every failure is a `CimletError`: `ERR_AUTHENTICATION` from `step`, `ERR_MESSAGE_INTEGRITY` from `unwrap`.
 */
export interface SecurityContext {
  readonly scheme: HttpAuthScheme;
  /** The mechanism in use, or that will be tried first: `Basic`, `NTLM`, `Kerberos`, `CredSSP`, `Certificate`. */
  readonly mechanism: string;
  readonly capabilities: SecurityCapabilities;
  /** `protocol` of multipart/encrypted, e.g. `application/HTTP-SPNEGO-session-encrypted`; undefined when the context cannot encrypt. */
  readonly encryptionProtocol: string | undefined;
  /** No further token is expected from the peer. */
  readonly complete: boolean;
  /**
   * Takes the peer's token (undefined for the initiator's first step) and gives the token to send, or undefined when there is none.
   * `channelBindings` must be the same in every step.
   */
  step(token: Uint8Array | undefined, channelBindings?: ChannelBindings): Promise<Uint8Array | undefined>;
  wrap(message: Uint8Array): Promise<WrappedMessage>;
  unwrap(header: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** Wipes keys. Idempotent. */
  dispose(): void;
}
