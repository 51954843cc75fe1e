import { createPublicKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { NTLM_OID } from '../../../lib/auth/contract/mechanism-oids.js';
import { requireProtection } from '../../../lib/auth/contract/message-protection.js';
import { publicKeyProof, subjectPublicKey } from '../../../lib/auth/credssp/public-key-binding.js';
import { TlsEngine } from '../../../lib/auth/credssp/tls-engine.js';
import { encodeTsRequest, parseTsRequest, type TsRequest } from '../../../lib/auth/credssp/ts-request.js';
import { encodeMechTypes, encodeNegTokenResp, parseNegToken } from '../../../lib/auth/spnego/neg-token.js';
import { negotiateAcceptor } from '../../../lib/auth/spnego/negotiate-acceptor.js';
import { isCimletError } from '../../../lib/base/errors.js';
import { Secret } from '../../../lib/base/secret.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { join, makeAcceptor, PASSWORD, recordInto } from '../ntlm/ntlm-pair.js';
import { IMPOSTOR, makeCredSspAcceptor, makeCredSspInitiator, SERVER } from './credssp-pair.js';

async function joined() {
  const client = makeCredSspInitiator();
  const server = makeCredSspAcceptor();
  await join(client, server);
  return { client, server };
}

/** A server made by hand, to answer with what ours never would. */
class ScriptedServer {
  readonly tls = TlsEngine.server(SERVER);
  readonly negotiate = negotiateAcceptor({ mechanisms: [makeAcceptor()] });
  readonly requests: TsRequest[] = [];

  constructor(
    readonly answer: (request: TsRequest, negoToken: Uint8Array | undefined) => Promise<TsRequest> | TsRequest,
    readonly negotiates = true,
  ) {}

  async step(token: Uint8Array): Promise<Uint8Array> {
    if (!this.tls.secured) return this.tls.handshake(token);
    const request = parseTsRequest(await this.tls.open(token));
    this.requests.push(request);
    const negoToken = this.negotiates ? request.negoToken && (await this.negotiate.step(request.negoToken)) : undefined;
    return this.tls.seal(encodeTsRequest(await this.answer(request, negoToken)));
  }

  async run(client = makeCredSspInitiator()): Promise<void> {
    let token = await client.step(undefined);
    while (token !== undefined && !client.complete) token = await client.step(await this.step(token));
  }
}

describe('a CredSSP exchange', () => {
  it('delegates the credential and takes five rounds', async () => {
    const client = makeCredSspInitiator();
    const server = makeCredSspAcceptor();
    const tokens: Uint8Array[] = [];
    await join(client, server, { change: recordInto(tokens) });
    expect(tokens).toHaveLength(9);
    expect([client.complete, server.complete]).toEqual([true, true]);
    expect(server.caller).toEqual({ userName: 'dhcpadmin', domain: 'CONTOSO' });
    expect(server.targetName).toBe('HTTP/dhcpserver.contoso.com');
    expect(server.delegatedCredential).toMatchObject({ userName: 'dhcpadmin', domain: 'CONTOSO' });
    expect(server.delegatedCredential?.password.reveal()).toBe(PASSWORD);
    expect(client.capabilities).toEqual({
      bindsChannel: false,
      delegates: true,
      connectionBound: true,
    });
    expect(client.protection).toMatchObject({
      protocol: 'application/HTTP-CredSSP-session-encrypted',
      largestMessage: 16 * 1024, // MS-WSMV 2.2.9.1.3.1
      framing: 'tls-records',
    });
    for (const token of tokens) expect(Buffer.from(token).includes(Buffer.from(PASSWORD, 'utf16le'))).toBe(false);
  });

  it('carries messages up to 16 KiB, the length of the trailer first', async () => {
    const { client, server } = await joined();
    for (const size of [1, 2, 1000, 16_383, 16_384]) {
      const message = randomBytes(size);
      const sealed = await requireProtection(client).wrap(message);
      expect(sealed.header).toHaveLength(16); // the tag of GCM or Poly1305
      expect([...sealed.header.subarray(0, 3)]).toEqual([23, 3, 3]);
      expect(message.equals(await requireProtection(server).unwrap(sealed.header, sealed.data))).toBe(true);
      const answer = await requireProtection(server).wrap(message);
      expect(message.equals(await requireProtection(client).unwrap(answer.header, answer.data))).toBe(true);
    }
  });

  it('keeps messages in order when they are wrapped at once', async () => {
    const { client, server } = await joined();
    const sealed = await Promise.all(['a', 'b', 'c'].map((text) => requireProtection(client).wrap(Buffer.from(text))));
    const opened = await Promise.all(sealed.map(({ header, data }) => requireProtection(server).unwrap(header, data)));
    expect(opened.map((bytes) => Buffer.from(bytes).toString())).toEqual(['a', 'b', 'c']);
  });

  it('tells the client why a logon failed', async () => {
    const client = makeCredSspInitiator();
    const server = makeCredSspAcceptor({
      mechanisms: [makeAcceptor({ accounts: async () => ({ password: new Secret('other') }) })],
    });
    await expect(join(client, server)).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: 'The server refused the CredSSP logon: 0xc000006d (STATUS_LOGON_FAILURE).',
      hint: expect.stringContaining('password'),
    });
    await expect(server.step(new Uint8Array(1))).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    expect([client.complete, server.complete, server.delegatedCredential]).toEqual([false, false, undefined]);
  });

  it('gives the error of an account store to the caller, not to the client', async () => {
    const failure = new Error('the store is down');
    const accounts = async () => Promise.reject(failure);
    const server = makeCredSspAcceptor({ mechanisms: [makeAcceptor({ accounts })] });
    await expect(join(makeCredSspInitiator(), server)).rejects.toBe(failure);
  });

  it('ends with dispose', async () => {
    const { client, server } = await joined();
    client.dispose();
    client.dispose();
    await expect(requireProtection(client).wrap(new Uint8Array(1))).rejects.toMatchObject({
      code: 'ERR_SESSION_CLOSED',
    });
    server.dispose();
    expect(server.delegatedCredential).toBeUndefined();
    await expect(requireProtection(makeCredSspInitiator()).wrap(new Uint8Array(1))).rejects.toMatchObject({
      code: 'ERR_MESSAGE_INTEGRITY',
    });
  });
});

