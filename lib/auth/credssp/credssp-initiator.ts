import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { wording, wordingOf } from '../../base/wording.js';
import type { CertificateTrust } from '../contract/certificate-trust.js';
import type { Credential } from '../contract/credential.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import type { SecurityContext } from '../contract/security-context.js';
import { ntlmAccountName } from '../ntlm/account-name.js';
import { type NegotiateInitiatorContext, negotiateInitiator } from '../spnego/negotiate-initiator.js';
import {
  CredSspExchange,
  type CredSspVersion,
  exchangeRefused,
  OUR_CREDSSP_VERSION,
  openInOne,
  sealInOne,
} from './credssp-exchange.js';
import { describeNtStatus } from './nt-status.js';
import {
  equalProofs,
  HASHED_BINDING_VERSION,
  NONCE_BYTES,
  publicKeyProof,
  subjectPublicKey,
} from './public-key-binding.js';
import { TlsEngine } from './tls-engine.js';
import { encodeTsCredentials } from './ts-credentials.js';
import type { TsRequest } from './ts-request.js';

export interface CredSspInitiatorOptions {
  /** Authenticates the caller, and is handed to the server so that it can act as the caller elsewhere. */
  readonly credential: Credential;
  /** The server's name. */
  readonly host: string;
  /** As for {@link negotiateInitiator}; told whether NTLM is next when it fails. */
  readonly kerberos?: (ntlmIsNext: boolean) => GssMechanism;
  /** As for {@link negotiateInitiator}. NTLM proves nothing of the server's name: it is not used unless one of the next three does, or allows it. */
  readonly allowNtlm?: boolean;
  /** The connection has proved the server's name: https, with a verified certificate. Default false. */
  readonly serverProven?: boolean;
  /** Judges the certificate of CredSSP's own TLS channel; absent: it proves nothing. */
  readonly certificateTrust?: CertificateTrust;
  /** Give the credential to a server for which only NTLM vouches: that is, to any member of the domain. Default false. */
  readonly allowNtlmOnly?: boolean;
  /** Why `allowNtlmOnly`, although it was wished for, is not for this server. */
  readonly barredNtlm?: CimletError;
  /** As for {@link negotiateInitiator}. */
  readonly targetName?: string;
  /** Refuse a server of a lower version. Default 5, as Windows since 2018: versions before it can be relayed (CVE-2018-0886). */
  readonly minimumVersion?: CredSspVersion;
  readonly clock?: Clock;
}

/**
 * The client's side of CredSSP (MS-CSSP 3.1.5): TLS inside of the tokens, Negotiate inside of TLS, then the proof that the TLS channel
 * ends at the server that was authenticated, and only then the credential. The password goes to the server: use it with servers
 * that you would log on to. As Windows has it (policy "Allow delegating fresh credentials"), the server's name must be proved, by Kerberos or a
 * certificate; what NTLM proves is that it can have a domain controller check the account.
 * @throws ERR_INVALID_ARGUMENT when the options leave no mechanism.
 */
export function credSspInitiator(options: CredSspInitiatorOptions): SecurityContext {
  if (options.kerberos === undefined && options.allowNtlm === false) {
    throw invalidArgument('authentication', 'CredSsp', 'Give a Kerberos provider, or allow NTLM.');
  }
  return new CredSspInitiator(options, TlsEngine.client(options.certificateTrust?.ca));
}

class CredSspInitiator extends CredSspExchange {
  readonly #tls: TlsEngine;
  readonly #minimumVersion: number;
  /** Without the credential, which is let go of as soon as it was sent. */
  readonly #options: Omit<CredSspInitiatorOptions, 'credential'>;
  #negotiate: NegotiateInitiatorContext | undefined;
  #credential: Credential | undefined;
  #phase: 'tls' | 'negotiate' | 'binding' = 'tls';
  #nonce: Uint8Array | undefined;

  constructor(options: CredSspInitiatorOptions, tls: TlsEngine) {
    super(tls);
    this.#tls = tls;
    const { credential, ...rest } = options;
    this.#options = rest;
    this.#minimumVersion = options.minimumVersion ?? HASHED_BINDING_VERSION;
    this.#credential = credential;
  }

  protected override async advance(token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    if (this.#phase === 'tls') return this.#handshake(token);
    const request = await this.receive(token);
    if (request.errorCode !== undefined) throw serverFailed(request.errorCode);
    return this.#phase === 'negotiate' ? this.#authenticate(request) : this.#delegate(request);
  }

  protected override release(): void {
    super.release();
    this.#negotiate?.dispose();
    this.#credential = undefined;
  }

  async #handshake(token: Uint8Array | undefined): Promise<Uint8Array> {
    const flight = await this.#tls.handshake(token);
    if (!this.#tls.secured) {
      if (flight.length === 0) throw exchangeRefused("the server's part of the TLS handshake is cut");
      return flight;
    }
    this.#phase = 'negotiate';
    return this.#sendNegoToken(await this.#begin());
  }

