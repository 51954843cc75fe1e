import { describe, expect, it } from '@jest/globals';
import { gssError } from '../../../lib/auth/gssapi/gss-status.js';
import type { GssLibrary } from '../../../lib/auth/gssapi/gssapi-library.js';
import { AbsentRealms, markRealmAbsent } from '../../../lib/auth/kerberos/absent-realms.js';
import type { GssProvider, GssSession } from '../../../lib/auth/kerberos/gss-provider.js';
import { kerberosInitiator } from '../../../lib/auth/kerberos/kerberos-mechanism.js';
import { negotiateInitiator } from '../../../lib/auth/spnego/negotiate-initiator.js';
import { sspiError } from '../../../lib/auth/sspi/sspi-status.js';
import { CimletError } from '../../../lib/base/errors.js';
import { Secret } from '../../../lib/base/secret.js';
import { TestClock } from '../../wsman/test-clock.js';

const noKdc = () => markRealmAbsent(new CimletError('ERR_AUTHENTICATION', 'no KDC', { hint: 'Check DNS.' }));

/** Counts what is asked, and answers by a script. */
function counted(script: (count: number) => Promise<string>) {
  const asked = { count: 0, request: () => script(++asked.count) };
  return asked;
}

describe('a realm without a KDC', () => {
  it('is asked again after a minute, not before', async () => {
    const clock = new TestClock();
    const realms = new AbsentRealms(clock);
    const asked = counted(async (count) => {
      if (count < 3) throw noKdc();
      return 'ticket';
    });
    const ask = () => realms.ask('CONTOSO.COM', asked.request);
    await expect(ask()).rejects.toMatchObject({ message: 'no KDC', hint: 'Check DNS.' });
    clock.advance(59_999);
    await expect(ask()).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: 'no KDC',
      hint: 'Check DNS. It is remembered for 60 seconds.',
    });
    expect(asked.count).toBe(1);
    expect(await realms.ask('FABRIKAM.COM', async () => 'another realm')).toBe('another realm');
    clock.advance(1);
    await expect(ask()).rejects.toMatchObject({ message: 'no KDC' });
    clock.advance(60_000);
    expect([await ask(), asked.count]).toEqual(['ticket', 3]);
  });

  it('is found out once for all who ask at the same time', async () => {
    const realms = new AbsentRealms(new TestClock());
    let fail = (_error: Error) => {};
    const asked = counted(
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    );
    const all = Promise.allSettled(Array.from({ length: 100 }, () => realms.ask('CONTOSO.COM', asked.request)));
    await new Promise(setImmediate);
    fail(noKdc());
    expect((await all).map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 'rejected'));
    expect(asked.count).toBe(1);
  });

  it.each([
    ['an error of another kind', () => new CimletError('ERR_AUTHENTICATION', 'The password is wrong.')],
    ['an error of another library', () => new Error('plain')],
  ])('is not concluded from %s', async (_what, error) => {
    const realms = new AbsentRealms(new TestClock());
    const asked = counted(async () => {
      throw error();
    });
    for (let at = 0; at < 3; at++) await expect(realms.ask('R', asked.request)).rejects.toThrow(error().message);
    expect(asked.count).toBe(3);
  });

  it('keeps a thousand at the most', async () => {
    const realms = new AbsentRealms(new TestClock());
    const asked = counted(async () => {
      throw noKdc();
    });
    const ask = (realm: number) => realms.ask(String(realm), asked.request).catch(() => {});
    for (let realm = 0; realm <= 1_000; realm++) await ask(realm);
    await ask(1_000);
    expect(asked.count).toBe(1_001);
    await ask(0);
    expect(asked.count).toBe(1_002);
  });

  // krb5_err.et: KRB5_REALM_UNKNOWN, KRB5_KDC_UNREACH, KRB5_ERR_HOST_REALM_UNKNOWN, and KRB5KDC_ERR_PREAUTH_FAILED; winerror.h.
  it.each([
    [true, 'gss', -1765328230],
    [true, 'gss', -1765328228],
    [true, 'gss', -1765328164],
    [false, 'gss', -1765328360],
    [true, 'sspi', 0x80090311],
    [false, 'sspi', 0x8009030c],
  ] as const)('is told (%s) by %s with %i', async (isAbsence, kind, code) => {
    const display = Object.assign(() => 0xd0000, { later: async () => 0 });
    const library = { functions: { gss_display_status: display } } as unknown as GssLibrary;
    const error =
      kind === 'gss'
        ? gssError(library, 'ERR_AUTHENTICATION', 'it', 0xd0000, code >>> 0, { bytes: Buffer.alloc(16) })
        : sspiError('ERR_AUTHENTICATION', 'Kerberos', 'it', code);
    const realms = new AbsentRealms(new TestClock());
    const asked = counted(async () => {
      throw error;
    });
    for (let at = 0; at < 2; at++) await realms.ask('R', asked.request).catch(() => {});
    expect(asked.count).toBe(isAbsence ? 1 : 2);
  });
});

describe('Negotiate', () => {
  const host = 'dhcpserver.contoso.com';
  const credential = { userName: 'dhcpadmin', domain: 'contoso.com', password: new Secret('x') };

  /** The mechanisms of logons one after another, with the calls of the Kerberos provider. */
  async function logOn(times: number, failsAt: 'initiate' | 'step', realms: AbsentRealms | undefined) {
    const calls: string[] = [];
    const session = (step: () => Promise<Uint8Array>): GssSession => ({
      complete: false,
      peer: undefined,
      delegated: false,
      step,
      wrap: (data) => ({ header: data, data }),
      unwrap: (_, data) => data,
      getMic: (data) => data,
      verifyMic: () => {},
      dispose: () => {},
    });
    const provider: GssProvider = {
      name: 'fake',
      initiate: async () => {
        calls.push('initiate');
        if (failsAt === 'initiate') throw noKdc();
        return session(async () => {
          calls.push('step');
          throw noKdc();
        });
      },
      accept: async () => {
        throw new Error('not asked');
      },
    };
    const mechanisms: string[] = [];
    for (let at = 0; at < times; at++) {
      const context = negotiateInitiator({
        host,
        credential,
        kerberos: () =>
          kerberosInitiator({
            provider,
            host,
            identity: { principal: 'dhcpadmin@CONTOSO.COM', password: credential.password },
            ...(realms !== undefined && { absentRealms: realms }),
          }),
      });
      await context.step(undefined);
      mechanisms.push(context.mechanism);
      context.dispose();
    }
    return { calls, mechanisms };
  }

  it('goes on with NTLM at once where the realm of the user, or that of the server, had no KDC a moment ago', async () => {
    const mechanisms = ['NTLM', 'NTLM', 'NTLM'];
    expect(await logOn(3, 'initiate', new AbsentRealms(new TestClock()))).toEqual({ calls: ['initiate'], mechanisms });
    expect(await logOn(3, 'step', new AbsentRealms(new TestClock()))).toEqual({
      calls: ['initiate', 'step', 'initiate', 'initiate'],
      mechanisms,
    });
  });

  it('asks each time where nothing is remembered', async () => {
    expect((await logOn(2, 'initiate', undefined)).calls).toEqual(['initiate', 'initiate']);
  });
});
