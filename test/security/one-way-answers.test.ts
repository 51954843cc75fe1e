import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isCimletError } from '../../lib/base/errors.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { type Tampering, TamperingProxy } from './tampering-proxy.js';
import { sessionThrough } from './under-attack.js';

const ANSWER = Buffer.from(
  'HTTP/1.1 204 \r\nServer: Microsoft-HTTPAPI/2.0\r\nDate: Fri, 01 May 2020 07:14:12 GMT\r\n\r\n',
);

describe('the answer to an answered prompt', () => {
  let emulator: Emulator;
  let proxy: TamperingProxy;

  beforeAll(async () => {
    emulator = await startEmulator({ lab: { testNamespace: true } });
    const [server] = emulator.servers;
    if (server === undefined) throw new Error('The lab has no server.');
    proxy = await TamperingProxy.open(server.http);
    proxy.passesStreams = true;
  });
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]();
    await emulator.close();
  });

  /** What came of an operation that asks once, and how often it asked. */
  async function ask(tamper: Tampering): Promise<{ readonly got: unknown; readonly asked: number }> {
    const options = { authentication: 'Ntlm', credential: emulator.credential } as const;
    await using session = await sessionThrough(proxy, emulator.servers[0]?.name ?? '', options);
    proxy.arm(tamper);
    let asked = 0;
    try {
      const { outParameters } = await session.invokeMethod({
        namespace: 'root/cimlet/test',
        className: 'Cimlet_Operations',
        method: 'Ask',
        promptUser: () => {
          asked++;
          return 'yes';
        },
      });
      return { got: { ...outParameters }, asked };
    } catch (error) {
      if (isCimletError(error)) return { got: error.code, asked };
      throw error;
    }
  }

  const once = (change: (bytes: Buffer) => Buffer): Tampering => {
    let done = false;
    return ({ status, bytes }) => {
      if (status !== 204 || done) return undefined;
      done = true;
      return change(bytes);
    };
  };

  it('is taken as it is', async () => {
    expect(await ask(() => undefined)).toEqual({ got: { Yes: 1, No: 0 }, asked: 1 });
  });

  it.each([
    ['twice', () => Buffer.concat([ANSWER, ANSWER])],
    [
      'with another response behind',
      () => Buffer.concat([ANSWER, Buffer.from('HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\n<a>')]),
    ],
    ['as a bare 200 without a length', () => Buffer.from('HTTP/1.1 200 \r\n\r\n')],
    ['as 202', () => Buffer.from('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n')],
  ])('%s is one answer', async (_, change) => {
    expect(await ask(once(change))).toEqual({ got: { Yes: 1, No: 0 }, asked: 1 });
  });

  it.each([
    ['with content in clear', () => Buffer.from('HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\n<a>')],
    [
      'as a redirection',
      () => Buffer.from('HTTP/1.1 302 \r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n'),
    ],
    ['as no HTTP', () => Buffer.from('SSH-2.0-OpenSSH\r\n')],
  ])('%s is refused, and that is said', async (_, change) => {
    expect(await ask(once(change))).toMatchObject({ got: expect.stringMatching(/^ERR_PROTOCOL$/), asked: 1 });
  });
});
