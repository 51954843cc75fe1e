import { channel } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { AcceptorContext } from '../../../lib/auth/contract/acceptor-context.js';
import { KERBEROS_OID } from '../../../lib/auth/contract/mechanism-oids.js';
import { requireProtection } from '../../../lib/auth/contract/message-protection.js';
import type { SecurityContext } from '../../../lib/auth/contract/security-context.js';
import { parseAuthenticateMessage } from '../../../lib/auth/ntlm/message/authenticate-message.js';
import { encodeChallengeMessage, parseChallengeMessage } from '../../../lib/auth/ntlm/message/challenge-message.js';
import { flagBits } from '../../../lib/auth/ntlm/message/negotiate-flags.js';
import {
  encodeNegTokenInit,
  encodeNegTokenResp,
  type NegTokenResp,
  parseNegToken,
} from '../../../lib/auth/spnego/neg-token.js';
import { type AcceptorMechanism, negotiateAcceptor } from '../../../lib/auth/spnego/negotiate-acceptor.js';
import { type NegotiateInitiatorOptions, negotiateInitiator } from '../../../lib/auth/spnego/negotiate-initiator.js';
import { CimletError, isCimletError } from '../../../lib/base/errors.js';
import { Secret } from '../../../lib/base/secret.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { join, makeAcceptor, makeInitiator, PASSWORD, recordInto } from '../ntlm/ntlm-pair.js';
import { ToyKerberos } from './toy-mechanism.js';

const HOST = 'dhcpserver.contoso.com';
const NTLM_OID = '1.3.6.1.4.1.311.2.2.10';
const credential = { userName: 'CONTOSO\\dhcpadmin', password: new Secret(PASSWORD) };
const noTicket = new CimletError('ERR_AUTHENTICATION', 'No ticket.', { hint: 'Run kinit.' });

function initiator(options: Partial<NegotiateInitiatorOptions> = {}): SecurityContext {
  return negotiateInitiator({ host: HOST, credential, ...options });
}

function acceptor(...mechanisms: AcceptorMechanism[]): AcceptorContext {
  return negotiateAcceptor({ mechanisms: mechanisms.length === 0 ? [makeAcceptor()] : mechanisms });
}

function resp(token: Uint8Array): NegTokenResp {
  const parsed = parseNegToken(token);
  if (parsed.type !== 'NegTokenResp') throw new Error(parsed.type);
  return parsed;
}

async function expectMessages(client: SecurityContext, server: SecurityContext): Promise<void> {
  for (const [from, to] of [
    [client, server],
    [server, client],
    [client, server],
  ] as const) {
    const { header, data } = await requireProtection(from).wrap(Buffer.from('message'));
    expect(Buffer.from(await requireProtection(to).unwrap(header, data)).toString()).toBe('message');
  }
}

