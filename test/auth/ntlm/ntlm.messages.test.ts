import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { lmV2Response, ntHash, responseKey } from '../../../lib/auth/ntlm/key-derivation.js';
import { encodeAuthenticateMessage } from '../../../lib/auth/ntlm/message/authenticate-message.js';
import { encodeChallengeMessage, parseChallengeMessage } from '../../../lib/auth/ntlm/message/challenge-message.js';
import { fileTimeFromUnixMs, unixMsFromFileTime } from '../../../lib/auth/ntlm/message/file-time.js';
import { describeFlags } from '../../../lib/auth/ntlm/message/negotiate-flags.js';
import { encodeNegotiateMessage } from '../../../lib/auth/ntlm/message/negotiate-message.js';
import { parseNtlmMessage } from '../../../lib/auth/ntlm/message/ntlm-message.js';
import { AvId, TargetInfo } from '../../../lib/auth/ntlm/message/target-info.js';
import { encodeClientChallenge } from '../../../lib/auth/ntlm/ntlmv2-response.js';
import { isCimletError } from '../../../lib/base/errors.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { makeAcceptor, makeInitiator } from './ntlm-pair.js';

// An independent reader; Node's OpenSSL keeps it from MD4, so that it is given the hash.
const independent = createRequire(__filename)('ntlm-client') as {
  createType1Message(workstation: string, target: string): string;
  decodeType2Message(header: string): {
    flags: number;
    encoding: string;
    version: number;
    challenge: Buffer;
    targetName: string;
    targetInfo: { parsed: Record<string, string> };
  };
};
const independentHashes = createRequire(__filename)('ntlm-client/lib/hash') as {
  createLMv2Response(type2: unknown, userName: string, ntlmHash: Uint8Array, nonce: string): Buffer;
};

const name = fc.string({ unit: 'binary', maxLength: 40 });
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });
const eight = fc.uint8Array({ minLength: 8, maxLength: 8 });

describe('NTLM messages', () => {
  it('are read by ntlm-client: our CHALLENGE_MESSAGE', async () => {
    const acceptor = makeAcceptor();
    const challenge = (await acceptor.step(await makeInitiator().step(undefined))) ?? new Uint8Array();
    const decoded = independent.decodeType2Message(`NTLM ${Buffer.from(challenge).toString('base64')}`);
    expect(decoded).toMatchObject({ encoding: 'ucs2', targetName: 'CONTOSO' });
    expect(decoded.targetInfo.parsed).toMatchObject({
      SERVER: 'DHCPSERVER',
      DOMAIN: 'CONTOSO',
      FQDN: 'dhcpserver.contoso.com',
      DNS: 'contoso.com',
      PARENT_DNS: 'contoso.com',
    });
    const ours = parseChallengeMessage(challenge);
    expect(decoded.challenge.equals(ours.serverChallenge)).toBe(true);
    expect(decoded.flags >>> 0).toBe(ours.flags);
    const theirs = independentHashes.createLMv2Response(decoded, 'dhcpadmin', ntHash('secret'), 'aabbccdd00112233');
    const key = responseKey(ntHash('secret'), 'dhcpadmin', 'CONTOSO');
    const nonce = Buffer.from('aabbccdd00112233', 'hex');
    expect(theirs.equals(lmV2Response(key, ours.serverChallenge, nonce))).toBe(true);
  });

  it('are read from ntlm-client: its NEGOTIATE_MESSAGE', () => {
    const header = independent.createType1Message('WORKSTATION', 'CONTOSO');
    const message = parseNtlmMessage(Buffer.from(header.slice('NTLM '.length), 'base64'));
    expect(message).toMatchObject({ type: 'NEGOTIATE', flags: 0x00088206 });
    expect(describeFlags(message.flags)).toEqual([
      'NTLMSSP_NEGOTIATE_OEM',
      'NTLMSSP_REQUEST_TARGET',
      'NTLMSSP_NEGOTIATE_NTLM',
      'NTLMSSP_NEGOTIATE_ALWAYS_SIGN',
      'NTLMSSP_NEGOTIATE_EXTENDED_SESSIONSECURITY',
    ]);
  });

  it('come back from their encoding', () => {
    fc.assert(
      fc.property(
        name,
        name,
        name,
        sixteen,
        eight,
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (user, domain, spn, key, nonce, time) => {
          const targetInfo = TargetInfo.empty
            .withText(AvId.MsvAvNbComputerName, domain)
            .withFlags(2)
            .withTimestamp(time)
            .withText(AvId.MsvAvTargetName, spn)
            .with(AvId.MsvAvChannelBindings, key);
          const challenge = { flags: 0xe28a8235, serverChallenge: nonce, targetName: domain, targetInfo };
          const read = parseNtlmMessage(encodeChallengeMessage(challenge));
          expect(read).toMatchObject({ type: 'CHALLENGE', targetName: domain, flags: challenge.flags });
          expect(read.type === 'CHALLENGE' && read.targetInfo?.describe()).toEqual(targetInfo.describe());
          const blob = encodeClientChallenge({ timestamp: time, clientChallenge: nonce, targetInfo });
          const authenticate = encodeAuthenticateMessage({
            flags: challenge.flags,
            userName: user,
            domainName: domain,
            workstation: spn,
            lmResponse: new Uint8Array(24),
            ntResponse: Buffer.concat([key, blob]),
            encryptedSessionKey: key,
            mic: key,
          });
          expect(parseNtlmMessage(authenticate)).toMatchObject({
            type: 'AUTHENTICATE',
            userName: user,
            domainName: domain,
            workstation: spn,
            mic: key,
            encryptedSessionKey: key,
            ntlmV2: { timestamp: time, clientChallenge: nonce, proof: key },
          });
        },
      ),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('are refused when truncated, lengthened, changed or made up, and by nothing but a CimletError', async () => {
    const acceptor = makeAcceptor();
    const initiator = makeInitiator();
    const negotiate = (await initiator.step(undefined)) ?? new Uint8Array();
    const challenge = (await acceptor.step(negotiate)) ?? new Uint8Array();
    const authenticate = (await initiator.step(challenge)) ?? new Uint8Array();
    const read = (bytes: Uint8Array): void => {
      try {
        parseNtlmMessage(bytes);
      } catch (error) {
        if (!isCimletError(error) || error.code !== 'ERR_AUTHENTICATION') throw error;
      }
    };
    for (const whole of [negotiate, challenge, authenticate]) {
      for (let length = 0; length < whole.length; length++) read(whole.subarray(0, length));
      expect(() => parseNtlmMessage(whole.subarray(0, 20))).toThrow(
        expect.objectContaining({ code: 'ERR_AUTHENTICATION' }),
      );
      expect(() => parseNtlmMessage(Buffer.concat([whole, new Uint8Array(70_000)]))).toThrow('longer');
    }
    fc.assert(
      fc.property(
        fc.constantFrom(negotiate, challenge, authenticate),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (whole, changes) => {
          const copy = new Uint8Array(whole);
          for (const [position, value] of changes) copy[position % copy.length] = value;
          read(copy);
        },
      ),
      { numRuns: fuzzRuns(5000) },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => read(bytes)),
      { numRuns: fuzzRuns(100) },
    );
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3, 4), fc.uint8Array({ maxLength: 300 }), (type, rest) =>
        read(Buffer.concat([Buffer.from('NTLMSSP\0'), Buffer.of(type, 0, 0, 0), rest])),
      ),
      { numRuns: fuzzRuns(100) },
    );
  });
});

