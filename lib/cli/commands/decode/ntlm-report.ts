import type { NtlmAuthenticateMessage } from '../../../auth/ntlm/message/authenticate-message.js';
import { unixMsFromFileTime } from '../../../auth/ntlm/message/file-time.js';
import { describeFlags } from '../../../auth/ntlm/message/negotiate-flags.js';
import { parseNtlmMessage } from '../../../auth/ntlm/message/ntlm-message.js';
import type { NtlmVersion } from '../../../auth/ntlm/message/ntlm-version.js';
import { AvFlags, AvId, type TargetInfo } from '../../../auth/ntlm/message/target-info.js';
import { factsOf, hex, type Report } from './report.js';

const NUMBERS = { NEGOTIATE: 1, CHALLENGE: 2, AUTHENTICATE: 3 } as const;

/** An NTLM message (MS-NLMP 2.2.1). Responses and keys are told by their length: they are what a guesser of passwords needs. */
export function ntlmReport(bytes: Uint8Array): Report {
  const message = parseNtlmMessage(bytes);
  const common = factsOf([
    ['flags', describeFlags(message.flags)],
    ['version', versionText(message.version)],
  ]);
  const title = `NTLM ${message.type}_MESSAGE (${NUMBERS[message.type]} of 3, ${bytes.length} bytes)`;
  switch (message.type) {
    case 'NEGOTIATE':
      return {
        title,
        facts: [
          ...factsOf([
            ['domain', message.domainName],
            ['workstation', message.workstation],
          ]),
          ...common,
        ],
        parts: [],
      };
    case 'CHALLENGE':
      return {
        title,
        facts: [
          ...factsOf([
            ['target', message.targetName],
            ['server challenge', hex(message.serverChallenge)],
          ]),
          ...common,
        ],
        parts: message.targetInfo === undefined ? [] : [targetInfoReport(message.targetInfo)],
      };
    default:
      return authenticateReport(title, message, common);
  }
}

function authenticateReport(title: string, message: NtlmAuthenticateMessage, common: Report['facts']): Report {
  const { ntlmV2, ntResponse, lmResponse, encryptedSessionKey, mic } = message;
  const anonymous = ntResponse.length === 0 && message.userName === '';
  return {
    title,
    facts: [
      ...factsOf([
        ['user', anonymous ? '(anonymous)' : message.userName],
        ['domain', message.domainName],
        ['workstation', message.workstation],
        ['response', responseText(message)],
        ['LM response', lmText(lmResponse)],
        [
          'session key',
          encryptedSessionKey.length === 0 ? 'not exchanged' : `encrypted, ${encryptedSessionKey.length} bytes`,
        ],
        ['MIC', mic === undefined ? 'absent: the messages before it are not protected' : `present, ${hex(mic)}`],
        ['client time', ntlmV2 && timeText(ntlmV2.timestamp)],
      ]),
      ...common,
    ],
    parts: ntlmV2 === undefined ? [] : [targetInfoReport(ntlmV2.targetInfo)],
  };
}

function responseText({ ntlmV2, ntResponse }: NtlmAuthenticateMessage): string {
  if (ntResponse.length === 0) return 'none';
  const version = ntlmV2 !== undefined ? 'NTLMv2' : ntResponse.length === 24 ? 'NTLMv1' : 'unknown';
  return `${version}, ${ntResponse.length} bytes`;
}

function lmText(response: Uint8Array): string {
  if (response.length === 0) return 'none';
  return response.every((byte) => byte === 0) ? `none, ${response.length} zero bytes` : `${response.length} bytes`;
}

function targetInfoReport(info: TargetInfo): Report {
  const names = new Map<number, string>(Object.entries(AvId).map(([name, id]) => [id, name]));
  return {
    title: 'target info',
    facts: info.ids.map((id) => [names.get(id) ?? `AvId ${id}`, pairText(info, id)]),
    parts: [],
  };
}

function pairText(info: TargetInfo, id: number): string {
  switch (id) {
    case AvId.MsvAvFlags:
      return flagsText(info.flags);
    case AvId.MsvAvTimestamp:
      return timeText(info.timestamp ?? 0n);
    case AvId.MsvAvChannelBindings: {
      const bindings = info.bytes(id) ?? new Uint8Array();
      return bindings.every((byte) => byte === 0) ? 'none: not bound to a TLS channel' : hex(bindings);
    }
    case AvId.MsvAvSingleHost:
      return `${info.bytes(id)?.length ?? 0} bytes`;
    default:
      return id >= AvId.MsvAvNbComputerName && id <= AvId.MsvAvTargetName
        ? (info.text(id) ?? '')
        : hex(info.bytes(id) ?? new Uint8Array());
  }
}

function flagsText(flags: number): string {
  const set = Object.entries(AvFlags).filter(([, bit]) => (flags & bit) !== 0);
  return `0x${flags.toString(16).padStart(8, '0')}${set.length === 0 ? '' : ` ${set.map(([name]) => name).join(' ')}`}`;
}

function timeText(fileTime: bigint): string {
  const ms = unixMsFromFileTime(fileTime);
  return Math.abs(ms) > 8.64e15 ? `FILETIME ${fileTime}` : new Date(ms).toISOString();
}

function versionText(version: NtlmVersion | undefined): string | undefined {
  return version && `${version.major}.${version.minor} build ${version.build}, NTLM revision ${version.revision}`;
}
