import { describe, expect, it } from '@jest/globals';
import type { GssInitiatorOptions } from '../../../lib/auth/kerberos/gss-provider.js';
import { CimletError } from '../../../lib/base/errors.js';
import { Secret } from '../../../lib/base/secret.js';
import { sessionAuthentication } from '../../../lib/cim/session/session-authentication.js';
import type { CimSessionOptions } from '../../../lib/cim/session/session-options.js';

const credential = { userName: 'CONTOSO\\dhcpadmin', password: 'hunter2' };
const target = { host: 'dhcpserver.contoso.com', port: 5985, secure: false };
const noKerberos = {
  provider: async () => {
    throw new CimletError('ERR_MISSING_PEER', 'no library');
  },
};

const contextOf = async (options: CimSessionOptions) =>
  sessionAuthentication('dhcpserver.contoso.com', options)(target);

describe('what a session logs on with', () => {
  it.each<[CimSessionOptions, string, string, boolean]>([
    [{ authentication: 'Basic', credential }, 'Basic', 'Basic', false],
    [{ authentication: 'Ntlm', credential }, 'Negotiate', 'NTLM', true],
    [{ authentication: 'Kerberos', kerberos: noKerberos }, 'Kerberos', 'Kerberos', true],
    [{ authentication: 'Negotiate', credential, kerberos: noKerberos }, 'Negotiate', 'Kerberos', true],
    [{ credential, kerberos: noKerberos }, 'Negotiate', 'Kerberos', true],
    [{ authentication: 'CredSsp', credential, kerberos: noKerberos }, 'CredSSP', 'CredSSP', true],
  ])('%p', async (options, scheme, mechanism, encrypts) => {
    const context = await contextOf(options);
    expect([context.scheme, context.mechanism, context.protection !== undefined]).toEqual([
      scheme,
      mechanism,
      encrypts,
    ]);
    context.dispose();
  });

  it('Certificate needs no credential', async () => {
    expect((await contextOf({ authentication: 'Certificate' })).mechanism).toBe('Certificate');
  });

  it('goes on with NTLM when there is no Kerberos', async () => {
    const context = await contextOf({ credential, kerberos: noKerberos });
    const token = await context.step(undefined);
    expect(Buffer.from(token ?? []).includes('NTLMSSP')).toBe(true);
    expect(context.mechanism).toBe('NTLM');
    context.dispose();
  });

  it.each<CimSessionOptions>([
    { allowNtlm: false },
    { authentication: 'Negotiate', allowNtlm: false },
    { kerberos: { ...noKerberos, delegate: true } },
  ])('does not go on with NTLM with %j', async (options) => {
    const context = await contextOf({ credential, kerberos: noKerberos, ...options });
    await expect(context.step(undefined)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    context.dispose();
  });

  it('does not even try Kerberos with kerberos: false', async () => {
    const context = await contextOf({ credential, kerberos: false });
    expect(context.mechanism).toBe('NTLM');
    context.dispose();
    await expect(contextOf({ authentication: 'Kerberos', kerberos: false })).rejects.toThrow(/kerberos: false/);
  });

  it('goes on with NTLM without delegation when that is wished for', async () => {
    const kerberos = { ...noKerberos, delegate: true };
    const context = await contextOf({ credential, kerberos, allowNtlm: true });
    expect(Buffer.from((await context.step(undefined)) ?? []).includes('NTLMSSP')).toBe(true);
    context.dispose();
  });

  it('delegates when told, and only Kerberos does', async () => {
    const asked: (boolean | undefined)[][] = [];
    const provider = {
      name: 'recording',
      initiate: async ({ delegate, delegateAlways }: GssInitiatorOptions) => {
        asked.push([delegate, delegateAlways]);
        throw new CimletError('ERR_AUTHENTICATION', 'no ticket');
      },
      accept: async () => {
        throw new CimletError('ERR_AUTHENTICATION', 'no key');
      },
    };
    for (const delegate of [true, false, 'always'] as const) {
      const context = await contextOf({ authentication: 'Kerberos', kerberos: { provider, delegate } });
      await expect(context.step(undefined)).rejects.toThrow(CimletError);
    }
    expect(asked).toEqual([
      [true, undefined],
      [false, undefined],
      [true, true],
    ]);
  });

  it.each(['false', 'true', 'no', 0, 1, null])('does not delegate by a mistake: %p', async (delegate) => {
    const options = { authentication: 'Kerberos', kerberos: { delegate } } as unknown as CimSessionOptions;
    await expect(contextOf(options)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringContaining('kerberos.delegate'),
    });
  });

  describe('a user without a password', () => {
    const identityOf = async (options: CimSessionOptions) => {
      let asked: unknown;
      const refuse = async () => {
        throw new CimletError('ERR_AUTHENTICATION', 'no ticket');
      };
      const provider = {
        name: 'recording',
        initiate: ({ identity }: GssInitiatorOptions) => {
          asked = identity;
          return refuse();
        },
        accept: refuse,
      };
      const context = await contextOf({ ...options, kerberos: { ...(options.kerberos || {}), provider } });
      await expect(context.step(undefined)).rejects.toThrow('no ticket');
      return asked;
    };
    const user = { userName: 'second@contoso.com' };

    it.each<[string, CimSessionOptions, unknown]>([
      ['Kerberos', { authentication: 'Kerberos', credential: user }, {}],
      ['a cache', { credential: user, kerberos: { ticketCache: 'DIR:/cc' } }, { ticketCache: 'DIR:/cc' }],
      ['a keytab', { authentication: 'Negotiate', credential: user, kerberos: { keytab: '/k' } }, { keytab: '/k' }],
      ['a function', { authentication: 'Kerberos', credential: () => user }, {}],
      ['no NTLM', { credential: user, allowNtlm: false }, {}],
    ])('says whose ticket is meant, with %s', async (_, options, rest) => {
      expect(await identityOf(options)).toEqual({ principal: 'second@CONTOSO.COM', ...(rest as object) });
    });

    it.each<[string, CimSessionOptions]>([
      ['Basic', { authentication: 'Basic', credential: user }],
      ['Ntlm', { authentication: 'Ntlm', credential: user }],
      ['CredSsp', { authentication: 'CredSsp', credential: user }],
      ['Negotiate alone, which may be meant for NTLM', { credential: user }],
      ['no Kerberos', { credential: user, kerberos: false }],
      [
        'a password that is undefined',
        { authentication: 'Kerberos', credential: { ...user, password: undefined as never } },
      ],
    ])('is refused with %s', async (_, options) => {
      await expect(contextOf(options)).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringContaining('credential.password'),
      });
    });

    it('is needed with a cache: a password beside it is refused', async () => {
      const options = { credential, kerberos: { ticketCache: 'FILE:/cc' } };
      await expect(contextOf(options)).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringMatching(/kerberos\.ticketCache was given together with a password/),
      });
    });
  });

  it.each<[CimSessionOptions, string]>([
    [{}, 'HTTP@dhcpserver.contoso.com'],
    [{ encodePortInServicePrincipalName: true }, 'HTTP@dhcpserver.contoso.com:5985'],
    [{ encodePortInServicePrincipalName: true, useSsl: true }, 'HTTP@dhcpserver.contoso.com:5986'],
    [{ encodePortInServicePrincipalName: true, port: 81 }, 'HTTP@dhcpserver.contoso.com:81'],
    [{ encodePortInServicePrincipalName: true, kerberos: { spnHost: 'a', spnService: 'WSMAN' } }, 'WSMAN@a:5985'],
  ])('asks for the service of %j', async (options, service) => {
    const asked: string[] = [];
    const refuse = async () => {
      throw new CimletError('ERR_AUTHENTICATION', 'no ticket');
    };
    const provider = {
      name: 'recording',
      initiate: (request: { readonly service: string }) => {
        asked.push(request.service);
        return refuse();
      },
      accept: refuse,
    };
    const kerberos = { ...(options.kerberos || {}), provider };
    const context = await contextOf({ ...options, authentication: 'Kerberos', kerberos });
    await expect(context.step(undefined)).rejects.toThrow(CimletError);
    expect(asked).toEqual([service]);
  });

  it('delegates with CredSsp, which needs a credential', async () => {
    const context = await contextOf({ authentication: 'CredSsp', credential, kerberos: noKerberos });
    expect(context.capabilities.delegates).toBe(true);
    context.dispose();
    expect(() => sessionAuthentication('x', { authentication: 'CredSsp' })).toThrow(
      'CredSsp authentication needs a credential',
    );
  });

  it('takes the logon of the process on Windows, where NTLM can have it, too', async () => {
    const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
    Object.defineProperty(process, 'platform', { ...platform, value: 'win32' });
    try {
      const mechanisms: Record<string, CimSessionOptions> = {
        'Negotiate, Windows’ own': {},
        'NTLM, Windows’ own': { authentication: 'Ntlm' },
        'ours, for delegation': { kerberos: { delegate: true } },
        'ours, for an injected provider': { kerberos: noKerberos },
        'ours, without NTLM': { allowNtlm: false },
        'ours, for a credential': { credential },
      };
      const found = Object.values(mechanisms).map(async (options) => (await contextOf(options)).mechanism);
      expect(await Promise.all(found)).toEqual(['Negotiate', 'NTLM', 'Kerberos', 'Kerberos', 'Kerberos', 'Kerberos']);
    } finally {
      Object.defineProperty(process, 'platform', platform);
    }
    expect(() => sessionAuthentication('x', { authentication: 'Ntlm' })).toThrow(
      'Ntlm authentication needs a credential',
    );
  });

  it('asks a provider of credentials for each connection, and names the computer', async () => {
    const asked: string[] = [];
    const factory = sessionAuthentication('sfo', {
      authentication: 'Basic',
      credential: async ({ computerName }) => {
        asked.push(computerName);
        return { userName: `u${asked.length}`, password: new Secret('p') };
      },
    });
    const tokens = [await factory(target), await factory(target)].map((context) => context.step(undefined));
    expect((await Promise.all(tokens)).map((token) => Buffer.from(token ?? []).toString())).toEqual(['u1:p', 'u2:p']);
    expect(asked).toEqual(['sfo', 'sfo']);
  });

  it('refuses what a provider gives when it is not a credential', async () => {
    const factory = sessionAuthentication('sfo', { authentication: 'Basic', credential: () => ({}) as never });
    await expect(factory(target)).rejects.toThrow('credential.userName');
  });
});
