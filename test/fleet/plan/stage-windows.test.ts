import { describe, expect, it } from '@jest/globals';
import { nextPart, stageBounds } from '../../../lib/fleet/plan/stage-windows.js';

describe('stages', () => {
  it.each([
    [
      [{ count: 1 }, { share: 0.1 }, { share: 1 }],
      1_000,
      [
        [0, 1],
        [1, 100],
        [100, 1_000],
      ],
    ],
    [
      [{ count: 10 }, { count: 10 }, { share: 1 }],
      15,
      [
        [0, 10],
        [10, 15],
      ],
    ],
    [[{ share: 0.5 }], 3, [[0, 2]]],
    [[{ count: 5 }, { share: 0.1 }], 10, [[0, 5]]],
    [[{ share: 1 }], 0, []],
  ])('%j of %d', (stages, total, bounds) => {
    expect(stageBounds(stages, total).map(({ from, to }) => [from, to])).toEqual(bounds);
  });

  it('are laid out in parts of fifty thousand jobs', () => {
    const stage = { from: 0, to: 1_000_000, maxFailedShare: 1 };
    expect([nextPart(stage, 0, 10), nextPart(stage, 500_000, 10), nextPart(stage, 0, 1)]).toEqual([
      500_000, 1_000_000, 50_000,
    ]);
  });
});
