import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { TransportReply, TransportRequest } from '../../../lib/transport/transport.js';
import { HeldTimers } from '../../support/held-timers.js';
import { control, message, OUTPUT, warning } from '../operation-script.js';
import {
  collect,
  connectionLost,
  disposeDeadlines,
  EMPTY,
  Pipe,
  ScriptedServer,
  type SeenRequest,
} from '../scripted-server.js';
import { TestClock } from '../test-clock.js';
import { failure, operationServer, run } from './enhanced-run.js';

afterEach(disposeDeadlines);

/** Its replies give one piece and then nothing; as with those of HTTP, a reader that waits does not keep `return` from being called. */
class EndlessServer extends ScriptedServer {
  readonly #piece: (request: SeenRequest) => string;
  readonly #left: () => void;

  constructor(piece: (request: SeenRequest) => string, left: () => void) {
    super(() => EMPTY);
    this.#piece = piece;
    this.#left = left;
  }

  override async send(request: TransportRequest): Promise<TransportReply> {
    const reply = await super.send(request);
    const seen = this.requests.at(-1);
    if (seen === undefined) throw new Error('no request');
    const pieces = [Buffer.from(this.#piece(seen), 'utf8')];
    const iterator: AsyncIterator<Uint8Array> = {
      next: () => {
        const value = pieces.shift();
        return value === undefined ? new Promise(() => {}) : Promise.resolve({ done: false, value });
      },
      return: async () => {
        this.#left();
        return { done: true, value: undefined };
      },
    };
    return { ...reply, body: { [Symbol.asyncIterator]: () => iterator } };
  }
}

describe('leaving', () => {
  it('early cancels and ends the operation, and gives its connection back', async () => {
    const server = operationServer((request) => ({ body: new Pipe().write(warning(request, 1)) }));
    for await (const _ of run(server)) break;
    expect(server.actions).toEqual(['Run', 'Cancel', 'End']);
    expect(new Set(server.requests.map(({ operationId }) => operationId)).size).toBe(1);
    expect(server.abandoned).toBe(1);
  });

  it('while a lost connection is waited for: the operation is not sent once more', async () => {
    const clock = new TestClock();
    const server = operationServer((request, attempt) => ({
      body: attempt === 0 ? new Pipe().write(warning(request, 1)).fail(connectionLost()) : message(request, 2, OUTPUT),
    }));
    const iterator = run(server, { clock })[Symbol.asyncIterator]();
    await iterator.next();
    const pending = iterator.next();
    while (clock.timers === 0) await new Promise(setImmediate);
    await iterator.return?.();
    await clock.next();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(server.actions).toEqual(['Run', 'Cancel', 'End']);
  });

  it('while the answer is waited for: it is let go of when it comes', async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const server = new ScriptedServer(async (request) => {
      if (!request.action.endsWith('/Run')) return EMPTY;
      await held;
      return { body: new Pipe().write(warning(request, 1)) };
    });
    const iterator = run(server)[Symbol.asyncIterator]();
    const pending = iterator.next();
    await server.received(1);
    await iterator.return?.();
    answer();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(server.actions).toEqual(['Run', 'Cancel', 'End']);
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

  it.each([
    'ERR_AUTHENTICATION',
    'ERR_AUTHORIZATION',
    'ERR_TLS',
    'ERR_INSECURE_CHANNEL',
    'ERR_MISSING_PEER',
    'ERR_NAME_NOT_RESOLVED',
  ])('does not log on again for a request that never left: %s', async (code) => {
    const server = new ScriptedServer((_, index) => {
      if (index > 0) return EMPTY;
      throw Object.assign(connectionLost(), { code });
    });
    expect(await failure(run(server))).toMatchObject({ code });
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(server.actions).toEqual(['Run']);
  });

  it('does not wait for a reply that stays open after the final response, and lets go of it', async () => {
    const clock = new TestClock();
    const left = jest.fn();
    const server = new EndlessServer((request) => message(request, 1, OUTPUT), left);
    const events = collect(run(server, { clock }));
    expect(await clock.next()).toBe(5000);
    expect((await events).map(({ type }) => type)).toEqual(['final']);
    expect(server.actions).toEqual(['Run']);
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('does not wait longer for a reply whose server goes on to say that it is there', async () => {
    const clock = new TestClock();
    const body = new Pipe();
    const server = operationServer((request) => {
      body.write(message(request, 1, OUTPUT));
      return { body };
    });
    const events = collect(run(server, { clock }));
    await server.received(1);
    const [request] = server.requests;
    if (request === undefined) throw new Error('no request');
    let ended = false;
    void events.then(() => {
      ended = true;
    });
    for (let second = 0; second < 6 && !ended; second++) {
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
      clock.advance(1000);
      body.write(control(request, 'Keepalive'));
    }
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(ended).toBe(true);
    expect((await events).map(({ type }) => type)).toEqual(['final']);
  });
});
