import { CimletError } from '../../base/errors.js';

/** A sealed message in WinRM's form: MS-WSMV 2.2.9.1.2.2.2. */
export interface WrappedMessage {
  /** Signature or token header; its length precedes it on the wire as a 32-bit little-endian number. */
  readonly header: Uint8Array;
  readonly data: Uint8Array;
}

/**
 * How a reader finds the end of a message's sealed bytes, whose length the wire does not tell: behind the header they are as many as the
 * message itself has (`message-length`), or header and data together are whole TLS records (`tls-records`, MS-WSMV 2.2.9.1.3).
 */
export type SealedFraming = 'message-length' | 'tls-records';

/** How a security context seals messages, once it is complete. */
export interface MessageProtection {
  /** `protocol` of multipart/encrypted, e.g. `application/HTTP-SPNEGO-session-encrypted`. */
  readonly protocol: string;
  /** Bytes that {@link wrap} takes at most; a longer message travels in several parts. */
  readonly largestMessage: number;
  readonly framing: SealedFraming;
  /** Fails with `ERR_MESSAGE_INTEGRITY` before the context is complete, with `ERR_SESSION_CLOSED` after it was disposed of. */
  wrap(message: Uint8Array): Promise<WrappedMessage>;
  /** Opens what the peer's `wrap` made. Fails as `wrap` does, and with `ERR_MESSAGE_INTEGRITY` for anything else. */
  unwrap(header: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
}

/** The protection of GSSAPI's mechanisms: a message of any length, sealed into as many bytes and a header (MS-WSMV 2.2.9.1.1, 2.2.9.1.2). */
export function gssProtection(
  type: 'SPNEGO' | 'Kerberos',
  sealing: Pick<MessageProtection, 'wrap' | 'unwrap'>,
): MessageProtection {
  return {
    protocol: `application/HTTP-${type}-session-encrypted`,
    largestMessage: Number.POSITIVE_INFINITY,
    framing: 'message-length',
    ...sealing,
  };
}

/** @throws `ERR_INSECURE_CHANNEL` when the context cannot seal. */
export function requireProtection(context: {
  readonly mechanism: string;
  readonly protection?: MessageProtection | undefined;
}): MessageProtection {
  if (context.protection !== undefined) return context.protection;
  throw new CimletError(
    'ERR_INSECURE_CHANNEL',
    `The ${context.mechanism} logon has no keys to encrypt messages with.`,
    {
      hint: 'Use https; or an authentication that encrypts: Negotiate, Kerberos, Ntlm or CredSsp.',
    },
  );
}
