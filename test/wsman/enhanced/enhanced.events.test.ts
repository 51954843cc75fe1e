import { afterEach, describe, expect, it } from '@jest/globals';
import type { EnhancedOptions } from '../../../lib/wsman/contract/enhanced-options.js';
import { readAcknowledge } from '../../../lib/wsman/service/read-acknowledge.js';
import { readEnhancedOptions } from '../../../lib/wsman/service/read-enhanced-options.js';
import { control, event, message, OUTPUT, warning } from '../operation-script.js';
import {
  collect,
  disposeDeadlines,
  EMPTY,
  fault,
  Pipe,
  respond,
  ScriptedServer,
  type SeenRequest,
} from '../scripted-server.js';
import { ALL, failure, operationServer, run } from './enhanced-run.js';

afterEach(disposeDeadlines);

describe('events', () => {
  const ERROR = '<p:CIM_Error xmlns:p="urn:e"><p:Message>m</p:Message></p:CIM_Error>';
  const script = (request: SeenRequest): string[] => [
    event(request, 1, { type: 'debug', text: 'd' }),
    event(request, 2, { type: 'verbose', text: 'v' }),
    event(request, 3, { type: 'warning', text: 'w' }),
    event(request, 4, {
      type: 'progress',
      activity: 'a',
      currentOperation: 'c',
      statusDescription: 's',
      percentComplete: 30,
    }),
    event(request, 5, {
      type: 'streamingOutput',
      name: 'Values',
      cimType: 'uint32',
      isArray: true,
      value: '<p:Values xmlns:p="urn:p">1</p:Values><p:Values xmlns:p="urn:p">2</p:Values>',
    }),
    event(request, 6, { type: 'errorAction', error: ERROR, actionType: 'report' }),
    message(request, 7, OUTPUT),
  ];

  it('come typed, in order, the final response last', async () => {
    const server = operationServer((request) => ({ body: script(request) }));
    const events = await collect(run(server));
    expect(events).toMatchObject([
      { type: 'debug', text: 'd' },
      { type: 'verbose', text: 'v' },
      { type: 'warning', text: 'w' },
      {
        type: 'progress',
        activity: 'a',
        currentOperation: 'c',
        statusDescription: 's',
        percentComplete: 30,
        secondsRemaining: undefined,
      },
      { type: 'streamingOutput', name: 'Values', typeCode: 21, cimType: 'uint32', isArray: true },
      { type: 'errorAction', actionType: 'report', needsAnswer: false },
      { type: 'final', enhanced: true },
    ]);
    const [, , , , streamed, error, final] = events;
    expect(streamed?.type === 'streamingOutput' && streamed.value?.children.map(({ text }) => text)).toEqual([
      '1',
      '2',
    ]);
    expect(error?.type === 'errorAction' && error.error.child('Message')?.text).toBe('m');
    expect(final?.type === 'final' && final.body?.name).toBe('Run_OUTPUT');
    expect(server.requests).toHaveLength(1);
  });

  it('come the same whatever the chunking', async () => {
    const whole = await collect(run(operationServer((request) => ({ body: script(request) }))));
    for (const size of [1, 7, 100, 1013]) {
      const server = operationServer((request) => {
        const bytes = Buffer.from(script(request).join('\r\n'), 'utf8');
        const pieces = [];
        for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
        return { body: pieces };
      });
      expect((await collect(run(server))).map(({ type }) => type)).toEqual(whole.map(({ type }) => type));
    }
  });

  it('come while the server still works', async () => {
    const pipe = new Pipe();
    let seen: SeenRequest | undefined;
    const server = operationServer((request) => {
      seen = request;
      return { body: pipe.write(warning(request, 1)) };
    });
    const events = run(server)[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ type: 'warning', text: 'w1' });
    if (seen === undefined) throw new Error('no request');
    pipe.write(warning(seen, 2));
    expect((await events.next()).value).toMatchObject({ text: 'w2' });
    pipe.write(message(seen, 3, OUTPUT)).end();
    expect((await events.next()).value).toMatchObject({ type: 'final' });
    expect((await events.next()).done).toBe(true);
  });

  it.each([
    ['warnings', ['warning']],
    ['verbose', ['verbose']],
    ['debug', ['debug']],
    ['progress', ['progress']],
    ['errors', ['errorAction']],
  ])('that were not asked for are left out: only %s', async (name, expected) => {
    const server = operationServer((request) => ({
      body: [
        ...script(request)
          .filter((_, index) => index !== 4)
          .slice(0, 4),
        event(request, 5, { type: 'errorAction', error: ERROR, actionType: 'report' }),
        event(request, 6, { type: 'confirm', text: 't', promptType: 'normal' }),
        message(request, 7, OUTPUT),
      ],
    }));
    const types = (await collect(run(server, { enhanced: { [name]: true } }))).map(({ type }) => type);
    expect(types).toEqual([...expected, 'final']);
  });

  it('streamed without being asked for are an error', async () => {
    const server = operationServer((request) => ({ body: script(request) }));
    expect(await failure(run(server, { enhanced: { warnings: true } }))).toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringContaining('Values'),
    });
  });
});

