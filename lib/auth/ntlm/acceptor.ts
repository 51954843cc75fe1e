import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type Clock, systemClock } from '../../base/clock.js';
import { CimletError } from '../../base/errors.js';
import type { Secret } from '../../base/secret.js';
import type { AcceptorContext, CallerIdentity } from '../contract/acceptor-context.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import type { ChannelBindings } from '../contract/security-context.js';
import {
  authenticationRefused,
  type NtlmAcceptorPolicy,
  refuseWeakAuthenticate,
  refuseWeakNegotiate,
} from './authenticate-policy.js';
import { messageIntegrityCode, ntHash, ntProof, rc4Once, responseKey, sessionBaseKey } from './key-derivation.js';
import { type NtlmAuthenticateMessage, parseAuthenticateMessage, withMic } from './message/authenticate-message.js';
import { encodeChallengeMessage } from './message/challenge-message.js';
import { fileTimeFromUnixMs } from './message/file-time.js';
import { flagBits, hasFlag } from './message/negotiate-flags.js';
import { parseNegotiateMessage } from './message/negotiate-message.js';
import { OUR_VERSION } from './message/ntlm-version.js';
import { AvId, TargetInfo } from './message/target-info.js';
import { NtlmMechanism } from './ntlm-mechanism.js';
import type { NtlmV2Response } from './ntlmv2-response.js';
import { NtlmSessionSecurity } from './session-security.js';

/** What an acceptor has to know of an account: its password, or the NT hash of it (16 bytes). */
type NtlmAccount = { readonly ntHash: Uint8Array } | { readonly password: Secret };

/**
 * Finds an account by what the caller sent; undefined when there is none. User names are case-insensitive.
 * `domain` is empty for `user@realm` and for accounts of the server.
 */
export type NtlmAccountLookup = (userName: string, domain: string) => Promise<NtlmAccount | undefined>;

export interface NtlmAcceptorOptions extends Partial<NtlmAcceptorPolicy> {
  readonly accounts: NtlmAccountLookup;
  /** NetBIOS name of the server. */
  readonly serverName: string;
  /** NetBIOS name of its domain. Default: `serverName`, a server outside of a domain. */
  readonly domainName?: string;
  readonly dnsServerName?: string;
  readonly dnsDomainName?: string;
  readonly dnsTreeName?: string;
  readonly clock?: Clock;
  /** Source of the challenge. Default: the system's. */
  readonly random?: (length: number) => Uint8Array;
}

const SUPPORTED = flagBits(
  'NEGOTIATE_SIGN',
  'NEGOTIATE_SEAL',
  'NEGOTIATE_EXTENDED_SESSIONSECURITY',
  'NEGOTIATE_VERSION',
  'NEGOTIATE_128',
  'NEGOTIATE_KEY_EXCH',
  'NEGOTIATE_56',
);
const ALWAYS = flagBits('REQUEST_TARGET', 'NEGOTIATE_NTLM', 'NEGOTIATE_ALWAYS_SIGN', 'NEGOTIATE_TARGET_INFO');

const MAX_CLOCK_SKEW_MS = 36 * 3_600_000;

/**
 * The server's side of NTLM, NTLMv2 only (MS-NLMP 3.2). Checks the response, the MIC when one is announced, the channel bindings,
 * the time stamp and what the client chose. A wrong password and an unknown user are one and the same error.
 */
export function ntlmAcceptor(options: NtlmAcceptorOptions): GssMechanism & AcceptorContext {
  return new NtlmAcceptor(options);
}

interface Challenge {
  readonly flags: number;
  readonly serverChallenge: Uint8Array;
  readonly negotiate: Uint8Array;
  readonly encoded: Uint8Array;
}

class NtlmAcceptor extends NtlmMechanism implements AcceptorContext {
  readonly #options: NtlmAcceptorOptions;
  readonly #policy: NtlmAcceptorPolicy;
  #challenge: Challenge | undefined;
  #caller: CallerIdentity | undefined;
  #targetName: string | undefined;
  #requiresMechListMic = false;

