import { MessageReader } from './message-reader.js';
import { MessageWriter } from './message-writer.js';
import { flagBits, hasFlag } from './negotiate-flags.js';
import { type NtlmVersion, readVersion, VERSION_BYTES, writeVersion } from './ntlm-version.js';
import { TargetInfo } from './target-info.js';

const MESSAGE_TYPE = 2;
const FIXED_BYTES = 48;

/** The acceptor's answer: what it chose, and its nonce (MS-NLMP 2.2.1.2). */
export interface NtlmChallengeMessage {
  readonly type: 'CHALLENGE';
  readonly flags: number;
  /** Eight bytes. */
  readonly serverChallenge: Uint8Array;
  /** The server's domain, or its own name outside of a domain. */
  readonly targetName: string;
  /** Undefined without NTLMSSP_NEGOTIATE_TARGET_INFO. */
  readonly targetInfo?: TargetInfo;
  readonly version?: NtlmVersion;
}

/** @throws ERR_AUTHENTICATION when the message breaks its format. */
export function parseChallengeMessage(bytes: Uint8Array): NtlmChallengeMessage {
  const reader = new MessageReader(bytes, MESSAGE_TYPE, FIXED_BYTES);
  const flags = reader.uint32(20);
  // The example of 4.2.4.3 has the name without NTLMSSP_REQUEST_TARGET, but with its type.
  const named = (flags & flagBits('REQUEST_TARGET', 'TARGET_TYPE_SERVER', 'TARGET_TYPE_DOMAIN')) !== 0;
  const targetName = named ? reader.text(12, 'TargetName', hasFlag(flags, 'NEGOTIATE_UNICODE')) : '';
  const targetInfo = hasFlag(flags, 'NEGOTIATE_TARGET_INFO')
    ? TargetInfo.parse(reader.field(40, 'TargetInfo'))
    : undefined;
  const version = hasFlag(flags, 'NEGOTIATE_VERSION') ? reader.bytes(FIXED_BYTES, VERSION_BYTES) : undefined;
  return {
    type: 'CHALLENGE',
    flags,
    serverChallenge: new Uint8Array(bytes.subarray(24, 32)),
    targetName,
    ...(targetInfo !== undefined && { targetInfo }),
    ...(version !== undefined && { version: readVersion(version) }),
  };
}

export function encodeChallengeMessage(message: Omit<NtlmChallengeMessage, 'type'>): Uint8Array {
  const writer = new MessageWriter(MESSAGE_TYPE, FIXED_BYTES + VERSION_BYTES);
  writer.uint32(20, message.flags);
  writer.bytes(24, message.serverChallenge);
  if (message.version !== undefined) writer.bytes(FIXED_BYTES, writeVersion(message.version));
  writer.text(12, message.targetName, hasFlag(message.flags, 'NEGOTIATE_UNICODE'));
  writer.field(40, message.targetInfo?.encode() ?? new Uint8Array(0));
  return writer.finish();
}
