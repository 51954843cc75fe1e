import type { Clock } from '../../base/clock.js';
import { publish } from '../../base/diagnostics.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { wording, wordingOf } from '../../base/wording.js';
import type { Credential } from '../contract/credential.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import type { ChannelBindings, SecurityContext } from '../contract/security-context.js';
import { ntlmInitiator } from '../ntlm/initiator.js';
import {
  encodeMechTypes,
  encodeNegTokenInit,
  encodeNegTokenResp,
  type NegTokenResp,
  parseNegToken,
} from './neg-token.js';
import { NegotiateExchange } from './negotiate-exchange.js';

export interface NegotiateInitiatorOptions {
  /** The server's name: the target of Kerberos and NTLM, and for diagnostics. */
  readonly host: string;
  /** Needed for NTLM. */
  readonly credential?: Credential;
  /** Makes a Kerberos context; absent: no Kerberos. Its first step gets the ticket, and its failure leads to NTLM when that is allowed. */
  readonly kerberos?: () => GssMechanism;
  /** NTLM may be used. Default true. */
  readonly allowNtlm?: boolean;
  /** Why NTLM must not be used with this server, although it is allowed; thrown where there is nothing else. */
  readonly barredNtlm?: CimletError;
  /** Service principal name for NTLM. Default `HTTP/` and the host. */
  readonly targetName?: string;
  /** Refuse NTLM without sealing. Default true. */
  readonly requireEncryption?: boolean;
  readonly clock?: Clock;
}

/** What {@link negotiateInitiator} makes. */
export interface NegotiateInitiatorContext extends SecurityContext {
  /**
   * The chosen mechanism once it has its keys, which with NTLM is before the server's last word. For CredSSP, which sends its
   * public-key binding along with the last token (MS-CSSP 3.1.5); everybody else waits for `complete`.
   */
  readonly keyedMechanism: GssMechanism | undefined;
}

/**
 * The client's side of SPNEGO (RFC 4178, MS-SPNG): Kerberos when there is a provider that gets a ticket, else NTLM.
 * `mechanism` and the channel `cimlet:auth:mechanism` tell which. Before the server has chosen, `capabilities` are what every
 * mechanism on offer can do: to be sure of delegation, set `allowNtlm: false`.
 * @throws ERR_INVALID_ARGUMENT when the options leave no mechanism.
 */
export function negotiateInitiator(options: NegotiateInitiatorOptions): NegotiateInitiatorContext {
  return new NegotiateInitiator(options);
}

interface Declined {
  readonly mechanism: string;
  readonly error: CimletError;
}

class NegotiateInitiator extends NegotiateExchange<GssMechanism> implements NegotiateInitiatorContext {
  readonly #host: string;
  readonly #ntlmAllowed: boolean;
  readonly #barredNtlm: CimletError | undefined;
  readonly #declined: Declined[] = [];
  #encodedMechTypes: Uint8Array | undefined;

