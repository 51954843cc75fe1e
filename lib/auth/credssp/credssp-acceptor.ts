import { X509Certificate } from 'node:crypto';
import { CimletError } from '../../base/errors.js';
import type { AcceptorContext, CallerIdentity } from '../contract/acceptor-context.js';
import type { Credential } from '../contract/credential.js';
import { type AcceptorMechanism, negotiateAcceptor } from '../spnego/negotiate-acceptor.js';
import {
  CredSspExchange,
  type CredSspVersion,
  exchangeRefused,
  OUR_CREDSSP_VERSION,
  openInOne,
  sealInOne,
} from './credssp-exchange.js';
import { STATUS_LOGON_FAILURE } from './nt-status.js';
import {
  equalProofs,
  HASHED_BINDING_VERSION,
  NONCE_BYTES,
  publicKeyProof,
  subjectPublicKey,
} from './public-key-binding.js';
import { TlsEngine, type TlsServerIdentity } from './tls-engine.js';
import { parseTsCredentials } from './ts-credentials.js';
import type { TsRequest } from './ts-request.js';

const LOGON_FAULTS: ReadonlySet<string> = new Set(['ERR_AUTHENTICATION', 'ERR_MESSAGE_INTEGRITY', 'ERR_PROTOCOL']);

export interface CredSspAcceptorOptions extends TlsServerIdentity {
  /** As for `negotiateAcceptor`. */
  readonly mechanisms: readonly AcceptorMechanism[];
  /** Refuse a client of a lower version. Default 2, as Windows' "Mitigated" services. */
  readonly minimumVersion?: CredSspVersion;
}

/**
 * The server's side of CredSSP (MS-CSSP 3.1.5). Once complete, `delegatedCredential` is what the client handed over.
 * A failed logon of a client of version 3, 4 or 6 and later is answered with a token that carries NTSTATUS: send it; the exchange has failed.
 */
export function credSspAcceptor(options: CredSspAcceptorOptions): AcceptorContext {
  return new CredSspAcceptor(options, TlsEngine.server(options));
}

class CredSspAcceptor extends CredSspExchange implements AcceptorContext {
  readonly #tls: TlsEngine;
  readonly #negotiate: AcceptorContext;
  readonly #publicKey: Uint8Array;
  readonly #minimumVersion: number;
  #phase: 'tls' | 'negotiate' | 'credentials' | 'refused' = 'tls';
  #caller: CallerIdentity | undefined;
  #targetName: string | undefined;
  #delegated: Credential | undefined;

  constructor(options: CredSspAcceptorOptions, tls: TlsEngine) {
    super(tls);
    this.#tls = tls;
    this.#negotiate = negotiateAcceptor({ mechanisms: options.mechanisms });
    this.#publicKey = subjectPublicKey(new X509Certificate(options.certificate).raw);
    this.#minimumVersion = options.minimumVersion ?? 2;
  }

  get caller(): CallerIdentity | undefined {
    return this.#caller;
  }

  get targetName(): string | undefined {
    return this.#targetName;
  }

  get delegatedCredential(): Credential | undefined {
    return this.#delegated;
  }

  protected override async advance(token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    if (this.#phase === 'refused') throw exchangeRefused('the logon has already failed');
    if (this.#phase === 'tls') return this.#handshake(token);
    const request = await this.receive(token);
    const version = Math.min(request.version, OUR_CREDSSP_VERSION);
    if (version < this.#minimumVersion) {
      throw exchangeRefused(`the client speaks version ${request.version}, at least ${this.#minimumVersion} is wanted`);
    }
    if (this.#phase === 'credentials') return this.#takeCredential(request);
    try {
      return await this.#authenticate(request, version);
    } catch (error) {
      // Versions 2 and 5 do not know errorCode. What is not about the client goes to the caller.
      if (version === 2 || version === 5 || !(error instanceof CimletError) || !LOGON_FAULTS.has(error.code))
        throw error;
      this.#phase = 'refused';
      return this.send({ errorCode: STATUS_LOGON_FAILURE });
    }
  }

  protected override release(): void {
    super.release();
    this.#negotiate.dispose();
    this.#delegated = undefined;
  }

  async #handshake(token: Uint8Array | undefined): Promise<Uint8Array> {
    if (token === undefined) throw exchangeRefused('the client sent no token');
    const flight = await this.#tls.handshake(token);
    if (flight.length === 0) throw exchangeRefused("the client's part of the TLS handshake is cut");
    if (this.#tls.secured) this.#phase = 'negotiate';
    return flight;
  }

  /** Steps 2 and 4 of MS-CSSP 3.1.5. */
  async #authenticate(request: TsRequest, version: number): Promise<Uint8Array> {
    const negoToken = request.negoToken && (await this.#negotiate.step(request.negoToken));
    if (request.pubKeyAuth === undefined) {
      if (negoToken === undefined) throw exchangeRefused('the client neither ends nor continues the negotiation');
      return this.send({ negoToken });
    }
    const nonce = version >= HASHED_BINDING_VERSION ? request.clientNonce : undefined;
    if (version >= HASHED_BINDING_VERSION && nonce?.length !== NONCE_BYTES) {
      throw exchangeRefused('the client sent no nonce of 32 bytes');
    }
    const proof = await openInOne(this.#negotiate, request.pubKeyAuth);
    if (!equalProofs(proof, publicKeyProof(this.#publicKey, 'client', nonce))) {
      throw exchangeRefused('the client saw another TLS certificate', 'Something between the two ends terminates TLS.');
    }
    this.#phase = 'credentials';
    return this.send({
      ...(negoToken !== undefined && { negoToken }),
      pubKeyAuth: await sealInOne(this.#negotiate, publicKeyProof(this.#publicKey, 'server', nonce)),
    });
  }

  async #takeCredential(request: TsRequest): Promise<undefined> {
    if (request.authInfo === undefined) throw exchangeRefused('the client delegates no credential');
    const credentials = await openInOne(this.#negotiate, request.authInfo);
    const delegated = parseTsCredentials(credentials);
    credentials.fill(0);
    this.#caller = this.#negotiate.caller;
    this.#targetName = this.#negotiate.targetName;
    this.#delegated = delegated;
    this.finish();
    this.#negotiate.dispose();
  }
}
