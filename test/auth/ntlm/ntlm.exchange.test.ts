import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { requireProtection } from '../../../lib/auth/contract/message-protection.js';
import { ntHash, ntProof, responseKey } from '../../../lib/auth/ntlm/key-derivation.js';
import {
  encodeAuthenticateMessage,
  parseAuthenticateMessage,
} from '../../../lib/auth/ntlm/message/authenticate-message.js';
import {
  encodeChallengeMessage,
  type NtlmChallengeMessage,
  parseChallengeMessage,
} from '../../../lib/auth/ntlm/message/challenge-message.js';
import { flagBits, type NegotiateFlagName } from '../../../lib/auth/ntlm/message/negotiate-flags.js';
import { encodeNegotiateMessage } from '../../../lib/auth/ntlm/message/negotiate-message.js';
import { AvId, TargetInfo } from '../../../lib/auth/ntlm/message/target-info.js';
import { encodeClientChallenge } from '../../../lib/auth/ntlm/ntlmv2-response.js';
import { Secret } from '../../../lib/base/secret.js';
import { BINDINGS, join, joined, makeAcceptor, makeInitiator, OTHER_BINDINGS, PASSWORD } from './ntlm-pair.js';

const HOUR_MS = 3_600_000;

function clockAt(ms: number) {
  return { now: () => ms, schedule: () => () => undefined };
}

/** The initiator's answer to our acceptor's challenge, changed first. */
async function answerTo(
  change: (challenge: NtlmChallengeMessage) => Partial<NtlmChallengeMessage>,
  requireEncryption = true,
) {
  const initiator = makeInitiator({ requireEncryption });
  const challenge = parseChallengeMessage(
    (await makeAcceptor().step(await initiator.step(undefined))) ?? new Uint8Array(),
  );
  return initiator.step(encodeChallengeMessage({ ...challenge, ...change(challenge) }));
}

function without(name: NegotiateFlagName) {
  return ({ flags }: NtlmChallengeMessage) => ({ flags: (flags & ~flagBits(name)) >>> 0 });
}

