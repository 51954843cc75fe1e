import { afterEach, describe, expect, it } from '@jest/globals';
import type { EnhancedEvent } from '../../../lib/wsman/contract/enhanced-event.js';
import { readInteractiveResponse } from '../../../lib/wsman/service/read-interactive-response.js';
import { CLASS, event, message, OUTPUT } from '../operation-script.js';
import {
  collect,
  connectionLost,
  disposeDeadlines,
  EMPTY,
  fault,
  Pipe,
  ScriptedServer,
  type SeenRequest,
} from '../scripted-server.js';
import { TestClock } from '../test-clock.js';
import { operationServer, run } from './enhanced-run.js';

afterEach(disposeDeadlines);

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
    for (const promptUserMode of ['report', 'inquire', 'ignore'] as const) {
      const { server, answers } = promptingServer([{ type: 'confirm', text: 'sure?', promptType: 'critical' }]);
      const events = run(server, { enhanced: { confirm: true, promptUserMode, promptUserAnswer: true } });
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
    const kept: Extract<EnhancedEvent, { type: 'confirm' }>[] = [];
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
    const prompts = (await collect(run(reported, { enhanced: { confirm: true, promptUserMode: 'report' } }))).filter(
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
