import { expect, it } from '@jest/globals';
import { systemClock } from '../../../lib/base/clock.js';
import { OperationMessages } from '../../../lib/emulator/service/operation-messages.js';

const COUNT = 1000;

it('sends what was posted while the provider works on, and not when it is done', async () => {
  const messages = new OperationMessages({
    operationId: '1',
    clock: systemClock,
    operationTimeoutMs: undefined,
    retainedBytes: Number.POSITIVE_INFINITY,
    onDetached: () => {},
  });
  let posted = 0;
  const provider = async () => {
    for (; posted < COUNT; posted++) await messages.post((sequenceId) => `message ${sequenceId};`);
    await messages.post(() => 'end', 'final');
  };
  const done = provider();
  const postedAt: number[] = [];
  let text = '';
  for await (const chunk of (await messages.attach(new AbortController().signal)).body) {
    text += Buffer.from(chunk).toString();
    // Sending takes a turn of the event loop, as that of a socket does.
    await new Promise(setImmediate);
    postedAt.push(posted);
  }
  await done;
  expect(postedAt[0]).toBeLessThan(COUNT / 10);
  expect(postedAt).toHaveLength(COUNT + 1);
  expect(text).toBe(`${Array.from({ length: COUNT }, (_, index) => `message ${index + 1};`).join('')}end`);
});
