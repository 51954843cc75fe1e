import { malformedMessage } from './message/malformed-message.js';
import { TargetInfo } from './message/target-info.js';

const PROOF_BYTES = 16;
const CLIENT_CHALLENGE_FIXED_BYTES = 28;

/** The NTLMv2_CLIENT_CHALLENGE: what the initiator's proof covers beside the server's nonce (MS-NLMP 2.2.2.7). */
export interface NtlmV2ClientChallenge {
  /** FILETIME. */
  readonly timestamp: bigint;
  /** Eight bytes. */
  readonly clientChallenge: Uint8Array;
  readonly targetInfo: TargetInfo;
}

/** The NTLMv2_RESPONSE (MS-NLMP 2.2.2.8). */
export interface NtlmV2Response extends NtlmV2ClientChallenge {
  /** The NTProofStr, 16 bytes. */
  readonly proof: Uint8Array;
  /** The client challenge as received, which the proof was computed over. */
  readonly encodedChallenge: Uint8Array;
}

/** True when an NtChallengeResponse is longer than NTLMv1's 24 bytes, which is how the versions are told apart. */
export function isNtlmV2Response(response: Uint8Array): boolean {
  return response.length > 24;
}

/** @throws ERR_AUTHENTICATION when the response breaks its format. */
export function parseNtlmV2Response(response: Uint8Array): NtlmV2Response {
  const encodedChallenge = new Uint8Array(response.subarray(PROOF_BYTES));
  if (encodedChallenge.length < CLIENT_CHALLENGE_FIXED_BYTES) throw malformedMessage('its NTLMv2 response is cut');
  if (encodedChallenge[0] !== 1 || encodedChallenge[1] !== 1) {
    throw malformedMessage('its NTLMv2 response has an unknown version');
  }
  return {
    proof: new Uint8Array(response.subarray(0, PROOF_BYTES)),
    encodedChallenge,
    timestamp: Buffer.from(encodedChallenge).readBigUInt64LE(8),
    clientChallenge: encodedChallenge.slice(16, 24),
    // Windows may put padding after the end mark (appendix B <30>), and everybody puts four zero bytes.
    targetInfo: TargetInfo.parse(encodedChallenge.subarray(CLIENT_CHALLENGE_FIXED_BYTES), 'ignore'),
  };
}

/** The `temp` of MS-NLMP 3.3.2. */
export function encodeClientChallenge(challenge: NtlmV2ClientChallenge): Uint8Array {
  const fixed = Buffer.alloc(CLIENT_CHALLENGE_FIXED_BYTES);
  fixed.writeUInt8(1, 0);
  fixed.writeUInt8(1, 1);
  fixed.writeBigUInt64LE(challenge.timestamp, 8);
  fixed.set(challenge.clientChallenge, 16);
  return new Uint8Array(Buffer.concat([fixed, challenge.targetInfo.encode(), Buffer.alloc(4)]));
}
