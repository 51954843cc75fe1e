import { afterEach, describe, expect, it } from '@jest/globals';
import { createWsManClient } from '../../lib/wsman/client.js';
import type { InteractiveEvent } from '../../lib/wsman/interactive-event.js';
import {
  readAcknowledge,
  readInteractiveOptions,
  readInteractiveResponse,
} from '../../lib/wsman/interactive-messages.js';
import type { InteractiveOptions } from '../../lib/wsman/interactive-options.js';
import { HeldTimers } from '../support/held-timers.js';
import { CLASS, control, event, message, OUTPUT, warning } from './operation-script.js';
import {
  collect,
  connectionLost,
  disposeDeadlines,
  EMPTY,
  fault,
  newDeadline,
  Pipe,
  respond,
  type ScriptedReply,
  ScriptedServer,
  type SeenRequest,
} from './scripted-server.js';
import { TestClock } from './test-clock.js';

afterEach(disposeDeadlines);

const ALL: InteractiveOptions = {
  warnings: true,
  verbose: true,
  debug: true,
  progress: true,
  errors: true,
  streaming: true,
  confirm: true,
};

interface Running {
  readonly interactive?: InteractiveOptions;
  readonly clock?: TestClock;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

function run(server: ScriptedServer, { interactive = ALL, clock, signal, timeoutMs = 20_000 }: Running = {}) {
  return createWsManClient(server, clock === undefined ? {} : { clock }).invokeInteractive({
    target: { resourceUri: CLASS },
    method: 'Run',
    body: `<p:Run_INPUT xmlns:p="${CLASS}"/>`,
    interactive,
    deadline: newDeadline({ timeoutMs, signal }),
  });
}

/** A server that answers the operation with `script`, and everything else with an empty body. */
function operationServer(script: (request: SeenRequest, attempt: number) => ScriptedReply): ScriptedServer {
  let attempts = 0;
  return new ScriptedServer((request) => (request.action === `${CLASS}/Run` ? script(request, attempts++) : EMPTY));
}

const failure = (events: AsyncIterable<InteractiveEvent>) =>
  collect(events).then(
    () => {
      throw new Error('no failure');
    },
    (error: Error & { code: string }) => error,
  );

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
    const types = (await collect(run(server, { interactive: { [name]: true } }))).map(({ type }) => type);
    expect(types).toEqual([...expected, 'final']);
  });

  it('streamed without being asked for are an error', async () => {
    const server = operationServer((request) => ({ body: script(request) }));
    expect(await failure(run(server, { interactive: { warnings: true } }))).toMatchObject({
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
        interactive: {
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
    const interactive: InteractiveOptions = {
      ...ALL,
      verbose: false,
      promptMode: 'ignore',
      regularAnswer: false,
      writeErrorMode: 'report',
      context: { MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME: 'Get-X', flag: true, number: 7 },
    };
    const server = operationServer((request) => ({ body: message(request, 1, OUTPUT) }));
    await collect(run(server, { interactive }));
    expect(readInteractiveOptions(server.requests[0]?.options ?? [])).toEqual({
      ...interactive,
      context: expect.objectContaining({
        MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME: 'Get-X',
        flag: 'true',
        number: '7',
      }),
    });
  });

  it('is read in the spelling of the specification too, flags of several options together', () => {
    expect(
      readInteractiveOptions([
        { name: 'wmi:__MI_CallbackRegistration', value: '1' },
        { name: '__mi_callbackregistration', value: '16' },
        { name: 'wmi:__MI_OPERATIONOPTIONS_CHANNEL', value: '2' },
      ]),
    ).toMatchObject({ debug: true, verbose: false, warnings: false, confirm: true, progress: false });
    expect(readInteractiveOptions([{ name: '__MI_CallbackRegistration', value: '1' }])).toMatchObject({
      debug: true,
      verbose: true,
      warnings: true,
    });
  });

  it('is refused when a context value cannot be said', async () => {
    const server = operationServer(() => EMPTY);
    const interactive = { context: { x: -1 } };
    expect(await failure(run(server, { interactive }))).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('prompts', () => {
  /** Sends a prompt, waits for its answer, sends the result. */
  function promptingServer(prompts: readonly Parameters<typeof event>[2][]) {
    const answers: string[] = [];
    let pipe = new Pipe();
    let operation: SeenRequest | undefined;
    let asked = 0;
    const proceed = () => {
      if (operation === undefined) throw new Error('no operation');
      const prompt = prompts[asked];
      asked++;
      if (prompt !== undefined) pipe.write(event(operation, asked, prompt));
      else pipe.write(message(operation, asked, OUTPUT)).end();
    };
    const server = new ScriptedServer((request) => {
      if (request.action === `${CLASS}/Run`) {
        operation = request;
        pipe = new Pipe();
        proceed();
        return { body: pipe };
      }
      if (request.action === '/InteractiveResponse') {
        const { eventType, answer } = readInteractiveResponse(request.body);
        answers.push(`${eventType} ${answer} ${request.sequenceId}`);
        expect(request.operationId).toBe(operation?.operationId);
        proceed();
      }
      return EMPTY;
    });
    return { server, answers };
  }

  it('are answered beside the operation, with rising sequence numbers, and End at the end', async () => {
    const { server, answers } = promptingServer([
      { type: 'confirm', text: 'one?', promptType: 'normal' },
      { type: 'confirm', text: 'two?', promptType: 'critical' },
      { type: 'errorAction', error: '<e/>', actionType: 'inquire' },
    ]);
    const replies = ['yes', 'noToAll', 'no'] as const;
    let index = 0;
    for await (const prompt of run(server)) {
      if (prompt.type === 'confirm' || prompt.type === 'errorAction') {
        expect(prompt.needsAnswer).toBe(true);
        await prompt.respond(replies[index++] ?? 'yes');
      }
    }
    expect(answers).toEqual(['Confirm yes 2', 'Confirm noToAll 3', 'ErrorAction no 4']);
    expect(server.actions).toEqual(['Run', 'InteractiveResponse', 'InteractiveResponse', 'InteractiveResponse', 'End']);
    expect(server.requests.slice(1).every(({ transport }) => transport.outOfBand === true)).toBe(true);
  });

  it('may be answered while the next event is waited for', async () => {
    const { server, answers } = promptingServer([{ type: 'confirm', text: 'one?', promptType: 'normal' }]);
    const types: string[] = [];
    for await (const prompt of run(server)) {
      types.push(prompt.type);
      if (prompt.type === 'confirm') setImmediate(() => void prompt.respond('yes'));
    }
    expect([types, answers]).toEqual([['confirm', 'final'], ['Confirm yes 2']]);
  });

  it('that are critical want an answer in every mode, and are never answered by themselves', async () => {
    for (const promptMode of ['report', 'inquire', 'ignore'] as const) {
      const { server, answers } = promptingServer([{ type: 'confirm', text: 'sure?', promptType: 'critical' }]);
      const events = run(server, { interactive: { confirm: true, promptMode, regularAnswer: true } });
      const iterator = events[Symbol.asyncIterator]();
      const prompt = (await iterator.next()).value;
      expect(prompt).toMatchObject({ type: 'confirm', promptType: 'critical', needsAnswer: true });
      const next = iterator.next();
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      expect(answers).toEqual([]);
      if (prompt?.type === 'confirm') await prompt.respond('no');
      expect((await next).value).toMatchObject({ type: 'final' });
      expect(answers).toEqual(['Confirm no 2']);
      await iterator.next();
    }
  });

  it('refuse a second answer, another word, one that is not needed, and one that comes too late', async () => {
    const { server } = promptingServer([{ type: 'confirm', text: 'one?', promptType: 'normal' }]);
    const kept: Extract<InteractiveEvent, { type: 'confirm' }>[] = [];
    for await (const prompt of run(server)) {
      if (prompt.type !== 'confirm') continue;
      kept.push(prompt);
      await expect(prompt.respond('maybe' as 'yes')).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
      await prompt.respond('yes');
      await expect(prompt.respond('yes')).rejects.toMatchObject({
        message: expect.stringMatching(/has been answered/),
      });
    }
    const reported = operationServer((request) => ({
      body: [
        event(request, 1, { type: 'confirm', text: 't', promptType: 'normal' }),
        event(request, 2, { type: 'confirm', text: 't', promptType: 'critical' }),
        message(request, 3, OUTPUT),
      ],
    }));
    const prompts = (await collect(run(reported, { interactive: { confirm: true, promptMode: 'report' } }))).filter(
      (one) => one.type === 'confirm',
    );
    await expect(prompts[0]?.respond('yes')).rejects.toMatchObject({ message: expect.stringMatching(/only reports/) });
    await expect(prompts[1]?.respond('yes')).rejects.toMatchObject({ message: expect.stringMatching(/is over/) });
    expect(kept).toHaveLength(1);
  });

  it('tell when the server refuses the answer', async () => {
    const pipe = new Pipe();
    const server = new ScriptedServer((request) => {
      if (request.action === `${CLASS}/Run`) {
        return { body: pipe.write(event(request, 1, { type: 'confirm', text: 't', promptType: 'normal' })) };
      }
      // ERROR_WSMAN_SEMANTICCALLBACK_TIMEDOUT
      return request.action === '/InteractiveResponse' ? fault(request, { wsmanCode: 0x803381d0 }) : EMPTY;
    });
    for await (const prompt of run(server)) {
      if (prompt.type !== 'confirm') continue;
      await expect(prompt.respond('yes')).rejects.toMatchObject({ code: 'ERR_WSMAN_FAULT' });
      break;
    }
    expect(server.actions.slice(-2)).toEqual(['Cancel', 'End']);
  });

  it('send an answer again, with the same number, when its connection breaks', async () => {
    const clock = new TestClock();
    const pipe = new Pipe();
    const numbers: (number | undefined)[] = [];
    const server = new ScriptedServer((request) => {
      if (request.action === `${CLASS}/Run`) {
        return { body: pipe.write(event(request, 1, { type: 'confirm', text: 't', promptType: 'normal' })) };
      }
      if (request.action !== '/InteractiveResponse') return EMPTY;
      numbers.push(request.sequenceId);
      if (numbers.length < 3) throw connectionLost();
      const operation = server.requests[0];
      if (operation !== undefined) pipe.write(message(operation, 2, OUTPUT)).end();
      return EMPTY;
    });
    const done = (async () => {
      for await (const prompt of run(server, { clock })) if (prompt.type === 'confirm') await prompt.respond('yes');
    })();
    await clock.next();
    await clock.next();
    await done;
    expect(numbers).toEqual([2, 2, 2]);
  });

  it('keep the second connection alive every minute', async () => {
    const clock = new TestClock();
    const pipe = new Pipe();
    const server = new ScriptedServer((request) =>
      request.action === `${CLASS}/Run`
        ? { body: pipe.write(event(request, 1, { type: 'confirm', text: 't', promptType: 'normal' })) }
        : EMPTY,
    );
    const events = run(server, { clock })[Symbol.asyncIterator]();
    const prompt = (await events.next()).value;
    if (prompt?.type === 'confirm') await prompt.respond('yes');
    const final = events.next();
    clock.advance(59_999);
    expect(server.actions).toEqual(['Run', 'InteractiveResponse']);
    clock.advance(1);
    clock.advance(60_000);
    await server.received(4);
    const [operation] = server.requests;
    if (operation !== undefined) pipe.write(message(operation, 2, OUTPUT)).end();
    await final;
    await events.next();
    expect(server.actions).toEqual(['Run', 'InteractiveResponse', 'Keepalive', 'Keepalive', 'End']);
    expect(clock.timers).toBe(0);
  });
});

describe('leaving', () => {
  it('early cancels and ends the operation, and gives its connection back', async () => {
    const server = operationServer((request) => ({ body: new Pipe().write(warning(request, 1)) }));
    for await (const _ of run(server)) break;
    expect(server.actions).toEqual(['Run', 'Cancel', 'End']);
    expect(new Set(server.requests.map(({ operationId }) => operationId)).size).toBe(1);
    expect(server.abandoned).toBe(1);
  });

  it.each(['abort', 'the deadline'])('by %s cancels too', async (how) => {
    const controller = new AbortController();
    const server = operationServer((request) => ({ body: new Pipe().write(warning(request, 1)) }));
    using time = new HeldTimers(91_500);
    const events = run(server, how === 'abort' ? { signal: controller.signal } : { timeoutMs: 91_500 });
    const iterator = events[Symbol.asyncIterator]();
    expect((await iterator.next()).done).toBe(false);
    const code = how === 'abort' ? 'ERR_ABORTED' : 'ERR_TIMEOUT';
    const failed = expect(iterator.next()).rejects.toMatchObject({ code });
    controller.abort();
    time.fire();
    await failed;
    await server.received(3);
    expect(server.actions).toEqual(['Run', 'Cancel', 'End']);
  });

  it('after the final response says nothing, when nothing was answered', async () => {
    const server = operationServer((request) => ({ body: message(request, 1, OUTPUT) }));
    await collect(run(server));
    expect(server.actions).toEqual(['Run']);
  });

  it('needs no server that is reachable', async () => {
    const server = new ScriptedServer(() => {
      throw Object.assign(connectionLost(), { code: 'ERR_CONNECTION_REFUSED' });
    });
    expect(await failure(run(server))).toMatchObject({ code: 'ERR_CONNECTION_REFUSED' });
    expect(server.actions).toEqual(['Run']);
  });

  it('does not wait for a reply that stays open after the final response', async () => {
    const clock = new TestClock();
    const server = operationServer((request) => ({ body: new Pipe().write(message(request, 1, OUTPUT)) }));
    const events = collect(run(server, { clock }));
    expect(await clock.next()).toBe(5000);
    expect((await events).map(({ type }) => type)).toEqual(['final']);
    expect(server.actions).toEqual(['Run']);
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
  ])('is told from one that is none: %s', async (_what, reply, code) => {
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

describe('what is wrong', () => {
  const cases: [string, (request: SeenRequest) => string, RegExp][] = [
    ['a sequence number too high', (request) => warning(request, 1) + warning(request, 3), /SequenceId 3 came where 2/],
    [
      'a sequence number that is none',
      (request) => message(request, 1, OUTPUT).replace('>1</p:Seq', '>x</p:Seq'),
      /"?x"? is not valid/,
    ],
    [
      'an event of no known type',
      (request) => warning(request, 1).replace('>Warning<', '>Whatever<'),
      /unknown EventType "Whatever"/,
    ],
    ['NoSemantics', (request) => warning(request, 1).replace('>Warning<', '>NoSemantics<'), /unknown EventType/],
    [
      'an event without type',
      (request) =>
        message(
          request,
          1,
          '<i:InteractiveEvent xmlns:i="http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd"/>',
        ),
      /does not begin/,
    ],
    [
      'a confirmation without its importance',
      (request) =>
        event(request, 1, { type: 'confirm', text: 't', promptType: 'normal' }).replace(
          /<i:PromptType>.*<\/i:PromptType>/,
          '',
        ),
      /PromptType/,
    ],
    [
      'an error without instance',
      (request) => event(request, 1, { type: 'errorAction', error: '', actionType: 'report' }),
      /no error instance/,
    ],
    [
      'streamed output of no type',
      (request) =>
        event(request, 1, { type: 'streamingOutput', name: 'x', cimType: 'uint8', isArray: false }).replace(
          '<i:Type>1<',
          '<i:Type>32<',
        ),
      /no known Type/,
    ],
    [
      'a prompt after the final response',
      (request) =>
        message(request, 1, OUTPUT) + event(request, 2, { type: 'confirm', text: 't', promptType: 'normal' }),
      /goes on after the final response/,
    ],
    [
      'two final responses',
      (request) => message(request, 1, OUTPUT) + message(request, 2, OUTPUT),
      /goes on after the final response/,
    ],
    ['another operation', (request) => message(request, 1, OUTPUT, { operationId: 'uuid:OTHER' }), /uuid:OTHER/],
    [
      'a message without operation among those with one',
      (request) => warning(request, 1) + respond(request, OUTPUT),
      /does not say which operation/,
    ],
    ['an operation after the plain response', (request) => respond(request, OUTPUT) + warning(request, 1), /after/],
    [
      'an answer to another request',
      (request) => message(request, 1, OUTPUT, { relatesTo: 'uuid:1' }),
      /answers the request uuid:1/,
    ],
    ['no final response', (request) => warning(request, 1), /ended before the final response/],
    ['an envelope in an envelope', (request) => message(request, 1, message(request, 2, OUTPUT)), /inside another/],
    [
      'an event outside an operation',
      (request) =>
        respond(
          request,
          '<i:InteractiveEvent xmlns:i="http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd"><i:EventType>Debug</i:EventType></i:InteractiveEvent>',
        ),
      /does not say which operation/,
    ],
  ];

  it.each(cases)('is refused: %s', async (_what, body, message_) => {
    const server = operationServer((request) => ({ body: body(request) }));
    expect(await failure(run(server))).toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringMatching(message_),
    });
  });

  it('is refused: envelopes that are cut or interleaved, after the events that were whole', async () => {
    const bodies = [
      (request: SeenRequest) => warning(request, 1) + warning(request, 2).slice(0, -20),
      (request: SeenRequest) => {
        const second = warning(request, 2);
        return warning(request, 1) + second.slice(0, 400) + warning(request, 3) + second.slice(400);
      },
    ];
    for (const body of bodies) {
      const server = operationServer((request) => ({ body: body(request) }));
      const events = run(server)[Symbol.asyncIterator]();
      expect((await events.next()).value).toMatchObject({ text: 'w1' });
      await expect(events.next()).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_(?:XML|PROTOCOL)$/) });
      await server.received(3);
      expect(server.actions).toEqual(['Run', 'Cancel', 'End']);
    }
  });

  it('is ignored and acknowledged: a repeated message', async () => {
    const server = operationServer((request) => ({
      body:
        warning(request, 1) +
        warning(request, 2) +
        warning(request, 1) +
        warning(request, 2) +
        message(request, 3, OUTPUT),
    }));
    const texts = (await collect(run(server))).map((one) => (one.type === 'warning' ? one.text : one.type));
    expect(texts).toEqual(['w1', 'w2', 'final']);
    await server.received(2);
    // One message speaks for the repetitions of one piece.
    expect(server.actions).toEqual(['Run', 'Acknowledge']);
    expect(readAcknowledge(server.requests[1]?.body)).toBe(3);
  });
});
