// A security option that was misspelt, or has a wrong type, is refused before anything is sent, and never taken for less safety than was meant.
import { describe, expect, it } from '@jest/globals';
import { getDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { newCimSession } from '../../lib/index.js';
import { tcpServer } from '../transport/servers.js';

const credential = { userName: 'u', password: 'Pw-QZX81-secret' };

/** What a session, and a cmdlet, with these options is refused with; nobody may be called. */
async function refusalOf(options: object): Promise<{ readonly code: string; readonly message: string }> {
  let called = false;
  const { port } = await tcpServer((socket) => {
    called = true;
    socket.destroy();
  });
  const sessionOptions = { credential, connectTo: { host: '127.0.0.1', port }, ...options };
  const refused = await newCimSession('srv', sessionOptions).then(
    () => undefined,
    (error: { code: string; message: string }) => error,
  );
  const record = await getDhcpServerv4Scope({ ComputerName: 'srv' }, { sessionOptions }).then(
    () => undefined,
    (error: { code: string; message: string }) => error,
  );
  expect(record?.message).toContain(refused?.message);
  expect(called).toBe(false);
  if (refused === undefined) throw new Error('it was not refused');
  return refused;
}

describe.each([
  'allowUnencrypted',
  'allowNtlm',
  'noEncryption',
  'skipCACheck',
  'skipCNCheck',
  'useSsl',
  'encodePortInServicePrincipalName',
])('%s', (name) => {
  it.each(['false', 'true', '0', 'no', 0, 1, null, [], {}])('is no truth value as %j', async (value) => {
    expect(await refusalOf({ [name]: value })).toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringMatching(new RegExp(`^${name}: .* is not valid. Give true or false, without quotes`)),
    });
  });
});

it.each([
  [{ kerberos: { delegate: 'false' } }, /^kerberos.delegate: "false" is not valid. Give true or false, .* 'always'/],
  [{ kerberos: { delegate: 1 } }, /^kerberos.delegate: 1/],
  [{ kerberos: { delegated: true } }, /"kerberos.delegated" is not valid. Write kerberos.delegate/],
  [{ kerberos: { spnhost: 'x' } }, /Write kerberos.spnHost/],
  [{ kerberos: 'false' }, /^kerberos: "false" is not valid. Give an object, or false/],
  [{ tls: { serverNam: 'x' } }, /Write tls.serverName/],
  [{ tls: { fingerprint: 'x' } }, /Write tls.fingerprint256/],
  [{ tls: { skipCaCheck: 'false' } }, /^tls.skipCaCheck/],
  [{ tls: { rejectUnauthorized: true } }, /There is no such session option/],
  [{ tls: 'x' }, /^tls: a text is not valid. Give an object/],
  [{ proxy: { hots: 'x', port: 1 } }, /Write proxy.host/],
  [{ useSSL: true }, /Write useSsl/],
  [{ allowUnencrypt: true }, /Write allowUnencrypted/],
  [{ operationTimeoutMs: '5' }, /^operationTimeoutMs: 5|^operationTimeoutMs: "5"/],
])('%j is refused with the right form', async (options, message) => {
  const refused = await refusalOf(options);
  expect(refused.code).toBe('ERR_INVALID_ARGUMENT');
  expect(refused.message).toMatch(message);
});

it('a secret that stands in a wrong place is not repeated', async () => {
  const refused = await refusalOf({ allowUnencrypted: credential.password });
  expect(refused.message).toBe('allowUnencrypted: a text is not valid. Give true or false, without quotes.');
});

describe('options of a call', () => {
  it.each([
    [{ timeoutMS: 1 }, /"timeoutMS" is not valid. Write timeoutMs/],
    [{ timeout: 1 }, /Write timeoutMs|no such option of a call/],
    [{ timeoutMs: '1000' }, /^timeoutMs: "1000" is not valid. Give a number/],
    [{ sessionOption: {} }, /Write sessionOptions/],
    [{ onWarnin: () => {} }, /Write onWarning/],
    [{ enhanced: 'false' }, /^enhanced: "false"/],
  ] as readonly (readonly [object, RegExp])[])('%j is refused with the right form', async (options, message) => {
    await expect(getDhcpServerv4Scope({ ComputerName: 'srv' }, options)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringMatching(message),
    });
  });
});
