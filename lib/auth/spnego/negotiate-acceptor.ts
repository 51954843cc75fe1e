import { CimletError } from '../../base/errors.js';
import type { AcceptorContext, CallerIdentity } from '../contract/acceptor-context.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import { NTLM_OID } from '../contract/mechanism-oids.js';
import type { ChannelBindings } from '../contract/security-context.js';
import { isNtlmMessage } from '../ntlm/message/message-reader.js';
import { parseInitialContextToken } from './initial-context-token.js';
import { encodeNegTokenResp, isNegToken, type NegTokenInit, type NegTokenResp, parseNegToken } from './neg-token.js';
import { NegotiateExchange } from './negotiate-exchange.js';

/** A mechanism on the server's side. */
export type AcceptorMechanism = GssMechanism & AcceptorContext;

export interface NegotiateAcceptorOptions {
  /** Fresh acceptors, at least one; the client's order decides between them. */
  readonly mechanisms: readonly AcceptorMechanism[];
}

/**
 * The server's side of SPNEGO (RFC 4178, MS-SPNG). A raw NTLM or Kerberos token instead of a SPNEGO one is taken too, as Windows does,
 * and answered in kind.
 */
export function negotiateAcceptor(options: NegotiateAcceptorOptions): AcceptorContext {
  return new NegotiateAcceptor(options);
}

class NegotiateAcceptor extends NegotiateExchange<AcceptorMechanism> implements AcceptorContext {
  /** The client's list as it encoded it; undefined for a raw token. */
  #encodedMechTypes: Uint8Array | undefined;

  constructor(options: NegotiateAcceptorOptions) {
    super(refused);
    this.candidates = options.mechanisms;
  }

  get caller(): CallerIdentity | undefined {
    return this.complete ? this.chosen?.caller : undefined;
  }

  get targetName(): string | undefined {
    return this.complete ? this.chosen?.targetName : undefined;
  }

  protected override async advance(
    token: Uint8Array | undefined,
    channelBindings?: ChannelBindings,
  ): Promise<Uint8Array | undefined> {
    if (token === undefined) throw refused('it sent no token');
    if (this.chosen === undefined) {
      if (!isNegToken(token)) return this.#beginRaw(token, channelBindings);
      const init = parseNegToken(token);
      if (init.type !== 'NegTokenInit') throw refused('it did not begin with a NegTokenInit');
      return this.#begin(init, channelBindings);
    }
    if (this.#encodedMechTypes === undefined) return this.#continueRaw(this.chosen, token, channelBindings);
    const next = parseNegToken(token);
    if (next.type !== 'NegTokenResp') throw refused('it began the negotiation anew');
    if (next.negState === 'reject') throw refused('it gave up');
    const responseToken = next.responseToken && (await this.chosen.step(next.responseToken, channelBindings));
    return this.#reply(this.chosen, this.#encodedMechTypes, next, responseToken, {});
  }

  async #begin(init: NegTokenInit, channelBindings: ChannelBindings | undefined): Promise<Uint8Array> {
    const supportedMech = init.mechTypes.find((oid) => this.candidates.some(({ oids }) => oids.includes(oid)));
    const chosen = this.candidates.find(({ oids }) => supportedMech !== undefined && oids.includes(supportedMech));
    if (chosen === undefined || supportedMech === undefined)
      throw refused('it offers no mechanism that is enabled here');
    this.choose(chosen);
    this.#encodedMechTypes = init.encodedMechTypes;
    if (supportedMech !== init.mechTypes[0]) {
      // The optimistic token is for another mechanism; the list needs protection (RFC 4178 4.2.2, section 5).
      this.mechListProtection.require();
      return encodeNegTokenResp({ negState: 'request-mic', supportedMech });
    }
    const responseToken = init.mechToken && (await chosen.step(init.mechToken, channelBindings));
    return this.#reply(chosen, init.encodedMechTypes, init, responseToken, { supportedMech });
  }

  async #reply(
    chosen: AcceptorMechanism,
    mechTypes: Uint8Array,
    received: Pick<NegTokenResp, 'mechListMic'>,
    responseToken: Uint8Array | undefined,
    first: Pick<NegTokenResp, 'supportedMech'>,
  ): Promise<Uint8Array> {
    const protection = this.mechListProtection;
    await protection.check(chosen, mechTypes, received.mechListMic);
    const done = chosen.complete && protection.holds;
    if (chosen.complete && !done && (responseToken === undefined || protection.sent)) {
      throw refused('it leaves the list of mechanisms unprotected');
    }
    const mechListMic = await protection.signIfDue(chosen, mechTypes);
    if (done) this.finish();
    return encodeNegTokenResp({
      negState: done ? 'accept-completed' : 'accept-incomplete',
      ...first,
      ...(responseToken !== undefined && { responseToken }),
      ...(mechListMic !== undefined && { mechListMic }),
    });
  }

  #beginRaw(token: Uint8Array, channelBindings: ChannelBindings | undefined): Promise<Uint8Array | undefined> {
    const oid = isNtlmMessage(token) ? NTLM_OID : parseInitialContextToken(token).oid;
    const chosen = this.candidates.find(({ oids }) => oids.includes(oid));
    if (chosen === undefined) throw refused('it uses a mechanism that is not enabled here');
    this.choose(chosen);
    return this.#continueRaw(chosen, token, channelBindings);
  }

  async #continueRaw(
    chosen: AcceptorMechanism,
    token: Uint8Array,
    channelBindings: ChannelBindings | undefined,
  ): Promise<Uint8Array | undefined> {
    const answer = await chosen.step(token, channelBindings);
    if (chosen.complete) this.finish();
    return answer;
  }
}

function refused(why: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The client's Negotiate token is refused: ${why}.`);
}
