// Every value of MS-NLMP 4.2.4 (NTLMv2), with the common values of 4.2.1.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  lmV2Response,
  ntHash,
  ntProof,
  rc4Once,
  responseKey,
  sealKey,
  sessionBaseKey,
  signKey,
} from '../../../lib/auth/ntlm/key-derivation.js';
import { encodeAuthenticateMessage } from '../../../lib/auth/ntlm/message/authenticate-message.js';
import { encodeChallengeMessage } from '../../../lib/auth/ntlm/message/challenge-message.js';
import { describeFlags, flagBits } from '../../../lib/auth/ntlm/message/negotiate-flags.js';
import { parseNtlmMessage } from '../../../lib/auth/ntlm/message/ntlm-message.js';
import { AvId, TargetInfo } from '../../../lib/auth/ntlm/message/target-info.js';
import { encodeClientChallenge, parseNtlmV2Response } from '../../../lib/auth/ntlm/ntlmv2-response.js';
import { NtlmSessionSecurity } from '../../../lib/auth/ntlm/session-security.js';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const hex = (value: Uint8Array | undefined): string => Buffer.from(value ?? []).toString('hex');

// 4.2.1
const USER = Buffer.from('5500730065007200', 'hex').toString('utf16le');
const DOMAIN = Buffer.from('44006f006d00610069006e00', 'hex').toString('utf16le');
const PASSWORD = Buffer.from('500061007300730077006f0072006400', 'hex').toString('utf16le');
const SERVER = Buffer.from('530065007200760065007200', 'hex').toString('utf16le');
const WORKSTATION = Buffer.from('43004f004d0050005500540045005200', 'hex').toString('utf16le');
const RANDOM_SESSION_KEY = bytes('55555555555555555555555555555555');
const CLIENT_CHALLENGE = bytes('aaaaaaaaaaaaaaaa');
const SERVER_CHALLENGE = bytes('0123456789abcdef');

const TARGET_INFO = TargetInfo.empty
  .withText(AvId.MsvAvNbDomainName, DOMAIN)
  .withText(AvId.MsvAvNbComputerName, SERVER);
const TEMP = bytes(`0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000
  02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000 00000000`);
const CHALLENGE_MESSAGE = bytes(`4e544c4d53535000020000000c000c00 3800000033828ae20123456789abcdef
  00000000000000002400240044000000 060070170000000f5300650072007600 6500720002000c0044006f006d006100
  69006e0001000c005300650072007600 6500720000000000`);
const AUTHENTICATE_MESSAGE = bytes(`4e544c4d535350000300000018001800 6c00000054005400840000000c000c00
  48000000080008005400000010001000 5c00000010001000d8000000358288e2 0501280a0000000f44006f006d006100
  69006e00550073006500720043004f00 4d00500055005400450052 0086c35097 ac9cec102554764a57cccc19aaaaaaaa
  aaaaaaaa68cd0ab851e51c96aabc927b ebef6a1c010100000000000000000000 00000000aaaaaaaaaaaaaaaa00000000
  02000c0044006f006d00610069006e00 01000c00530065007200760065007200 0000000000000000c5dad2544fc97990
  94ce1ce90bc9d03e`);

