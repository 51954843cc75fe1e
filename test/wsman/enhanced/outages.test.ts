import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../lib/base/clock.js';
import { Deadline } from '../../../lib/base/deadline.js';
import { CimletError } from '../../../lib/base/errors.js';
import { enhancedOptions } from '../../../lib/cim/operations/cim-enhanced-options.js';
import { withDelivery } from '../../../lib/transport/delivery.js';
import type { ConnectionOutage } from '../../../lib/wsman/contract/enhanced-options.js';
import { Outages } from '../../../lib/wsman/enhanced/outages.js';

/** Time passes when somebody waits for it. */
class JumpingClock implements Clock {
  at = 0;

  now(): number {
    return this.at;
  }

  schedule(ms: number, run: () => void): () => void {
    queueMicrotask(() => {
      this.at += ms;
      run();
    });
    return () => {};
  }
}

const lost = () => new CimletError('ERR_CONNECTION_LOST', 'The connection was lost.', { retryable: true });
const refused = () =>
  new CimletError('ERR_CONNECTION_REFUSED', 'Nothing listens there.', {
    retryable: true,
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  });
const unheard = { seen: undefined, expected: true };

function outages(repeatable = true) {
  const waits: Omit<ConnectionOutage, 'host'>[] = [];
  const clock = new JumpingClock();
  const onWait = (wait: Omit<ConnectionOutage, 'host'>) => waits.push(wait);
  return { waits, clock, made: new Outages({ clock, deadline: new Deadline(), repeatable, onWait }) };
}

describe('a lost connection', () => {
  it('is waited for aloud when the server may be at work', async () => {
    const { made, waits, clock } = outages();
    expect(await made.recover(lost(), unheard)).toBe('resume');
    expect(await made.recover(withDelivery(refused(), 'none'), unheard)).toBe('resume');
    expect(waits.map(({ attempt, error }) => [attempt, error.code])).toEqual([
      [1, 'ERR_CONNECTION_LOST'],
      [2, 'ERR_CONNECTION_REFUSED'],
    ]);
    expect(waits[0]?.remainingMs).toBe(185_000);
    expect(clock.at).toBe(waits.reduce((sum, { delayMs }) => sum + delayMs, 0));
  });

  it('is not waited for when nothing was delivered', async () => {
    const { made, waits, clock } = outages();
    const error = withDelivery(lost(), 'none');
    await expect(made.recover(error, unheard)).rejects.toBe(error);
    expect([waits, clock.at]).toEqual([[], 0]);
  });

  it.each([true, false])('gets one quick attempt when it had been idle (repeatable: %s)', async (repeatable) => {
    const { made, waits, clock } = outages(repeatable);
    await made.recover(withDelivery(lost(), 'idle'), unheard);
    expect(clock.at).toBeLessThan(1_000);
    const error = withDelivery(refused(), 'none');
    const failure = repeatable
      ? { code: 'ERR_CONNECTION_REFUSED', message: 'Nothing listens there.', retryable: true, cause: error }
      : { code: 'ERR_CONNECTION_LOST', message: /as the call began\. Nothing listens there\./, retryable: false };
    const thrown: unknown = await made.recover(error, unheard).catch((reason) => reason);
    const { message, ...rest } = failure;
    expect(thrown).toMatchObject(rest);
    expect((thrown as Error).message).toMatch(message);
    expect(waits).toEqual([]);
  });

  it('that had been idle is waited for when it is the network that is away', async () => {
    const { made, waits } = outages();
    await made.recover(withDelivery(lost(), 'idle'), unheard);
    expect(await made.recover(withDelivery(lost(), 'none'), unheard)).toBe('resume');
    expect(waits).toHaveLength(1);
  });
});

describe('what the caller hears of it', () => {
  it('is a warning at first, then progress', () => {
    const said: unknown[] = [];
    const { onOutage } = enhancedOptions({
      onWarning: (text) => said.push(text),
      onProgress: ({ activity, statusDescription, secondsRemaining }) =>
        said.push([activity, statusDescription, secondsRemaining]),
    });
    const outage = { host: 'a', error: lost(), delayMs: 1_500, remainingMs: 185_000 };
    onOutage?.({ ...outage, attempt: 1 });
    onOutage?.({ ...outage, attempt: 2, remainingMs: 90_000 });
    expect(said).toEqual([
      'The connection was lost. It is tried to take the operation up again, for 185 seconds at most.',
      ['Reconnecting to a', 'Attempt 1, in 2 s', 185],
      ['Reconnecting to a', 'Attempt 2, in 2 s', 90],
    ]);
    expect(enhancedOptions({}).onOutage).toBeUndefined();
  });
});