describe('an NTLM exchange', () => {
  it('ends with both sides complete and the caller known', async () => {
    const { client, server } = await joined();
    expect([client.complete, server.complete]).toEqual([true, true]);
    expect(server.caller).toEqual({ userName: 'dhcpadmin', domain: 'CONTOSO' });
    expect(server.targetName).toBe('HTTP/dhcpserver.contoso.com');
    expect(client.capabilities).toEqual({
      bindsChannel: true,
      delegates: false,
      connectionBound: true,
    });
    expect(client.protection?.protocol).toBe('application/HTTP-SPNEGO-session-encrypted');
    const { header, data } = await requireProtection(client).wrap(Buffer.from('request'));
    expect(header).toHaveLength(16);
    expect(Buffer.from(await requireProtection(server).unwrap(header, data)).toString()).toBe('request');
  });

  it.each([
    ['CONTOSO\\dhcpadmin', undefined, 'dhcpadmin', 'CONTOSO'],
    ['DHCPAdmin', 'CONTOSO', 'DHCPAdmin', 'CONTOSO'],
    ['dhcpadmin@contoso.com', undefined, 'dhcpadmin@contoso.com', ''],
    ['.\\dhcpadmin', undefined, 'dhcpadmin', ''],
    ['DHCPSERVER\\dhcpadmin', undefined, 'dhcpadmin', 'DHCPSERVER'],
    ['dhcpadmin', undefined, 'dhcpadmin', ''],
    ['Größe', '', 'Größe', ''],
  ])('carries %s (domain %s)', async (userName, domain, expectedUser, expectedDomain) => {
    const password = new Secret(PASSWORD);
    const seen: string[][] = [];
    const server = makeAcceptor({
      accounts: async (...names) => {
        seen.push(names);
        return { password };
      },
    });
    await join(makeInitiator({ credential: { userName, password, ...(domain !== undefined && { domain }) } }), server);
    expect(seen).toEqual([[expectedUser, expectedDomain]]);
    expect(server.caller).toEqual({ userName: expectedUser, domain: expectedDomain });
  });

  it('takes an account by its NT hash and leaves the hash alone', async () => {
    const hash = Buffer.from(ntHash(PASSWORD));
    const server = makeAcceptor({ accounts: async () => ({ ntHash: hash }) });
    await join(makeInitiator(), server);
    expect(server.complete).toBe(true);
    expect(hash.equals(ntHash(PASSWORD))).toBe(true);
  });

  it('refuses a credential without a user name', () => {
    const credential = { userName: 'CONTOSO\\', password: new Secret('x') };
    expect(() => makeInitiator({ credential })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });

  it('says the same of a wrong password and of an unknown user', async () => {
    const wrongPassword = { userName: 'CONTOSO\\dhcpadmin', password: new Secret('wrong') };
    const unknownUser = { userName: 'CONTOSO\\nobody', password: new Secret(PASSWORD) };
    for (const credential of [wrongPassword, unknownUser]) {
      const server = makeAcceptor();
      await expect(join(makeInitiator({ credential }), server)).rejects.toMatchObject({
        code: 'ERR_AUTHENTICATION',
        message: 'The user name or password is wrong.',
      });
      expect([server.complete, server.caller]).toEqual([false, undefined]);
    }
  });

  it('is over after a failure, after its end and after dispose', async () => {
    const failed = makeAcceptor();
    await expect(failed.step(Buffer.from('nonsense'))).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    await expect(failed.step(encodeNegotiateMessage({ flags: 0xe2088237 }))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
    });
    const { client, server } = await joined();
    await expect(client.step(new Uint8Array(1))).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    client.dispose();
    client.dispose();
    await expect(requireProtection(client).wrap(new Uint8Array(1))).rejects.toMatchObject({
      code: 'ERR_SESSION_CLOSED',
    });
    await expect(server.step(undefined)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    await expect(requireProtection(makeInitiator()).wrap(new Uint8Array(1))).rejects.toMatchObject({
      code: 'ERR_MESSAGE_INTEGRITY',
    });
  });
});

describe('the NTLM initiator', () => {
  it.each<[string, NegotiateFlagName]>([
    ['OEM character set', 'NEGOTIATE_UNICODE'],
    ['no target info', 'NEGOTIATE_TARGET_INFO'],
    ['does not sign', 'NEGOTIATE_SIGN'],
    ['does not seal', 'NEGOTIATE_SEAL'],
    ['without extended session security', 'NEGOTIATE_EXTENDED_SESSIONSECURITY'],
    ['without 128-bit encryption', 'NEGOTIATE_128'],
    ['without key exchange', 'NEGOTIATE_KEY_EXCH'],
  ])('refuses a server: %s', async (message, flag) => {
    await expect(answerTo(without(flag))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining(message),
      hint: expect.any(String),
    });
  });

  it('refuses the connectionless variant, and a server that does not name itself', async () => {
    await expect(answerTo(({ flags }) => ({ flags: flags | 0x40 }))).rejects.toThrow('connectionless');
    await expect(answerTo(() => ({ targetInfo: TargetInfo.empty }))).rejects.toThrow('names neither');
  });

  it('does without sealing when told so, and then has no keys for messages', async () => {
    const initiator = makeInitiator({ requireEncryption: false });
    const challenge = parseChallengeMessage(
      (await makeAcceptor().step(await initiator.step(undefined))) ?? new Uint8Array(),
    );
    const flags = (challenge.flags & ~flagBits('NEGOTIATE_SIGN', 'NEGOTIATE_SEAL')) >>> 0;
    const token = await initiator.step(encodeChallengeMessage({ ...challenge, flags }));
    expect(parseAuthenticateMessage(token ?? new Uint8Array()).encryptedSessionKey).toHaveLength(0);
    expect(initiator.protection).toBeUndefined();
  });

  it('sends MIC, target name and bindings, takes the time of the server, and no LM response then', async () => {
    const token = await answerTo(({ targetInfo }) => ({
      ...(targetInfo && { targetInfo: targetInfo.withTimestamp(130_000_000_000_000_000n) }),
    }));
    const message = parseAuthenticateMessage(token ?? new Uint8Array());
    expect(message.mic).toHaveLength(16);
    expect(message.lmResponse).toEqual(new Uint8Array(24));
    expect(message.ntlmV2?.timestamp).toBe(130_000_000_000_000_000n);
    expect(message.ntlmV2?.targetInfo.text(AvId.MsvAvTargetName)).toBe('HTTP/dhcpserver.contoso.com');
    expect(message.ntlmV2?.targetInfo.bytes(AvId.MsvAvChannelBindings)).toEqual(new Uint8Array(16));
    expect(message.ntlmV2?.targetInfo.text(AvId.MsvAvNbComputerName)).toBe('DHCPSERVER');
  });

  // LMv2 proves the password without MIC, channel bindings and target name; Z(24) as MS-NLMP 3.1.5.1.2 has it for NTLMv2 with a MIC.
  it('sends no LMv2 response to a server that leaves the time stamp out, and a MIC', async () => {
    const token = await answerTo(() => ({
      targetInfo: TargetInfo.empty.withText(AvId.MsvAvNbComputerName, 'S').withText(AvId.MsvAvNbDomainName, 'D'),
    }));
    const message = parseAuthenticateMessage(token ?? new Uint8Array());
    expect(message.lmResponse).toEqual(new Uint8Array(24));
    expect(message.mic).toHaveLength(16);
  });
});

