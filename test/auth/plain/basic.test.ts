import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { requireProtection } from '../../../lib/auth/contract/message-protection.js';
import { basicContext } from '../../../lib/auth/plain/basic.js';
import { Secret } from '../../../lib/base/secret.js';

const tokenOf = async (userName: string, password: string, domain?: string) => {
  const context = basicContext({
    userName,
    password: new Secret(password),
    ...(domain === undefined ? {} : { domain }),
  });
  return Buffer.from((await context.step(undefined)) ?? []).toString('base64');
};

describe('basicContext', () => {
  it('gives the credentials of RFC 7617 section 2 and 2.1', async () => {
    expect(await tokenOf('Aladdin', 'open sesame')).toBe('QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
    expect(await tokenOf('test', '123£')).toBe('dGVzdDoxMjPCow==');
  });

  it('puts a domain in front, and lets a password hold colons', async () => {
    expect(Buffer.from(await tokenOf('admin', 'a:b:c', 'CONTOSO'), 'base64').toString()).toBe('CONTOSO\\admin:a:b:c');
  });

  it('belongs to no connection, is complete at once, and cannot encrypt', async () => {
    const context = basicContext({ userName: 'a', password: new Secret('b') });
    expect(context.capabilities).toEqual({
      bindsChannel: false,
      delegates: false,
      connectionBound: false,
    });
    expect([context.scheme, context.mechanism, context.complete, context.protection]).toEqual([
      'Basic',
      'Basic',
      true,
      undefined,
    ]);
    expect(() => requireProtection(context)).toThrow(
      expect.objectContaining({ code: 'ERR_INSECURE_CHANNEL', hint: expect.stringContaining('https') }),
    );
  });

  it.each([
    ['a:b', 'x'],
    ['a\nb', 'x'],
    ['a', 'hush\u0000hush'],
  ])('refuses what the header cannot carry: %j %j', (userName, password) => {
    let failure: unknown;
    try {
      basicContext({ userName, password: new Secret(password) });
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    expect(inspect(failure)).not.toContain('hush');
  });

  it('shows no password and forgets it', async () => {
    const context = basicContext({ userName: 'admin', password: new Secret('hush-hush') });
    expect(inspect(context, { showHidden: true, depth: 9 }) + JSON.stringify(context)).not.toContain('hush');
    context.dispose();
    context.dispose();
    expect(await context.step(undefined)).toBeUndefined();
  });
});
