import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { withServerName } from '../../../lib/cim/error/with-server-name.js';
import { type CimSession, newCimSession } from '../../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../../lib/cim/session/session-options.js';
import type { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { getDhcpServerv4Scope } from '../../../lib/dhcp-server/index.js';
import { startEmulator } from '../../../lib/emulator/index.js';
import type { RequestEnvelope } from '../../../lib/wsman/service/read-request.js';
import { writeFaultEnvelope } from '../../../lib/wsman/service/write-fault.js';
import { writeResponseEnvelope } from '../../../lib/wsman/service/write-response.js';
import { FakeTransport } from '../fake-transport.js';
import { all } from '../operations/fake-server.js';

const LAMP = { namespace: 'root/test', className: 'X_Lamp' };
const NAME = 'dhcp7.contoso.com';

type Reply = (request: RequestEnvelope) => { readonly status?: number; readonly envelope: string };

function sessionWith(reply: Reply): Promise<CimSession> {
  return newCimSession(NAME, { transport: () => new FakeTransport(reply) });
}

const answer =
  (
    body: string | undefined,
    parts: { readonly action?: string; readonly relatesTo?: string | undefined } = {},
  ): Reply =>
  (request) => ({
    envelope: writeResponseEnvelope({
      action: `${request.action}Response`,
      relatesTo: request.messageId,
      ...(body === undefined ? {} : { body }),
      ...parts,
    }),
  });

const get = (session: CimSession) => session.getInstance({ ...LAMP, keys: { Id: 1 }, typeInformation: 'wire' });
const invoke = (session: CimSession) =>
  session.invokeMethod({ ...LAMP, method: { name: 'Count', isStatic: true, parameters: [], returnType: 'uint32' } });
const enumerate = (session: CimSession) => all(session.enumerateInstances({ ...LAMP, typeInformation: 'wire' }));

const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';

describe('what is wrong with an answer is told with the name of its computer:', () => {
  it.each<[string, Reply, (session: CimSession) => Promise<unknown>, string]>([
    ['another request’s answer', answer('<x/>', { relatesTo: 'uuid:other' }), get, 'ERR_PROTOCOL'],
    ['an answer to no request', answer('<x/>', { relatesTo: undefined }), get, 'ERR_PROTOCOL'],
    ['the answer to another action', answer('<x/>', { action: 'urn:other' }), get, 'ERR_PROTOCOL'],
    ['an empty body, of a Get', answer(undefined), get, 'ERR_PROTOCOL'],
    ['an empty body, of a method', answer(undefined), invoke, 'ERR_PROTOCOL'],
    ['the result of another method', answer('<Other_OUTPUT/>'), invoke, 'ERR_PROTOCOL'],
    [
      'a value that its type does not have',
      answer('<Count_OUTPUT><ReturnValue>many</ReturnValue></Count_OUTPUT>'),
      invoke,
      'ERR_PROTOCOL',
    ],
    ['a page without a context', answer(`<n:EnumerateResponse xmlns:n="${ENUMERATION}"/>`), enumerate, 'ERR_PROTOCOL'],
    ['no page', answer('<x/>'), enumerate, 'ERR_PROTOCOL'],
    ['no class', answer('<x/>'), (session) => session.getClass(LAMP), 'ERR_PROTOCOL'],
    ['a class that is not a valid one', answer('<CLASS/>'), (session) => session.getClass(LAMP), 'ERR_PROTOCOL'],
    ['no classes', answer('<x/>'), (session) => all(session.enumerateClasses(LAMP)), 'ERR_PROTOCOL'],
    [
      'no subscription',
      answer('<x/>'),
      (session) => all(session.subscribe({ namespace: 'root/test', query: 'select * from X_Event' })),
      'ERR_PROTOCOL',
    ],
    ['no identity', answer('<x/>'), (session) => session.testConnection(), 'ERR_PROTOCOL'],
    [
      'an envelope with a status that is not a valid one',
      (request) => ({ ...answer('<x/>')(request), status: 500 }),
      get,
      'ERR_PROTOCOL',
    ],
    ['no SOAP', () => ({ envelope: '<html/>' }), get, 'ERR_NOT_SOAP'],
    ['no XML', () => ({ envelope: '<s:Envelope' }), get, 'ERR_XML'],
  ])('%s', async (_, reply, call, code) => {
    const error = await call(await sessionWith(reply)).then(undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(CimletError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(NAME) });
  });

  it('a streamed answer that is not a valid one', async () => {
    const session = await sessionWith(answer('<x/>', { relatesTo: 'uuid:other' }));
    const streamed = session.invokeMethodStreaming({
      ...LAMP,
      method: { name: 'Count', isStatic: true, parameters: [], returnType: 'uint32' },
    });
    await expect(all(streamed)).rejects.toThrow(NAME);
  });

  it('a fault, whose text is the server’s own, in computerName', async () => {
    const session = await sessionWith((request) => ({
      status: 500,
      envelope: writeFaultEnvelope({
        soapCode: 'Sender',
        soapSubcode: 'wsman:InvalidSelectors',
        reason: 'There is no such lamp.',
        relatesTo: request.messageId,
      }),
    }));
    const error = await get(session).then(undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(CimException);
    expect(error).toMatchObject({ computerName: NAME, message: 'There is no such lamp.' });
  });

  it('a way there that has another name: the port refuses, and the name is not known', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    await new Promise((closed) => listener.close(closed));
    const credential = { userName: 'u', password: 'p' };
    const behind = await newCimSession(NAME, { credential, connectTo: { host: '127.0.0.1', port } });
    const refused = await get(behind).then(undefined, (reason: unknown) => reason);
    expect(refused).toMatchObject({
      code: 'ERR_CONNECTION_REFUSED',
      message: `${NAME}: 127.0.0.1:${port} refused the connection: nothing listens there.`,
      cause: { code: 'ERR_CONNECTION_REFUSED', cause: expect.objectContaining({ code: 'ECONNREFUSED' }) },
    });
    await behind.close();

    const lookup: CimSessionOptions['lookup'] = (host, _, done) =>
      done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }), []);
    const unknown = await newCimSession(NAME, { credential, lookup, connectTo: { host: 'gateway.invalid', port } });
    await expect(get(unknown)).rejects.toMatchObject({
      code: 'ERR_NAME_NOT_RESOLVED',
      message: `${NAME}: The name of gateway.invalid:${port} could not be resolved (ENOTFOUND).`,
    });
    await unknown.close();
  });

  it('a session that cannot be used, once in the record', async () => {
    const emulator = await startEmulator();
    emulator.lab.powerOff('dhcpserver');
    const call = getDhcpServerv4Scope(
      { ComputerName: 'dhcpserver.contoso.com' },
      { sessionOptions: emulator.sessionOptions },
    );
    const error = await call.then(undefined, (reason: CmdletError) => reason);
    await emulator.close();
    const [record] = (error as CmdletError).errors;
    expect(record?.message).toMatch(
      /^The session to dhcpserver\.contoso\.com cannot be used: 127\.0\.0\.1:\d+ refused the connection/,
    );
    expect(record?.exception.message).toMatch(/^dhcpserver\.contoso\.com: 127\.0\.0\.1:\d+ refused/);
  });

  it('a wait that was too long', async () => {
    const session = await newCimSession(NAME, { transport: () => new FakeTransport(() => new Promise(() => {})) });
    await expect(session.getInstance({ ...LAMP, keys: { Id: 1 }, timeoutMs: 5 })).rejects.toMatchObject({
      code: 'ERR_TIMEOUT',
      message: expect.stringContaining(NAME),
      retryable: true,
    });
  });
});

describe('withServerName', () => {
  const broken = new CimletError('ERR_PROTOCOL', 'It is broken.', { hint: 'Mend it.', retryable: true });

  it('keeps what the error says, and the error as the cause', () => {
    expect(withServerName(broken, 'a')).toMatchObject({
      code: 'ERR_PROTOCOL',
      message: 'a: It is broken.',
      hint: 'Mend it.',
      retryable: true,
      cause: broken,
    });
    expect(broken.message).toBe('It is broken.');
  });

  it.each([
    ['names it already', new CimletError('ERR_PROTOCOL', 'A:5985 is broken.')],
    ['is of the caller', new CimletError('ERR_ABORTED', 'Enough.')],
    ['is of what the caller gave', new CimletError('ERR_INVALID_ARGUMENT', 'Wrong.')],
    ['has a class of its own', new CimException('Denied.', { nativeErrorCode: 'AccessDenied' })],
    ['is a mistake of the program', new TypeError('undefined is not a function')],
  ])('leaves an error alone that %s', (_, error) => {
    expect(withServerName(error, 'A')).toBe(error);
  });
});
