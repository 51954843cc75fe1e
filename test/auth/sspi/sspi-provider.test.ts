import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { GssInitiatorOptions, GssSession } from '../../../lib/auth/kerberos/gss-provider.js';
import type { NativeArgument } from '../../../lib/auth/native/native-function.js';
import { sspiContext } from '../../../lib/auth/sspi/sspi-context.js';
import { loadSspiLibrary } from '../../../lib/auth/sspi/sspi-library.js';
import { sspiProvider } from '../../../lib/auth/sspi/sspi-provider.js';
import { Secret } from '../../../lib/base/secret.js';
import { type FakeFunction, FakeSspi } from './fake-sspi.js';

const CONTINUE_NEEDED = 0x00090312;
/** Mutual authentication, replay and sequence detection, confidentiality, integrity (ISC_RET_…). */
const GRANTED = 0x1001e;
const BINDINGS = Buffer.from('tls-server-end-point:x');

interface Asked {
  readonly context: NativeArgument | undefined;
  readonly target: string;
  readonly flags: NativeArgument | undefined;
  readonly input: string[];
}

/** An SSPI of two steps, `AP-REQ` and then nothing, that writes down what it is asked. */
function twoSteps(granted: number, more: ConstructorParameters<typeof FakeSspi>[0] = {}) {
  const asked: Asked[] = [];
  const sspi: FakeSspi = new FakeSspi({
    InitializeSecurityContextW: (...args) => {
      const [, context, target, flags, , , input, , handle, output, attributes] = args;
      const given = input === null ? [] : sspi.buffers(input).map(({ type, content }) => `${type}:${content}`);
      asked.push({ context, target: sspi.text(target), flags, input: given });
      const [token] = sspi.buffers(output);
      sspi.bytesOf(handle).fill(7);
      sspi.bytesOf(attributes).writeUInt32LE(granted);
      token?.content.write('AP-REQ');
      token?.resize(context === null ? 6 : 0);
      return context === null ? CONTINUE_NEEDED : 0;
    },
    ...more,
  });
  return { sspi, asked };
}

async function begin(library: FakeSspi, options: Partial<GssInitiatorOptions> = {}): Promise<GssSession> {
  const provider = await sspiProvider({ library });
  return provider.initiate({
    identity: {},
    service: 'HTTP@dhcpserver.contoso.com',
    delegate: false,
    channelBindings: undefined,
    ...options,
  });
}

async function finish(session: GssSession): Promise<GssSession> {
  await session.step(undefined);
  await session.step(Buffer.from('AP-REP'));
  return session;
}

