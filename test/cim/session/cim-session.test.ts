import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Deadline } from '../../../lib/base/deadline.js';
import { CimletError, type CimletErrorCode, isCimletError } from '../../../lib/base/errors.js';
import { Secret } from '../../../lib/base/secret.js';
import { writeInstance, writeMethodOutput } from '../../../lib/cim/codec/index.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { errorClasses } from '../../../lib/cim/error/error-classes.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { type CimSession, newCimSession } from '../../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../../lib/cim/session/session-options.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { NS } from '../../../lib/wsman/envelope/namespaces.js';
import { IDENTIFY_ACTION } from '../../../lib/wsman/service/read-request.js';
import { writeFaultEnvelope } from '../../../lib/wsman/service/write-fault.js';
import { writeIdentifyResponse, writeResponseEnvelope } from '../../../lib/wsman/service/write-response.js';
import { propertiesOf } from '../../support/values-of.js';
import { FakeTransport } from '../fake-transport.js';

const personClass: CimClassDeclaration = {
  namespace: 'root/test',
  className: 'X_Person',
  properties: [
    { name: 'Id', type: 'uint32', key: true },
    { name: 'Born', type: 'datetime', key: true },
    { name: 'Name', type: 'string' },
  ],
  methods: [],
};
const method: CimMethodDeclaration = {
  name: 'Find',
  isStatic: true,
  returnType: 'uint32',
  parameters: [
    { name: 'Name', type: 'string', direction: 'in' },
    { name: 'Found', type: 'instance', className: 'X_Person', isArray: true, direction: 'out' },
  ],
};
const person = CimInstance.create(personClass, { Id: 1, Name: 'Ada' });

const answering = () =>
  new FakeTransport((request) => {
    if (request.action === IDENTIFY_ACTION) {
      return {
        envelope: writeIdentifyResponse({
          protocolVersion: NS.wsman,
          productVendor: 'Microsoft Corporation',
          productVersion: 'OS: 10.0.20348',
          securityProfiles: [],
        }),
      };
    }
    const body = writeMethodOutput({
      resourceUri: request.resourceUri,
      method: { ...method, name: request.action.slice(request.action.lastIndexOf('/') + 1) },
      outParameters: { Found: [person] },
      returnValue: 0,
    });
    return {
      envelope: writeResponseEnvelope({ action: `${request.action}Response`, relatesTo: request.messageId, body }),
    };
  });

async function sessionOver(transport: FakeTransport, options: CimSessionOptions = {}): Promise<CimSession> {
  return newCimSession('dhcpserver.contoso.com', { ...options, transport: () => transport });
}

async function rejection(promise: Promise<unknown>): Promise<CimletError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CimletError) return error;
    throw error;
  }
  throw new Error('it did not reject');
}

const find = { namespace: 'root/test', className: 'X_PersonFinder', method };

