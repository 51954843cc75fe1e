import type { CimletError } from '../../base/errors.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import { gssProtection, type MessageProtection, requireProtection } from '../contract/message-protection.js';
import type { SecurityCapabilities } from '../contract/security-context.js';
import { TokenExchange } from '../contract/token-exchange.js';
import { MechListProtection } from './mech-list-protection.js';

/** What both sides of SPNEGO have in common: mechanisms of which one is chosen, and that one does the rest. */
export abstract class NegotiateExchange<Mechanism extends GssMechanism> extends TokenExchange {
  readonly scheme = 'Negotiate';
  /** Mechanisms that may still be chosen, the preferred one first; then the chosen one alone. */
  protected candidates: readonly Mechanism[] = [];
  protected readonly mechListProtection: MechListProtection;
  readonly #refused: (why: string) => CimletError;
  #chosen: Mechanism | undefined;
  readonly #protection = gssProtection('SPNEGO', {
    wrap: async (message) => this.#established().wrap(message),
    unwrap: async (header, data) => this.#established().unwrap(header, data),
  });

  /** `refused` makes the error that tells what the peer did wrong. */
  constructor(refused: (why: string) => CimletError) {
    super('Negotiate');
    this.#refused = refused;
    this.mechListProtection = new MechListProtection(refused);
  }

  get mechanism(): string {
    return this.candidates[0]?.mechanism ?? 'Negotiate';
  }

  /** What can be relied on while any of the candidates may become the one in use. */
  get capabilities(): SecurityCapabilities {
    const all = this.candidates.map(({ capabilities }) => capabilities);
    return {
      bindsChannel: all.length > 0 && all.every(({ bindsChannel }) => bindsChannel),
      delegates: all.length > 0 && all.every(({ delegates }) => delegates),
      connectionBound: true,
    };
  }

  get protection(): MessageProtection | undefined {
    const all = this.candidates;
    return all.length > 0 && all.every(({ protection }) => protection !== undefined) ? this.#protection : undefined;
  }

  protected get chosen(): Mechanism | undefined {
    return this.#chosen;
  }

  /** Lets go of all others. */
  protected choose(chosen: Mechanism): void {
    for (const other of this.candidates) if (other !== chosen) other.dispose();
    this.#chosen = chosen;
    this.candidates = [chosen];
  }

  protected override release(): void {
    for (const mechanism of this.candidates) mechanism.dispose();
  }

  #established(): MessageProtection {
    this.refuseUnlessComplete();
    if (this.#chosen === undefined) throw this.#refused('it chose no mechanism');
    return requireProtection(this.#chosen);
  }
}