describe('MS-NLMP 4.2.4, NTLMv2', () => {
  const key = responseKey(ntHash(PASSWORD), USER, DOMAIN);
  const proof = ntProof(key, SERVER_CHALLENGE, TEMP);
  const exchangeKey = sessionBaseKey(key, proof);

  it('4.2.4: the challenge flags', () => {
    const flags = flagBits(
      'NEGOTIATE_KEY_EXCH',
      'NEGOTIATE_56',
      'NEGOTIATE_128',
      'NEGOTIATE_VERSION',
      'NEGOTIATE_TARGET_INFO',
      'NEGOTIATE_EXTENDED_SESSIONSECURITY',
      'TARGET_TYPE_SERVER',
      'NEGOTIATE_ALWAYS_SIGN',
      'NEGOTIATE_NTLM',
      'NEGOTIATE_SEAL',
      'NEGOTIATE_SIGN',
      'NEGOTIATE_OEM',
      'NEGOTIATE_UNICODE',
    );
    expect(flags).toBe(0xe28a8233);
    expect(describeFlags(flags)).toHaveLength(13);
  });

  it('4.2.4.1.1: NTOWFv2 and LMOWFv2', () => expect(hex(key)).toBe('0c868a403bfd7a93a3001ef22ef02e3f'));
  it('4.2.4.1.2: SessionBaseKey', () => expect(hex(exchangeKey)).toBe('8de40ccadbc14a82f15cb0ad0de95ca3'));

  it('4.2.4.1.3: temp', () => {
    const temp = encodeClientChallenge({ timestamp: 0n, clientChallenge: CLIENT_CHALLENGE, targetInfo: TARGET_INFO });
    expect(hex(temp)).toBe(hex(TEMP));
  });

  it('4.2.4.2.1: LMv2 response', () =>
    expect(hex(lmV2Response(key, SERVER_CHALLENGE, CLIENT_CHALLENGE))).toBe(
      '86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa',
    ));

  it('4.2.4.2.2: NTLMv2 response', () => expect(hex(proof)).toBe('68cd0ab851e51c96aabc927bebef6a1c'));

  it('4.2.4.2.3: encrypted session key', () => {
    expect(hex(rc4Once(exchangeKey, RANDOM_SESSION_KEY))).toBe('c5dad2544fc9799094ce1ce90bc9d03e');
    expect(hex(rc4Once(exchangeKey, bytes('c5dad2544fc9799094ce1ce90bc9d03e')))).toBe(hex(RANDOM_SESSION_KEY));
  });

  it('4.2.4.3: the CHALLENGE_MESSAGE, read and written', () => {
    const message = parseNtlmMessage(CHALLENGE_MESSAGE);
    if (message.type !== 'CHALLENGE') throw new Error(message.type);
    expect(message.flags).toBe(0xe28a8233);
    expect(hex(message.serverChallenge)).toBe('0123456789abcdef');
    expect(message.targetName).toBe('Server');
    expect(message.version).toEqual({ major: 6, minor: 0, build: 6000, revision: 15 });
    expect(message.targetInfo?.describe()).toEqual([
      { name: 'MsvAvNbDomainName', value: 'Domain' },
      { name: 'MsvAvNbComputerName', value: 'Server' },
    ]);
    expect(hex(encodeChallengeMessage(message))).toBe(hex(CHALLENGE_MESSAGE));
  });

  it('4.2.4.3: the AUTHENTICATE_MESSAGE, read', () => {
    const message = parseNtlmMessage(AUTHENTICATE_MESSAGE);
    if (message.type !== 'AUTHENTICATE') throw new Error(message.type);
    expect(message).toMatchObject({
      userName: 'User',
      domainName: 'Domain',
      workstation: 'COMPUTER',
      flags: 0xe2888235,
    });
    expect(message.version).toEqual({ major: 5, minor: 1, build: 2600, revision: 15 });
    expect(hex(message.lmResponse)).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa');
    expect(hex(message.ntlmV2?.proof)).toBe('68cd0ab851e51c96aabc927bebef6a1c');
    expect(hex(message.ntlmV2?.encodedChallenge)).toBe(hex(TEMP));
    expect(hex(message.encryptedSessionKey)).toBe('c5dad2544fc9799094ce1ce90bc9d03e');
    expect(message.mic).toBeUndefined();
  });

  it('4.2.4.3: the AUTHENTICATE_MESSAGE, made from the password', () => {
    const encoded = encodeAuthenticateMessage({
      flags: 0xe2888235,
      userName: USER,
      domainName: DOMAIN,
      workstation: WORKSTATION,
      lmResponse: lmV2Response(key, SERVER_CHALLENGE, CLIENT_CHALLENGE),
      ntResponse: Buffer.concat([proof, TEMP]),
      encryptedSessionKey: rc4Once(exchangeKey, RANDOM_SESSION_KEY),
      version: { major: 5, minor: 1, build: 2600, revision: 15 },
    });
    expect(hex(encoded)).toBe(hex(AUTHENTICATE_MESSAGE));
  });

  it('2.2.2.8: the response taken apart', () => {
    const response = parseNtlmV2Response(Buffer.concat([proof, TEMP]));
    expect(response.timestamp).toBe(0n);
    expect(hex(response.clientChallenge)).toBe('aaaaaaaaaaaaaaaa');
    expect(response.targetInfo.ids).toEqual([AvId.MsvAvNbDomainName, AvId.MsvAvNbComputerName]);
  });

  it('4.2.4.4: SEALKEY, SIGNKEY and the checksum', () => {
    const signing = signKey(RANDOM_SESSION_KEY, 'client');
    expect(hex(sealKey(RANDOM_SESSION_KEY, 'client'))).toBe('59f600973cc4960a25480a7c196e4c58');
    expect(hex(signing)).toBe('4788dc861b4782f35d43fd98fe1a2d39');
    const checksum = createHmac('md5', signing).update(bytes('00000000')).update(Buffer.from('Plaintext', 'utf16le'));
    expect(checksum.digest('hex').slice(0, 16)).toBe('70352851f2564309');
  });

  it('4.2.4.4: GSS_WrapEx', () => {
    const sealed = new NtlmSessionSecurity(RANDOM_SESSION_KEY, 'client').seal(Buffer.from('Plaintext', 'utf16le'));
    expect(hex(sealed.data)).toBe('54e50165bf1936dc996020c1811b0f06fb5f');
    expect(hex(sealed.header)).toBe('010000007fb38ec5c55d497600000000');
    const server = new NtlmSessionSecurity(RANDOM_SESSION_KEY, 'server');
    expect(Buffer.from(server.unseal(sealed.header, sealed.data)).toString('utf16le')).toBe('Plaintext');
  });
});