describe('a session', () => {
  it('counts as PowerShell counts', async () => {
    const [first, second, named] = [
      await sessionOver(answering()),
      await sessionOver(answering()),
      await sessionOver(answering(), { name: 'sfo' }),
    ];
    expect(second.id).toBe(first.id + 1);
    expect(second.name).toBe(`CimSession${second.id}`);
    expect(named.name).toBe('sfo');
    expect(first.instanceId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(first.instanceId).not.toBe(second.instanceId);
    expect([first.protocol, first.computerName, String(first)]).toEqual([
      'WSMAN',
      'dhcpserver.contoso.com',
      'CimSession: dhcpserver.contoso.com',
    ]);
  });

  it('is with localhost when nobody says otherwise', async () => {
    const seen: string[] = [];
    const session = await newCimSession(undefined, {
      transport: ({ computerName }) => {
        seen.push(computerName);
        return answering();
      },
    });
    expect([session.computerName, ...seen]).toEqual(['localhost', 'localhost']);
  });

  it('prints nothing of its credential', async () => {
    const session = await newCimSession('server', {
      credential: { userName: 'u', password: 'hunter2' },
      authentication: 'Basic',
    });
    expect(inspect(session, { depth: 20, showHidden: true })).not.toContain('hunter2');
    expect(JSON.stringify(session)).toContain('"computerName":"server"');
    await session.close();
  });

  it('tests its connection with Identify', async () => {
    const transport = answering();
    const session = await sessionOver(transport);
    await expect(session.testConnection()).resolves.toMatchObject({ productVendor: 'Microsoft Corporation' });
    await session.testConnection({ anonymous: true });
    expect(transport.requests.map((request) => request.anonymous ?? false)).toEqual([false, true]);
  });

  it('closes once, and takes no call afterwards', async () => {
    const transport = answering();
    const session = await sessionOver(transport);
    expect(session.isClosed).toBe(false);
    await Promise.all([session.close(), session.close(), session[Symbol.asyncDispose]()]);
    expect(transport.closed).toBe(1);
    expect(session.isClosed).toBe(true);
    for (const call of [session.testConnection(), session.invokeMethod(find)]) {
      const error = await rejection(call);
      expect(error.code).toBe('ERR_SESSION_CLOSED');
      expect(error.message).toContain('dhcpserver.contoso.com');
    }
    expect(transport.requests).toEqual([]);
  });
});

describe('invokeMethod', () => {
  it('sends what MS-WSMV 4.11.2 prints: class URI, namespace selector, precise arrays', async () => {
    const transport = answering();
    const session = await sessionOver(transport);
    await session.invokeMethod({ ...find, parameters: { Name: 'Ada' } });
    const [text = ''] = transport.texts;
    expect(text).toContain('http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X_PersonFinder</');
    expect(text).toContain('http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X_PersonFinder/Find</');
    expect(text).toMatch(/<w:Selector Name="__cimnamespace">root\/test</);
    expect(text).toMatch(/<w:Option Name="msftwinrm:UsePreciseArrays" Type="xs:boolean">true</);
    expect(text.match(/<w:Selector /g)).toHaveLength(1);
    expect(text.toLowerCase()).toContain(`uuid:${session.instanceId}`);
    expect(transport.requests[0]?.repeatable).toBe(false);
  });

  it('spells the class the other way on request', async () => {
    const transport = answering();
    const session = await sessionOver(transport, { resourceUriSpelling: 'wmi' });
    await session.invokeMethod({ ...find, namespace: 'root\\test', repeatable: true });
    const [text = ''] = transport.texts;
    expect(text).toContain('http://schemas.microsoft.com/wbem/wsman/1/wmi/root/test/X_PersonFinder/Find</');
    expect(text).not.toContain('__cimnamespace');
    expect(transport.requests[0]?.repeatable).toBe(true);
  });

  it('gives instances that know their session', async () => {
    const session = await sessionOver(answering());
    const { returnValue, outParameters } = await session.invokeMethod({ ...find, outputClasses: [personClass] });
    expect(returnValue).toBe(0);
    const [found] = outParameters['Found'] as CimInstance[];
    expect(found?.cimClass).toBe(personClass);
    expect(found?.cimSession).toBe(session);
    expect(found?.PSComputerName).toBe('dhcpserver.contoso.com');
    expect(inspect(found)).not.toContain('CimSession');
  });

  it('names an instance by its keys', async () => {
    const transport = answering();
    const session = await sessionOver(transport);
    const instance = CimInstance.create(personClass, { Id: 7, Born: null, Name: 'x' }, { namespace: 'root/other' });
    const onInstance = { ...method, name: 'Greet', isStatic: false };
    expect((await rejection(session.invokeMethod({ method: onInstance, instance }))).message).toContain(
      'X_Person.Born',
    );
    const oneKey = CimInstance.create({ ...personClass, properties: personClass.properties.slice(0, 1) }, { Id: 7 });
    await session.invokeMethod({ method: onInstance, instance: oneKey });
    const [text = ''] = transport.texts;
    expect(text).toMatch(/<w:Selector Name="Id">7</);
    expect(text).toContain('cim-schema/2/X_Person/Greet<');
    expect((await rejection(session.invokeMethod({ ...find, method: onInstance }))).message).toContain('give instance');
    await session.invokeMethod({ method, instance: oneKey });
    expect(transport.texts[1]).not.toContain('Name="Id"');
  });

  it('sends more options, languages and another resource URI when told', async () => {
    const transport = answering();
    const session = await sessionOver(transport, { uiCulture: 'de-DE', culture: 'fr-FR', maxEnvelopeSize: 153_600 });
    await session.invokeMethod({
      ...find,
      resourceUri: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X_Other',
      operationOptions: [
        { name: 'MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME', value: 'Find-Person', type: 'xs:string' },
      ],
    });
    const [text = ''] = transport.texts;
    expect(text).toContain('MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME');
    expect(text).toContain('<w:Locale xml:lang="de-DE"');
    expect(text).toContain('<p:DataLocale xml:lang="fr-FR"');
    expect(text).toContain('153600');
    expect(text).toContain('cim-schema/2/X_Other/Find<');
  });

  it.each([
    [{ namespace: '' }, 'namespace'],
    [{ className: '' }, 'className'],
    [{ className: 'X/../Y' }, 'className'],
  ])('refuses %p', async (change, named) => {
    const transport = answering();
    const error = await rejection((await sessionOver(transport)).invokeMethod({ ...find, ...change }));
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    expect(error.message).toContain(named);
    expect(transport.requests).toEqual([]);
  });

  it('sends nothing when a parameter is wrong', async () => {
    const transport = answering();
    const session = await sessionOver(transport);
    const wrong = { Name: 5, Nmae: new Secret('sEcReT') };
    expect((await rejection(session.invokeMethod({ ...find, parameters: wrong }))).code).toBe('ERR_INVALID_ARGUMENT');
    expect(transport.requests).toEqual([]);
  });
});

describe('time', () => {
  const silent = () => new FakeTransport(() => new Promise(() => {}));

  it.each<[string, CimSessionOptions, object, CimletErrorCode]>([
    ['its own limit', {}, { timeoutMs: 5 }, 'ERR_TIMEOUT'],
    ["the session's limit", { operationTimeoutMs: 5 }, {}, 'ERR_TIMEOUT'],
    ['its signal', {}, { signal: AbortSignal.abort() }, 'ERR_ABORTED'],
    ["a whole's deadline", {}, { deadline: new Deadline({ signal: AbortSignal.abort() }) }, 'ERR_ABORTED'],
  ])('a call ends by %s', async (_, sessionOptions, callOptions, code) => {
    const session = await sessionOver(silent(), sessionOptions);
    expect((await rejection(session.invokeMethod({ ...find, ...callOptions }))).code).toBe(code);
  });

  it('lets go of the signal when it is done, and leaves a deadline that it was given to its owner', async () => {
    const session = await sessionOver(answering());
    const { signal } = new AbortController();
    await session.invokeMethod({ ...find, signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const owner = new AbortController();
    const deadline = new Deadline({ signal: owner.signal });
    await session.invokeMethod({ ...find, deadline });
    owner.abort();
    expect(deadline.signal.aborted).toBe(true);
  });

  it('tells the server how long it may take', async () => {
    const transport = answering();
    const session = await sessionOver(transport);
    await session.invokeMethod({ ...find, timeoutMs: 30_000 });
    expect(transport.texts[0]).toMatch(/OperationTimeout>PT(?:30|29)\.\d{3}S</);
  });
});

describe('a fault', () => {
  const faulting = (fault: Omit<Parameters<typeof writeFaultEnvelope>[0], 'relatesTo'>) =>
    new FakeTransport((request) => ({
      status: 500,
      envelope: writeFaultEnvelope({ ...fault, relatesTo: request.messageId }),
    }));

  it('with an error instance is a CimException that knows all of it', async () => {
    const wmiError = errorClasses.find(({ className }) => className === 'MSFT_WmiError');
    if (wmiError === undefined) throw new Error('MSFT_WmiError is not declared.');
    const error = CimInstance.create(wmiError, {
      CIMStatusCode: 1,
      MessageID: 'DHCP 20114',
      Message: 'Failed to get the scope.',
      ErrorSource: '10.10.10.0',
      error_Category: 13,
      error_Code: 20114,
      error_Type: 'DHCP',
    });
    const transport = faulting({
      soapCode: 'Receiver',
      soapSubcode: 'w:InternalError',
      reason: 'reason',
      errorInstance: writeInstance(error, { spelling: 'wmi' }),
    });
    const exception = await rejection((await sessionOver(transport)).invokeMethod(find));
    expect(exception).toBeInstanceOf(CimException);
    expect(exception).toMatchObject({
      code: 'ERR_CIM',
      message: 'Failed to get the scope.',
      messageId: 'DHCP 20114',
      nativeErrorCode: 'Failed',
      statusCode: 1,
      errorCategory: 'ObjectNotFound',
      errorSource: '10.10.10.0',
    });
    const data = exception instanceof CimException ? exception.errorData : undefined;
    expect(propertiesOf(data)?.['error_Code']).toBe(20114);
    expect(data?.PSComputerName).toBe('dhcpserver.contoso.com');
    expect(isCimletError(exception.cause)).toBe(true);
  });

  it('without one is a CimException named by its code', async () => {
    const transport = faulting({
      soapCode: 'Sender',
      soapSubcode: 'a:DestinationUnreachable',
      reason: 'gone',
      wsmanCode: 0x80338000,
    });
    const exception = await rejection((await sessionOver(transport)).invokeMethod(find));
    expect(exception).toMatchObject({
      code: 'ERR_WSMAN_FAULT',
      messageId: 'HRESULT 0x80338000',
      nativeErrorCode: 'NotFound',
      statusCode: 6,
      errorCategory: 'ObjectNotFound',
      wsmanCode: 0x80338000,
      errorData: undefined,
    });
    expect(exception.hint).toBe('Check the class name, the CIM namespace and the keys.');
  });
});

describe('options', () => {
  const credential = { userName: 'u', password: 'hunter2' };

  it.each<[object, string]>([
    [{ useSSL: true }, 'Write useSsl'],
    [{ nonsense: 1 }, 'nonsense'],
    [{ useSsl: false, tls: {} }, 'tls needs useSsl: true'],
    [{ useSsl: false, skipCACheck: true }, 'skipCACheck'],
    [{ operationTimeoutMs: 0 }, 'operationTimeoutMs'],
    [{ resourceUriSpelling: 'x' }, 'resourceUriSpelling'],
    [{ authentication: 'Digest', credential }, 'Available: Default, '],
    [{ authentication: 'Basic' }, 'credential'],
    [{ authentication: 'Ntlm' }, 'credential'],
    [{ authentication: 'Basic', credential: { userName: '', password: 'hunter2' } }, 'credential.userName'],
    [{ credential: { username: 'u', password: 'hunter2' } }, 'credential: "username" is not valid. Write userName.'],
    [{ credential: { userName: 'u', passwrod: 'hunter2' } }, 'credential: "passwrod" is not valid. Write password.'],
    [{ authentication: 'Basic', credential: { userName: 'u', password: 5 } }, 'credential.password'],
    [{ authentication: 'Basic', credential: 'u:hunter2' }, 'credential'],
    [{ port: 70_000, credential }, 'port'],
    [{ maxEnvelopeSize: 100, credential }, 'maxEnvelopeSize'],
  ])('%p are refused', async (options, named) => {
    const error = await rejection(newCimSession('server', options as CimSessionOptions));
    expect(error.code).toBe('ERR_INVALID_ARGUMENT');
    expect(error.message).toContain(named);
    expect(inspect(error)).not.toContain('hunter2');
  });

  it.each(['http://server', 'server/wsman', 'server:5985', 'user@server', 'a b', '::g'])(
    'refuses the computer name %p',
    async (name) => {
      const error = await rejection(newCimSession(name, { credential, authentication: 'Basic' }));
      expect(error.message).toContain('computerName');
    },
  );

  it.each(['server', 'server.contoso.com', '10.0.0.1', '::1', '[fe80::1%eth0]'])(
    'takes the computer name %p',
    async (name) => {
      const session = await newCimSession(name, { credential, authentication: 'Basic' });
      expect(session.computerName).toBe(name);
      await session.close();
    },
  );
});
