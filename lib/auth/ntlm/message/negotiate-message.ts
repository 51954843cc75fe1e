import { MessageReader } from './message-reader.js';
import { MessageWriter } from './message-writer.js';
import { hasFlag } from './negotiate-flags.js';
import { type NtlmVersion, readVersion, VERSION_BYTES, writeVersion } from './ntlm-version.js';

const MESSAGE_TYPE = 1;
const FIXED_BYTES = 32;

/** The initiator's first message: what it can do (MS-NLMP 2.2.1.1). */
export interface NtlmNegotiateMessage {
  readonly type: 'NEGOTIATE';
  readonly flags: number;
  /** Always in the OEM character set. */
  readonly domainName?: string;
  readonly workstation?: string;
  readonly version?: NtlmVersion;
}

/** @throws ERR_AUTHENTICATION when the message breaks its format. */
export function parseNegotiateMessage(bytes: Uint8Array): NtlmNegotiateMessage {
  const reader = new MessageReader(bytes, MESSAGE_TYPE, FIXED_BYTES);
  const flags = reader.uint32(12);
  const domainName = hasFlag(flags, 'NEGOTIATE_OEM_DOMAIN_SUPPLIED') ? reader.text(16, 'DomainName', false) : undefined;
  const workstation = hasFlag(flags, 'NEGOTIATE_OEM_WORKSTATION_SUPPLIED')
    ? reader.text(24, 'Workstation', false)
    : undefined;
  const version = hasFlag(flags, 'NEGOTIATE_VERSION') ? reader.bytes(FIXED_BYTES, VERSION_BYTES) : undefined;
  return {
    type: 'NEGOTIATE',
    flags,
    ...(domainName !== undefined && { domainName }),
    ...(workstation !== undefined && { workstation }),
    ...(version !== undefined && { version: readVersion(version) }),
  };
}

export function encodeNegotiateMessage(message: Omit<NtlmNegotiateMessage, 'type'>): Uint8Array {
  const writer = new MessageWriter(MESSAGE_TYPE, FIXED_BYTES + VERSION_BYTES);
  writer.uint32(12, message.flags);
  writer.text(16, message.domainName ?? '', false);
  writer.text(24, message.workstation ?? '', false);
  if (message.version !== undefined) writer.bytes(FIXED_BYTES, writeVersion(message.version));
  return writer.finish();
}
