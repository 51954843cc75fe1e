import { afterEach, describe, expect, it } from '@jest/globals';
import { readAcknowledge } from '../../../lib/wsman/service/read-acknowledge.js';
import { event, message, OUTPUT, warning } from '../operation-script.js';
import { collect, disposeDeadlines, respond, type SeenRequest } from '../scripted-server.js';
import { failure, operationServer, run } from './enhanced-run.js';

afterEach(disposeDeadlines);

describe('what is wrong', () => {
  const cases: [string, (request: SeenRequest) => string, RegExp][] = [
    ['a sequence number too high', (request) => warning(request, 1) + warning(request, 3), /SequenceId 3 came where 2/],
    [
      'a sequence number that is not a valid one',
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

  it('is told once: a reply without a body', async () => {
    const server = operationServer(() => ({ status: 500, body: '' }));
    const error = await failure(run(server));
    expect(error.code).toBe('ERR_NOT_SOAP');
    expect(error.message.match(/an empty body/g)).toHaveLength(1);
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