describe('Negotiate with NTLM', () => {
  it('protects the list of mechanisms and seals messages', async () => {
    const client = initiator();
    const server = acceptor();
    const tokens: Uint8Array[] = [];
    await join(client, server, { change: recordInto(tokens) });
    expect([client.complete, server.complete]).toEqual([true, true]);
    expect([client.mechanism, server.mechanism]).toEqual(['NTLM', 'NTLM']);
    expect(server.caller).toEqual({ userName: 'dhcpadmin', domain: 'CONTOSO' });
    expect(server.targetName).toBe(`HTTP/${HOST}`);
    expect(client.protection).toMatchObject({
      protocol: 'application/HTTP-SPNEGO-session-encrypted',
      largestMessage: Number.POSITIVE_INFINITY,
      framing: 'message-length',
    });
    const [first, second, third, fourth] = tokens.map(parseNegToken);
    expect(tokens).toHaveLength(4);
    expect(first).toMatchObject({ mechTypes: [NTLM_OID] });
    expect(second).toMatchObject({ negState: 'accept-incomplete', supportedMech: NTLM_OID });
    expect(third).toMatchObject({ negState: 'accept-incomplete', mechListMic: expect.any(Uint8Array) });
    expect(fourth).toMatchObject({ negState: 'accept-completed', mechListMic: expect.any(Uint8Array) });
    await expectMessages(client, server);
  });

  it('has nothing to protect the list with where the server does without sealing and that is allowed', async () => {
    const client = initiator({ requireEncryption: false });
    const weaken = (token: Uint8Array) => {
      const { responseToken, ...rest } = resp(token);
      const challenge = parseChallengeMessage(responseToken ?? new Uint8Array());
      const flags = (challenge.flags & ~flagBits('NEGOTIATE_SIGN', 'NEGOTIATE_SEAL')) >>> 0;
      return encodeNegTokenResp({ ...rest, responseToken: encodeChallengeMessage({ ...challenge, flags }) });
    };
    const challenge = (await acceptor().step(await client.step(undefined))) ?? new Uint8Array();
    const last = resp((await client.step(weaken(challenge))) ?? new Uint8Array());
    expect(parseAuthenticateMessage(last.responseToken ?? new Uint8Array()).mic).toHaveLength(16);
    expect(last.mechListMic).toBeUndefined();
    expect(client.complete).toBe(false);
    await client.step(encodeNegTokenResp({ negState: 'accept-completed' }));
    expect([client.complete, client.protection]).toEqual([true, undefined]);
  });

  it('is refused without mechListMIC by either side', async () => {
    const strip = (at: number) => (token: Uint8Array, index: number) => {
      if (index !== at) return token;
      const { mechListMic: _, ...rest } = resp(token);
      return encodeNegTokenResp(rest);
    };
    await expect(join(initiator(), acceptor(), { change: strip(2) })).rejects.toThrow('list of mechanisms unprotected');
    await expect(join(initiator(), acceptor(), { change: strip(3) })).rejects.toThrow('list of mechanisms unprotected');
  });

  it('takes raw NTLM and answers in kind', async () => {
    const client = makeInitiator();
    const server = acceptor(new ToyKerberos({ role: 'acceptor' }), makeAcceptor());
    const tokens: Uint8Array[] = [];
    await join(client, server, { change: recordInto(tokens) });
    expect(tokens).toHaveLength(3);
    expect(Buffer.from(tokens[1] ?? []).toString('latin1', 0, 7)).toBe('NTLMSSP');
    expect([client.complete, server.complete, server.mechanism]).toEqual([true, true, 'NTLM']);
    await expectMessages(client, server);
  });

  it('begins from the hints of a server that spoke first (MS-SPNG 3.3.5.2)', async () => {
    const client = initiator({ kerberos: () => new ToyKerberos({ role: 'initiator' }) });
    const hint = encodeNegTokenInit({ mechTypes: [NTLM_OID] });
    expect(parseNegToken((await client.step(hint)) ?? new Uint8Array())).toMatchObject({ mechTypes: [NTLM_OID] });
    expect(client.mechanism).toBe('NTLM');
  });
});

