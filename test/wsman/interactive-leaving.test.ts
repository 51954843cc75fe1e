import { afterEach, describe, expect, it } from '@jest/globals';
import { HeldTimers } from '../support/held-timers.js';
import { failure, operationServer, run } from './interactive-run.js';
import { message, OUTPUT, warning } from './operation-script.js';
import { collect, connectionLost, disposeDeadlines, Pipe, ScriptedServer } from './scripted-server.js';
import { TestClock } from './test-clock.js';

afterEach(disposeDeadlines);

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
