// A security option that was misspelt, or has a wrong type, is refused before anything is sent, and never taken for less safety than was meant.
import { describe, expect, it } from '@jest/globals';
import { getDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { CimInstance, type CimSession, newCimSession } from '../../lib/index.js';
import type { Transport } from '../../lib/transport/transport.js';
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

describe('an operation of a session', () => {
  const NAMESPACE = 'root/cimv2';
  const whole = { namespace: NAMESPACE, className: 'X', query: 'select * from X', method: 'M', keys: {} };
  const instance = CimInstance.create({ namespace: NAMESPACE, className: 'X', properties: [], methods: [] }, {});

  /** What each takes without a complaint, and how it is run to its end. */
  const OPERATIONS = {
    testConnection: [{}, (session, request) => session.testConnection(request)],
    getInstance: [pick('namespace', 'className', 'keys'), (session, request) => session.getInstance(request)],
    deleteInstance: [pick('namespace', 'className', 'keys'), (session, request) => session.deleteInstance(request)],
    createInstance: [{ instance }, (session, request) => session.createInstance(request)],
    modifyInstance: [{ instance }, (session, request) => session.modifyInstance(request)],
    invokeMethod: [pick('namespace', 'className', 'method'), (session, request) => session.invokeMethod(request)],
    'invokeMethod with onOutput': [
      { ...pick('namespace', 'className', 'method'), onOutput: () => {} },
      (session, request) => session.invokeMethod(request),
    ],
    invokeMethodStreaming: [
      pick('namespace', 'className', 'method'),
      (session, request) => ended(session.invokeMethodStreaming(request)),
    ],
    enumerateInstances: [
      pick('namespace', 'className'),
      (session, request) => ended(session.enumerateInstances(request)),
    ],
    queryInstances: [pick('namespace', 'query'), (session, request) => ended(session.queryInstances(request))],
    enumerateAssociatedInstances: [
      { instance },
      (session, request) => ended(session.enumerateAssociatedInstances(request)),
    ],
    enumerateReferencingInstances: [
      { instance },
      (session, request) => ended(session.enumerateReferencingInstances(request)),
    ],
    getClass: [pick('namespace', 'className'), (session, request) => session.getClass(request)],
    enumerateClasses: [pick('namespace'), (session, request) => ended(session.enumerateClasses(request))],
    subscribe: [pick('namespace', 'query'), (session, request) => ended(session.subscribe(request))],
  } satisfies Readonly<Record<string, readonly [object, (session: CimSession, request: never) => Promise<unknown>]>>;

  function pick(...names: readonly (keyof typeof whole)[]): object {
    return Object.fromEntries(names.map((name) => [name, whole[name]]));
  }

  async function ended(iteration: AsyncIterable<unknown>): Promise<void> {
    for await (const _ of iteration);
  }

  /** How an operation with this request fails, and how often the server was asked. */
  async function failureOf(name: keyof typeof OPERATIONS, request: unknown) {
    let sent = 0;
    const transport: Transport = {
      url: 'http://srv/wsman',
      host: 'srv',
      send: () => {
        sent += 1;
        throw new Error('sent');
      },
      close: async () => {},
    };
    await using session = await newCimSession('srv', { transport: () => transport });
    const [, run] = OPERATIONS[name];
    const error = await run(session, request as never).then(
      () => undefined,
      (reason: { readonly code?: string; readonly message: string }) => reason,
    );
    return { code: error?.code, message: error?.message, sent };
  }

  describe.each(Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[])('%s', (name) => {
    const [good] = OPERATIONS[name];

    it('is sent with the options that it has', async () => {
      const { signal } = new AbortController();
      const failure = await failureOf(name, { ...good, timeoutMs: 60_000, operationTimeoutMs: 5000, signal });
      expect(failure).toMatchObject({ code: undefined, message: 'sent' });
    });

    it.each([
      [{ timeoutMS: 1 }, '"timeoutMS" is not valid. Write timeoutMs.'],
      [{ operationTimeoutMS: 1 }, 'Write operationTimeoutMs.'],
      [{ abortSignal: undefined, frobnicate: 1 }, 'is not valid. There is no such option of '],
      [{ timeoutMs: '1000' }, 'timeoutMs: "1000" is not valid. Give a number, without quotes.'],
      [{ timeoutMs: -1 }, 'timeoutMs: -1 is not valid. Give a number of milliseconds above zero'],
      [{ timeoutMs: Number.NaN }, 'timeoutMs: NaN is not valid. Give a number of milliseconds above zero'],
      [{ operationTimeoutMs: 0 }, 'operationTimeoutMs: 0 is not valid. Give a number of milliseconds above zero.'],
      [{ signal: {} }, 'signal: an object is not valid. Give an AbortSignal.'],
      [{ signal: new AbortController() }, 'signal: an object is not valid. Give an AbortSignal.'],
      [{ signal: null }, 'signal: null is not valid. Give an AbortSignal.'],
      [{ deadline: 5 }, 'deadline: 5 is not valid.'],
      [{ namespace: 5 }, /^namespace: 5 is not valid|no such option of testConnection/],
      [{ instance: {} }, /^instance: an object is not valid. Give a CimInstance|no such option of/],
    ] as const)('refuses %j before anything is sent', async (options, message) => {
      const failure = await failureOf(name, { ...good, ...options });
      expect(failure).toEqual({
        code: 'ERR_INVALID_ARGUMENT',
        message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
        sent: 0,
      });
    });

    it.each([[undefined], [null], ['X'], [{}], [[]]])('given %j as its request says what it needs', async (request) => {
      if (name === 'testConnection' && (request === undefined || typeof request === 'object')) return;
      const failure = await failureOf(name, request);
      expect(failure).toEqual({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringMatching(/^[\w.]+: .* is not valid\. Give /),
        sent: 0,
      });
    });
  });

  it.each([
    [
      'invokeMethod',
      { className: 'X', method: undefined },
      /^method: undefined is not valid. Give the name of a method/,
    ],
    ['invokeMethod', { className: 'X', method: { name: 'M' } }, /^method: an object is not valid. Give the name/],
    ['invokeMethod', { ...pick('namespace', 'className', 'method'), parameter: {} }, /Write parameters/],
    ['invokeMethod', { ...pick('namespace', 'className', 'method'), repeatable: 'false' }, /^repeatable: "false"/],
    ['enumerateInstances', { ...pick('namespace', 'className'), typeInformation: 'wires' }, /'class' or 'wire'/],
    ['enumerateInstances', { ...pick('namespace', 'className'), keysOnly: 'false' }, /^keysOnly: "false"/],
    ['enumerateInstances', { ...pick('namespace', 'className'), classes: {} }, /^classes: an object.*array/],
    ['enumerateInstances', { ...pick('namespace', 'className'), onWarnings: () => {} }, /Write onWarning/],
    ['queryInstances', { ...pick('namespace'), quary: 'select' }, /Write query/],
    ['getInstance', { ...pick('namespace', 'className', 'keys'), promptUserMode: 'ask' }, /^promptUserMode/],
    ['subscribe', { ...pick('namespace', 'query'), heartBeatMs: 1 }, /Write heartbeatMs/],
  ] as const)('%s refuses %j with the right form', async (name, request, message) => {
    expect(await failureOf(name, request)).toEqual({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringMatching(message),
      sent: 0,
    });
  });
});

it.each([[{ signal: {} }], [{ signal: 'x' }], [{ signal: new AbortController() }]])(
  'a call with %j says what it takes',
  async (options) => {
    await expect(getDhcpServerv4Scope({ ComputerName: 'srv' }, options as object)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringMatching(/^signal: .* is not valid. Give an AbortSignal.$/),
    });
  },
);
