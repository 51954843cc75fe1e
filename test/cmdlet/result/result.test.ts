import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { invokeCmdlet } from '../../../lib/cmdlet/invoke.js';
import { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { getFailover } from '../definitions.js';
import { FakeSession, returns, settle } from '../fake-session.js';
import { rejectionOf } from '../thrown-by.js';

const sessionOf = (name: string) => new FakeSession(name, () => returns([`${name}-1`, `${name}-2`]));
const failing = (name: string) => new FakeSession(name, () => Promise.reject(new CimletError('ERR_PROTOCOL', 'no')));
const run = (sessions: FakeSession[], more = {}) =>
  invokeCmdlet<string>(getFailover, { CimSession: sessions, ...more });

// Jest itself fails a test that leaves a rejection unhandled; the list says so in the test's own words.
let unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);

beforeEach(() => {
  unhandled = [];
  process.on('unhandledRejection', onUnhandled);
});

afterEach(() => {
  process.off('unhandledRejection', onUnhandled);
});

async function collect<T>(items: AsyncIterable<T>): Promise<{ items: T[]; error: unknown }> {
  const seen: T[] = [];
  try {
    for await (const item of items) seen.push(item);
  } catch (error) {
    return { items: seen, error };
  }
  return { items: seen, error: undefined };
}

describe('awaited', () => {
  it('gives all results, as a promise does everywhere', async () => {
    const result = run([sessionOf('a'), sessionOf('b')]);
    expect(await result).toEqual(['a-1', 'a-2', 'b-1', 'b-2']);
    expect(await Promise.all([result, result])).toEqual([await result, await result]);
    let last = '';
    await result.finally(() => {
      last = 'done';
    });
    expect(last).toBe('done');
    expect(await run([failing('a')]).catch((error: Error) => error.name)).toBe('CmdletError');
    expect(String(result)).toBe('[object CmdletResult]');
  });

  it('may be iterated beside and afterwards', async () => {
    const result = run([sessionOf('a')]);
    const all = result.then((items) => items);
    expect((await collect(result)).items).toEqual(['a-1', 'a-2']);
    expect(await all).toEqual(['a-1', 'a-2']);
    expect((await collect(result)).items).toEqual(['a-1', 'a-2']);
  });
});

describe('iterated', () => {
  it('gives each result as it arrives, and the failure at the end', async () => {
    const { items, error } = await collect(run([sessionOf('a'), failing('b'), sessionOf('c')]));
    expect(items).toEqual(['a-1', 'a-2', 'c-1', 'c-2']);
    expect(error).toBeInstanceOf(CmdletError);
    expect((error as CmdletError).errors).toHaveLength(1);
    expect((error as CmdletError).output).toEqual([]);
  });

  it('hands its items over: it is neither awaited nor iterated again', async () => {
    const result = run([sessionOf('a')]);
    await collect(result);
    expect(await rejectionOf(result)).toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: 'This result was iterated already; it cannot be awaited any more.',
    });
    expect(() => result[Symbol.asyncIterator]()).toThrow(/iterated already/);
  });

  it('rejects with a binding error', async () => {
    const { error } = await collect(invokeCmdlet(getFailover, { Nmae: 'x' }));
    expect(error).toMatchObject({ name: 'ParameterBindingError' });
  });

  it('stops the call when the loop is left', async () => {
    const sessions = Array.from({ length: 5 }, (_, index) => sessionOf(`s${index}`));
    for await (const item of run(sessions, { ThrottleLimit: 1 })) {
      expect(item).toBe('s0-1');
      break;
    }
    await settle();
    expect(sessions.filter(({ requests }) => requests.length > 0).length).toBeLessThanOrEqual(2);
  });

  it('stops it also while the next item is being waited for', async () => {
    const session = new FakeSession('a', () => new Promise(() => {}));
    const iterator = run([session])[Symbol.asyncIterator]();
    const next = iterator.next();
    await settle();
    await iterator.return?.();
    expect((await next).done).toBe(true);
    expect(session.requests[0]?.deadline?.reason?.code).toBe('ERR_ABORTED');
  });

  it('begins no further targets while its reader is far behind', async () => {
    const sessions = Array.from(
      { length: 1000 },
      (_, index) => new FakeSession(`s${index}`, () => returns([`item${index}`])),
    );
    const begun = () => sessions.filter(({ requests }) => requests.length > 0).length;
    const iterator = run(sessions, { ThrottleLimit: 8 })[Symbol.asyncIterator]();
    await settle();
    await settle();
    expect(begun()).toBeGreaterThanOrEqual(256);
    expect(begun()).toBeLessThan(256 + 3 * 8);
    let count = 0;
    while ((await iterator.next()).done !== true) count += 1;
    expect(count).toBe(1000);
  });

  it('does not hold up a call that nobody reads', async () => {
    const sessions = Array.from(
      { length: 1000 },
      (_, index) => new FakeSession(`s${index}`, () => returns([`item${index}`])),
    );
    const result = run(sessions, { ThrottleLimit: 8 });
    for (let turn = 0; turn < 20; turn += 1) await settle();
    expect(sessions.every(({ requests }) => requests.length === 1)).toBe(true);
    expect(await result).toHaveLength(1000);
  });
});

describe('unhandled rejections', () => {
  it('are none when the failure was awaited, caught or iterated', async () => {
    await rejectionOf(run([failing('a')]));
    await run([failing('a')]).catch(() => {});
    await collect(run([failing('a')]));
    const abandoned = run([sessionOf('a'), failing('b')], { ThrottleLimit: 1 });
    for await (const _ of abandoned) break;
    await settle();
    await settle();
    expect(unhandled).toEqual([]);
  });
});
