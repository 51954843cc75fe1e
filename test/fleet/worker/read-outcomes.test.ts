import { describe, expect, it } from '@jest/globals';
import type { StoredOutcome } from '../../../lib/fleet/store/outcome-codec.js';
import { ReadOutcomes } from '../../../lib/fleet/worker/read-outcomes.js';

const OK: StoredOutcome = { state: 'ok', attempt: 1 };

/** Redis, where number 3 has an outcome already. */
function writing() {
  const calls: [run: string, indexes: readonly number[]][] = [];
  const outcomes = new ReadOutcomes(async (run, written) => {
    calls.push([run, [...written.keys()]]);
    return new Set([...written.keys()].filter((index) => index !== 3));
  });
  return { calls, outcomes };
}

describe('outcomes of reads', () => {
  it('are written together, those of each run, and each learns whether it is the first', async () => {
    const { calls, outcomes } = writing();
    const settled = [outcomes.settle('a', 1, OK), outcomes.settle('b', 1, OK), outcomes.settle('a', 3, OK)];
    expect(await Promise.all(settled)).toEqual([true, true, false]);
    expect(calls).toEqual([
      ['a', [1, 3]],
      ['b', [1]],
    ]);
    expect(await outcomes.settle('a', 2, OK)).toBe(true);
    expect(calls.at(-1)).toEqual(['a', [2]]);
  });

  it('of one target are counted once, though its job was worked on twice', async () => {
    const { calls, outcomes } = writing();
    expect(await Promise.all([outcomes.settle('a', 1, OK), outcomes.settle('a', 1, OK)])).toEqual([true, false]);
    expect(calls).toEqual([['a', [1]]]);
  });

  it('go five hundred at a time', async () => {
    const { calls, outcomes } = writing();
    const all = Array.from({ length: 1_200 }, (_, index) => outcomes.settle('a', index + 10, OK));
    expect(new Set(await Promise.all(all))).toEqual(new Set([true]));
    expect(calls.map(([, indexes]) => indexes.length)).toEqual([500, 500, 200]);
  });

  it('that cannot be written are not said to be', async () => {
    const outcomes = new ReadOutcomes(async () => Promise.reject(new Error('the worker ends')));
    const settled = await Promise.allSettled([outcomes.settle('a', 1, OK), outcomes.settle('a', 2, OK)]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
