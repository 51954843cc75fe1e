import { CimletError } from '../../base/errors.js';
import { type MessageProtection, requireProtection, type WrappedMessage } from '../contract/message-protection.js';
import type { SecurityContext } from '../contract/security-context.js';
import { TokenExchange } from '../contract/token-exchange.js';
import type { TlsEngine } from './tls-engine.js';
import { encodeTsRequest, parseTsRequest, type TsRequest } from './ts-request.js';

/** The highest version that is spoken here (MS-CSSP 2.2.1). */
export const OUR_CREDSSP_VERSION = 6;
/** Versions before 5 can be relayed to another server (CVE-2018-0886). */
export type CredSspVersion = 2 | 3 | 4 | 5 | 6;

/** NTLM's signature, and enough for Kerberos, which looks at header and data together. */
const SEAL_HEADER_BYTES = 16;

/** What a part holds before encryption: a longer one becomes several TLS records, which Windows does not take (MS-WSMV 2.2.9.1.3.1). */
const LARGEST_MESSAGE_BYTES = 16 * 1024;

/** What both sides of CredSSP have in common: everything goes through TLS. */
export abstract class CredSspExchange extends TokenExchange implements SecurityContext {
  readonly scheme = 'CredSSP';
  readonly mechanism = 'CredSSP';
  readonly capabilities = { bindsChannel: false, delegates: true, connectionBound: true };
  readonly protection: MessageProtection = {
    protocol: 'application/HTTP-CredSSP-session-encrypted',
    largestMessage: LARGEST_MESSAGE_BYTES,
    framing: 'tls-records',
    wrap: (message) => this.#seal(message),
    unwrap: (header, data) => this.#open(header, data),
  };
  readonly #tls: TlsEngine;

  constructor(tls: TlsEngine) {
    super('CredSSP');
    this.#tls = tls;
  }

  protected override release(): void {
    this.#tls.dispose();
  }

  protected async send(request: Omit<TsRequest, 'version'>): Promise<Uint8Array> {
    const encoded = encodeTsRequest({ version: OUR_CREDSSP_VERSION, ...request });
    return this.#tls.seal(encoded);
  }

  protected async receive(token: Uint8Array | undefined): Promise<TsRequest> {
    if (token === undefined) throw exchangeRefused('the peer sent no token');
    return parseTsRequest(await this.#tls.open(token));
  }

  async #seal(message: Uint8Array): Promise<WrappedMessage> {
    this.refuseUnlessComplete();
    const records = await this.#tls.seal(message);
    const trailer = this.#tls.trailerLength(records, message.length);
    return { header: records.subarray(0, trailer), data: records.subarray(trailer) };
  }

  async #open(header: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    this.refuseUnlessComplete();
    return this.#tls.open(Buffer.concat([header, data]));
  }
}

/** GSS_WrapEx as CredSSP wants it: signature or token header, then the data, in one. */
export async function sealInOne(context: SecurityContext, message: Uint8Array): Promise<Uint8Array> {
  const { header, data } = await requireProtection(context).wrap(message);
  return Buffer.concat([header, data]);
}

export async function openInOne(context: SecurityContext, sealed: Uint8Array): Promise<Uint8Array> {
  return requireProtection(context).unwrap(sealed.subarray(0, SEAL_HEADER_BYTES), sealed.subarray(SEAL_HEADER_BYTES));
}

export function exchangeRefused(why: string, hint?: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The CredSSP exchange is refused: ${why}.`, { hint });
}
