import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Deadline } from '../../../lib/base/deadline.js';
import { ClassCache } from '../../../lib/cim/operations/class-cache.js';
import { enumerateInstances } from '../../../lib/cim/operations/enumerations.js';
import type { OperationChannel } from '../../../lib/cim/operations/operation-channel.js';
import { type CimOperationOptions, ownDeadline } from '../../../lib/cim/operations/operation-options.js';
import { ServerPatience } from '../../../lib/cim/operations/server-patience.js';
import { checkRequest } from '../../../lib/cim/session/request-forms.js';
import { parseXml } from '../../../lib/xml/parse.js';
import { all } from './fake-server.js';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('the deadline of a single operation', () => {
  const limitOf = (options: CimOperationOptions) => {
    using own = ownDeadline(options, 1000);
    return own?.remainingMs;
  };

  it('is the least of what is asked for, else the session’s', () => {
    expect(limitOf({})).toBe(1000);
    expect(limitOf({ timeoutMs: 5000 })).toBe(5000);
    expect(limitOf({ operationTimeoutMs: 4000 })).toBe(4000);
    expect(limitOf({ timeoutMs: 5000, operationTimeoutMs: 4000 })).toBe(4000);
    expect(limitOf({ timeoutMs: 3000, operationTimeoutMs: 4000 })).toBe(3000);
    using deadline = new Deadline({ timeoutMs: 2000 });
    expect(limitOf({ deadline })).toBeUndefined();
    expect(limitOf({ deadline, operationTimeoutMs: 4000 })).toBe(2000);
    expect(limitOf({ deadline, operationTimeoutMs: 500 })).toBe(500);
  });
});

describe('ServerPatience', () => {
  it('is not that of the server while the caller answers its question', async () => {
    const answers: string[] = [];
    const channel = {
      spelling: 'dmtf',
      origin: {},
      classes: new ClassCache(() => Promise.reject(new Error('nobody asks'))),
      checkOpen: () => {},
      checkRequest,
      translate: (error: unknown) => error,
      client: {
        async *enumerateEnhanced({ deadline }: { readonly deadline: Deadline }) {
          const respond = async (answer: string) => {
            deadline.throwIfDone();
            answers.push(answer);
          };
          yield { type: 'confirm', text: 'Go on?', promptType: 'critical', needsAnswer: true, respond };
          yield { type: 'item', object: parseXml('<X_Lamp><Id>1</Id></X_Lamp>'), reference: undefined };
        },
      },
    } as unknown as OperationChannel;
    const promptUser = async () => {
      await jest.advanceTimersByTimeAsync(60_000);
      return 'yes' as const;
    };
    const request = { namespace: 'root/test', className: 'X_Lamp', typeInformation: 'wire', promptUser } as const;
    const [lamp] = await all(enumerateInstances<{ Id: string }>(channel, request, 1000));
    expect([lamp?.Id, answers]).toEqual(['1', ['yes']]);
  });

  it('ends while the server is waited for, and says that it was a time-out', () => {
    using patience = new ServerPatience({}, 1000);
    patience.resume();
    jest.advanceTimersByTime(999);
    expect(patience.deadline.reason).toBeUndefined();
    jest.advanceTimersByTime(1);
    expect(patience.deadline.reason).toMatchObject({ code: 'ERR_TIMEOUT' });
  });

  it('begins anew with each wait, however long the caller rested', () => {
    using patience = new ServerPatience({}, 1000);
    for (let round = 0; round < 5; round += 1) {
      patience.resume();
      jest.advanceTimersByTime(700);
      patience.pause();
      jest.advanceTimersByTime(5000);
    }
    patience.resume();
    jest.advanceTimersByTime(999);
    expect(patience.deadline.reason).toBeUndefined();
    jest.advanceTimersByTime(1);
    expect(patience.deadline.reason?.code).toBe('ERR_TIMEOUT');
  });

  it('leaves the errors of a caller that aborts as they are', () => {
    const controller = new AbortController();
    using patience = new ServerPatience({ signal: controller.signal }, 1000);
    controller.abort();
    expect(patience.deadline.reason?.code).toBe('ERR_ABORTED');
  });

  it('counts for nothing beside the deadline of a larger whole', () => {
    using deadline = new Deadline({ timeoutMs: 20_000 });
    using patience = new ServerPatience({ deadline }, 10);
    patience.resume();
    jest.advanceTimersByTime(10_000);
    expect(patience.deadline).toBe(deadline);
    expect(deadline.reason).toBeUndefined();
  });

  it('applies within a larger whole that has no limit of time, and ends with it', () => {
    const whole = new Deadline();
    using patience = new ServerPatience({ deadline: whole }, 10);
    patience.resume();
    jest.advanceTimersByTime(10);
    expect(patience.deadline.reason?.code).toBe('ERR_TIMEOUT');
    expect(whole.reason).toBeUndefined();
    using other = new ServerPatience({ deadline: whole }, 10);
    whole.abort();
    expect(other.deadline.reason?.code).toBe('ERR_ABORTED');
  });

  it('has a limit of the call’s own, within the deadline of a larger whole', () => {
    using deadline = new Deadline({ timeoutMs: 5000 });
    using patience = new ServerPatience({ deadline, operationTimeoutMs: 1000 }, 100);
    patience.pause();
    jest.advanceTimersByTime(3000);
    expect(patience.deadline.reason).toBeUndefined();
    patience.resume();
    jest.advanceTimersByTime(1001);
    expect(patience.deadline.reason).toMatchObject({
      code: 'ERR_TIMEOUT',
      message: expect.stringContaining('1000 ms'),
    });
    expect(deadline.reason).toBeUndefined();

    using short = new ServerPatience({ deadline, operationTimeoutMs: 60_000 }, 100);
    short.resume();
    jest.advanceTimersByTime(1000);
    expect(short.deadline.reason).toBe(deadline.reason);
    expect(deadline.reason?.message).toContain('5000 ms');
  });

  it('refuses a limit that is not a valid one', () => {
    expect(() => new ServerPatience({ operationTimeoutMs: 0 }, 100)).toThrow('operationTimeoutMs');
    expect(() => ownDeadline({ operationTimeoutMs: -1 }, 100)).toThrow('operationTimeoutMs');
  });

  it('has no timer when it has no end', () => {
    using patience = new ServerPatience({}, Number.POSITIVE_INFINITY);
    patience.resume();
    expect(jest.getTimerCount()).toBe(0);
  });
});
