import { afterEach, describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { createWsManClient } from '../../../lib/wsman/client.js';
import type { SubscribeRequest } from '../../../lib/wsman/contract/wsman-client.js';
import { readPull } from '../../../lib/wsman/service/read-enumerate.js';
import { readRenew, readSubscribe } from '../../../lib/wsman/service/read-subscribe.js';
import { writePullResponse } from '../../../lib/wsman/service/write-page.js';
import {
  wrapEvent,
  writeRenewResponse,
  writeSubscribeResponse,
} from '../../../lib/wsman/service/write-subscribe-response.js';
import {
  collect,
  disposeDeadlines,
  fault,
  newDeadline,
  Pipe,
  respond,
  type ScriptedReply,
  ScriptedServer,
  type SeenRequest,
} from '../scripted-server.js';
import { TestClock } from '../test-clock.js';

afterEach(disposeDeadlines);

const ALL = 'http://schemas.dmtf.org/wbem/wscim/1/*';
const MANAGER = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Manager';
const EVENT_ACTION = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/Event';
const HEARTBEAT = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/Heartbeat';

const indication = (id: number) => wrapEvent(`<p:I xmlns:p="urn:i"><p:id>${id}</p:id></p:I>`, EVENT_ACTION);

function subscriptionServer(
  pull: (request: SeenRequest, index: number) => ScriptedReply | Promise<ScriptedReply>,
  expiresMs = 60_000,
): ScriptedServer {
  let pulls = 0;
  return new ScriptedServer((request) => {
    switch (request.action.slice(request.action.lastIndexOf('/') + 1)) {
      case 'Subscribe': {
        const manager = { resourceUri: MANAGER, selectors: { s: '1' } };
        const granted = { manager, subscriptionId: 'uuid:SUB', expiresMs, context: 'c0' };
        return { body: respond(request, writeSubscribeResponse(granted)) };
      }
      case 'Renew':
        return { body: respond(request, writeRenewResponse(expiresMs)) };
      case 'Pull':
        return pull(request, pulls++);
      default:
        return { body: respond(request, '') };
    }
  });
}

function subscribe(server: ScriptedServer, more: Partial<SubscribeRequest> = {}, clock?: TestClock) {
  return createWsManClient(server, clock === undefined ? {} : { clock }).subscribe({
    target: { resourceUri: ALL, selectors: { __cimnamespace: 'root/test' } },
    filter: { kind: 'wql', query: 'select * from I' },
    deadline: newDeadline(),
    ...more,
  });
}

describe('subscribe', () => {
  it('gives events as they are pulled, and unsubscribes at the end of the iteration', async () => {
    const server = subscriptionServer((request, index) => {
      expect(readPull(request.body).context).toBe(`c${index}`);
      const items = [indication(2 * index), indication(2 * index + 1)];
      return { body: respond(request, writePullResponse({ items, isLast: false, context: `c${index + 1}` })) };
    });
    const seen: (string | undefined)[] = [];
    for await (const event of subscribe(server, { heartbeatMs: 30_000, expiresMs: 90_000 })) {
      if (event.type === 'indication') {
        seen.push(event.element.child('id')?.text);
        expect(event.action).toBe(EVENT_ACTION);
      }
      if (seen.length === 5) break;
    }
    expect(seen).toEqual(['0', '1', '2', '3', '4']);
    expect(server.actions).toEqual(['Subscribe', 'Pull', 'Pull', 'Pull', 'Unsubscribe']);
    const [asked, , , , last] = server.requests;
    expect(readSubscribe(asked?.body)).toEqual({
      deliveryMode: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull',
      heartbeatMs: 30_000,
      expiresMs: 90_000,
      filter: { kind: 'wql', query: 'select * from I' },
    });
    // What the server gave as the subscription's address comes back in the headers.
    expect(last).toMatchObject({ resourceUri: MANAGER, subscriptionId: 'uuid:SUB' });
    expect({ ...last?.selectors }).toEqual({ s: '1' });
  });

  it('gives heartbeats in all their forms, and dropped events', async () => {
    const server = subscriptionServer((request, index) => {
      const item =
        index === 0
          ? wrapEvent('<w:Heartbeat/>', HEARTBEAT)
          : index === 1
            ? '<w:Heartbeat/>'
            : index === 2
              ? '<w:DroppedEvents Action="x">3</w:DroppedEvents>'
              : undefined;
      if (item !== undefined) {
        return { body: respond(request, writePullResponse({ items: [item], isLast: false, context: 'c' })) };
      }
      if (index === 3) return { body: respond(request, '', { action: HEARTBEAT }) };
      return { body: respond(request, writePullResponse({ items: [], isLast: true })) };
    });
    expect(await collect(subscribe(server))).toEqual([
      { type: 'heartbeat' },
      { type: 'heartbeat' },
      { type: 'dropped', count: 3 },
      { type: 'heartbeat' },
    ]);
    // The server ended it: nothing to unsubscribe from.
    expect(server.actions.at(-1)).toBe('Pull');
  });

  it('survives pulls that time out', async () => {
    const clock = new TestClock();
    const server = subscriptionServer((request, index) =>
      index < 2
        ? fault(request, { wsmanCode: 0x80338029 })
        : { body: respond(request, writePullResponse({ items: [indication(1)], isLast: true })) },
    );
    const events = collect(subscribe(server, {}, clock));
    while (server.actions.length < 4) {
      await new Promise(setImmediate);
      if (clock.timers > 1) clock.advance(1000);
    }
    expect(await events).toMatchObject([{ type: 'indication' }]);
  });

  it('is renewed at half of its life while it is iterated', async () => {
    const clock = new TestClock();
    const server = subscriptionServer(() => ({ body: new Pipe() }), 60_000);
    const controller = new AbortController();
    const deadline = newDeadline({ signal: controller.signal });
    const failed = expect(collect(subscribe(server, { expiresMs: 60_000, deadline }, clock))).rejects.toMatchObject({
      code: 'ERR_ABORTED',
    });
    await server.received(2);
    clock.advance(30_000);
    await server.received(3);
    await new Promise(setImmediate);
    clock.advance(30_000);
    await server.received(4);
    expect(server.actions).toEqual(['Subscribe', 'Pull', 'Renew', 'Renew']);
    expect(readRenew(server.requests[2]?.body)).toBe(60_000);
    await new Promise(setImmediate);
    controller.abort();
    await failed;
    await server.received(5);
    expect(server.actions.at(-1)).toBe('Unsubscribe');
    expect(clock.timers).toBe(0);
  });

  it('is not renewed in a tight loop when the server, whose clock is behind, gives an end that has passed', async () => {
    const clock = new TestClock();
    const past = new Date(clock.now() - 3_600_000).toISOString();
    const server = new ScriptedServer((request) => {
      const action = request.action.slice(request.action.lastIndexOf('/') + 1);
      if (action === 'Pull') return { body: new Pipe() };
      const granted = { manager: { resourceUri: MANAGER }, subscriptionId: 'uuid:SUB', expiresMs: 1, context: 'c0' };
      const content = action === 'Subscribe' ? writeSubscribeResponse(granted) : writeRenewResponse(1);
      return { body: respond(request, content.replace('PT0.001S', past)) };
    });
    const iterator = subscribe(server, {}, clock)[Symbol.asyncIterator]();
    const first = iterator.next();
    first.catch(() => {});
    await server.received(2);
    for (let step = 0; step < 50; step++) {
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      clock.advance(100);
    }
    const renewals = server.actions.filter((action) => action === 'Renew').length;
    expect(renewals).toBeGreaterThan(0);
    expect(renewals).toBeLessThanOrEqual(5);
  });

  it('reads a reply to its end that nobody wants any more, however many events it has', async () => {
    let complete = false;
    const server = subscriptionServer((request) => {
      const events = Array.from({ length: 9000 }, (_, id) => indication(id));
      const text = respond(request, writePullResponse({ context: 'c1', items: events, isLast: false }));
      const pieces = text.match(/.{1,16384}/gs) ?? [];
      return {
        body: (async function* () {
          for (const piece of pieces) yield Buffer.from(piece, 'utf8');
          complete = true;
        })(),
      };
    });
    for await (const _ of subscribe(server)) break;
    for (let turn = 0; turn < 200 && !complete; turn++) await new Promise(setImmediate);
    expect(complete).toBe(true);
  });

  it('does not log on once more to unsubscribe, when the server refuses the logon', async () => {
    const server = subscriptionServer(() => {
      throw new CimletError('ERR_AUTHENTICATION', 'The password has expired.');
    });
    await expect(collect(subscribe(server))).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(server.actions).toEqual(['Subscribe', 'Pull']);
  });

  it('ends with the fault of the pull when the server let it expire, though Renew was refused', async () => {
    const clock = new TestClock();
    let expired = false;
    const inner = subscriptionServer((request, index) => {
      if (expired) return fault(request, { soapSubcode: 'wsen:InvalidEnumerationContext', wsmanCode: 0x8033801b });
      return { body: respond(request, writePullResponse({ items: [indication(index)], isLast: false, context: 'c' })) };
    });
    const server = new ScriptedServer(async (request) => {
      if (request.action.endsWith('Renew')) return fault(request, { soapSubcode: 'wse:UnableToRenew' });
      const { status, body } = await inner.send(request.transport);
      return { status, body };
    });
    const events = subscribe(server, {}, clock)[Symbol.asyncIterator]();
    await events.next();
    clock.advance(30_000);
    await server.received(3);
    expired = true;
    await expect(events.next()).rejects.toMatchObject({ hint: expect.stringMatching(/expire/) });
    await server.received(5);
    expect(server.actions).toEqual(['Subscribe', 'Pull', 'Renew', 'Pull', 'Unsubscribe']);
  });

  it.each([
    ['no context', '<e:SubscribeResponse xmlns:e="http://schemas.xmlsoap.org/ws/2004/08/eventing"/>'],
    ['another body', '<x/>'],
  ])('is refused a response with %s', async (_what, body) => {
    const server = new ScriptedServer((request) => ({ body: respond(request, body) }));
    await expect(collect(subscribe(server))).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
  });

  it('refuses a heartbeat of 0', async () => {
    const server = subscriptionServer(() => ({ body: '' }));
    await expect(collect(subscribe(server, { heartbeatMs: 0 }))).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
    });
    expect(server.requests).toHaveLength(0);
  });
});
