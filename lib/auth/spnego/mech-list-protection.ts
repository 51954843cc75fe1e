import type { CimletError } from '../../base/errors.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';

/**
 * The MICs that keep anyone on the way from changing the list of mechanisms (RFC 4178 section 5), as either side sees them. They are there when
 * the preferred mechanism was not taken at once or the mechanism insists, and the peer's may come unasked; one each way, or none.
 */
export class MechListProtection {
  readonly #refused: (why: string) => CimletError;
  #required = false;
  #sent = false;
  #received = false;

  /** `refused` makes the error that tells what the peer did wrong. */
  constructor(refused: (why: string) => CimletError) {
    this.#refused = refused;
  }

  /** Ours has gone. */
  get sent(): boolean {
    return this.#sent;
  }

  /** Nothing that is required is outstanding from the peer. */
  get holds(): boolean {
    return this.#received || !this.#required;
  }

  require(): void {
    this.#required = true;
  }

  /** To be called with each token of the peer, after the mechanism's step; `mic` is undefined when the token has none. */
  async check(mechanism: GssMechanism, mechTypes: Uint8Array, mic: Uint8Array | undefined): Promise<void> {
    if (mechanism.complete && mechanism.requiresMechListMic) this.#required = true;
    if (mic === undefined) return;
    if (!mechanism.complete || this.#received) throw this.#refused('its mechListMIC comes at a wrong time');
    await mechanism.verifyMechList(mechTypes, mic);
    this.#received = true;
  }

  /** Ours, the first time that there are keys and a reason to send it. */
  async signIfDue(mechanism: GssMechanism, mechTypes: Uint8Array): Promise<Uint8Array | undefined> {
    if (!mechanism.complete || this.#sent || !(this.#required || this.#received)) return undefined;
    this.#sent = true;
    return mechanism.signMechList(mechTypes);
  }
}
