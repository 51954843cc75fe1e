import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Deadline } from '../../lib/base/deadline.js';
import type { CimletError } from '../../lib/base/errors.js';
import { createWsManClient, type WsManClientOptions } from '../../lib/wsman/client.js';
import { WsManFaultError } from '../../lib/wsman/contract/fault-error.js';
import type { InvokeRequest } from '../../lib/wsman/contract/wsman-client.js';
import { writeFaultEnvelope } from '../../lib/wsman/service/write-fault.js';
import { writeIdentifyResponse, writeResponseEnvelope } from '../../lib/wsman/service/write-response.js';
import type { XmlElement } from '../../lib/xml/tree/element.js';
import { type FakeReply, FakeTransport, messageIdOf } from './fake-transport.js';

const CLASS = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Process';
const OUTPUT = `<p:Create_OUTPUT xmlns:p="${CLASS}"><p:ProcessId>4000</p:ProcessId><p:ReturnValue>0</p:ReturnValue></p:Create_OUTPUT>`;
const deadlines: Deadline[] = [];

afterEach(() => {
  for (const deadline of deadlines.splice(0)) deadline[Symbol.dispose]();
});

function newDeadline(timeoutMs?: number): Deadline {
  const deadline = new Deadline({ timeoutMs });
  deadlines.push(deadline);
  return deadline;
}

function good(request: string, overrides: { action?: string; relatesTo?: string; body?: string } = {}): string {
  return writeResponseEnvelope({
    action: `${CLASS}/CreateResponse`,
    relatesTo: messageIdOf(request),
    body: OUTPUT,
    ...overrides,
  });
}

function invoke(
  transport: FakeTransport,
  overrides: Partial<InvokeRequest> = {},
  options?: WsManClientOptions,
): Promise<XmlElement> {
  return createWsManClient(transport, options).invoke({
    target: { resourceUri: CLASS },
    method: 'Create',
    body: `<p:Create_INPUT xmlns:p="${CLASS}"/>`,
    repeatable: false,
    deadline: newDeadline(30_000),
    ...overrides,
  });
}

async function failure(reply: FakeReply | ((request: string) => FakeReply)): Promise<CimletError> {
  const transport = new FakeTransport(typeof reply === 'function' ? reply : () => reply);
  return invoke(transport).then(
    () => {
      throw new Error('no failure');
    },
    (error: CimletError) => error,
  );
}

