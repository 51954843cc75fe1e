import crypto from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { requireProtection } from '../../lib/auth/contract/message-protection.js';
import { gssapiProvider } from '../../lib/auth/gssapi/gssapi-provider.js';
import { AbsentRealms } from '../../lib/auth/kerberos/absent-realms.js';
import type { GssInitiatorOptions, GssProvider, GssSession } from '../../lib/auth/kerberos/gss-provider.js';
import { kerberosAcceptor, kerberosInitiator } from '../../lib/auth/kerberos/kerberos-mechanism.js';
import { ntlmAcceptor } from '../../lib/auth/ntlm/acceptor.js';
import { negotiateAcceptor } from '../../lib/auth/spnego/negotiate-acceptor.js';
import { negotiateInitiator } from '../../lib/auth/spnego/negotiate-initiator.js';
import { systemGssProvider } from '../../lib/auth/system-gss-provider.js';
import { Secret } from '../../lib/base/secret.js';
import { GssPeer } from './gss-peer.js';
import { OTHER_KEY_HOST, PASSWORD, SERVICE_HOST, UNTRUSTED_HOST, USER } from './kdc.js';

const KEYTAB = process.env['CIMLET_TEST_KEYTAB'] ?? '';
const CLIENT_KEYTAB = process.env['CIMLET_TEST_CLIENT_KEYTAB'] ?? '';
const OTHER_KEYTAB = process.env['CIMLET_TEST_OTHER_KEYTAB'] ?? '';
const COLLECTION = process.env['CIMLET_TEST_COLLECTION'] ?? '';
const SERVICE = `HTTP@${SERVICE_HOST}`;
const BINDINGS = Buffer.from('tls-server-end-point:0123456789abcdef0123456789abcdef');

/** Whether a ticket cache of this process has a user in it, as libkrb5 sees it. */
async function hasTickets(name: string): Promise<boolean> {
  const { default: koffi } = await import('koffi');
  const krb5 = koffi.load('libkrb5.so.3');
  const initContext = krb5.func('int krb5_init_context(_Out_ void **context)');
  const freeContext = krb5.func('void krb5_free_context(void *context)');
  const resolve = krb5.func('int krb5_cc_resolve(void *context, const char *name, _Out_ void **cache)');
  const principal = krb5.func('int krb5_cc_get_principal(void *context, void *cache, _Out_ void **principal)');
  const freePrincipal = krb5.func('void krb5_free_principal(void *context, void *principal)');
  const close = krb5.func('int krb5_cc_close(void *context, void *cache)');
  const [context, cache, user]: [[unknown], [unknown], [unknown]] = [[null], [null], [null]];
  expect([initContext(context), resolve(context[0], name, cache)]).toEqual([0, 0]);
  const found = principal(context[0], cache[0], user) === 0;
  if (found) freePrincipal(context[0], user[0]);
  close(context[0], cache[0]);
  freeContext(context[0]);
  return found;
}

