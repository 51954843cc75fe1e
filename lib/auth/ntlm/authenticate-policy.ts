import { timingSafeEqual } from 'node:crypto';
import { CimletError } from '../../base/errors.js';
import type { ChannelBindings } from '../contract/security-context.js';
import { channelBindingsHash } from './key-derivation.js';
import type { NtlmAuthenticateMessage } from './message/authenticate-message.js';
import { unixMsFromFileTime } from './message/file-time.js';
import { flagBits, hasFlag } from './message/negotiate-flags.js';
import { AvId } from './message/target-info.js';
import type { NtlmV2Response } from './ntlmv2-response.js';
import { protectionLack } from './protection-needs.js';

/** What an NTLM acceptor insists on. */
export interface NtlmAcceptorPolicy {
  /** Refuse a client that does not sign and seal with 128 bit. Default true. */
  readonly requireEncryption: boolean;
  /** Refuse a client without a MIC; one that announces a MIC has to have a right one anyway. Default false, as Windows. */
  readonly requireMic: boolean;
  /**
   * When `step` is given channel bindings: `strict` refuses a client without them (Windows' "Strict" CbtHardeningLevel),
   * `ifPresent` only one with others (its "Relaxed"). Default `ifPresent`.
   */
  readonly channelBindingPolicy: 'strict' | 'ifPresent';
  /** How far the time stamp of a response may lie from the clock. Default 36 hours, as Windows. */
  readonly maxClockSkewMs: number;
}

const PROTECTION_BITS = flagBits(
  'NEGOTIATE_SIGN',
  'NEGOTIATE_SEAL',
  'NEGOTIATE_EXTENDED_SESSIONSECURITY',
  'NEGOTIATE_128',
  'NEGOTIATE_KEY_EXCH',
);
const ABSENT_BINDINGS = new Uint8Array(16);

/** @throws ERR_AUTHENTICATION when the client cannot do what the policy wants (MS-NLMP 3.2.5.1.1). */
export function refuseWeakNegotiate(flags: number, policy: NtlmAcceptorPolicy): void {
  if (!hasFlag(flags, 'NEGOTIATE_UNICODE') && !hasFlag(flags, 'NEGOTIATE_OEM')) {
    throw authenticationRefused('it offers no character set');
  }
  refuseWeakFlags(flags, policy);
}

/**
 * Everything that can be told without the account's key (MS-NLMP 3.2.5.1.2), and the response.
 * @throws ERR_AUTHENTICATION, a message of its own for each fault.
 */
export function refuseWeakAuthenticate(
  message: NtlmAuthenticateMessage,
  challengeFlags: number,
  policy: NtlmAcceptorPolicy,
  bindings: ChannelBindings | undefined,
  now: number,
): NtlmV2Response {
  if (message.userName === '') throw authenticationRefused('it wants an anonymous logon');
  const response = message.ntlmV2;
  if (response === undefined) throw authenticationRefused('its response is not NTLMv2');
  if ((message.flags & ~challengeFlags & PROTECTION_BITS) !== 0) {
    throw authenticationRefused('it claims protection that was not negotiated');
  }
  refuseWeakFlags(message.flags, policy);
  if (hasFlag(message.flags, 'NEGOTIATE_SIGN') || hasFlag(message.flags, 'NEGOTIATE_SEAL')) {
    if (message.encryptedSessionKey.length !== 16) throw authenticationRefused('its session key has a wrong length');
  }
  if (policy.requireMic && message.mic === undefined) throw authenticationRefused('it has no MIC');
  if (Math.abs(unixMsFromFileTime(response.timestamp) - now) > policy.maxClockSkewMs) {
    throw authenticationRefused('its time stamp is too far from the clock', 'Set the clocks of both ends right.');
  }
  if (bindings !== undefined) refuseWrongBindings(response, bindings, policy.channelBindingPolicy);
  return response;
}

export function authenticationRefused(why: string, hint?: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The client's NTLM logon is refused: ${why}.`, { hint });
}

function refuseWeakFlags(flags: number, policy: NtlmAcceptorPolicy): void {
  const signs = hasFlag(flags, 'NEGOTIATE_SIGN');
  const seals = hasFlag(flags, 'NEGOTIATE_SEAL');
  if (policy.requireEncryption && !signs) throw authenticationRefused('it does not sign messages');
  if (policy.requireEncryption && !seals) throw authenticationRefused('it does not seal messages');
  if (!signs && !seals) return;
  const lack = protectionLack(flags);
  if (lack !== undefined) throw authenticationRefused(`it does without ${lack}`);
}

function refuseWrongBindings(
  response: NtlmV2Response,
  bindings: ChannelBindings,
  policy: NtlmAcceptorPolicy['channelBindingPolicy'],
): void {
  const received = response.targetInfo.bytes(AvId.MsvAvChannelBindings) ?? ABSENT_BINDINGS;
  if (timingSafeEqual(received, ABSENT_BINDINGS)) {
    if (policy === 'strict') throw authenticationRefused('it is not bound to the TLS channel');
    return;
  }
  if (!timingSafeEqual(received, channelBindingsHash(bindings))) {
    throw authenticationRefused('it is bound to another TLS channel', 'Something between the two ends terminates TLS.');
  }
}