  /** Begins the negotiation, in which NTLM is on offer only if the server's name is proved otherwise, or need not be. */
  async #begin(): Promise<Uint8Array | undefined> {
    const { allowNtlm = true, allowNtlmOnly = false, serverProven = false, certificateTrust } = this.#options;
    if (!allowNtlm || allowNtlmOnly || serverProven) return this.#offer(allowNtlm);
    const doubt = certificateTrust && this.#tls.doubt(certificateTrust);
    if (certificateTrust !== undefined && doubt === undefined) return this.#offer(true);
    if (this.#options.kerberos === undefined) throw nameNotProven(this.#options, undefined, doubt);
    try {
      return await this.#offer(false);
    } catch (error) {
      if (!(error instanceof CimletError) || error.code !== 'ERR_AUTHENTICATION') throw error;
      throw nameNotProven(this.#options, error, doubt);
    }
  }

  #offer(allowNtlm: boolean): Promise<Uint8Array | undefined> {
    const { host, kerberos, targetName, clock } = this.#options;
    const credential = this.#credential;
    this.#negotiate = negotiateInitiator({
      host,
      allowNtlm,
      ...(credential !== undefined && { credential }),
      ...(kerberos !== undefined && { kerberos: () => kerberos(allowNtlm) }),
      ...(targetName !== undefined && { targetName }),
      ...(clock !== undefined && { clock }),
    });
    return this.#negotiate.step(undefined);
  }

  /** Steps 2 and 3 of MS-CSSP 3.1.5. */
  async #authenticate(request: TsRequest): Promise<Uint8Array> {
    const negotiate = this.#negotiate;
    const negoToken = await negotiate?.step(request.negoToken);
    const keyed = negotiate?.keyedMechanism;
    if (keyed === undefined) return this.#sendNegoToken(negoToken);
    const version = Math.min(request.version, OUR_CREDSSP_VERSION);
    if (version < this.#minimumVersion) {
      throw exchangeRefused(
        `the server speaks version ${request.version}, at least ${this.#minimumVersion} is wanted`,
        'Install the update for CVE-2018-0886 (May 2018) on the server, or log on with Kerberos and delegation in place of CredSSP.',
      );
    }
    this.#nonce = version >= HASHED_BINDING_VERSION ? randomBytes(NONCE_BYTES) : undefined;
    const proof = publicKeyProof(subjectPublicKey(this.#tls.peerCertificate), 'client', this.#nonce);
    this.#phase = 'binding';
    return this.send({
      ...(negoToken !== undefined && { negoToken }),
      pubKeyAuth: await sealInOne(keyed, proof),
      ...(this.#nonce !== undefined && { clientNonce: this.#nonce }),
    });
  }

  /** Step 5 of MS-CSSP 3.1.5. */
  async #delegate(request: TsRequest): Promise<Uint8Array> {
    const negotiate = this.#negotiate;
    const keyed = negotiate?.keyedMechanism;
    const credential = this.#credential;
    if (request.pubKeyAuth === undefined || keyed === undefined || credential === undefined) {
      throw exchangeRefused('the server does not prove the key of its TLS channel');
    }
    // Windows leaves SPNEGO's last token out; what it protects, the list of mechanisms, is then covered by the proof below.
    if (request.negoToken !== undefined) await negotiate?.step(request.negoToken);
    const proof = await openInOne(keyed, request.pubKeyAuth).catch((cause: unknown) => {
      throw channelNotProven(cause);
    });
    const expected = publicKeyProof(subjectPublicKey(this.#tls.peerCertificate), 'server', this.#nonce);
    if (!equalProofs(proof, expected)) throw channelNotProven();
    const { userName, domain } = ntlmAccountName(credential);
    const credentials = encodeTsCredentials({ userName, domain, password: credential.password });
    const authInfo = await sealInOne(keyed, credentials);
    credentials.fill(0);
    const token = await this.send({ authInfo });
    this.finish();
    negotiate?.dispose();
    this.#credential = undefined;
    return token;
  }

  #sendNegoToken(negoToken: Uint8Array | undefined): Promise<Uint8Array> {
    if (negoToken === undefined) throw exchangeRefused('the server ended the negotiation without keys');
    return this.send({ negoToken });
  }
}

function serverFailed(status: number): CimletError {
  const { text, hint } = describeNtStatus(status);
  return new CimletError('ERR_AUTHENTICATION', `The server refused the CredSSP logon: ${text}.`, { hint });
}

/** `kerberos` and `certificate`: why neither of them proves the name, if it was tried. */
function nameNotProven(
  { host, barredNtlm }: Pick<CredSspInitiatorOptions, 'host' | 'barredNtlm'>,
  kerberos: CimletError | undefined,
  certificate: CimletError | undefined,
): CimletError {
  const text = wording`CredSSP would give the password to a server that has not proved to be ${host}: NTLM alone cannot. The password was not sent.`;
  const reasons = [barredNtlm, kerberos, certificate].flatMap((error) => (error ? wordingOf(error).message : []));
  return new CimletError(
    'ERR_AUTHENTICATION',
    reasons.reduce((before, reason) => wording`${before} ${reason}`, text),
    {
      hint: wording`Use https with a certificate that can be verified (${{ option: 'useSsl', value: true }}); or let the one within CredSSP be verified (${{ option: 'tls.ca' }}, ${{ option: 'tls.fingerprint256' }}${{ clause: wording`, with ${{ option: 'useSsl', value: false }} over http` }}); or log on with Kerberos; or accept any member of the domain as the server (${{ option: 'credSsp.allowNtlmOnly', value: true }}).`,
      cause: kerberos ?? certificate,
    },
  );
}

function channelNotProven(cause?: unknown): CimletError {
  return new CimletError(
    'ERR_AUTHENTICATION',
    'The server at the end of the TLS channel is not the one that was authenticated. The credential was not sent.',
    { hint: 'Something between the two ends terminates TLS, or the server is an impostor.', cause },
  );
}