describe('Kerberos through SSPI', () => {
  it('asks for HTTP/host with protection, hands the context on, and frees everything once', async () => {
    const { sspi, asked } = twoSteps(GRANTED);
    const session = await begin(sspi, { channelBindings: BINDINGS });
    expect(Buffer.from((await session.step(undefined)) ?? []).toString()).toBe('AP-REQ');
    expect([session.complete, await session.step(Buffer.from('AP-REP')), session.complete]).toEqual([
      false,
      undefined,
      true,
    ]);
    expect(asked.map(({ target, flags }) => [target, flags])).toEqual([
      ['HTTP/dhcpserver.contoso.com', GRANTED],
      ['HTTP/dhcpserver.contoso.com', GRANTED],
    ]);
    expect(asked[0]?.context).toBeNull();
    expect(sspi.bytesOf(asked[1]?.context)).toEqual(Buffer.alloc(16, 7));
    const bindings = expect.stringMatching(/^14:[\s\S]{32}tls-server-end-point:x$/);
    expect(asked.map(({ input }) => input)).toEqual([[bindings], ['2:AP-REP', bindings]]);
    session.dispose();
    session.dispose();
    const count = (name: string) => sspi.calls.filter((call) => call === name).length;
    expect([count('DeleteSecurityContext'), count('FreeCredentialsHandle')]).toEqual([1, 1]);
    expect(() => session.wrap(Buffer.from('x'))).toThrow(expect.objectContaining({ code: 'ERR_AUTHENTICATION' }));
  });

  it('hands a password over as it is and wipes its copy', async () => {
    const copies: Buffer[] = [];
    const seen: string[] = [];
    const { sspi } = twoSteps(GRANTED, {
      AcquireCredentialsHandleW: (principal, name, use, logonId, identity) => {
        const bytes = sspi.bytesOf(identity);
        for (const offset of [0, 16, 32]) copies.push(sspi.behind(bytes.readBigUInt64LE(offset)));
        seen.push(
          ...copies.map((copy) => copy.toString('utf16le')),
          sspi.text(name),
          inspect([principal, use, logonId]),
        );
        return 0;
      },
    });
    await begin(sspi, { identity: { principal: 'dhcpadmin@CONTOSO.COM', password: new Secret('hunter2') } });
    expect(seen).toEqual(['dhcpadmin@CONTOSO.COM\0', '\0', 'hunter2\0', 'Kerberos', '[ null, 2, null ]']);
    expect(copies.every((copy) => copy.every((byte) => byte === 0))).toBe(true);
  });

  it('delegates when asked, and fails when Windows does not', async () => {
    const { sspi, asked } = twoSteps(GRANTED | 1);
    const session = await finish(await begin(sspi, { delegate: true }));
    expect([asked[0]?.flags, session.delegated]).toEqual([GRANTED | 1, true]);
    await expect(finish(await begin(twoSteps(GRANTED).sspi, { delegate: true }))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      hint: expect.stringContaining('trusted for delegation'),
    });
  });

  it.each([
    ['mutual authentication', 0x2],
    ['confidentiality', 0x10],
    ['integrity', 0x10000],
    ['sequence detection', 0x8],
  ])('refuses an end without %s', async (_name, flag) => {
    await expect(finish(await begin(twoSteps(GRANTED & ~flag).sspi))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
    });
  });

  it.each([
    [0x80090303, 'SEC_E_TARGET_UNKNOWN', /setspn/],
    [0x8009030e, 'SEC_E_NO_CREDENTIALS', /credential: \{ userName, password \}/],
    [0x80090311, 'SEC_E_NO_AUTHENTICATING_AUTHORITY', /nltest/],
    [0x80090324, 'SEC_E_TIME_SKEW', /clocks/],
    [0x80090346, 'SEC_E_BAD_BINDINGS', /certificates/],
  ])('explains %p', async (status, name, hint) => {
    const library = new FakeSspi({ InitializeSecurityContextW: () => status });
    await expect((await begin(library)).step(undefined)).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining(`${name}, 0x${status.toString(16).toUpperCase()}`),
      hint: expect.stringMatching(hint),
    });
  });

  it('gives the number of a code that it does not know', async () => {
    const library = new FakeSspi({ AcquireCredentialsHandleW: () => 0x8009abcd });
    await expect(begin(library)).rejects.toThrow('Kerberos: getting a credential failed: 0x8009ABCD.');
  });

  it('refuses what Windows has no use for', async () => {
    const library = new FakeSspi();
    const refused = { code: 'ERR_INVALID_ARGUMENT' };
    await expect(begin(library, { identity: { keytab: 'C:\\a.keytab' } })).rejects.toMatchObject(refused);
    await expect(begin(library, { identity: { ticketCache: 'FILE:x' } })).rejects.toMatchObject(refused);
    await expect(begin(library, { identity: { principal: 'a@B' } })).rejects.toMatchObject(refused);
    const provider = await sspiProvider({ library });
    await expect(provider.accept({ keytab: 'x', channelBindings: undefined })).rejects.toMatchObject(refused);
    expect(library.calls).toEqual([]);
  });

  it('accepts with the account of the process and tells the caller’s principal', async () => {
    const sspi: FakeSspi = new FakeSspi({
      AcceptSecurityContext: (...args) => {
        const [, , , flags, , , output, attributes] = args;
        expect(flags).toBe(0x2001e);
        sspi.bytesOf(attributes).writeUInt32LE(0x2001f);
        sspi.buffers(output)[0]?.resize(0);
        return 0;
      },
      QueryContextAttributesW: (_context, attribute, structure) => {
        expect(attribute).toBe(13);
        const name = sspi.addressOf(Buffer.from('dhcpadmin@CONTOSO.COM\0', 'utf16le'));
        sspi.bytesOf(structure).writeBigUInt64LE(name, 0);
        return 0;
      },
    });
    const session = await (await sspiProvider({ library: sspi })).accept({ channelBindings: undefined });
    await session.step(Buffer.from('AP-REQ'));
    expect([session.complete, session.peer, session.delegated]).toEqual([true, 'dhcpadmin@CONTOSO.COM', true]);
  });
});

