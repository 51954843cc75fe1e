import { isNtlmV2Response, type NtlmV2Response, parseNtlmV2Response } from '../ntlmv2-response.js';
import { malformedMessage } from './malformed-message.js';
import { MessageReader } from './message-reader.js';
import { MessageWriter } from './message-writer.js';
import { hasFlag } from './negotiate-flags.js';
import { type NtlmVersion, readVersion, VERSION_BYTES, writeVersion } from './ntlm-version.js';
import { AvFlags } from './target-info.js';

const MESSAGE_TYPE = 3;
const FIXED_BYTES = 64;
const MIC_OFFSET = FIXED_BYTES + VERSION_BYTES;
const MIC_BYTES = 16;

/** The initiator's proof (MS-NLMP 2.2.1.3). */
export interface NtlmAuthenticateMessage {
  readonly type: 'AUTHENTICATE';
  readonly flags: number;
  readonly userName: string;
  readonly domainName: string;
  readonly workstation: string;
  readonly lmResponse: Uint8Array;
  readonly ntResponse: Uint8Array;
  /** `ntResponse` taken apart; undefined when it is not NTLMv2. */
  readonly ntlmV2?: NtlmV2Response;
  readonly encryptedSessionKey: Uint8Array;
  /** Present when MsvAvFlags of the response says so. */
  readonly mic?: Uint8Array;
  readonly version?: NtlmVersion;
}

/** @throws ERR_AUTHENTICATION when the message breaks its format, or announces a MIC that it does not have. */
export function parseAuthenticateMessage(bytes: Uint8Array): NtlmAuthenticateMessage {
  const reader = new MessageReader(bytes, MESSAGE_TYPE, FIXED_BYTES);
  const flags = reader.uint32(60);
  const unicode = hasFlag(flags, 'NEGOTIATE_UNICODE');
  const lmResponse = reader.field(12, 'LmChallengeResponse');
  const ntResponse = reader.field(20, 'NtChallengeResponse');
  const domainName = reader.text(28, 'DomainName', unicode);
  const userName = reader.text(36, 'UserName', unicode);
  const workstation = reader.text(44, 'Workstation', unicode);
  const encryptedSessionKey = reader.field(52, 'EncryptedRandomSessionKey');
  const ntlmV2 = isNtlmV2Response(ntResponse) ? parseNtlmV2Response(ntResponse) : undefined;
  let mic: Uint8Array | undefined;
  if (ntlmV2 !== undefined && (ntlmV2.targetInfo.flags & AvFlags.MIC) !== 0) {
    mic = reader.payloadStart < MIC_OFFSET + MIC_BYTES ? undefined : reader.bytes(MIC_OFFSET, MIC_BYTES);
    if (mic === undefined) throw malformedMessage('it announces a MIC that it does not have');
  }
  const version =
    hasFlag(flags, 'NEGOTIATE_VERSION') && reader.payloadStart >= MIC_OFFSET
      ? reader.bytes(FIXED_BYTES, VERSION_BYTES)
      : undefined;
  return {
    type: 'AUTHENTICATE',
    flags,
    userName,
    domainName,
    workstation,
    lmResponse,
    ntResponse,
    ...(ntlmV2 !== undefined && { ntlmV2 }),
    encryptedSessionKey,
    ...(mic !== undefined && { mic }),
    ...(version !== undefined && { version: readVersion(version) }),
  };
}

/** With `mic` there is room for one, which {@link withMic} fills; without it the payload begins at its place. */
export function encodeAuthenticateMessage(message: Omit<NtlmAuthenticateMessage, 'type' | 'ntlmV2'>): Uint8Array {
  const writer = new MessageWriter(MESSAGE_TYPE, message.mic === undefined ? MIC_OFFSET : MIC_OFFSET + MIC_BYTES);
  const unicode = hasFlag(message.flags, 'NEGOTIATE_UNICODE');
  writer.uint32(60, message.flags);
  if (message.version !== undefined) writer.bytes(FIXED_BYTES, writeVersion(message.version));
  if (message.mic !== undefined) writer.bytes(MIC_OFFSET, message.mic);
  writer.text(28, message.domainName, unicode);
  writer.text(36, message.userName, unicode);
  writer.text(44, message.workstation, unicode);
  writer.field(12, message.lmResponse);
  writer.field(20, message.ntResponse);
  writer.field(52, message.encryptedSessionKey);
  return writer.finish();
}

/** A copy of an encoded message with another MIC in its place; sixteen zero bytes are what the MIC itself covers. */
export function withMic(encoded: Uint8Array, mic: Uint8Array = new Uint8Array(MIC_BYTES)): Uint8Array {
  const copy = new Uint8Array(encoded);
  copy.set(mic, MIC_OFFSET);
  return copy;
}