describe('the choice of a mechanism', () => {
  it('is Kerberos when it has a ticket, in one round and without mechListMIC', async () => {
    const seen: unknown[] = [];
    const listen = (message: unknown) => seen.push(message);
    channel('cimlet:auth:mechanism').subscribe(listen);
    const client = initiator({ kerberos: () => new ToyKerberos({ role: 'initiator' }) });
    expect(client.mechanism).toBe('Kerberos');
    expect(client.capabilities.delegates).toBe(false);
    const ntlm = makeAcceptor();
    const server = acceptor(ntlm, new ToyKerberos({ role: 'acceptor' }));
    await join(client, server);
    channel('cimlet:auth:mechanism').unsubscribe(listen);
    expect([client.complete, server.complete]).toEqual([true, true]);
    expect([client.mechanism, server.mechanism]).toEqual(['Kerberos', 'Kerberos']);
    expect(client.capabilities.delegates).toBe(true);
    expect(seen).toEqual([{ host: HOST, mechanism: 'Kerberos', declined: [] }]);
    await expect(ntlm.step(new Uint8Array(1))).rejects.toMatchObject({ code: 'ERR_SESSION_CLOSED' });
    await expectMessages(client, server);
  });

  it('is NTLM without a ticket, and says so', async () => {
    const seen: unknown[] = [];
    const listen = (message: unknown) => seen.push(message);
    channel('cimlet:auth:mechanism').subscribe(listen);
    const client = initiator({ kerberos: () => new ToyKerberos({ role: 'initiator', fails: noTicket }) });
    await join(client, acceptor());
    channel('cimlet:auth:mechanism').unsubscribe(listen);
    expect(client.mechanism).toBe('NTLM');
    expect(seen).toEqual([
      { host: HOST, mechanism: 'NTLM', declined: [{ mechanism: 'Kerberos', code: 'ERR_AUTHENTICATION' }] },
    ]);
  });

  it('is NTLM when the Kerberos provider cannot even be made', async () => {
    const client = initiator({
      kerberos: () => {
        throw new CimletError('ERR_MISSING_PEER', 'No koffi.');
      },
    });
    await join(client, acceptor());
    expect([client.complete, client.mechanism]).toEqual([true, 'NTLM']);
  });

  it('is never NTLM when that is forbidden', async () => {
    const kerberos = () => new ToyKerberos({ role: 'initiator', fails: noTicket });
    const client = initiator({ kerberos, allowNtlm: false });
    await expect(client.step(undefined)).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: 'Kerberos cannot be used, and NTLM is not allowed. No ticket.',
      hint: 'Run kinit.',
      cause: noTicket,
    });
    expect(() => initiator({ allowNtlm: false })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
    expect(() => negotiateInitiator({ host: HOST })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
    const only = initiator({ kerberos: () => new ToyKerberos({ role: 'initiator' }), allowNtlm: false });
    expect(only.capabilities.delegates).toBe(true);
    await expect(join(only, acceptor())).rejects.toThrow('offers no mechanism');
    const forced = initiator({ kerberos: () => new ToyKerberos({ role: 'initiator' }), allowNtlm: false });
    await forced.step(undefined);
    const choice = encodeNegTokenResp({ negState: 'request-mic', supportedMech: NTLM_OID });
    await expect(forced.step(choice)).rejects.toThrow('not on offer');
  });

  it('does not hide an abort behind NTLM', async () => {
    const aborted = new CimletError('ERR_ABORTED', 'The call was aborted by its caller.');
    const client = initiator({ kerberos: () => new ToyKerberos({ role: 'initiator', fails: aborted }) });
    await expect(client.step(undefined)).rejects.toBe(aborted);
  });

  it("falls to NTLM at the server's wish, with request-mic and both MICs", async () => {
    const kerberos = new ToyKerberos({ role: 'initiator' });
    const client = initiator({ kerberos: () => kerberos });
    const server = acceptor();
    const tokens: Uint8Array[] = [];
    await join(client, server, { change: recordInto(tokens) });
    expect(parseNegToken(tokens[1] ?? new Uint8Array())).toEqual({
      type: 'NegTokenResp',
      negState: 'request-mic',
      supportedMech: NTLM_OID,
    });
    expect([client.complete, server.complete, client.mechanism, kerberos.disposed]).toEqual([true, true, 'NTLM', true]);
    await expectMessages(client, server);
  });

  it('notices a list that was changed on the way to force NTLM', async () => {
    const change = (token: Uint8Array, index: number) => {
      const init = parseNegToken(token);
      if (index !== 0 || init.type !== 'NegTokenInit') return token;
      return encodeNegTokenInit({ mechTypes: ['1.2.3.4', NTLM_OID] });
    };
    const client = initiator({ kerberos: () => new ToyKerberos({ role: 'initiator' }) });
    const server = acceptor(new ToyKerberos({ role: 'acceptor' }), makeAcceptor());
    await expect(join(client, server, { change })).rejects.toThrow('list of mechanisms is wrong');
    expect(server.complete).toBe(false);
  });

  it('echoes the OID that the client preferred (MS-SPNG 3.2.5) and protects a later one', async () => {
    const client = initiator({ kerberos: () => new ToyKerberos({ role: 'initiator' }) });
    const server = acceptor(new ToyKerberos({ role: 'acceptor', oids: [KERBEROS_OID] }));
    const tokens: Uint8Array[] = [];
    const change = (token: Uint8Array, index: number) => {
      tokens.push(token);
      // The toy wants its first token again, as GSSAPI does after request-mic.
      if (index !== 2) return token;
      return encodeNegTokenResp({ ...resp(token), responseToken: Buffer.from('AP-REQ') });
    };
    await expect(join(client, server, { change })).rejects.toThrow('neither ends nor continues');
    expect(resp(tokens[1] ?? new Uint8Array())).toMatchObject({ supportedMech: KERBEROS_OID, negState: 'request-mic' });
  });
});