describe('Kerberos through MIT GSSAPI, against MIT’s KDC', () => {
  const sessions: GssSession[] = [];
  afterEach(() => {
    for (const session of sessions.splice(0)) session.dispose();
  });

  async function establish(
    options: Partial<GssInitiatorOptions> = {},
    acceptorBindings = options.channelBindings,
  ): Promise<{ client: GssSession; server: GssSession }> {
    const provider = await gssapiProvider();
    const client = await provider.initiate({
      identity: {},
      service: SERVICE,
      delegate: false,
      channelBindings: undefined,
      ...options,
    });
    sessions.push(client);
    const server = await provider.accept({ keytab: KEYTAB, channelBindings: acceptorBindings });
    sessions.push(server);
    let token = await client.step(undefined);
    while (!client.complete || !server.complete) {
      const reply = await server.step(token);
      if (reply === undefined) break;
      token = await client.step(reply);
    }
    return { client, server };
  }

  it('logs on with the ticket cache, mutually', async () => {
    const { client, server } = await establish();
    expect(client.complete && server.complete).toBe(true);
    expect(server.peer).toBe(`${USER}@CONTOSO.COM`);
    expect(server.delegated).toBe(false);
  });

  it('logs on with a password', async () => {
    const { server } = await establish({
      identity: { principal: `${USER}@CONTOSO.COM`, password: new Secret(PASSWORD) },
    });
    expect(server.peer).toBe(`${USER}@CONTOSO.COM`);
  });

  it('logs on with a keytab', async () => {
    const { server } = await establish({ identity: { principal: 'batch@CONTOSO.COM', keytab: CLIENT_KEYTAB } });
    expect(server.peer).toBe('batch@CONTOSO.COM');
  });

  it('leaves no ticket of a keytab behind, in memory', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const cache = `MEMORY:cimlet-${id}`;
    jest.spyOn(crypto, 'randomUUID').mockReturnValue(id);
    const identity = { principal: 'batch@CONTOSO.COM', keytab: CLIENT_KEYTAB };
    const { client } = await establish({ identity });
    expect(await hasTickets(cache)).toBe(true);
    client.dispose();
    expect(await hasTickets(cache)).toBe(false);
    client.dispose();
    // A logon that fails has tickets by then, too.
    await expect(establish({ identity, service: 'HTTP@unknown.contoso.com' })).rejects.toThrow(/Kerberos/);
    expect(await hasTickets(cache)).toBe(true);
    for (const session of sessions.splice(0)) session.dispose();
    expect(await hasTickets(cache)).toBe(false);
    jest.mocked(crypto.randomUUID).mockRestore();
  });

  it('hands a forwardable ticket on when asked to delegate', async () => {
    const { client, server } = await establish({ delegate: true });
    expect([client.delegated, server.delegated]).toEqual([true, true]);
  });

  it('hands it only to a server that the realm trusts with it, unless always', async () => {
    const service = `HTTP@${UNTRUSTED_HOST}`;
    await expect(establish({ service, delegate: true })).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining('could not be delegated'),
      hint: expect.stringMatching(/ok-as-delegate.*kerberos\.delegate: 'always'/),
    });
    const { client, server } = await establish({ service, delegate: true, delegateAlways: true });
    expect([client.delegated, server.delegated]).toEqual([true, true]);
    const { server: without } = await establish({ service });
    expect(without.delegated).toBe(false);
  });

  it.each([
    ['the primary cache', {}, `${USER}@CONTOSO.COM`],
    ['the cache of a principal', { principal: 'batch@CONTOSO.COM' }, 'batch@CONTOSO.COM'],
    ['the cache of a user in the default realm', { principal: 'batch' }, 'batch@CONTOSO.COM'],
    ['the primary cache by its principal', { principal: `${USER}@CONTOSO.COM` }, `${USER}@CONTOSO.COM`],
  ])('takes out of a collection %s', async (_, identity, peer) => {
    const { server } = await establish({ identity: { ticketCache: COLLECTION, ...identity } });
    expect(server.peer).toBe(peer);
  });

  it('finds no ticket of a principal that the collection has none of', async () => {
    const identity = { ticketCache: COLLECTION, principal: 'nobody@CONTOSO.COM' };
    await expect(establish({ identity })).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      hint: expect.stringContaining('klist'),
    });
  });

  it('takes a name in any case, as DNS does, and a short one as it is', async () => {
    const { server } = await establish({ service: `HTTP@${SERVICE_HOST.toUpperCase()}` });
    expect(server.complete).toBe(true);
    await expect(establish({ service: 'HTTP@dhcpserver' })).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      hint: expect.stringMatching(/short name.*full DNS name/),
    });
    await expect(establish({ service: 'HTTP@a/b@c\\d.contoso.com' })).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
    });
  });

  it('ties itself to the TLS channel', async () => {
    const { server } = await establish({ channelBindings: BINDINGS });
    expect(server.complete).toBe(true);
    const other = Buffer.from('tls-server-end-point:another certificate………………');
    await expect(establish({ channelBindings: BINDINGS }, other)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
  });

  it('seals in WinRM’s form, 1 byte to 1 MiB, both ways', async () => {
    const { client, server } = await establish();
    for (const length of [1, 15, 16, 17, 2048, 65_536, 1_048_576]) {
      const message = Buffer.alloc(length, `${length};`);
      const there = client.wrap(message);
      // With AES: token header 16, rotated trailer 28, confounder 16 (RFC 4121 4.2.4, RFC 3962).
      expect([there.header.length, there.data.length]).toEqual([60, length]);
      expect(Buffer.from(there.header.subarray(0, 8)).toString('hex')).toBe('0504' + '06' + 'ff' + '0000' + '001c');
      expect(Buffer.compare(server.unwrap(there.header, there.data), message)).toBe(0);
      const back = server.wrap(message);
      expect(Buffer.compare(client.unwrap(back.header, back.data), message)).toBe(0);
    }
  });

  it('refuses a message that was changed, replayed or skipped', async () => {
    const { client, server } = await establish();
    const { header, data } = client.wrap(Buffer.from('one'));
    const changed = Buffer.from(header);
    changed.writeUInt8(changed.readUInt8(50) ^ 1, 50);
    expect(() => server.unwrap(changed, data)).toThrow(expect.objectContaining({ code: 'ERR_MESSAGE_INTEGRITY' }));
    expect(Buffer.from(server.unwrap(header, data)).toString()).toBe('one');
    expect(() => server.unwrap(header, data)).toThrow(expect.objectContaining({ code: 'ERR_MESSAGE_INTEGRITY' }));
    client.wrap(Buffer.from('two'));
    const three = client.wrap(Buffer.from('three'));
    expect(() => server.unwrap(three.header, three.data)).toThrow(
      expect.objectContaining({ code: 'ERR_MESSAGE_INTEGRITY' }),
    );
  });

  it('signs for SPNEGO', async () => {
    const { client, server } = await establish();
    const mic = client.getMic(Buffer.from('mechanisms'));
    expect(() => server.verifyMic(Buffer.from('mechanisms'), mic)).not.toThrow();
    expect(() => server.verifyMic(Buffer.from('Mechanisms'), mic)).toThrow(/signature/);
  });

  it.each([
    ['no ticket cache', { identity: { ticketCache: 'FILE:/nonexistent/krb5cc' } }, /kinit/],
    ['a wrong password', { identity: { principal: USER, password: new Secret('wrong') } }, /password is wrong/],
    [
      'an unknown user',
      { identity: { principal: 'nobody', password: new Secret('wrong') } },
      /does not know this user/,
    ],
    ['a keytab without the key', { identity: { principal: USER, keytab: CLIENT_KEYTAB } }, /keytab/],
    [
      'an account that has expired',
      { identity: { principal: 'expired', password: new Secret(PASSWORD) } },
      /account has expired/,
    ],
    ['an unknown service', { service: 'HTTP@unknown.contoso.com' }, /service principal/],
    ['a realm without KDC', { identity: { principal: 'a@NOWHERE.EXAMPLE', password: new Secret('x') } }, /krb5\.conf/],
  ])('explains %s', async (_name, options, hint) => {
    await expect(establish(options as Partial<GssInitiatorOptions>)).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      hint: expect.stringMatching(hint),
    });
  });

  it('is the Kerberos of this machine', async () => {
    expect((await systemGssProvider()).name).toBe('GSSAPI');
  });

  it('names what to install when the library is absent', async () => {
    await expect(gssapiProvider({ libraryPath: '/nonexistent/libgssapi.so' })).rejects.toMatchObject({
      code: 'ERR_MISSING_PEER',
      hint: expect.stringMatching(/libgssapi-krb5-2/),
    });
  });
});