describe('what is asked for', () => {
  it('is said with the options of Windows’ client', async () => {
    const server = operationServer((request) => ({ body: message(request, 1, OUTPUT) }));
    // Recorded from Windows' client by OMI's tests: registration 11, all channels, errors that ask.
    await collect(
      run(server, {
        enhanced: {
          warnings: true,
          verbose: true,
          debug: true,
          errors: true,
          progress: true,
          writeErrorMode: 'inquire',
        },
      }),
    );
    expect(server.requests[0]?.options).toEqual([
      { name: '__MI_CallbackRegistration', type: 'xs:int', value: '11' },
      { name: 'wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE', type: 'xs:unsignedInt', value: '0' },
      { name: 'wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE', type: 'xs:unsignedInt', value: '1' },
      { name: 'wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE', type: 'xs:unsignedInt', value: '2' },
      { name: 'wmi:__MI_OPERATIONOPTIONS_WRITEERRORMODE', type: 'xs:unsignedInt', value: '1' },
    ]);
  });

  it('arrives', async () => {
    const enhanced: EnhancedOptions = {
      ...ALL,
      verbose: false,
      promptUserMode: 'ignore',
      promptUserAnswer: false,
      writeErrorMode: 'report',
      context: { MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME: 'Get-X', flag: true, number: 7 },
    };
    const server = operationServer((request) => ({ body: message(request, 1, OUTPUT) }));
    await collect(run(server, { enhanced }));
    expect(readEnhancedOptions(server.requests[0]?.options ?? [])).toEqual({
      ...enhanced,
      context: expect.objectContaining({
        MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME: 'Get-X',
        flag: 'true',
        number: '7',
      }),
    });
  });

  it('is read in the spelling of the specification too, flags of several options together', () => {
    expect(
      readEnhancedOptions([
        { name: 'wmi:__MI_CallbackRegistration', value: '1' },
        { name: '__mi_callbackregistration', value: '16' },
        { name: 'wmi:__MI_OPERATIONOPTIONS_CHANNEL', value: '2' },
      ]),
    ).toMatchObject({ debug: true, verbose: false, warnings: false, confirm: true, progress: false });
    expect(readEnhancedOptions([{ name: '__MI_CallbackRegistration', value: '1' }])).toMatchObject({
      debug: true,
      verbose: true,
      warnings: true,
    });
  });

  it('is refused when a context value cannot be said', async () => {
    const server = operationServer(() => EMPTY);
    const enhanced = { context: { x: -1 } };
    expect(await failure(run(server, { enhanced }))).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('a server that knows nothing of it', () => {
  it('gives the plain response', async () => {
    const server = operationServer((request) => ({ body: respond(request, OUTPUT) }));
    const events = await collect(run(server));
    expect(events).toMatchObject([{ type: 'final', enhanced: false }]);
    expect(server.actions).toEqual(['Run']);
  });

  it('gives its faults', async () => {
    const server = operationServer((request) => fault(request, { wsmanCode: 0x80338000 }));
    expect(await failure(run(server))).toMatchObject({ code: 'ERR_WSMAN_FAULT', wsmanCode: 0x80338000 });
    expect(server.actions).toEqual(['Run']);
  });

  it.each([
    ['an HTML page', { contentType: 'text/html', body: '<html>' }, 'ERR_NOT_SOAP'],
    ['nothing', { body: '' }, 'ERR_NOT_SOAP'],
    ['status 401', { status: 401, body: '' }, 'ERR_AUTHENTICATION'],
    [
      'half an envelope',
      { body: '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>' },
      'ERR_XML',
    ],
  ])('is told from what is not one: %s', async (_what, reply, code) => {
    expect(await failure(run(operationServer(() => reply)))).toMatchObject({
      code,
      message: expect.stringContaining('localhost'),
    });
  });

  it('must answer our request', async () => {
    const server = operationServer((request) => ({ body: respond(request, OUTPUT, { relatesTo: 'uuid:1' }) }));
    expect(await failure(run(server))).toMatchObject({ code: 'ERR_PROTOCOL' });
  });
});

describe('upkeep', () => {
  it('asks how far we are while the answer to its last question is on the way: it is answered, too', async () => {
    const body = new Pipe();
    let arrived = () => {};
    const first = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let acknowledged = 0;
    const server = new ScriptedServer(async (request) => {
      if (request.action.endsWith('/Run')) {
        return { body: body.write(warning(request, 1)).write(control(request, 'AcknowledgeRequest')) };
      }
      if (request.action.endsWith('/Acknowledge') && acknowledged++ === 0) await first;
      return EMPTY;
    });
    const events = collect(run(server));
    await server.received(2);
    const [request] = server.requests;
    if (request === undefined) throw new Error('no request');
    body.write(warning(request, 2)).write(control(request, 'AcknowledgeRequest'));
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(server.actions).toEqual(['Run', 'Acknowledge']);
    arrived();
    await server.received(3);
    body.write(message(request, 3, OUTPUT)).end();
    await events;
    expect(server.actions).toEqual(['Run', 'Acknowledge', 'Acknowledge']);
    expect(server.requests.slice(1).map((one) => readAcknowledge(one.body))).toEqual([1, 2]);
  });

  it('is not told, and an AcknowledgeRequest is answered with the last number received', async () => {
    const pipe = new Pipe();
    const server = operationServer((request) => ({
      body: pipe
        .write(control(request, 'Keepalive'))
        .write(warning(request, 1) + warning(request, 2))
        .write(control(request, 'AcknowledgeRequest')),
    }));
    const events = run(server)[Symbol.asyncIterator]();
    await events.next();
    await events.next();
    const third = events.next();
    await server.received(2);
    const [operation, acknowledgement] = server.requests;
    expect(acknowledgement?.action).toBe('http://schemas.microsoft.com/wbem/wsman/1/wsman/Acknowledge');
    expect(readAcknowledge(acknowledgement?.body)).toBe(2);
    if (operation !== undefined) pipe.write(control(operation, 'KeepAlive') + message(operation, 3, OUTPUT)).end();
    expect((await third).value).toMatchObject({ type: 'final' });
  });
});
