import { CimletError } from '../../base/errors.js';
import type { SecurityContext, WrappedMessage } from '../contract/security-context.js';
import { TokenExchange } from '../contract/token-exchange.js';
import type { TlsEngine } from './tls-engine.js';
import { encodeTsRequest, parseTsRequest, type TsRequest } from './ts-request.js';

/** The highest version that is spoken here (MS-CSSP 2.2.1). */
export const OUR_CREDSSP_VERSION = 6;
/** Versions before 5 can be relayed to another server (CVE-2018-0886). */
export type CredSspVersion = 2 | 3 | 4 | 5 | 6;

/** NTLM's signature, and enough for Kerberos, which looks at header and data together. */
const SEAL_HEADER_BYTES = 16;

/** What both sides of CredSSP have in common: everything goes through TLS. */
export abstract class CredSspExchange extends TokenExchange implements SecurityContext {
  readonly scheme = 'CredSSP';
  readonly mechanism = 'CredSSP';
  readonly encryptionProtocol = 'application/HTTP-CredSSP-session-encrypted';
  readonly capabilities = { encrypts: true, bindsChannel: false, delegates: true, connectionBound: true };
  readonly #tls: TlsEngine;

  constructor(tls: TlsEngine) {
    super('CredSSP');
    this.#tls = tls;
  }

  /** At most 16 KiB a message: a longer one becomes several TLS records, which Windows does not take. */
  async wrap(message: Uint8Array): Promise<WrappedMessage> {
    this.refuseUnlessComplete();
    const records = await this.#tls.seal(message);
    const trailer = this.#tls.trailerLength(records, message.length);
    return { header: records.subarray(0, trailer), data: records.subarray(trailer) };
  }

  async unwrap(header: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    this.refuseUnlessComplete();
    return this.#tls.open(Buffer.concat([header, data]));
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
}

/** GSS_WrapEx as CredSSP wants it: signature or token header, then the data, in one. */
export async function sealInOne(context: Pick<SecurityContext, 'wrap'>, message: Uint8Array): Promise<Uint8Array> {
  const { header, data } = await context.wrap(message);
  return Buffer.concat([header, data]);
}

export function openInOne(context: Pick<SecurityContext, 'unwrap'>, sealed: Uint8Array): Promise<Uint8Array> {
  return context.unwrap(sealed.subarray(0, SEAL_HEADER_BYTES), sealed.subarray(SEAL_HEADER_BYTES));
}

export function exchangeRefused(why: string, hint?: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The CredSSP exchange is refused: ${why}.`, { hint });
}