describe('invoke', () => {
  it('gives the body element, and sends what the target and the options say', async () => {
    const transport = new FakeTransport((request) => ({ body: good(request) }));
    const body = await invoke(
      transport,
      {
        target: { resourceUri: CLASS, selectors: { __cimnamespace: 'root/cimv2' } },
        options: [{ name: 'o', value: '1' }],
        repeatable: true,
      },
      { locale: 'de-DE', maxEnvelopeSize: 153_600, sessionId: 'uuid:S' },
    );
    expect([body.name, body.child('ProcessId')?.text]).toEqual(['Create_OUTPUT', '4000']);
    expect(transport.requests[0]).toMatchObject({
      contentType: 'application/soap+xml;charset=UTF-8',
      repeatable: true,
    });
    expect(transport.lastText).toContain('<w:Selector Name="__cimnamespace">root/cimv2</w:Selector>');
    expect(transport.lastText).toContain('<w:Option Name="o">1</w:Option>');
    expect(transport.lastText).toContain('<w:Locale xml:lang="de-DE" s:mustUnderstand="false"/>');
    expect(transport.lastText).toContain('<p:DataLocale xml:lang="de-DE" s:mustUnderstand="false"/>');
    expect(transport.lastText).toContain('>153600</w:MaxEnvelopeSize>');
    expect(transport.lastText).toContain('>uuid:S</p:SessionId>');
    expect(messageIdOf(transport.lastText)).toMatch(/^uuid:[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  });

  it('derives OperationTimeout from what is left of the deadline, and takes 60 s without one', async () => {
    const transport = new FakeTransport((request) => ({ body: good(request) }));
    await invoke(transport, { deadline: newDeadline() });
    expect(transport.lastText).toContain('<w:OperationTimeout>PT60.000S</w:OperationTimeout>');
    await invoke(transport, { deadline: newDeadline(5000) });
    expect(transport.lastText).toMatch(/<w:OperationTimeout>PT4\.9\d\dS<\/w:OperationTimeout>/);
  });

  it('keeps the session, and changes the message, from one request to the next', async () => {
    const transport = new FakeTransport((request) => ({ body: good(request) }));
    const client = createWsManClient(transport);
    const seen = new Set<string>();
    const sessions = new Set<string | undefined>();
    for (let n = 0; n < 3; n++) {
      await client.invoke({
        target: { resourceUri: CLASS },
        method: 'Create',
        body: '',
        repeatable: false,
        deadline: newDeadline(1000),
      });
      seen.add(messageIdOf(transport.lastText));
      sessions.add(/SessionId[^>]*>([^<]+)/.exec(transport.lastText)?.[1]);
    }
    expect([seen.size, sessions.size]).toEqual([3, 1]);
    await client.close();
    expect(transport.closed).toBe(true);
  });

  it.each([
    ['no Response at its end', `${CLASS}/Create`],
    ['another case', `${CLASS}/createRESPONSE`],
  ])('takes a response action with %s', async (_what, action) => {
    const transport = new FakeTransport((request) => ({ body: good(request, { action }) }));
    expect((await invoke(transport)).name).toBe('Create_OUTPUT');
  });

  it('takes a RelatesTo of another case and without uuid:', async () => {
    const transport = new FakeTransport((request) => ({
      body: good(request, { relatesTo: ` ${messageIdOf(request).replace('uuid:', '').toLowerCase()} ` }),
    }));
    expect((await invoke(transport)).name).toBe('Create_OUTPUT');
  });

  it('reads UTF-16 in pieces, and steps over messages that keep the connection alive', async () => {
    const keepAlive = 'http://schemas.microsoft.com/wbem/wsman/1/wsman/Keepalive';
    const transport = new FakeTransport((request) => {
      const bytes = Buffer.from(good(request, { action: keepAlive, body: '' }) + good(request), 'utf16le');
      return {
        contentType: 'application/soap+xml;charset=UTF-16',
        body: [bytes.subarray(0, 333), bytes.subarray(333)],
      };
    });
    expect((await invoke(transport)).child('ReturnValue')?.text).toBe('0');
  });

  it.each([8191, 1.5, Number.NaN, -1])('refuses a maxEnvelopeSize of %d', (maxEnvelopeSize) => {
    const transport = new FakeTransport(() => ({ body: '' }));
    expect(() => createWsManClient(transport, { maxEnvelopeSize })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });

  it('sends nothing when the time is up', async () => {
    const transport = new FakeTransport(() => ({ body: '' }));
    const deadline = new Deadline({ signal: AbortSignal.abort() });
    await expect(invoke(transport, { deadline })).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    expect(transport.requests).toHaveLength(0);
  });
});

describe('an answer that is not a valid one', () => {
  const html = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><p>Hello &nbsp; you</body></html>';

  it.each([
    [
      'an HTML page',
      { contentType: 'text/html', body: html },
      'ERR_NOT_SOAP',
      /HTTP status 200 and an HTML page\. It says: "Hello you"$/,
    ],
    ['an HTML page called SOAP', { body: html }, 'ERR_NOT_SOAP', /an HTML page/],
    ['HTML with status 502', { status: 502, contentType: 'text/html', body: html }, 'ERR_NOT_SOAP', /HTTP status 502/],
    ['an empty body', { contentType: undefined, body: '' }, 'ERR_NOT_SOAP', /HTTP status 200 and an empty body/],
    ['an empty body with status 500', { status: 500, body: '' }, 'ERR_NOT_SOAP', /HTTP status 500 and an empty body/],
    ['an empty body with status 404', { status: 404, body: '' }, 'ERR_NOT_SOAP', /HTTP status 404/],
    ['plain text', { contentType: 'text/plain', body: 'Not found' }, 'ERR_NOT_SOAP', /\(text\/plain\).*"Not found"/],
    ['JSON', { contentType: 'application/json', body: '{"error":1}' }, 'ERR_NOT_SOAP', /"\{\\"error\\":1\}"/],
    ['other XML', { body: '<feed/>' }, 'ERR_NOT_SOAP', /root element is <feed>/],
    [
      'SOAP 1.1',
      { body: '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>' },
      'ERR_NOT_SOAP',
      /SOAP 1\.1/,
    ],
    ['a DTD', { body: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }, 'ERR_XML', /document type declaration/],
    ['status 401', { status: 401, body: '' }, 'ERR_AUTHENTICATION', /refused the credential/],
    ['status 403', { status: 403, contentType: 'text/html', body: html }, 'ERR_AUTHORIZATION', /forbids/],
    ['bytes that are not UTF-8', { body: [Buffer.from('<a>\xff</a>', 'latin1')] }, 'ERR_XML', /not UTF-8/],
  ] as const)('is refused: %s', async (_what, reply, code, message) => {
    const error = await failure(reply);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toContain('localhost');
    expect(error.hint).toEqual(expect.stringMatching(/\.$/));
  });

  it('is refused: a truncated reply, wherever it was cut', async () => {
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const error = await failure((request) => {
        const whole = good(request);
        return { body: whole.slice(0, Math.floor(whole.length * share)) };
      });
      expect(error.code).toBe('ERR_XML');
      expect(error.message).toMatch(/not well-formed/);
    }
  });

  it('is refused: two responses', async () => {
    const error = await failure((request) => ({ body: good(request) + good(request) }));
    expect([error.code, error.message]).toEqual(['ERR_NOT_SOAP', expect.stringContaining('not exactly one response')]);
  });

  it('is refused: a response to somebody else, or to nobody', async () => {
    const other = await failure((request) => ({
      body: good(request, { relatesTo: 'uuid:0F0FF71E-EF69-46ED-8F97-01A2602015C4' }),
    }));
    expect([other.code, other.message]).toEqual([
      'ERR_PROTOCOL',
      expect.stringContaining('0F0FF71E-EF69-46ED-8F97-01A2602015C4'),
    ]);
    const none = await failure(() => ({
      body: writeResponseEnvelope({ action: `${CLASS}/CreateResponse`, relatesTo: undefined, body: OUTPUT }),
    }));
    expect([none.code, none.message]).toEqual(['ERR_PROTOCOL', expect.stringContaining('RelatesTo is missing')]);
    const fault = await failure(() => ({
      status: 500,
      body: writeFaultEnvelope({ soapCode: 'Sender', reason: 'r', relatesTo: 'uuid:1' }),
    }));
    expect(fault.code).toBe('ERR_PROTOCOL');
  });

  it('is refused: a response to another action, an empty one, and one with the status of a failure', async () => {
    expect(await failure((request) => ({ body: good(request, { action: `${CLASS}/DeleteResponse` }) }))).toMatchObject({
      code: 'ERR_PROTOCOL',
    });
    expect(await failure((request) => ({ body: good(request, { body: '' }) }))).toMatchObject({ code: 'ERR_PROTOCOL' });
    expect(await failure((request) => ({ status: 500, body: good(request) }))).toMatchObject({ code: 'ERR_PROTOCOL' });
  });

  it('is left as soon as there is more than one', async () => {
    const transport = new FakeTransport((request) => ({
      body: Array.from({ length: 1000 }, () => Buffer.from(good(request))),
    }));
    const error: CimletError = await invoke(transport).catch((one) => one);
    expect([error.code, error.message]).toEqual(['ERR_NOT_SOAP', expect.stringContaining('not exactly one response')]);
    expect(transport.abandoned).toBe(true);
  });

  it('is left as soon as it cannot be read, and quoted in short', async () => {
    const piece = Buffer.from(`<html>${'x'.repeat(100_000)}`);
    const transport = new FakeTransport(() => ({ body: [piece, piece, piece] }));
    const error: CimletError = await invoke(transport).catch((one) => one);
    expect(transport.abandoned).toBe(true);
    expect(error.message.length).toBeLessThan(600);
  });

  it('may be worth another try behind a proxy', async () => {
    expect((await failure({ status: 503, body: '' })).retryable).toBe(true);
    expect((await failure({ status: 404, body: '' })).retryable).toBe(false);
  });
});

describe('a fault', () => {
  it.each([500, 400, 404, 200])('with HTTP status %d is decoded', async (status) => {
    const error = await failure((request) => ({
      status,
      body: writeFaultEnvelope({
        soapCode: 'Sender',
        soapSubcode: 'wsa:DestinationUnreachable',
        reason: 'no such class',
        wsmanCode: 0x80338000,
        relatesTo: messageIdOf(request),
      }),
    }));
    expect(error).toBeInstanceOf(WsManFaultError);
    expect(error).toMatchObject({ httpStatus: status, wsmanCode: 0x80338000, soapSubcode: 'DestinationUnreachable' });
  });

  it('need not say which request it refuses', async () => {
    const error = await failure({
      status: 500,
      body: writeFaultEnvelope({ soapCode: 'Receiver', reason: 'r', relatesTo: undefined }),
    });
    expect(error).toMatchObject({ code: 'ERR_WSMAN_FAULT', reason: 'r' });
  });

  it('with status 401 is still a matter of authentication', async () => {
    const error = await failure({
      status: 401,
      body: writeFaultEnvelope({ soapCode: 'Sender', reason: 'r', relatesTo: undefined }),
    });
    expect([error.code, error.cause]).toEqual(['ERR_AUTHENTICATION', expect.any(WsManFaultError)]);
  });
});

describe('identify', () => {
  const identity = {
    protocolVersion: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
    productVendor: 'Microsoft Corporation',
    productVersion: 'OS: 10.0.20348 SP: 0.0 Stack: 3.0',
    securityProfiles: ['http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/basic'],
  };

  it('gives what the server tells of itself', async () => {
    const transport = new FakeTransport(() => ({ body: writeIdentifyResponse(identity) }));
    expect(await createWsManClient(transport).identify({ deadline: newDeadline(1000) })).toEqual(identity);
    expect(transport.requests[0]).not.toHaveProperty('anonymous');
    expect(transport.requests[0]).not.toHaveProperty('headers');
  });

  it('without authentication says so in a header', async () => {
    const transport = new FakeTransport(() => ({
      body: writeIdentifyResponse({ ...identity, productVersion: undefined, securityProfiles: [] }),
    }));
    const result = await createWsManClient(transport).identify({ deadline: newDeadline(1000), anonymous: true });
    expect(result).toMatchObject({ productVersion: undefined, securityProfiles: [] });
    expect(transport.requests[0]).toMatchObject({
      anonymous: true,
      repeatable: true,
      headers: { WSMANIDENTIFY: 'unauthenticated' },
    });
  });

  it('refuses another answer', async () => {
    const transport = new FakeTransport(() => ({
      body: writeResponseEnvelope({ action: 'a', relatesTo: undefined, body: '<x/>' }),
    }));
    await expect(createWsManClient(transport).identify({ deadline: newDeadline(1000) })).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
    });
  });
});