describe('the public key of the TLS channel', () => {
  it('is what Node takes from the certificate (RFC 8017 A.1.1)', () => {
    const key = createPublicKey(SERVER.certificate);
    const der = Buffer.from(SERVER.certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(Buffer.from(subjectPublicKey(der)).equals(key.export({ type: 'pkcs1', format: 'der' }))).toBe(true);
  });

  it('keeps the credential from a man in the middle who relays everything else', async () => {
    const client = makeCredSspInitiator();
    const server = makeCredSspAcceptor();
    const towardsClient = TlsEngine.server(IMPOSTOR);
    const towardsServer = TlsEngine.client();
    let serverToken = await server.step(await towardsServer.handshake(undefined));
    for (;;) {
      const flight = await towardsServer.handshake(serverToken);
      if (towardsServer.secured) break;
      serverToken = await server.step(flight);
    }
    let token = await client.step(undefined);
    while (!towardsClient.secured) token = await client.step(await towardsClient.handshake(token ?? new Uint8Array()));
    const relayed: TsRequest[] = [];
    const attack = async () => {
      for (;;) {
        const request = await towardsClient.open(token ?? new Uint8Array());
        relayed.push(parseTsRequest(request));
        const answer = await server.step(await towardsServer.seal(request));
        token = await client.step(await towardsClient.seal(await towardsServer.open(answer ?? new Uint8Array())));
      }
    };
    await expect(attack()).rejects.toThrow('STATUS_LOGON_FAILURE');
    expect(relayed.map((request) => Object.keys(request))).toEqual([
      ['version', 'negoToken'],
      ['version', 'negoToken', 'pubKeyAuth', 'clientNonce'],
    ]);
    expect([client.complete, server.complete]).toEqual([false, false]);
  });

  it.each<[string, (server: ScriptedServer, request: TsRequest) => Promise<Partial<TsRequest>>]>([
    ['no proof at all', async () => ({})],
    [
      'the proof of the client sent back',
      async (_, request) => ({ ...(request.pubKeyAuth && { pubKeyAuth: request.pubKeyAuth }) }),
    ],
    [
      'a proof of another key',
      async ({ negotiate }) => {
        const { header, data } = await requireProtection(negotiate).wrap(
          publicKeyProof(randomBytes(270), 'server', randomBytes(32)),
        );
        return { pubKeyAuth: Buffer.concat([header, data]) };
      },
    ],
    ['a proof that is too short', async () => ({ pubKeyAuth: new Uint8Array(5) })],
  ])('is not proven by %s, and the credential stays', async (_, prove) => {
    const client = makeCredSspInitiator();
    const server: ScriptedServer = new ScriptedServer(async (request, negoToken) => ({
      version: 6,
      ...(negoToken && { negoToken }),
      ...(request.pubKeyAuth && (await prove(server, request))),
    }));
    await expect(server.run(client)).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/not the one|does not prove/),
    });
    expect(server.requests.some(({ authInfo }) => authInfo !== undefined)).toBe(false);
  });

  it('needs version 5 unless less is allowed', async () => {
    const old = () => new ScriptedServer((_, negoToken) => ({ version: 4, ...(negoToken && { negoToken }) }));
    await expect(old().run()).rejects.toMatchObject({
      message: expect.stringContaining('version 4'),
      hint: expect.stringContaining('CVE-2018-0886'),
    });
    const server = old();
    await expect(server.run(makeCredSspInitiator({ minimumVersion: 2 }))).rejects.toThrow('does not prove');
    const proof = server.requests.find(({ pubKeyAuth }) => pubKeyAuth !== undefined);
    expect(proof?.clientNonce).toBeUndefined();
    expect(proof?.pubKeyAuth?.length).toBeGreaterThan(270);
    await expect(join(makeCredSspInitiator(), makeCredSspAcceptor({ minimumVersion: 6 }))).resolves.toBeUndefined();
  });

  it('is followed by the credential when the server leaves out the last token of SPNEGO', async () => {
    const client = makeCredSspInitiator();
    const ntlm = makeAcceptor();
    const server = new ScriptedServer(async ({ negoToken, pubKeyAuth, clientNonce }) => {
      const nego = parseNegToken(negoToken ?? new Uint8Array());
      if (nego.type === 'NegTokenInit') {
        const responseToken = (await ntlm.step(nego.mechToken)) ?? new Uint8Array();
        const answer = { negState: 'accept-incomplete', supportedMech: NTLM_OID, responseToken } as const;
        return { version: 6, negoToken: encodeNegTokenResp(answer) };
      }
      await ntlm.step(nego.responseToken);
      await ntlm.verifyMechList(encodeMechTypes([NTLM_OID]), nego.mechListMic ?? new Uint8Array());
      const sealed = pubKeyAuth ?? new Uint8Array();
      await requireProtection(ntlm).unwrap(sealed.subarray(0, 16), sealed.subarray(16));
      const der = Buffer.from(SERVER.certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64');
      const { header, data } = await requireProtection(ntlm).wrap(
        publicKeyProof(subjectPublicKey(der), 'server', clientNonce),
      );
      return { version: 6, pubKeyAuth: Buffer.concat([header, data]) };
    }, false);
    await server.run(client);
    expect(client.complete).toBe(true);
  });
});

