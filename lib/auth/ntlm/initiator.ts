import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Clock, systemClock } from '../../base/clock.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import type { Credential } from '../contract/credential.js';
import type { GssMechanism } from '../contract/gss-mechanism.js';
import type { ChannelBindings } from '../contract/security-context.js';
import { type NtlmAccountName, ntlmAccountName } from './account-name.js';
import { refuseWeakChallenge } from './challenge-policy.js';
import {
  channelBindingsHash,
  messageIntegrityCode,
  ntHash,
  ntProof,
  rc4Once,
  responseKey,
  sessionBaseKey,
} from './key-derivation.js';
import { encodeAuthenticateMessage, withMic } from './message/authenticate-message.js';
import { type NtlmChallengeMessage, parseChallengeMessage } from './message/challenge-message.js';
import { fileTimeFromUnixMs } from './message/file-time.js';
import { flagBits, hasFlag } from './message/negotiate-flags.js';
import { encodeNegotiateMessage } from './message/negotiate-message.js';
import { OUR_VERSION } from './message/ntlm-version.js';
import { AvFlags, AvId, type TargetInfo } from './message/target-info.js';
import { NtlmMechanism } from './ntlm-mechanism.js';
import { encodeClientChallenge } from './ntlmv2-response.js';
import { NtlmSessionSecurity } from './session-security.js';
import { windowsUpperCase } from './windows-upper-case.js';

export interface NtlmInitiatorOptions {
  readonly credential: Credential;
  /** Service principal name that the response is made for, e.g. `HTTP/dhcpserver.contoso.com`; the server may check it. */
  readonly targetName?: string;
  /** Our name in the AUTHENTICATE_MESSAGE, for the server's log. Default: the host name's first label, upper case. */
  readonly workstation?: string;
  /** Refuse a server that would not sign and seal with 128 bit. Default true; false only inside TLS. */
  readonly requireEncryption?: boolean;
  readonly clock?: Clock;
  /** Source of nonces and keys. Default: the system's. */
  readonly random?: (length: number) => Uint8Array;
}

const OFFERED = flagBits(
  'NEGOTIATE_UNICODE',
  'REQUEST_TARGET',
  'NEGOTIATE_SIGN',
  'NEGOTIATE_SEAL',
  'NEGOTIATE_NTLM',
  'NEGOTIATE_ALWAYS_SIGN',
  'NEGOTIATE_EXTENDED_SESSIONSECURITY',
  'NEGOTIATE_TARGET_INFO',
  'NEGOTIATE_VERSION',
  'NEGOTIATE_128',
  'NEGOTIATE_KEY_EXCH',
  'NEGOTIATE_56',
);

/**
 * The client's side of NTLM, NTLMv2 only (MS-NLMP 3.1). Always sends a MIC, the channel bindings and the target name,
 * and refuses a server that chose less than it needs, each lack with its own message.
 * @throws ERR_INVALID_ARGUMENT without a user name.
 */
export function ntlmInitiator(options: NtlmInitiatorOptions): GssMechanism {
  return new NtlmInitiator(options);
}

class NtlmInitiator extends NtlmMechanism {
  readonly #options: Omit<NtlmInitiatorOptions, 'credential'>;
  readonly #account: NtlmAccountName;
  readonly #random: (length: number) => Uint8Array;
  #credential: Credential | undefined;
  #negotiate: Uint8Array | undefined;

  constructor(options: NtlmInitiatorOptions) {
    super();
    const { credential, ...rest } = options;
    this.#account = ntlmAccountName(credential);
    this.#credential = credential;
    this.#options = rest;
    this.#random = rest.random ?? randomBytes;
  }

  /** Its AUTHENTICATE_MESSAGE always has a MIC; without session keys there is nothing to protect the list with. */
  get requiresMechListMic(): boolean {
    return this.protection !== undefined;
  }

  protected override async advance(
    token: Uint8Array | undefined,
    channelBindings?: ChannelBindings,
  ): Promise<Uint8Array | undefined> {
    if (this.#negotiate === undefined) {
      if (token !== undefined) throw invalidArgument('token', `${token.length} bytes`, 'The initiator speaks first.');
      this.#negotiate = encodeNegotiateMessage({ flags: OFFERED, version: OUR_VERSION });
      return new Uint8Array(this.#negotiate);
    }
    if (token === undefined)
      throw new CimletError('ERR_AUTHENTICATION', 'The server answered NTLM without a challenge.');
    const challenge = parseChallengeMessage(token);
    const targetInfo = refuseWeakChallenge(challenge, this.#options.requireEncryption ?? true);
    return this.#authenticate(this.#negotiate, token, challenge, targetInfo, channelBindings);
  }

  protected override releaseExchange(): void {
    this.#credential = undefined;
    this.#negotiate = undefined;
  }

  /** MS-NLMP 3.1.5.1.2. */
  #authenticate(
    negotiate: Uint8Array,
    encodedChallenge: Uint8Array,
    challenge: NtlmChallengeMessage,
    serverInfo: TargetInfo,
    channelBindings: ChannelBindings | undefined,
  ): Uint8Array {
    const flags = (challenge.flags & OFFERED) >>> 0;
    const { userName, domain } = this.#account;
    const hash = ntHash(this.#credential?.password.reveal() ?? '');
    const key = responseKey(hash, userName, domain);
    const clientChallenge = this.#random(8);
    const clientInfo = serverInfo
      .withFlags(serverInfo.flags | AvFlags.MIC)
      .with(AvId.MsvAvChannelBindings, channelBindings ? channelBindingsHash(channelBindings) : new Uint8Array(16))
      .withText(AvId.MsvAvTargetName, this.#options.targetName ?? '');
    const now = fileTimeFromUnixMs((this.#options.clock ?? systemClock).now());
    const blob = encodeClientChallenge({
      timestamp: serverInfo.timestamp ?? now,
      clientChallenge,
      targetInfo: clientInfo,
    });
    const proof = ntProof(key, challenge.serverChallenge, blob);
    const exchangeKey = sessionBaseKey(key, proof);
    const protects = hasFlag(flags, 'NEGOTIATE_SIGN') || hasFlag(flags, 'NEGOTIATE_SEAL');
    const sessionKey = protects ? this.#random(16) : exchangeKey;
    const unsigned = encodeAuthenticateMessage({
      flags,
      userName,
      domainName: domain,
      workstation: this.#options.workstation ?? ourWorkstation(),
      // Never LMv2: it proves the password without MIC, channel bindings and target name, to whoever leaves the time stamp out of the challenge.
      lmResponse: new Uint8Array(24),
      ntResponse: Buffer.concat([proof, blob]),
      encryptedSessionKey: protects ? rc4Once(exchangeKey, sessionKey) : new Uint8Array(0),
      mic: new Uint8Array(16),
      version: OUR_VERSION,
    });
    const mic = messageIntegrityCode(sessionKey, negotiate, encodedChallenge, unsigned);
    const session = protects ? new NtlmSessionSecurity(sessionKey, 'client') : undefined;
    for (const secret of [hash, key, exchangeKey, sessionKey]) secret.fill(0);
    this.establish(session);
    return withMic(unsigned, mic);
  }
}

function ourWorkstation(): string {
  return windowsUpperCase(hostname().split('.')[0] ?? '');
}
