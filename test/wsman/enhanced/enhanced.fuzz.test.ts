import { afterEach, describe, expect, it } from '@jest/globals';
import { isCimletError } from '../../../lib/base/errors.js';
import { createWsManClient } from '../../../lib/wsman/client.js';
import { OperationReceiver, type ReceivedMessage } from '../../../lib/wsman/enhanced/operation-receiver.js';
import type { InteractiveEventContent } from '../../../lib/wsman/service/write-interactive-event.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { CLASS, control, event, message, OUTPUT } from '../operation-script.js';
import { disposeDeadlines, newDeadline, ScriptedServer, type SeenRequest } from '../scripted-server.js';

afterEach(disposeDeadlines);

const RUNS = fuzzRuns(300);

const IDENTITY = { operationId: 'uuid:OP', messageId: 'uuid:MSG', action: `${CLASS}/Run`, host: 'localhost' };
const REQUEST = { ...IDENTITY } as unknown as SeenRequest;

function receiver() {
  const messages: ReceivedMessage[] = [];
  const made = new OperationReceiver(IDENTITY, { onMessage: (one) => messages.push(one), onAcknowledge: () => {} });
  made.begin(200, 'application/soap+xml;charset=UTF-8', false);
  return { receiver: made, messages };
}

const text = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter((one) => !/[^\t\n\r -\uFFFD\u{10000}-\u{10FFFF}]/u.test(one));

const content: fc.Arbitrary<InteractiveEventContent> = fc.oneof(
  fc.record({ type: fc.constantFrom('debug' as const, 'verbose' as const, 'warning' as const), text }),
  fc.record({
    type: fc.constant('progress' as const),
    activity: text,
    currentOperation: text,
    statusDescription: text,
    percentComplete: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({
    type: fc.constant('confirm' as const),
    text,
    promptType: fc.constantFrom('normal' as const, 'critical' as const),
  }),
  fc.record({
    type: fc.constant('streamingOutput' as const),
    name: fc.constant('v'),
    cimType: fc.constantFrom('string' as const, 'uint64' as const),
    isArray: fc.boolean(),
    value: fc.constantFrom(
      '<v>1</v>',
      '<v>1</v><v>2</v>',
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>',
    ),
  }),
);

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? bytes.length;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

describe('the reader of enhanced replies', () => {
  it('gives what was sent, whatever the chunking and the upkeep between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(content, fc.boolean()), { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
        (events, sizes) => {
          const parts = events.map(
            ([one, upkeep], index) => `${upkeep ? control(REQUEST, 'Keepalive') : ''}${event(REQUEST, index + 1, one)}`,
          );
          const bytes = Buffer.from(`${parts.join('\n')}${message(REQUEST, events.length + 1, OUTPUT)}`, 'utf8');
          const { receiver: reading, messages } = receiver();
          for (const piece of cut(bytes, sizes)) reading.write(piece);
          reading.end();
          expect(messages.map(({ type }) => type)).toEqual([...events.map(([{ type }]) => type), 'final']);
          for (const [index, [sent]] of events.entries()) {
            if ('text' in sent) expect(messages[index]).toMatchObject({ text: sent.text });
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('answers damaged bytes with an error of the library, or with what it could read', () => {
    const whole = Buffer.from(
      [
        event(REQUEST, 1, { type: 'warning', text: 'w' }),
        event(REQUEST, 2, { type: 'streamingOutput', name: 'v', cimType: 'string', isArray: false, value: '<v>1</v>' }),
        message(REQUEST, 3, OUTPUT),
      ].join(''),
      'utf8',
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.nat(whole.length - 1),
            drop: fc.nat(60),
            insert: fc.oneof(
              fc.uint8Array({ maxLength: 6 }),
              fc
                .constantFrom('<', '>', '</s:Envelope>', '<s:Body>', '&#0;', '<!DOCTYPE a>', '<i:EventType>')
                .map((one) => Buffer.from(one)),
            ),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        fc.integer({ min: 1, max: 2000 }),
        (damages, size) => {
          let bytes = whole;
          for (const { at, drop, insert } of damages) {
            bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + drop)]);
          }
          const { receiver: reading, messages } = receiver();
          try {
            for (const piece of cut(bytes, [size])) reading.write(piece);
            reading.end();
          } catch (error) {
            expect(isCimletError(error)).toBe(true);
          }
          expect(messages.length).toBeLessThanOrEqual(4);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('refuses an envelope that has no end', async () => {
    const server = new ScriptedServer(() => {
      async function* body() {
        yield Buffer.from('<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>');
        const piece = Buffer.from('<a>'.repeat(10_000));
        for (;;) yield piece;
      }
      return { body: body() };
    });
    const events = createWsManClient(server).getEnhanced({
      target: { resourceUri: CLASS },
      enhanced: {},
      deadline: newDeadline(),
    });
    await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'ERR_XML',
      message: expect.stringMatching(/nesting/),
    });
    await server.received(3);
    expect(server.actions).toEqual(['Get', 'Cancel', 'End']);
  });
});