/** The minor version of a record in clear is the one byte that TLS neither protects nor looks at (RFC 8446 5.1). */
function isIgnored(flight: Buffer, place: number): boolean {
  const APPLICATION_DATA = 23;
  for (let at = 0; at + 5 <= flight.length; at += 5 + flight.readUInt16BE(at + 3)) {
    if (place === at + 2) return flight[at] !== APPLICATION_DATA;
  }
  return false;
}

describe('bad input', () => {
  it('never completes an exchange with a changed, cut or repeated token', async () => {
    const tokens: Uint8Array[] = [];
    await join(makeCredSspInitiator(), makeCredSspAcceptor(), { change: recordInto(tokens) });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 8 }),
        fc.constantFrom('flip', 'cut', 'repeat', 'replay'),
        fc.nat(),
        async (at, how, position) => {
          const client = makeCredSspInitiator();
          const server = makeCredSspAcceptor();
          const change = (token: Uint8Array, index: number) => {
            if (index !== at) return token;
            const copy = Buffer.from(token);
            if (how === 'flip') {
              const place = position % copy.length;
              const changed = isIgnored(copy, place) ? place + 1 : place;
              copy[changed] = (copy[changed] ?? 0) ^ (1 << (position % 8));
            }
            if (how === 'cut') return copy.subarray(0, position % copy.length);
            if (how === 'repeat') return Buffer.concat([copy, copy]);
            return how === 'replay' ? (tokens[at] ?? copy) : copy;
          };
          const outcome = await join(client, server, { change }).then(
            () => 'complete',
            (error: unknown) => (isCimletError(error) ? error.code : error),
          );
          expect(outcome).toBe('ERR_AUTHENTICATION');
          expect(server.complete).toBe(false);
          client.dispose();
          server.dispose();
        },
      ),
      { numRuns: 100 },
    );
  });

  it('refuses changed, cut, repeated and reordered messages, and everything after them', async () => {
    const refused = { code: 'ERR_MESSAGE_INTEGRITY' };
    for (const how of ['flip', 'cut', 'repeat', 'reorder', 'alert'] as const) {
      const { client, server } = await joined();
      const first = Buffer.concat(Object.values(await requireProtection(client).wrap(Buffer.from('first'))));
      const second = Buffer.concat(Object.values(await requireProtection(client).wrap(Buffer.from('second'))));
      if (how === 'repeat') await requireProtection(server).unwrap(first.subarray(0, 16), first.subarray(16));
      const bad = Buffer.from(how === 'reorder' ? second : first);
      if (how === 'flip') bad[20] = (bad[20] ?? 0) ^ 1;
      if (how === 'alert') bad[0] = 21;
      await expect(
        requireProtection(server).unwrap(bad.subarray(0, 16), bad.subarray(16, how === 'cut' ? -1 : undefined)),
      ).rejects.toMatchObject(refused);
      await expect(requireProtection(server).unwrap(second.subarray(0, 16), second.subarray(16))).rejects.toMatchObject(
        refused,
      );
      await expect(requireProtection(server).wrap(Buffer.from('x'))).rejects.toMatchObject(refused);
    }
  });

  it('reads TSRequests strictly', () => {
    const whole = encodeTsRequest({
      version: 6,
      negoToken: new Uint8Array(10),
      authInfo: new Uint8Array(3),
      pubKeyAuth: new Uint8Array(4),
      errorCode: 0xc000006d,
      clientNonce: new Uint8Array(32),
    });
    expect(parseTsRequest(whole)).toMatchObject({ version: 6, errorCode: 0xc000006d, clientNonce: new Uint8Array(32) });
    const refused = expect.objectContaining({ code: 'ERR_PROTOCOL' });
    for (let length = 0; length < whole.length; length++) {
      expect(() => parseTsRequest(whole.subarray(0, length))).toThrow(refused);
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (position, value) => {
        const copy = new Uint8Array(whole);
        copy[position] = value;
        try {
          parseTsRequest(copy);
        } catch (error) {
          expect(error).toEqual(refused);
        }
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('keeps secrets out of contexts and errors', async () => {
    const { client, server } = await joined();
    const error = await requireProtection(server)
      .unwrap(new Uint8Array(16), new Uint8Array(4))
      .catch((cause: unknown) => cause);
    for (const value of [client, server, server.delegatedCredential, error]) {
      const shown = inspect(value, { depth: 20, showHidden: true }) + (JSON.stringify(value) ?? '');
      expect(shown).not.toContain(PASSWORD);
      expect(shown).not.toContain('PRIVATE KEY');
    }
  });
});