describe('diagnostics', () => {
  it('tell of start and end, or of the error, without what was sent', async () => {
    const seen: [string, unknown][] = [];
    const listener = (message: unknown, name: string | symbol) => seen.push([String(name), message]);
    const names = ['cimlet:request:start', 'cimlet:request:end', 'cimlet:request:error'];
    for (const name of names) subscribe(name, listener);
    const secret = '<p:Create_INPUT xmlns:p="urn:p"><p:SharedSecret>sEcReT</p:SharedSecret></p:Create_INPUT>';
    await invoke(new FakeTransport((request) => ({ body: good(request) })), { body: secret });
    await invoke(new FakeTransport(() => ({ status: 404, body: '' })), { body: secret }).catch(() => undefined);
    for (const name of names) unsubscribe(name, listener);
    expect(seen.map(([name]) => name)).toEqual([
      'cimlet:request:start',
      'cimlet:request:end',
      'cimlet:request:start',
      'cimlet:request:error',
    ]);
    expect(seen[0]?.[1]).toMatchObject({
      url: 'http://localhost:5985/wsman',
      action: `${CLASS}/Create`,
      messageId: expect.stringMatching(/^uuid:/),
    });
    expect(seen[1]?.[1]).toMatchObject({ status: 200, durationMs: expect.any(Number) });
    expect(seen[3]?.[1]).toMatchObject({ code: 'ERR_NOT_SOAP' });
    expect(inspect(seen, { depth: 10 })).not.toContain('sEcReT');
  });

  it('refuses a reply with more elements than the client allows', async () => {
    const transport = () => new FakeTransport((request) => ({ body: good(request) }));
    await expect(invoke(transport(), {}, { responseLimits: { maxElements: 100 } })).resolves.toMatchObject({
      name: 'Create_OUTPUT',
    });
    await expect(invoke(transport(), {}, { responseLimits: { maxElements: 10 } })).rejects.toMatchObject({
      code: 'ERR_RESPONSE_TOO_LARGE',
      hint: expect.stringContaining('maxResponseElements'),
    });
  });
});
