import { afterEach, describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { createWsManClient } from '../../../lib/wsman/client.js';
import type { EnhancedEvent } from '../../../lib/wsman/contract/enhanced-event.js';
import { RETRY_LIMIT_MS, RetrySchedule } from '../../../lib/wsman/enhanced/retry-schedule.js';
import { writeEnumerateResponse, writePullResponse } from '../../../lib/wsman/service/write-page.js';
import fc from '../../fast-check.js';
import { CLASS, event, message, OUTPUT } from '../operation-script.js';
import { RobustServer } from '../robust-server.js';
import {
  connectionLost,
  disposeDeadlines,
  EMPTY,
  fault,
  newDeadline,
  respond,
  ScriptedServer,
  type SeenRequest,
} from '../scripted-server.js';
import { TestClock } from '../test-clock.js';

afterEach(disposeDeadlines);

const COUNT = 5;

const streaming = (request: SeenRequest): string[] => [
  ...Array.from({ length: COUNT }, (_, index) =>
    event(request, index + 1, {
      type: 'streamingOutput',
      name: 'v',
      cimType: 'uint32',
      isArray: false,
      value: `<v>${index}</v>`,
    }),
  ),
  message(request, COUNT + 1, OUTPUT),
];

function invoke(server: ScriptedServer, clock: TestClock) {
  return createWsManClient(server, { clock, serverResumesOperations: true }).invokeEnhanced({
    target: { resourceUri: CLASS },
    method: 'Run',
    body: `<p:Run_INPUT xmlns:p="${CLASS}"/>`,
    enhanced: { streaming: true },
    deadline: newDeadline({}),
  });
}

async function* breaking(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
  throw connectionLost();
}

async function values(events: AsyncIterable<EnhancedEvent>): Promise<string[]> {
  const all: string[] = [];
  for await (const one of events) {
    if (one.type === 'streamingOutput') all.push(one.value?.child('v')?.text ?? '');
    else if (one.type === 'item') all.push(one.object?.child('id')?.text ?? '');
    else all.push(one.type);
  }
  return all;
}

describe('a connection that breaks', () => {
  const expected = ['0', '1', '2', '3', '4', 'final'];

  it('anywhere is picked up: the operation runs once, no result is lost, none comes twice', async () => {
    const length = streaming({
      operationId: `uuid:${'0'.repeat(36)}`,
      action: `${CLASS}/Run`,
      messageId: '',
    } as SeenRequest).join('').length;
    for (let cut = 0; cut < length; cut += 97) {
      const clock = new TestClock();
      const server = new RobustServer([cut], streaming);
      expect(await clock.running(values(invoke(server, clock)))).toEqual(expected);
      expect(server.runs).toHaveLength(1);
      const sent = server.requests.filter(({ action }) => action === `${CLASS}/Run`);
      expect(sent.map(({ retransmission }) => retransmission)).toEqual([false, true]);
      expect(clock.timers).toBe(0);
    }
  });

  it('any number of times is picked up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 8000 }), { maxLength: 6 }), async (cuts) => {
        const clock = new TestClock();
        const server = new RobustServer(cuts, streaming);
        expect(await clock.running(values(invoke(server, clock)))).toEqual(expected);
        expect(server.runs).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('in the middle of a page does not double its items', async () => {
    const item = (id: number) => `<c><id>${id}</id></c>`;
    const enumeration = (request: SeenRequest): string[] =>
      request.action.endsWith('Enumerate')
        ? [message(request, 1, writeEnumerateResponse({ items: [0, 1, 2].map(item), isLast: false, context: 'c' }))]
        : [message(request, 1, writePullResponse({ items: [3, 4].map(item), isLast: true }))];
    for (let cut = 0; cut < 2400; cut += 61) {
      const clock = new TestClock();
      const server = new RobustServer([cut, cut], enumeration);
      const events = createWsManClient(server, { clock, serverResumesOperations: true }).enumerateEnhanced({
        target: { resourceUri: CLASS },
        enhanced: {},
        deadline: newDeadline({}),
      });
      expect(await clock.running(values(events))).toEqual(['0', '1', '2', '3', '4', 'final']);
      expect(server.runs.map((action) => action.slice(action.lastIndexOf('/') + 1))).toEqual(['Enumerate', 'Pull']);
    }
  });

  it('before any answer is an error where the server has not shown that it resumes: it might run the operation twice', async () => {
    const server = new ScriptedServer(() => {
      throw connectionLost();
    });
    const events = createWsManClient(server, { clock: new TestClock() }).invokeEnhanced({
      target: { resourceUri: CLASS },
      method: 'Run',
      body: `<p:Run_INPUT xmlns:p="${CLASS}"/>`,
      enhanced: { streaming: true },
      deadline: newDeadline({}),
    });
    await expect(values(events)).rejects.toMatchObject({ code: 'ERR_CONNECTION_LOST' });
    expect(server.requests.filter(({ action }) => action.endsWith('/Run'))).toHaveLength(1);
  });

  it.each([
    [
      'before any answer',
      () => {
        throw connectionLost();
      },
    ],
    ['at the beginning of the answer', () => ({ body: breaking('<s:Envelope xmlns:s="http') })],
  ] as const)('%s begins what may run twice anew, as another operation, once', async (_when, lose) => {
    const run = (losses: number) => {
      const server = new ScriptedServer((request, index) => (index < losses ? lose() : { body: streaming(request) }));
      const events = createWsManClient(server, { clock: new TestClock() }).invokeEnhanced({
        target: { resourceUri: CLASS },
        method: 'Run',
        body: '',
        enhanced: { streaming: true },
        repeatable: true,
        deadline: newDeadline({}),
      });
      return { server, result: values(events) };
    };
    const one = run(1);
    expect(await one.result).toEqual(expected);
    const sent = one.server.requests.filter(({ action }) => action === `${CLASS}/Run`);
    expect(sent.map(({ retransmission }) => retransmission)).toEqual([false, false]);
    expect(new Set(sent.map(({ operationId }) => operationId)).size).toBe(2);
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(2);
    const two = run(2);
    await expect(two.result).rejects.toMatchObject({ code: 'ERR_CONNECTION_LOST', retryable: true });
    expect(two.server.requests.filter(({ action }) => action === `${CLASS}/Run`)).toHaveLength(2);
  });

  it('before any answer is picked up once the server has shown that it resumes', async () => {
    const clock = new TestClock();
    const server = new ScriptedServer((request, index) => {
      if (index === 1) throw connectionLost();
      return { body: streaming(request) };
    });
    const client = createWsManClient(server, { clock });
    const run = () =>
      client.invokeEnhanced({
        target: { resourceUri: CLASS },
        method: 'Run',
        body: `<p:Run_INPUT xmlns:p="${CLASS}"/>`,
        enhanced: { streaming: true },
        deadline: newDeadline({}),
      });
    expect(await values(run())).toHaveLength(COUNT + 1);
    expect(await clock.running(values(run()))).toHaveLength(COUNT + 1);
  });

  it('and stays away is given up after 185 s', async () => {
    const clock = new TestClock();
    const began = clock.now();
    let lost = false;
    const server = new ScriptedServer((request) => {
      if (request.action !== `${CLASS}/Run`) return EMPTY;
      // Later attempts find nobody at home.
      const error = lost ? Object.assign(connectionLost(), { code: 'ERR_CONNECTION_REFUSED' }) : connectionLost();
      lost = true;
      throw error;
    });
    await expect(clock.running(values(invoke(server, clock)))).rejects.toMatchObject({
      code: 'ERR_CONNECTION_LOST',
      message: expect.stringMatching(/185 s/),
      hint: expect.stringMatching(/unknown/),
      cause: expect.objectContaining({ code: 'ERR_CONNECTION_REFUSED' }),
    });
    expect(clock.now() - began).toBeGreaterThan(175_000);
    expect(clock.now() - began).toBeLessThanOrEqual(RETRY_LIMIT_MS);
    expect(server.requests.filter(({ action }) => action === `${CLASS}/Run`).length).toBeGreaterThanOrEqual(4);
  });

  it('is over when the server no longer lets the caller in, which is told beside the unknown outcome', async () => {
    const clock = new TestClock();
    const server = new ScriptedServer((_, index) => {
      throw index === 0 ? connectionLost() : new CimletError('ERR_AUTHENTICATION', 'The password is wrong.');
    });
    await expect(clock.running(values(invoke(server, clock)))).rejects.toMatchObject({
      code: 'ERR_CONNECTION_LOST',
      message: 'The connection was lost, and the operation was not resumed. The password is wrong.',
      retryable: false,
      hint: expect.stringMatching(/unknown/),
      cause: expect.objectContaining({ code: 'ERR_AUTHENTICATION' }),
    });
  });

  it('outlasts an attempt that the system gives up', async () => {
    const clock = new TestClock();
    const server = new ScriptedServer((request, index) => {
      if (index === 0) throw connectionLost();
      if (index === 1) throw new CimletError('ERR_TIMEOUT', 'No answer to the connection attempt (ETIMEDOUT).');
      return { body: streaming(request) };
    });
    expect(await clock.running(values(invoke(server, clock)))).toEqual(expected);
  });

  it('says that the outcome is unknown when the time of the call is up first', async () => {
    const clock = new TestClock();
    const deadline = newDeadline({});
    const server = new ScriptedServer(() => {
      throw connectionLost();
    });
    const events = createWsManClient(server, { clock, serverResumesOperations: true }).invokeEnhanced({
      target: { resourceUri: CLASS },
      method: 'Run',
      body: '',
      enhanced: {},
      deadline,
    });
    const failed = expect(values(events)).rejects.toMatchObject({
      code: 'ERR_TIMEOUT',
      message: 'Too late. Its connection was lost, and the operation was not resumed.',
      hint: expect.stringMatching(/unknown.*state/),
      cause: expect.objectContaining({ code: 'ERR_CONNECTION_LOST' }),
    });
    while (clock.timers === 0) await new Promise(setImmediate);
    deadline.end(new CimletError('ERR_TIMEOUT', 'Too late.'));
    await failed;
    expect(clock.timers).toBe(0);
  });

  it('has 185 s anew after each successful attempt', async () => {
    const clock = new TestClock();
    const cuts = Array.from({ length: 60 }, () => 900);
    const server = new RobustServer(cuts, streaming);
    expect(await clock.running(values(invoke(server, clock)))).toEqual(expected);
    expect(clock.now() - 1_000_000).toBeGreaterThan(RETRY_LIMIT_MS);
  });

  it.each([
    ['MustUnderstand', { soapCode: 'MustUnderstand' as const }],
    ['InvalidMessageInformationHeader', { soapSubcode: 'wsa:InvalidMessageInformationHeader' }],
  ])('to a server that does not resume is an error: %s', async (_what, content) => {
    const clock = new TestClock();
    const server = new ScriptedServer((request, index) => {
      if (index === 0) throw connectionLost();
      return fault(request, content);
    });
    await expect(clock.running(values(invoke(server, clock)))).rejects.toMatchObject({
      code: 'ERR_CONNECTION_LOST',
      message: expect.stringMatching(/not resumed by the server/),
    });
  });

  it('to a server that answered without OperationID is not resumed: it would run twice', async () => {
    const clock = new TestClock();
    const server = new ScriptedServer((request) => {
      async function* body() {
        yield Buffer.from(respond(request, OUTPUT).slice(0, -30));
        throw connectionLost();
      }
      return { body: body() };
    });
    await expect(clock.running(values(invoke(server, clock)))).rejects.toMatchObject({ code: 'ERR_CONNECTION_LOST' });
    expect(server.requests).toHaveLength(1);
  });

  it('after the final response does not matter', async () => {
    const clock = new TestClock();
    const server = new ScriptedServer((request) => {
      async function* body() {
        yield Buffer.from(streaming(request).join(''));
        throw connectionLost();
      }
      return { body: body() };
    });
    expect(await clock.running(values(invoke(server, clock)))).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  it('is not picked up once the caller has given up', async () => {
    const clock = new TestClock();
    const controller = new AbortController();
    const server = new RobustServer([0], streaming);
    const events = createWsManClient(server, { clock, serverResumesOperations: true }).invokeEnhanced({
      target: { resourceUri: CLASS },
      method: 'Run',
      body: '',
      enhanced: {},
      deadline: newDeadline({ signal: controller.signal }),
    });
    const failed = expect(values(events)).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    await server.received(1);
    setImmediate(() => controller.abort());
    await failed;
    expect(clock.timers).toBe(0);
  });

  it('where another server takes over with fewer messages is an error, not a result', async () => {
    const clock = new TestClock();
    const server = new ScriptedServer((request, index) => {
      if (request.action !== `${CLASS}/Run`) return EMPTY;
      async function* body() {
        yield Buffer.from(streaming(request).slice(0, 4).join(''));
        throw connectionLost();
      }
      return { body: index === 0 ? body() : message(request, 1, OUTPUT) };
    });
    await expect(clock.running(values(invoke(server, clock)))).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringMatching(/ended before the final response/),
    });
  });

  it('where the server does not number its messages is an error: they may be repetitions', async () => {
    const clock = new TestClock();
    const server = new ScriptedServer((request, index) => {
      if (index === 0) throw connectionLost();
      return { body: respond(request, OUTPUT, { operationId: request.operationId }) };
    });
    await expect(clock.running(values(invoke(server, clock)))).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringMatching(/no SequenceId/),
    });
  });
});

describe('RetrySchedule (MS-WSMV 3.2.2)', () => {
  it('doubles the bound, tries at 55, 115 and 175 s, and ends after 180 s', () => {
    const schedule = new RetrySchedule(0, () => 0.999999);
    const times: number[] = [];
    let now = 0;
    for (let delay = schedule.next(now); delay !== undefined && times.length < 20; delay = schedule.next(now)) {
      now += delay;
      times.push(now);
    }
    // 15, then 15 + 30 = 45, then 60 more cut to 55, then 120 more cut to 115, to 175, to 180.
    expect(times.slice(0, 6)).toEqual([15_000, 45_000, 55_000, 115_000, 175_000, 180_000]);
    expect(times.at(-1)).toBeLessThanOrEqual(RETRY_LIMIT_MS);
  });

  it('never waits less than 10 ms', () => {
    expect(new RetrySchedule(0, () => 0).next(0)).toBe(10);
    expect(new RetrySchedule(0, () => 0.5).next(0)).toBe(7500);
    expect(new RetrySchedule(0).next(180_001)).toBeUndefined();
  });
});
