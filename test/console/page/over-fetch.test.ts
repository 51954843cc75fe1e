import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { RunEvent } from '../../../examples/console/bridge.js';
import { overFetch } from '../../../examples/console/page/data/over-fetch.js';

type Ask = { readonly path: string; readonly body: Readonly<Record<string, unknown>>; readonly signal?: AbortSignal };

let asked: Ask[];
/** Writes a line of the answer to `POST /run`. */
let tell: (event: RunEvent<'apply'>) => void;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  asked = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (path, { body, signal } = {}) => {
    asked.push({ path: String(path), body: JSON.parse(String(body)), ...(signal && { signal }) });
    if (path !== '/run') return new Response(null, { status: 204 });
    return new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          tell = (event) => controller.enqueue(new TextEncoder().encode(`${JSON.stringify(event)}\n`));
          signal?.addEventListener('abort', () => controller.error(signal.reason));
        },
      }),
    );
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const END: RunEvent<'apply'> = { type: 'end', how: 'stopped', result: null, problem: null };
const turns = () => new Promise((turn) => setImmediate(turn)).then(() => new Promise((turn) => setImmediate(turn)));
const stops = () => asked.filter(({ path }) => path === '/stop').map(({ body }) => body['how']);
const isCut = () => asked.find(({ path }) => path === '/run')?.signal?.aborted;

/** A run of a method, and the events that it told. */
async function begun(method: 'apply' | 'fleet') {
  const events: unknown[] = [];
  const stop = overFetch().run(method, {} as never, (event) => events.push(event));
  await turns();
  return { events, stop };
}

it('lets a change that is stopped now say itself what became of it', async () => {
  const { events, stop } = await begun('apply');
  stop('now');
  await turns();
  expect([stops(), isCut()]).toEqual([['now'], false]);
  tell(END);
  await turns();
  expect(events).toEqual([END]);
});

it('waits a second for that, and calls it not known then', async () => {
  const { events, stop } = await begun('apply');
  stop('now');
  await jest.advanceTimersByTimeAsync(1000);
  await turns();
  expect(isCut()).toBe(true);
  expect(events).toEqual([
    expect.objectContaining({
      how: 'stopped',
      result: null,
      problem: expect.objectContaining({ changed: 'not known' }),
    }),
  ]);
});

it('cuts a reading that is stopped now at once, and ends nothing early after these', async () => {
  const reading = await begun('fleet');
  reading.stop('now');
  await turns();
  expect([stops(), isCut()]).toEqual([[], true]);
  asked = [];
  const { stop } = await begun('apply');
  stop('after-these');
  await jest.advanceTimersByTimeAsync(60_000);
  expect([stops(), isCut()]).toEqual([['after-these'], false]);
});
