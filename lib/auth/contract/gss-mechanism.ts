import type { SecurityContext } from './security-context.js';

/**
 * A security context that SPNEGO can negotiate (RFC 4178): NTLM or Kerberos, either side.
 * SPNEGO calls `step` with the mechanism's own tokens as they stand (Kerberos' have GSSAPI's frame around them).
 */
export interface GssMechanism extends SecurityContext {
  /** Object identifiers under which the mechanism is offered or accepted, the preferred one first. */
  readonly oids: readonly string[];
  /**
   * The list of mechanisms has to be protected even when the preferred mechanism was taken at once. NTLM says so when its
   * AUTHENTICATE_MESSAGE has a MIC (MS-SPNG appendix A <8>); asked after each step.
   */
  readonly requiresMechListMic: boolean;
  /**
   * The MIC of SPNEGO's DER-encoded MechTypeList. Asked once, when the context is complete and before the first `wrap`;
   * NTLM restores its cipher state afterwards (MS-SPNG 3.2.5.1, 3.3.5.1).
   */
  signMechList(mechTypes: Uint8Array): Promise<Uint8Array>;
  /** Checks the peer's MIC of the MechTypeList. Fails with `ERR_AUTHENTICATION`. */
  verifyMechList(mechTypes: Uint8Array, mic: Uint8Array): Promise<void>;
}
