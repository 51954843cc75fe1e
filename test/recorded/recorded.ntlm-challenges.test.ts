import { expect, it } from '@jest/globals';
import { ntlmInitiator } from '../../lib/auth/ntlm/initiator.js';
import { isCimletError } from '../../lib/base/errors.js';
import { Secret } from '../../lib/base/secret.js';
import { hmacMd5, md4, ntowfv2, rc4, readAuthenticate, readChallenge } from './independent-ntlm.js';
import { describeWithFolder, readChallenges } from './recordings.js';

const PASSWORD = 'Recorded-Pa55';
const TARGET = 'HTTP/recorded.example';
/** NEGOTIATE_UNICODE, SIGN, SEAL, EXTENDED_SESSIONSECURITY, TARGET_INFO, 128, KEY_EXCH (MS-NLMP 2.2.2.5): without one of them nothing can be sealed as WinRM needs it. */
const NEEDED = [0x1, 0x10, 0x20, 0x80000, 0x800000, 0x20000000, 0x40000000];
const TIMESTAMP = 7;
const FLAGS = 6;
const TARGET_NAME = 9;
const CHANNEL_BINDINGS = 10;

describeWithFolder('CIMLET_RECORDED', 'Recorded NTLM challenges of Windows', (folder) => {
  const challenges = readChallenges(folder).map(({ source, challenge }) => ({
    source,
    message: Buffer.from(challenge, 'base64'),
  }));
  const strong = ({ message }: { readonly message: Buffer }) =>
    NEEDED.every((flag) => (readChallenge(message).flags & flag) !== 0);

  it('are of both kinds; and the judge itself is right (RFC 1320 A.5, MS-NLMP 4.2.4.1.1)', () => {
    expect([challenges.some(strong), challenges.every(strong)]).toEqual([true, false]);
    expect(md4(Buffer.from('message digest')).toString('hex')).toBe('d9130a8164549fe818874806e1c7014b');
    expect(ntowfv2('Password', 'User', 'Domain').toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  it.each(challenges.filter(strong))('is answered right: $source', async ({ message }) => {
    const initiator = ntlmInitiator({
      credential: { userName: 'dhcpadmin', domain: 'CONTOSO', password: new Secret(PASSWORD) },
      targetName: TARGET,
    });
    const negotiate = Buffer.from((await initiator.step(undefined)) ?? []);
    const answer = readAuthenticate(Buffer.from((await initiator.step(message)) ?? []));
    const { serverChallenge, pairs, flags } = readChallenge(message);
    expect([answer.userName, answer.domain]).toEqual(['dhcpadmin', 'CONTOSO']);
    expect(NEEDED.every((flag) => (answer.flags & flag) !== 0)).toBe(true);
    expect(answer.flags & ~flags).toBe(0);
    const key = ntowfv2(PASSWORD, 'dhcpadmin', 'CONTOSO');
    expect(answer.proof.equals(hmacMd5(key, serverChallenge, answer.blob))).toBe(true);
    expect(answer.blob.subarray(0, 8).toString('hex')).toBe('0101000000000000');
    const sessionKey = rc4(hmacMd5(key, answer.proof), answer.encryptedKey);
    expect(answer.mic.equals(hmacMd5(sessionKey, negotiate, message, answer.withoutMic))).toBe(true);
    for (const [id, value] of pairs) if (id !== FLAGS) expect([id, answer.pairs.get(id)]).toEqual([id, value]);
    expect(Number.parseInt(answer.pairs.get(FLAGS)?.slice(0, 2) ?? '0', 16) & 2).toBe(2);
    expect(answer.pairs.get(TARGET_NAME)).toBe(Buffer.from(TARGET, 'utf16le').toString('hex'));
    expect(answer.pairs.get(CHANNEL_BINDINGS)).toBe('00'.repeat(16));
    const timestamp = pairs.get(TIMESTAMP);
    if (timestamp !== undefined) expect(answer.time.toString('hex')).toBe(timestamp);
    const nothing = Buffer.alloc(24);
    // MS-NLMP 3.1.5.1.2: Z(24) beside a time stamp; without one an LMv2 response may stand there.
    const lmV2 = Buffer.concat([hmacMd5(key, serverChallenge, answer.clientChallenge), answer.clientChallenge]);
    const allowed = timestamp === undefined ? [nothing, lmV2] : [nothing];
    expect(allowed.some((response) => response.equals(answer.lmResponse))).toBe(true);
    initiator.dispose();
  });

  it.each(challenges.filter((challenge) => !strong(challenge)))(
    'that leaves something out is refused: $source',
    async ({ message }) => {
      const initiator = ntlmInitiator({
        credential: { userName: 'dhcpadmin', domain: 'CONTOSO', password: new Secret(PASSWORD) },
      });
      await initiator.step(undefined);
      const error = await initiator.step(message).catch((reason: unknown) => reason);
      expect(isCimletError(error) ? error.code : error).toBe('ERR_AUTHENTICATION');
    },
  );

  it('is refused when it is cut anywhere', async () => {
    for (const { message } of challenges) {
      // What stands behind the pairs, and the mark of their end, may be missing.
      const end = message.readUInt32LE(44) + message.readUInt16LE(40) - 4;
      for (let length = 0; length < end; length += 3) {
        const initiator = ntlmInitiator({ credential: { userName: 'u', domain: 'd', password: new Secret('p') } });
        await initiator.step(undefined);
        const answer = await initiator.step(message.subarray(0, length)).catch((reason: unknown) => reason);
        expect(isCimletError(answer) ? answer.code : answer).toBe('ERR_AUTHENTICATION');
      }
    }
  });
});
