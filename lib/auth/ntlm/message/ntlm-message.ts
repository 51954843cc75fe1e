import { type NtlmAuthenticateMessage, parseAuthenticateMessage } from './authenticate-message.js';
import { type NtlmChallengeMessage, parseChallengeMessage } from './challenge-message.js';
import { malformedMessage } from './malformed-message.js';
import { ntlmMessageType } from './message-reader.js';
import { type NtlmNegotiateMessage, parseNegotiateMessage } from './negotiate-message.js';

/** Any NTLM message, told apart by `type`. */
export type NtlmMessage = NtlmNegotiateMessage | NtlmChallengeMessage | NtlmAuthenticateMessage;

/**
 * Reads an NTLM message of any type (MS-NLMP 2.2.1).
 * @throws ERR_AUTHENTICATION when it breaks its format.
 */
export function parseNtlmMessage(bytes: Uint8Array): NtlmMessage {
  const type = ntlmMessageType(bytes);
  if (type === 1) return parseNegotiateMessage(bytes);
  if (type === 2) return parseChallengeMessage(bytes);
  if (type === 3) return parseAuthenticateMessage(bytes);
  throw malformedMessage(`unknown message type ${type}`);
}