  constructor(options: NtlmAcceptorOptions) {
    super();
    this.#options = options;
    this.#policy = {
      requireEncryption: options.requireEncryption ?? true,
      requireMic: options.requireMic ?? false,
      channelBindingPolicy: options.channelBindingPolicy ?? 'ifPresent',
      maxClockSkewMs: options.maxClockSkewMs ?? MAX_CLOCK_SKEW_MS,
    };
  }

  get caller(): CallerIdentity | undefined {
    return this.#caller;
  }

  get targetName(): string | undefined {
    return this.#targetName;
  }

  get requiresMechListMic(): boolean {
    return this.#requiresMechListMic;
  }

  protected override async advance(
    token: Uint8Array | undefined,
    channelBindings?: ChannelBindings,
  ): Promise<Uint8Array | undefined> {
    if (token === undefined) throw authenticationRefused('the client sent no token');
    if (this.#challenge === undefined) return this.#answerNegotiate(token);
    await this.#checkAuthenticate(this.#challenge, token, channelBindings);
    return undefined;
  }

  protected override releaseExchange(): void {
    this.#challenge = undefined;
  }

  /** MS-NLMP 3.2.5.1.1. */
  #answerNegotiate(token: Uint8Array): Uint8Array {
    const negotiate = parseNegotiateMessage(token);
    refuseWeakNegotiate(negotiate.flags, this.#policy);
    const { serverName, domainName, dnsServerName, dnsDomainName, dnsTreeName } = this.#options;
    const joined = domainName !== undefined && domainName !== serverName;
    const flags =
      ((negotiate.flags & SUPPORTED) |
        ALWAYS |
        flagBits(hasFlag(negotiate.flags, 'NEGOTIATE_UNICODE') ? 'NEGOTIATE_UNICODE' : 'NEGOTIATE_OEM') |
        flagBits(joined ? 'TARGET_TYPE_DOMAIN' : 'TARGET_TYPE_SERVER')) >>>
      0;
    let targetInfo = TargetInfo.empty
      .withText(AvId.MsvAvNbDomainName, domainName ?? serverName)
      .withText(AvId.MsvAvNbComputerName, serverName);
    if (dnsDomainName !== undefined) targetInfo = targetInfo.withText(AvId.MsvAvDnsDomainName, dnsDomainName);
    if (dnsServerName !== undefined) targetInfo = targetInfo.withText(AvId.MsvAvDnsComputerName, dnsServerName);
    if (dnsTreeName !== undefined) targetInfo = targetInfo.withText(AvId.MsvAvDnsTreeName, dnsTreeName);
    const serverChallenge = (this.#options.random ?? randomBytes)(8);
    const encoded = encodeChallengeMessage({
      flags,
      serverChallenge,
      targetName: domainName ?? serverName,
      targetInfo: targetInfo.withTimestamp(fileTimeFromUnixMs(this.#now())),
      version: OUR_VERSION,
    });
    this.#challenge = { flags, serverChallenge, negotiate: token, encoded };
    return new Uint8Array(encoded);
  }

  /** MS-NLMP 3.2.5.1.2. */
  async #checkAuthenticate(challenge: Challenge, token: Uint8Array, bindings?: ChannelBindings): Promise<void> {
    const message = parseAuthenticateMessage(token);
    const response = refuseWeakAuthenticate(message, challenge.flags, this.#policy, bindings, this.#now());
    const key = await this.#provenKey(challenge, message, response);
    const exchangeKey = sessionBaseKey(key, response.proof);
    const protects = hasFlag(message.flags, 'NEGOTIATE_SIGN') || hasFlag(message.flags, 'NEGOTIATE_SEAL');
    const sessionKey = protects ? rc4Once(exchangeKey, message.encryptedSessionKey) : exchangeKey;
    try {
      if (message.mic !== undefined) {
        const mic = messageIntegrityCode(sessionKey, challenge.negotiate, challenge.encoded, withMic(token));
        if (!timingSafeEqual(mic, message.mic)) throw authenticationRefused('its MIC is wrong: a message was changed');
      }
      this.#requiresMechListMic = protects && message.mic !== undefined;
      this.establish(protects ? new NtlmSessionSecurity(sessionKey, 'server') : undefined);
      this.#caller = { userName: message.userName, domain: message.domainName };
      this.#targetName = response.targetInfo.text(AvId.MsvAvTargetName) || undefined;
    } finally {
      for (const secret of [key, exchangeKey, sessionKey]) secret.fill(0);
    }
  }

  /** The ResponseKeyNT under which the response holds; computed with a random key too when there is no such account. */
  async #provenKey(
    challenge: Challenge,
    message: NtlmAuthenticateMessage,
    response: NtlmV2Response,
  ): Promise<Uint8Array> {
    const { userName, domainName } = message;
    const account = await this.#options.accounts(userName, domainName);
    const hash =
      account === undefined
        ? new Uint8Array(randomBytes(16))
        : 'ntHash' in account
          ? new Uint8Array(account.ntHash)
          : ntHash(account.password.reveal());
    try {
      // Some clients leave the domain out of the key though they send it (3.2.5.1.2).
      for (const domain of [domainName, '']) {
        const key = responseKey(hash, userName, domain);
        const proof = ntProof(key, challenge.serverChallenge, response.encodedChallenge);
        if (account !== undefined && timingSafeEqual(proof, response.proof)) return key;
        key.fill(0);
      }
    } finally {
      hash.fill(0);
    }
    throw new CimletError('ERR_AUTHENTICATION', 'The user name or password is wrong.');
  }

  #now(): number {
    return (this.#options.clock ?? systemClock).now();
  }
}
