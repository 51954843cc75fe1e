import type { Secret } from '../../base/secret.js';
import type { WrappedMessage } from '../contract/message-protection.js';
import type { ChannelBindings } from '../contract/security-context.js';

/** Whose ticket is used. Absent fields: the logon of the process (its default ticket cache, or the Windows logon). */
export interface KerberosIdentity {
  /** `user@REALM`, or `user` in the default realm. */
  readonly principal?: string;
  readonly password?: Secret;
  /** Path of a keytab that holds the principal's key. */
  readonly keytab?: string;
  /** Ticket cache, as `KRB5CCNAME` spells it (`FILE:/tmp/krb5cc_0`, `KEYRING:…`). */
  readonly ticketCache?: string;
}

export interface GssInitiatorOptions {
  readonly identity: KerberosIdentity;
  /** Service principal as a host-based name, `HTTP@dhcpserver.contoso.com`. The host is meant as it stands: no DNS may be asked for another name. */
  readonly service: string;
  /** Ask for a forwardable ticket to be handed to the server, if the realm trusts it for delegation (ok-as-delegate). */
  readonly delegate: boolean;
  /** With `delegate`: whatever the realm says of the server. Default false. */
  readonly delegateAlways?: boolean;
  readonly channelBindings: ChannelBindings | undefined;
}

export interface GssAcceptorOptions {
  /** Path of the service's keytab; absent: the system's. */
  readonly keytab?: string;
  readonly channelBindings: ChannelBindings | undefined;
}

/** One Kerberos exchange of the system library. Methods are called one after another. */
export interface GssSession {
  readonly complete: boolean;
  /** The peer's principal, once complete. */
  readonly peer: string | undefined;
  /** Initiator: credentials were delegated. Acceptor: delegated credentials arrived. */
  readonly delegated: boolean;
  /** Acceptor: the initiator sent channel bindings, and they are the ones expected (MIT 1.19's GSS_C_CHANNEL_BOUND_FLAG). Absent: not known. */
  readonly channelBound?: boolean;
  step(token: Uint8Array | undefined): Promise<Uint8Array | undefined>;
  /** Seals in WinRM's form (MS-WSMV 2.2.9.1.2.2.2): RFC 4121's token as SSPI lays it out, `data` as long as the message. */
  wrap(message: Uint8Array): WrappedMessage;
  /** Unseals what the peer's `wrap` made. Throws `ERR_MESSAGE_INTEGRITY`. */
  unwrap(header: Uint8Array, data: Uint8Array): Uint8Array;
  getMic(message: Uint8Array): Uint8Array;
  /** Throws `ERR_MESSAGE_INTEGRITY`. */
  verifyMic(message: Uint8Array, mic: Uint8Array): void;
  dispose(): void;
}

/**
 * Where Kerberos comes from: the system's GSSAPI or SSPI, or an implementation that the application brings.
 * Failures are `ERR_AUTHENTICATION` with the remedy in `hint`.
 */
export interface GssProvider {
  /** For diagnostics: `GSSAPI`, `SSPI`. */
  readonly name: string;
  /** Refuses at once when there is no usable ticket or key, so that Negotiate can decide before a token leaves. */
  initiate(options: GssInitiatorOptions): Promise<GssSession>;
  accept(options: GssAcceptorOptions): Promise<GssSession>;
}