describe('messages through SSPI', () => {
  const header = Buffer.concat([Buffer.from('0504', 'hex'), Buffer.alloc(58, 1)]);
  const encrypt =
    (sspi: () => FakeSspi, token: Buffer, padding: number): FakeFunction =>
    (...args) => {
      expect([args[1], args[3]]).toEqual([0, 0]);
      const [first, data, last] = sspi().buffers(args[2]);
      expect([first?.type, first?.content.length, data?.type, last?.type]).toEqual([2, 60, 1, 9]);
      first?.content.set(token);
      first?.resize(token.length);
      data?.content.fill('*');
      last?.resize(padding);
      return 0;
    };

  it('are TOKEN and DATA, as WinRM has them', async () => {
    const { sspi } = twoSteps(GRANTED, { EncryptMessage: encrypt(() => sspi, header, 0) });
    const sealed = (await finish(await begin(sspi))).wrap(Buffer.from('seven..'));
    expect(Buffer.from(sealed.header)).toEqual(header);
    expect(Buffer.from(sealed.data).toString()).toBe('*******');
  });

  it('are refused when the cipher pads them', async () => {
    const token = Buffer.from('0201110010000000', 'hex');
    const { sspi } = twoSteps(GRANTED, { EncryptMessage: encrypt(() => sspi, token, 1) });
    const session = await finish(await begin(sspi));
    expect(() => session.wrap(Buffer.from('x'))).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/AES/) }),
    );
  });

  it.each([
    ['was changed', 0x8009030f, 0],
    ['came twice', 0x80090310, 0],
    ['is signed only', 0, 0x80000001],
  ])('that %s is refused', async (_name, status, quality) => {
    const { sspi } = twoSteps(GRANTED, {
      DecryptMessage: (_context, _message, sequence, quality_) => {
        expect(sequence).toBe(0);
        sspi.bytesOf(quality_).writeUInt32LE(quality);
        return status;
      },
    });
    const session = await finish(await begin(sspi));
    expect(() => session.unwrap(header, Buffer.from('x'))).toThrow(
      expect.objectContaining({ code: 'ERR_MESSAGE_INTEGRITY' }),
    );
  });
});

describe('single sign-on through SSPI', () => {
  const negotiated = (name: string, granted: number) => {
    const { sspi, asked } = twoSteps(granted, {
      QueryContextAttributesW: (_context, attribute, structure) => {
        expect(attribute).toBe(12);
        const info = Buffer.alloc(32);
        info.writeBigUInt64LE(sspi.addressOf(Buffer.from(`${name}\0`, 'utf16le')), 16);
        sspi.bytesOf(structure).writeBigUInt64LE(sspi.addressOf(info));
        return 0;
      },
    });
    return { asked, context: sspiContext({ package: 'Negotiate', target: 'HTTP/a', library: sspi }) };
  };

  it.each([
    ['Kerberos', GRANTED],
    ['NTLM', GRANTED & ~0x2],
  ])('by Negotiate ends with %s', async (name, granted) => {
    const { context, asked } = negotiated(name, granted);
    expect([context.scheme, context.mechanism, context.capabilities.delegates]).toEqual([
      'Negotiate',
      'Negotiate',
      false,
    ]);
    await context.step(undefined, BINDINGS);
    await context.step(Buffer.from('reply'), BINDINGS);
    expect([context.complete, context.mechanism, asked[0]?.flags]).toEqual([true, name, GRANTED]);
    context.dispose();
  });

  it('refuses Kerberos without mutual authentication', async () => {
    const { context } = negotiated('Kerberos', GRANTED & ~0x2);
    await context.step(undefined);
    await expect(context.step(Buffer.from('reply'))).rejects.toThrow('did not prove who it is');
  });

  it('lets go of a context that is disposed of during a step, once the step has ended', async () => {
    const { sspi } = twoSteps(GRANTED);
    const context = sspiContext({ package: 'NTLM', target: 'HTTP/a', library: sspi });
    const step = context.step(undefined);
    context.dispose();
    expect(sspi.calls).not.toContain('FreeCredentialsHandle');
    await expect(step).rejects.toMatchObject({ code: 'ERR_SESSION_CLOSED' });
    expect(sspi.calls).toContain('FreeCredentialsHandle');
  });
});

describe('the library', () => {
  it.each([
    ['linux', 'x64'],
    ['win32', 'ia32'],
  ])('is refused on %s %s', async (platform, arch) => {
    const own = Object.getOwnPropertyDescriptors(process);
    Object.defineProperties(process, {
      platform: { ...own.platform, value: platform },
      arch: { ...own.arch, value: arch },
    });
    try {
      await expect(loadSspiLibrary()).rejects.toMatchObject({ code: 'ERR_MISSING_PEER' });
    } finally {
      Object.defineProperties(process, { platform: own.platform, arch: own.arch });
    }
  });
});
