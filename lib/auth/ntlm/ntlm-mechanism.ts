import { CimletError } from '../../base/errors.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import { NTLM_OID } from '../contract/mechanism-oids.js';
import { gssProtection, type MessageProtection } from '../contract/message-protection.js';
import type { SecurityCapabilities } from '../contract/security-context.js';
import { TokenExchange } from '../contract/token-exchange.js';
import type { NtlmSessionSecurity } from './session-security.js';

/** What the initiator and the acceptor have in common: everything after the exchange. */
export abstract class NtlmMechanism extends TokenExchange implements GssMechanism {
  readonly oids: readonly string[] = [NTLM_OID];
  readonly scheme = 'Negotiate';
  readonly mechanism = 'NTLM';
  readonly capabilities: SecurityCapabilities = { bindsChannel: true, delegates: false, connectionBound: true };
  abstract readonly requiresMechListMic: boolean;
  #session: NtlmSessionSecurity | undefined;
  readonly #protection = gssProtection('SPNEGO', {
    wrap: async (message) => this.#established().seal(message),
    unwrap: async (header, data) => this.#established().unseal(header, data),
  });

  constructor() {
    super('NTLM');
  }

  /** Absent after an exchange that negotiated neither signing nor sealing. */
  get protection(): MessageProtection | undefined {
    return this.complete && this.#session === undefined ? undefined : this.#protection;
  }

  async signMechList(mechTypes: Uint8Array): Promise<Uint8Array> {
    return this.#established().signAndRestore(mechTypes);
  }

  async verifyMechList(mechTypes: Uint8Array, mic: Uint8Array): Promise<void> {
    try {
      this.#established().verifyAndRestore(mechTypes, mic);
    } catch (cause) {
      throw new CimletError('ERR_AUTHENTICATION', "The peer's protection of the list of mechanisms is wrong.", {
        hint: 'Either the credential differs at the two ends, or somebody changed the list on the way.',
        cause,
      });
    }
  }

  /** Ends the exchange; `session` is undefined when neither signing nor sealing was negotiated. */
  protected establish(session: NtlmSessionSecurity | undefined): void {
    try {
      this.finish();
    } catch (error) {
      session?.dispose();
      throw error;
    }
    this.releaseExchange();
    this.#session = session;
  }

  /** Lets go of what only the exchange needed. */
  protected abstract releaseExchange(): void;

  protected override release(): void {
    this.#session?.dispose();
    this.releaseExchange();
  }

  #established(): NtlmSessionSecurity {
    this.refuseUnlessComplete();
    if (this.#session === undefined) {
      throw new CimletError('ERR_INSECURE_CHANNEL', 'The NTLM exchange negotiated no message protection.', {
        hint: 'Use https, or require encryption on both ends.',
      });
    }
    return this.#session;
  }
}
