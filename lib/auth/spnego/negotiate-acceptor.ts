import { CimletError } from '../../base/errors.js';
import type { AcceptorContext, CallerIdentity } from '../contract/acceptor-context.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import type { ChannelBindings, SecurityCapabilities, WrappedMessage } from '../contract/security-context.js';
import { TokenExchange } from '../contract/token-exchange.js';
import { isNtlmMessage } from '../ntlm/message/message-reader.js';
import { NTLM_OID } from '../ntlm/ntlm-mechanism.js';
import { commonCapabilities } from './common-capabilities.js';
import { parseInitialContextToken } from './initial-context-token.js';
import { encodeNegTokenResp, isNegToken, type NegTokenInit, type NegTokenResp, parseNegToken } from './neg-token.js';

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

class NegotiateAcceptor extends TokenExchange implements AcceptorContext {
  readonly scheme = 'Negotiate';
  readonly encryptionProtocol = 'application/HTTP-SPNEGO-session-encrypted';
  readonly #mechanisms: readonly AcceptorMechanism[];
  #chosen: AcceptorMechanism | undefined;
  /** The client's list as it encoded it; undefined for a raw token. */
  #encodedMechTypes: Uint8Array | undefined;
  #mic = { required: false, sent: false, received: false };

  constructor(options: NegotiateAcceptorOptions) {
    super('Negotiate');
    this.#mechanisms = [...options.mechanisms];
  }

  get mechanism(): string {
    return (this.#chosen ?? this.#mechanisms[0])?.mechanism ?? 'Negotiate';
  }

  get capabilities(): SecurityCapabilities {
    return commonCapabilities(this.#chosen ? [this.#chosen] : this.#mechanisms);
  }

  get caller(): CallerIdentity | undefined {
    return this.complete ? this.#chosen?.caller : undefined;
  }

  get targetName(): string | undefined {
    return this.complete ? this.#chosen?.targetName : undefined;
  }

  async wrap(message: Uint8Array): Promise<WrappedMessage> {
    return this.#established().wrap(message);
  }

  async unwrap(header: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    return this.#established().unwrap(header, data);
  }

  protected override async advance(
    token: Uint8Array | undefined,
    channelBindings?: ChannelBindings,
  ): Promise<Uint8Array | undefined> {
    if (token === undefined) throw refused('it sent no token');
    if (this.#chosen === undefined) {
      if (!isNegToken(token)) return this.#beginRaw(token, channelBindings);
      const init = parseNegToken(token);
      if (init.type !== 'NegTokenInit') throw refused('it did not begin with a NegTokenInit');
      return this.#begin(init, channelBindings);
    }
    if (this.#encodedMechTypes === undefined) return this.#continueRaw(this.#chosen, token, channelBindings);
    const next = parseNegToken(token);
    if (next.type !== 'NegTokenResp') throw refused('it began the negotiation anew');
    if (next.negState === 'reject') throw refused('it gave up');
    const responseToken = next.responseToken && (await this.#chosen.step(next.responseToken, channelBindings));
    return this.#reply(this.#chosen, this.#encodedMechTypes, next, responseToken, {});
  }

  protected override release(): void {
    for (const mechanism of this.#mechanisms) mechanism.dispose();
  }

  async #begin(init: NegTokenInit, channelBindings: ChannelBindings | undefined): Promise<Uint8Array> {
    const supportedMech = init.mechTypes.find((oid) => this.#mechanisms.some(({ oids }) => oids.includes(oid)));
    const chosen = this.#mechanisms.find(({ oids }) => supportedMech !== undefined && oids.includes(supportedMech));
    if (chosen === undefined || supportedMech === undefined)
      throw refused('it offers no mechanism that is enabled here');
    this.#choose(chosen);
    this.#encodedMechTypes = init.encodedMechTypes;
    if (supportedMech !== init.mechTypes[0]) {
      // The optimistic token is for another mechanism; the list needs protection (RFC 4178 4.2.2, section 5).
      this.#mic.required = true;
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
    if (chosen.complete && chosen.requiresMechListMic) this.#mic.required = true;
    if (received.mechListMic !== undefined) {
      if (!chosen.complete || this.#mic.received) throw refused('its mechListMIC comes at a wrong time');
      await chosen.verifyMechList(mechTypes, received.mechListMic);
      this.#mic.received = true;
    }
    const done = chosen.complete && (this.#mic.received || !this.#mic.required);
    if (chosen.complete && !done && (responseToken === undefined || this.#mic.sent)) {
      throw refused('it leaves the list of mechanisms unprotected');
    }
    let mechListMic: Uint8Array | undefined;
    if (chosen.complete && !this.#mic.sent && (this.#mic.required || this.#mic.received)) {
      mechListMic = await chosen.signMechList(mechTypes);
      this.#mic.sent = true;
    }
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
    const chosen = this.#mechanisms.find(({ oids }) => oids.includes(oid));
    if (chosen === undefined) throw refused('it uses a mechanism that is not enabled here');
    this.#choose(chosen);
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

  #choose(chosen: AcceptorMechanism): void {
    this.#chosen = chosen;
    for (const other of this.#mechanisms) if (other !== chosen) other.dispose();
  }

  #established(): AcceptorMechanism {
    this.refuseUnlessComplete();
    if (this.#chosen === undefined) throw refused('it chose no mechanism');
    return this.#chosen;
  }
}

function refused(why: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The client's Negotiate token is refused: ${why}.`);
}