describe('the NTLM acceptor', () => {
  it.each<[string, NegotiateFlagName[]]>([
    ['character set', ['NEGOTIATE_UNICODE']],
    ['does not sign', ['NEGOTIATE_SIGN']],
    ['does not seal', ['NEGOTIATE_SEAL']],
    ['without extended session security', ['NEGOTIATE_EXTENDED_SESSIONSECURITY']],
    ['without 128-bit encryption', ['NEGOTIATE_128']],
    ['without key exchange', ['NEGOTIATE_KEY_EXCH']],
  ])('refuses a client: %s', async (message, missing) => {
    const flags = (0xe2088235 & ~flagBits(...missing)) >>> 0;
    await expect(makeAcceptor().step(encodeNegotiateMessage({ flags }))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining(message),
    });
  });

  it('refuses NTLMv1, an anonymous logon and claims beyond the challenge', async () => {
    const change = (patch: (token: Buffer) => void) => (token: Uint8Array, index: number) => {
      const copy = Buffer.from(token);
      if (index === 2) patch(copy);
      return copy;
    };
    const cut = change((token) => token.writeUInt16LE(24, 20));
    await expect(join(makeInitiator(), makeAcceptor(), { change: cut })).rejects.toThrow('not NTLMv2');
    const anonymous = change((token) => token.writeUInt16LE(0, 36));
    await expect(join(makeInitiator(), makeAcceptor(), { change: anonymous })).rejects.toThrow('anonymous');
    const weaker = change((token) => token.writeUInt32LE((token.readUInt32LE(60) & ~0x20) >>> 0, 60));
    await expect(join(makeInitiator(), makeAcceptor(), { change: weaker })).rejects.toThrow('does not seal');
    const keyless = change((token) => token.writeUInt16LE(0, 52));
    await expect(join(makeInitiator(), makeAcceptor(), { change: keyless })).rejects.toThrow('session key');
    const unnegotiated = makeAcceptor({ requireEncryption: false });
    const negotiate = encodeNegotiateMessage({ flags: flagBits('NEGOTIATE_UNICODE', 'NEGOTIATE_NTLM') });
    const swap = (token: Uint8Array, index: number) => (index === 0 ? negotiate : token);
    await expect(join(makeInitiator(), unnegotiated, { change: swap })).rejects.toThrow();
  });

  it('notices a changed NEGOTIATE or CHALLENGE by the MIC', async () => {
    const stripVersion = (token: Uint8Array, index: number) => {
      const copy = Buffer.from(token);
      if (index === 0) copy[32] = 9;
      return copy;
    };
    await expect(join(makeInitiator(), makeAcceptor(), { change: stripVersion })).rejects.toThrow('MIC is wrong');
  });

  it('insists on the MIC that MsvAvFlags announces, and on any when told so', async () => {
    const initiator = makeInitiator();
    const acceptor = makeAcceptor();
    const token = Buffer.from(
      (await initiator.step((await acceptor.step(await initiator.step(undefined))) ?? undefined)) ?? [],
    );
    token.fill(0, 72, 88);
    await expect(acceptor.step(token)).rejects.toThrow('MIC is wrong');
    const without = makeAcceptor({ requireMic: true });
    const clearFlag = (bytes: Uint8Array, index: number) => {
      const copy = Buffer.from(bytes);
      const flag = copy.indexOf(Buffer.from('0600040002000000', 'hex'));
      if (index === 2) copy[flag + 4] = 0;
      return copy;
    };
    await expect(join(makeInitiator(), without, { change: clearFlag })).rejects.toThrow('no MIC');
  });

  it.each([
    ['strict', BINDINGS, BINDINGS, undefined],
    ['strict', OTHER_BINDINGS, BINDINGS, 'another TLS channel'],
    ['strict', undefined, BINDINGS, 'not bound'],
    ['strict', undefined, undefined, undefined],
    ['ifPresent', BINDINGS, BINDINGS, undefined],
    ['ifPresent', OTHER_BINDINGS, BINDINGS, 'another TLS channel'],
    ['ifPresent', undefined, BINDINGS, undefined],
  ] as const)('checks channel bindings: %s %#', async (channelBindingPolicy, ours, theirs, failure) => {
    const server = makeAcceptor({ channelBindingPolicy });
    const outcome = join(makeInitiator(), server, {
      ...(ours && { initiatorBindings: ours }),
      ...(theirs && { acceptorBindings: theirs }),
    });
    if (failure === undefined) await outcome;
    else await expect(outcome).rejects.toThrow(failure);
    expect(server.complete).toBe(failure === undefined);
  });

  it('refuses a response whose time stamp is more than 36 hours off', async () => {
    const now = Date.UTC(2026, 0, 1);
    const noTimestamp = (token: Uint8Array, index: number) => {
      if (index !== 1) return token;
      const challenge = parseChallengeMessage(token);
      const targetInfo = TargetInfo.empty.withText(AvId.MsvAvNbComputerName, 'S').withText(AvId.MsvAvNbDomainName, 'D');
      return encodeChallengeMessage({ ...challenge, targetInfo });
    };
    const attempt = (offset: number) =>
      join(makeInitiator({ clock: clockAt(now + offset) }), makeAcceptor({ clock: clockAt(now) }), {
        change: noTimestamp,
      });
    await expect(attempt(37 * HOUR_MS)).rejects.toThrow('time stamp');
    await expect(attempt(-37 * HOUR_MS)).rejects.toThrow('time stamp');
    await expect(attempt(35 * HOUR_MS)).rejects.toThrow('MIC'); // the changed challenge, found after the time stamp
  });

  it('takes a client without MIC that leaves the domain out of its key though it sends it (3.2.5.1.2)', async () => {
    const server = makeAcceptor();
    const flags = 0xe2088235;
    const challenge = parseChallengeMessage((await server.step(encodeNegotiateMessage({ flags }))) ?? new Uint8Array());
    const key = responseKey(ntHash(PASSWORD), 'dhcpadmin', '');
    const blob = encodeClientChallenge({
      timestamp: challenge.targetInfo?.timestamp ?? 0n,
      clientChallenge: new Uint8Array(8),
      targetInfo: challenge.targetInfo ?? TargetInfo.empty,
    });
    const ntResponse = Buffer.concat([ntProof(key, challenge.serverChallenge, blob), blob]);
    await server.step(
      encodeAuthenticateMessage({
        flags,
        userName: 'dhcpadmin',
        domainName: 'CONTOSO',
        workstation: '',
        lmResponse: new Uint8Array(24),
        ntResponse,
        encryptedSessionKey: new Uint8Array(16),
      }),
    );
    expect(server.complete).toBe(true);
    expect(server.requiresMechListMic).toBe(false);
  });
});

describe('secrets', () => {
  it('are nowhere in contexts and their errors', async () => {
    const secrets = [PASSWORD, Buffer.from(ntHash(PASSWORD)).toString('hex')];
    const { client, server } = await joined();
    const fresh = makeInitiator();
    const error = await join(
      makeInitiator(),
      makeAcceptor({ accounts: async () => ({ password: new Secret('other') }) }),
    ).catch((cause: unknown) => cause);
    const broken = await requireProtection(server)
      .unwrap(new Uint8Array(16), new Uint8Array(4))
      .catch((cause: unknown) => cause);
    for (const value of [client, server, fresh, error, broken]) {
      const shown = [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value) ?? '', String(value)].join(
        '\n',
      );
      for (const secret of secrets) expect(shown).not.toContain(secret);
      expect(shown).not.toMatch(/[Kk]ey.{0,20}(<Buffer|Uint8Array)/);
    }
  });
});