describe('a server that misbehaves', () => {
  it.each<[string, Partial<NegTokenResp>]>([
    ['rejects', { negState: 'reject' }],
    ['not on offer', { negState: 'accept-incomplete', supportedMech: '1.2.3' }],
    ['too early', { negState: 'accept-completed', supportedMech: NTLM_OID }],
    ['neither ends nor continues', { negState: 'accept-incomplete', supportedMech: NTLM_OID }],
    ['at a wrong time', { negState: 'accept-incomplete', supportedMech: NTLM_OID, mechListMic: new Uint8Array(16) }],
  ])('is refused: %s', async (message, answer) => {
    const client = initiator();
    await client.step(undefined);
    await expect(client.step(encodeNegTokenResp(answer))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining(message),
    });
    await expect(client.step(undefined)).rejects.toThrow('already failed');
  });

  it.each<[string, Partial<NegTokenResp>]>([
    ['in its first answer', { supportedMech: KERBEROS_OID }],
    ['without naming the mechanism', {}],
  ])("rejects with the mechanism's own error, which is told (RFC 4178 4.2.2): %s", async (_, answer) => {
    const skew = new CimletError('ERR_AUTHENTICATION', 'Clock skew too great.', { hint: 'Synchronise the clocks.' });
    const given: string[] = [];
    class Skewed extends ToyKerberos {
      override async step(token: Uint8Array | undefined): Promise<Uint8Array | undefined> {
        if (token === undefined) return super.step(token);
        given.push(Buffer.from(token).toString());
        throw skew;
      }
    }
    const client = initiator({ kerberos: () => new Skewed({ role: 'initiator' }) });
    await client.step(undefined);
    const responseToken = Buffer.from('KRB-ERROR');
    await expect(client.step(encodeNegTokenResp({ ...answer, negState: 'reject', responseToken }))).rejects.toBe(skew);
    expect(given).toEqual(['KRB-ERROR']);
    await expect(client.step(undefined)).rejects.toThrow('already failed');
  });

  it.each<[string, Partial<NegTokenResp>]>([
    ['a token that the mechanism is content with', { responseToken: Buffer.from('AP-REP') }],
    ['a token of a mechanism that was not on offer', { supportedMech: '1.2.3', responseToken: Buffer.from('x') }],
    ['a token of NTLM, which has no errors', { supportedMech: NTLM_OID, responseToken: Buffer.from('x') }],
    ['no token', { supportedMech: KERBEROS_OID }],
  ])('rejects with %s: refused all the same', async (_, answer) => {
    const kerberos = new ToyKerberos({ role: 'initiator' });
    const client = initiator({ kerberos: () => kerberos });
    await client.step(undefined);
    await expect(client.step(encodeNegTokenResp({ ...answer, negState: 'reject' }))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining('rejects every mechanism'),
    });
    expect(client.complete).toBe(false);
  });

  it('is refused when it asks for a MIC late, begins anew, or never ends', async () => {
    const client = initiator();
    const server = acceptor();
    const late = (token: Uint8Array, index: number) =>
      index === 3 ? encodeNegTokenResp({ ...resp(token), negState: 'request-mic' }) : token;
    await expect(join(client, server, { change: late })).rejects.toThrow('too late');
    const again = initiator();
    const init = (await again.step(undefined)) ?? new Uint8Array();
    await expect(again.step(init)).rejects.toThrow('negotiation of its own');
    await expect(acceptor().step(encodeNegTokenResp({ negState: 'accept-incomplete' }))).rejects.toThrow(
      'NegTokenInit',
    );
    await expect(acceptor().step(undefined)).rejects.toThrow('no token');
    await expect(acceptor().step(Buffer.from('600d06092a864886f7120102020100', 'hex'))).rejects.toThrow('not enabled');
  });
});

describe('bad input', () => {
  it('never gives a complete acceptor that saw other tokens than the initiator sent, nor anything but a CimletError', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.nat(3),
        fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 }),
        async (raw, at, changes) => {
          const client = raw ? makeInitiator() : initiator();
          const server = acceptor(makeAcceptor({ requireMic: true }));
          let changed = false;
          const change = (token: Uint8Array, index: number) => {
            if (index !== at) return token;
            const copy = new Uint8Array(token);
            for (const [position, mask] of changes) {
              const offset = position % copy.length;
              copy[offset] = (copy[offset] ?? 0) ^ mask;
            }
            changed = !Buffer.from(copy).equals(token);
            return copy;
          };
          try {
            await join(client, server, { change });
          } catch (error) {
            expect(isCimletError(error)).toBe(true);
          }
          // Both complete with a changed token: only the framing of SPNEGO may differ, and then messages still pass.
          if (changed && client.complete && server.complete) await expectMessages(client, server);
        },
      ),
      { numRuns: fuzzRuns(1500) },
    );
  });

  it('refuses tokens that are replayed or out of order', async () => {
    const tokens: Uint8Array[] = [];
    await join(initiator(), acceptor(), { change: recordInto(tokens) });
    const [negotiate = new Uint8Array(), , authenticate = new Uint8Array(), final = new Uint8Array()] = tokens;
    const replayed = acceptor();
    await replayed.step(negotiate);
    await expect(replayed.step(authenticate)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    expect(replayed.complete).toBe(false);
    const early = initiator();
    await early.step(undefined);
    await expect(early.step(final)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    const twice = acceptor();
    await twice.step(negotiate);
    await expect(twice.step(negotiate)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
  });

  it('keeps secrets out of contexts and errors', async () => {
    const client = initiator();
    const server = acceptor(makeAcceptor({ accounts: async () => ({ password: new Secret('other') }) }));
    const error = await join(client, server).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(CimletError);
    for (const value of [client, server, error]) {
      const shown = inspect(value, { depth: 20, showHidden: true }) + (JSON.stringify(value) ?? '');
      expect(shown).not.toContain(PASSWORD);
      expect(shown).not.toContain('other');
    }
  });
});
