import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../lib/base/clock.js';
import { Deadline } from '../../../lib/base/deadline.js';
import { resourceTarget } from '../../../lib/cim/instance/resource-uri.js';
import { createWsManClient } from '../../../lib/wsman/client.js';
import type { XmlElement } from '../../../lib/xml/tree/element.js';
import fc from '../../fast-check.js';
import { SERVER, ServiceLab, TEST } from './session.js';

/** Time-outs that are over at once. */
const hurried: Clock = {
  now: () => 0,
  schedule: (delayMs, callback) => {
    if (delayMs > 60_000) return () => {};
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  },
};

const target = resourceTarget(TEST, 'Cimlet_Operations');

async function runs(lab: ServiceLab): Promise<number> {
  const session = await lab.session();
  const { outParameters } = await session.invokeMethod({
    namespace: TEST,
    className: 'Cimlet_Operations',
    method: 'CountRuns',
  });
  return Number(outParameters['Runs']);
}

/** Invokes a method whose next replies break after so many bytes each, and gives what was streamed and the result. */
async function invokeThrough(lab: ServiceLab, method: string, body: string, afterBytes: number, times: number) {
  const client = createWsManClient(lab.lab.transport(SERVER), { clock: hurried });
  using deadline = new Deadline({ timeoutMs: 20_000 });
  const call = (name: string, parameters: string) =>
    client.invokeEnhanced({
      target,
      method: name,
      body: `<p:${name}_INPUT xmlns:p="${target.resourceUri}">${parameters}</p:${name}_INPUT>`,
      enhanced: { streaming: true },
      deadline,
    });
  // The client resumes where the server has shown that it can.
  for await (const event of call('Talk', '')) expect(event.type).toBe('final');
  if (times > 0) lab.lab.injectFault({ kind: 'reset', afterBytes, action: `/${method}`, times });
  const values: string[] = [];
  let final: XmlElement | undefined;
  for await (const event of call(method, body)) {
    if (event.type === 'streamingOutput') values.push(event.value?.children[0]?.text ?? '');
    else if (event.type === 'final') final = event.body;
  }
  lab.lab.clearFaults();
  return { values, final };
}

describe('a connection that breaks', () => {
  it('at any byte, again and again, loses and doubles nothing', async () => {
    const expected = Array.from({ length: 6 }, (_, index) => String(index));
    await fc.assert(
      fc.asyncProperty(fc.nat(11_000), fc.nat(4), async (afterBytes, times) => {
        const lab = new ServiceLab();
        const { values, final } = await invokeThrough(lab, 'StreamNumbers', '<p:Count>6</p:Count>', afterBytes, times);
        expect(values).toEqual(expected);
        expect(final?.name).toBe('StreamNumbers_OUTPUT');
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 1, 400, 1_200, 100_000])('after %d bytes of the reply runs nothing twice', async (afterBytes) => {
    const lab = new ServiceLab();
    const { final } = await invokeThrough(lab, 'CountRuns', '', afterBytes, 1);
    expect(final?.child('Runs')?.text).toBe('1');
    expect(await runs(lab)).toBe(2);
  });
});