describe('target info', () => {
  it.each([
    ['no end mark', '0100040053005300'],
    ['empty', ''],
    ['an end mark with content', '0000020000 00'],
    ['bytes behind the end', '0000000000'],
    ['a pair that is cut', '0100ff0053000000 0000'],
    ['a pair twice', '01000200530001000200540000000000'],
    ['an odd text', '010003005300530000 0000'],
    ['an unpaired surrogate', '0100020000d800000000'],
    ['short flags', '06000200000000000000'],
    ['a short time stamp', '070004000000000000000000'],
    ['short bindings', '0a0004000000000000000000'],
  ])('is refused with %s', (_, hex) => {
    const bytes = Buffer.from(hex.replace(/\s/g, ''), 'hex');
    expect(() => TargetInfo.parse(bytes)).toThrow(expect.objectContaining({ code: 'ERR_AUTHENTICATION' }));
  });

  it('keeps the order and what it does not know, and may be followed by padding in a response', () => {
    const bytes = Buffer.from('630002000102 0100020053 00 00000000 0000'.replace(/\s/g, ''), 'hex');
    const info = TargetInfo.parse(bytes, 'ignore');
    expect(info.describe()).toEqual([
      { name: 'AvId 99', value: '0102' },
      { name: 'MsvAvNbComputerName', value: 'S' },
    ]);
    expect(Buffer.from(info.encode())).toEqual(bytes.subarray(0, 16));
  });

  it('converts FILETIME both ways', () => {
    // The epoch difference of MS-DTYP 2.3.3's FILETIME.
    expect(fileTimeFromUnixMs(0)).toBe(116_444_736_000_000_000n);
    expect(unixMsFromFileTime(fileTimeFromUnixMs(1_764_000_000_123))).toBe(1_764_000_000_123);
  });

  it('describes flags without a name too', () => {
    expect(describeFlags(0x80000008)).toEqual(['NTLMSSP_NEGOTIATE_56', '0x00000008']);
    expect(encodeNegotiateMessage({ flags: 0xe2088235 })).toHaveLength(40);
  });
});
