import { describe, expect, it } from '@jest/globals';
import type { SecurityContextFactory } from '../../../lib/auth/contract/security-context-factory.js';
import { FakeContext, type FakeContextOptions } from '../fake-context.js';
import { fakeServer } from '../fake-server.js';
import { soap, tcpServer, textOf, transportTo } from '../servers.js';

const fake = (options: FakeContextOptions = {}): SecurityContextFactory => {
  return () => new FakeContext(options);
};

describe('what is refused before a byte leaves', () => {
  it.each([
    [
      'a context that cannot encrypt over http',
      { security: fake({ encrypts: false }) },
      /over http would send everything/,
      /https.*Negotiate.*allowUnencrypted/,
    ],
    [
      "encryption: 'never' over http",
      { security: fake(), encryption: 'never' as const },
      /noEncryption over http/,
      /allowUnencrypted/,
    ],
    [
      "encryption: 'always' with a context that cannot, even when allowed",
      { security: fake({ encrypts: false }), encryption: 'always' as const, allowUnencrypted: true },
      /'always' asks for/,
      /Negotiate/,
    ],
  ])('%s', async (_, options, message, hint) => {
    let connections = 0;
    const { port } = await tcpServer(() => connections++);
    await expect(transportTo(port, options).send(soap('secret'))).rejects.toMatchObject({
      code: 'ERR_INSECURE_CHANNEL',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    expect(connections).toBe(0);
  });

  it('a context that can encrypt does so even where plain text is allowed', async () => {
    const { port, connections } = await fakeServer({
      intercept: (request) =>
        request.headers['content-type']?.startsWith('application/soap+xml') &&
        Number(request.headers['content-length']) > 0
          ? Promise.reject(new Error('plain'))
          : false,
    });
    expect(await textOf(transportTo(port, { security: fake(), allowUnencrypted: true }).send(soap('x')))).toBe(
      '<answer>x</answer>',
    );
    expect(connections[0]?.messages).toEqual(['x']);
  });
});