describe('Negotiate with Kerberos inside, both sides, against MIT’s KDC', () => {
  async function negotiate(host: string, allowNtlm = true) {
    const provider = () => gssapiProvider();
    const client = negotiateInitiator({
      host,
      allowNtlm,
      credential: { userName: USER, password: new Secret(PASSWORD), domain: 'contoso.com' },
      kerberos: () => kerberosInitiator({ provider, host, identity: {} }),
    });
    const server = negotiateAcceptor({
      mechanisms: [
        kerberosAcceptor({ provider, keytab: KEYTAB }),
        ntlmAcceptor({
          serverName: 'DHCPSERVER',
          domainName: 'CONTOSO',
          accounts: async () => ({ password: new Secret(PASSWORD) }),
        }),
      ],
    });
    let token = await client.step(undefined);
    while (token !== undefined) {
      const reply = await server.step(token);
      token = reply === undefined ? undefined : await client.step(reply);
    }
    return { client, server };
  }

  it('prefers Kerberos and seals with it', async () => {
    const { client, server } = await negotiate(SERVICE_HOST);
    expect([client.complete, client.mechanism, server.mechanism]).toEqual([true, 'Kerberos', 'Kerberos']);
    expect(server.caller).toEqual({ userName: USER, domain: 'CONTOSO.COM' });
    const { header, data } = await requireProtection(client).wrap(Buffer.from('<s:Envelope/>'));
    expect(Buffer.from(await requireProtection(server).unwrap(header, data)).toString()).toBe('<s:Envelope/>');
  });

  it.each(['unknown.contoso.com', '127.0.0.1'])('falls to NTLM for %s, for which there is no ticket', async (host) => {
    const { client, server } = await negotiate(host);
    expect([client.mechanism, server.mechanism]).toEqual(['NTLM', 'NTLM']);
  });

  it('asks a realm without KDC once, and logs on with NTLM at once from then on', async () => {
    const provider = await gssapiProvider();
    const realms = new AbsentRealms();
    let asked = 0;
    const counting: GssProvider = {
      ...provider,
      initiate: (options) => {
        asked += 1;
        return provider.initiate(options);
      },
    };
    const password = new Secret(PASSWORD);
    for (let at = 0; at < 3; at++) {
      const client = negotiateInitiator({
        host: SERVICE_HOST,
        credential: { userName: 'a@nowhere.example', password },
        kerberos: () =>
          kerberosInitiator({
            provider: counting,
            host: SERVICE_HOST,
            identity: { principal: 'a@NOWHERE.EXAMPLE', password },
            absentRealms: realms,
          }),
      });
      await client.step(undefined);
      expect(client.mechanism).toBe('NTLM');
      client.dispose();
    }
    expect(asked).toBe(1);
  });

  it('does not when NTLM is forbidden', async () => {
    await expect(negotiate('unknown.contoso.com', false)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
  });
});

describe("Negotiate with Kerberos inside, against MIT's acceptor", () => {
  async function logOn(host: string, keytab: string) {
    const peer = await GssPeer.start({ role: 'acceptor', mechanism: 'Kerberos', user: '', password: '', keytab });
    try {
      const client = negotiateInitiator({
        host,
        allowNtlm: false,
        kerberos: () => kerberosInitiator({ provider: () => gssapiProvider(), host, identity: {} }),
      });
      let token = await client.step(undefined);
      while (token !== undefined) {
        const reply = await peer.step(token);
        token = reply === undefined ? undefined : await client.step(reply);
      }
      return { complete: client.complete, caller: peer.initiator };
    } finally {
      peer.stop();
    }
  }

  it('logs on', async () => {
    expect(await logOn(SERVICE_HOST, KEYTAB)).toEqual({ complete: true, caller: `${USER}@CONTOSO.COM` });
  });

  it('tells the Kerberos error that the rejection carries', async () => {
    await expect(logOn(OTHER_KEY_HOST, OTHER_KEYTAB)).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/^Kerberos: .*/),
      hint: expect.stringMatching(/key/),
    });
  });
});