  constructor(options: NegotiateInitiatorOptions) {
    super(refused);
    this.#host = options.host;
    this.#ntlmAllowed = options.allowNtlm ?? true;
    this.#barredNtlm = options.barredNtlm;
    this.candidates = [...this.#makeKerberos(options), ...makeNtlm(options)];
    if (this.candidates.length === 0) throw this.#nothingToOffer();
  }

  get keyedMechanism(): GssMechanism | undefined {
    return this.chosen?.complete ? this.chosen : undefined;
  }

  protected override async advance(
    token: Uint8Array | undefined,
    channelBindings?: ChannelBindings,
  ): Promise<Uint8Array | undefined> {
    if (this.#encodedMechTypes === undefined) return this.#offer(token, channelBindings);
    if (token === undefined) throw refused('it answered without a token');
    const reply = parseNegToken(token);
    if (reply.type !== 'NegTokenResp') throw refused('it began a negotiation of its own');
    return this.#answer(reply, this.#encodedMechTypes, channelBindings);
  }

  /** The NegTokenInit with the first mechanism's optimistic token; `hint` is a NegTokenInit2 of a server that spoke first. */
  async #offer(hint: Uint8Array | undefined, channelBindings: ChannelBindings | undefined): Promise<Uint8Array> {
    if (hint !== undefined) {
      const hinted = parseNegToken(hint);
      if (hinted.type !== 'NegTokenInit') throw refused('it answered before it was asked');
      this.candidates = this.candidates.filter(({ oids }) => oids.some((oid) => hinted.mechTypes.includes(oid)));
    }
    for (let preferred = this.candidates[0]; preferred !== undefined; preferred = this.candidates[0]) {
      try {
        const mechToken = await preferred.step(undefined, channelBindings);
        if (mechToken === undefined) throw refused(`${preferred.mechanism} has nothing to begin with`);
        const mechTypes = this.candidates.flatMap(({ oids }) => oids);
        this.#encodedMechTypes = encodeMechTypes(mechTypes);
        return encodeNegTokenInit({ mechTypes, mechToken });
      } catch (error) {
        this.#decline(preferred.mechanism, error);
        preferred.dispose();
        this.candidates = this.candidates.slice(1);
      }
    }
    publish('cimlet:auth:mechanism', { host: this.#host, mechanism: undefined, declined: this.#declinedCodes() });
    throw this.#nothingToOffer();
  }

  async #answer(
    reply: NegTokenResp,
    mechTypes: Uint8Array,
    channelBindings: ChannelBindings | undefined,
  ): Promise<Uint8Array | undefined> {
    if (reply.negState === 'reject') throw await this.#rejection(reply, channelBindings);
    let token: Uint8Array | undefined;
    if (this.chosen === undefined) token = await this.#takeChoice(reply, channelBindings);
    else if (reply.negState === 'request-mic') throw refused('it asks for a mechListMIC too late');
    const chosen = this.chosen;
    if (chosen === undefined) throw refused('it chose no mechanism');
    if (reply.responseToken !== undefined) {
      if (token !== undefined) throw refused('it answered a mechanism that has not begun');
      token = await chosen.step(reply.responseToken, channelBindings);
    }
    await this.mechListProtection.check(chosen, mechTypes, reply.mechListMic);
    if (reply.negState === 'accept-completed') {
      if (!chosen.complete || token !== undefined) throw refused('it ends the exchange too early');
      if (!this.mechListProtection.holds) throw refused('it leaves the list of mechanisms unprotected');
      this.finish();
      return undefined;
    }
    const mechListMic = await this.mechListProtection.signIfDue(chosen, mechTypes);
    if (token === undefined && mechListMic === undefined) throw refused('it neither ends nor continues the exchange');
    return encodeNegTokenResp({
      negState: 'accept-incomplete',
      ...(token !== undefined && { responseToken: token }),
      ...(mechListMic !== undefined && { mechListMic }),
    });
  }

  /**
   * Why the server rejects: its token, when there is one, is the mechanism's own and says more (RFC 4178 4.2.2), such as a Kerberos error
   * about the clocks. Whatever the mechanism makes of it, the exchange is over.
   */
  async #rejection(reply: NegTokenResp, channelBindings: ChannelBindings | undefined): Promise<CimletError> {
    const { responseToken, supportedMech } = reply;
    const meant =
      this.chosen ??
      (supportedMech === undefined
        ? this.candidates[0]
        : this.candidates.find(({ oids }) => oids.includes(supportedMech)));
    const all = refused('it rejects every mechanism on offer, or the credential');
    // NTLM has no message for it (MS-NLMP 2.2.1).
    if (responseToken === undefined || meant === undefined || meant.complete || meant.mechanism === 'NTLM') return all;
    try {
      await meant.step(responseToken, channelBindings);
      return all;
    } catch (error) {
      return error instanceof CimletError ? error : all;
    }
  }

  /** Takes the server's choice from its first reply; gives the first token of a mechanism that has not begun yet. */
  async #takeChoice(
    reply: NegTokenResp,
    channelBindings: ChannelBindings | undefined,
  ): Promise<Uint8Array | undefined> {
    const { supportedMech } = reply;
    const preferred = this.candidates[0];
    const chosen =
      supportedMech === undefined ? preferred : this.candidates.find(({ oids }) => oids.includes(supportedMech));
    if (chosen === undefined) throw refused('it chose a mechanism that was not on offer');
    this.choose(chosen);
    if (reply.negState === 'request-mic' || chosen !== preferred) this.mechListProtection.require();
    if (chosen !== preferred && preferred !== undefined) {
      this.#decline(preferred.mechanism, refused(`it does not take ${preferred.mechanism}`));
    }
    publish('cimlet:auth:mechanism', {
      host: this.#host,
      mechanism: chosen.mechanism,
      declined: this.#declinedCodes(),
    });
    return chosen === preferred ? undefined : chosen.step(undefined, channelBindings);
  }

  #makeKerberos(options: NegotiateInitiatorOptions): GssMechanism[] {
    try {
      return options.kerberos === undefined ? [] : [options.kerberos()];
    } catch (error) {
      this.#decline('Kerberos', error);
      return [];
    }
  }

  /** Notes why a mechanism cannot be used; what is not about the mechanism goes to the caller. */
  #decline(mechanism: string, error: unknown): void {
    if (!(error instanceof CimletError) || ENDS_EVERYTHING.has(error.code)) throw error;
    this.#declined.push({ mechanism, error });
  }

  #declinedCodes(): { mechanism: string; code: string }[] {
    return this.#declined.map(({ mechanism, error }) => ({ mechanism, code: error.code }));
  }

  #nothingToOffer(): CimletError {
    const [first] = this.#declined;
    const barred = this.#barredNtlm;
    if (barred !== undefined) {
      const { message, hint } = wordingOf(barred);
      const reason = first === undefined ? '' : wordingOf(first.error).message;
      return new CimletError(barred.code, wording`${message} ${reason}`, { hint, cause: first?.error });
    }
    if (first === undefined) {
      return invalidArgument(
        'authentication',
        'Negotiate',
        this.#ntlmAllowed ? 'Give a credential, or a Kerberos provider.' : 'Give a Kerberos provider, or allow NTLM.',
      );
    }
    const ntlm = this.#ntlmAllowed ? 'there is no credential for NTLM' : 'NTLM is not allowed';
    const { message, hint } = wordingOf(first.error);
    return new CimletError('ERR_AUTHENTICATION', wording`${first.mechanism} cannot be used, and ${ntlm}. ${message}`, {
      hint,
      cause: first.error,
    });
  }
}

const ENDS_EVERYTHING: ReadonlySet<string> = new Set([
  'ERR_ABORTED',
  'ERR_TIMEOUT',
  'ERR_INVALID_ARGUMENT',
  'ERR_SESSION_CLOSED',
]);

function makeNtlm(options: NegotiateInitiatorOptions): GssMechanism[] {
  const { credential, host, targetName = `HTTP/${host}`, requireEncryption, clock } = options;
  if (credential === undefined || options.allowNtlm === false || options.barredNtlm !== undefined) return [];
  return [
    ntlmInitiator({
      credential,
      targetName,
      ...(requireEncryption !== undefined && { requireEncryption }),
      ...(clock !== undefined && { clock }),
    }),
  ];
}

function refused(why: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The server's Negotiate answer is refused: ${why}.`);
}
