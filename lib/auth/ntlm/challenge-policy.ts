import { CimletError } from '../../base/errors.js';
import type { NtlmChallengeMessage } from './message/challenge-message.js';
import { hasFlag } from './message/negotiate-flags.js';
import { AvId, type TargetInfo } from './message/target-info.js';
import { protectionLack } from './protection-needs.js';

const ENABLE_NTLMV2 =
  'Let the server use NTLMv2 session security with 128-bit encryption, use Kerberos, or find out who sits in between.';

/**
 * Refuses a CHALLENGE_MESSAGE that leaves out what the initiator needs (MS-NLMP 3.1.5.1.2), and gives its target info.
 * @throws ERR_AUTHENTICATION, a message of its own for each lack.
 */
export function refuseWeakChallenge(challenge: NtlmChallengeMessage, requireEncryption: boolean): TargetInfo {
  const { flags, targetInfo } = challenge;
  if (!hasFlag(flags, 'NEGOTIATE_UNICODE')) throw refused('it wants names in an OEM character set');
  if (hasFlag(flags, 'NEGOTIATE_DATAGRAM')) throw refused('it wants the connectionless variant');
  if (targetInfo === undefined) throw refused('it sends no target info, so that only NTLMv1 would be possible');
  if (requireEncryption) {
    if (!hasFlag(flags, 'NEGOTIATE_SIGN')) throw refused('it does not sign messages');
    if (!hasFlag(flags, 'NEGOTIATE_SEAL')) throw refused('it does not seal messages');
  }
  const protects = hasFlag(flags, 'NEGOTIATE_SIGN') || hasFlag(flags, 'NEGOTIATE_SEAL');
  const lack = protects ? protectionLack(flags) : undefined;
  if (lack !== undefined) throw refused(`it does without ${lack}`);
  if (protects && !(targetInfo.has(AvId.MsvAvNbComputerName) && targetInfo.has(AvId.MsvAvNbDomainName))) {
    throw refused('it names neither its computer nor its domain');
  }
  return targetInfo;
}

function refused(why: string): CimletError {
  return new CimletError('ERR_AUTHENTICATION', `The server's NTLM challenge is refused: ${why}.`, {
    hint: ENABLE_NTLMV2,
  });
}
