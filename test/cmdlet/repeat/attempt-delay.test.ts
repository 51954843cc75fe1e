import { describe, expect, it } from '@jest/globals';
import { attemptDelay } from '../../../lib/cmdlet/repeat/attempt-delay.js';

const least = () => 0;
const most = () => 1 - Number.EPSILON;

describe('the wait before the next try', () => {
  it('doubles, up to 30 seconds', () => {
    const tries = [1, 2, 3, 7, 8, 19, 2_000];
    expect(tries.map((attempt) => attemptDelay('retry', attempt, 500, most))).toEqual([
      500, 1_000, 2_000, 30_000, 30_000, 30_000, 30_000,
    ]);
  });

  it('is drawn between the half and the whole', () => {
    expect(attemptDelay('retry', 1, 500, least)).toBe(250);
    const drawn = new Set(Array.from({ length: 50 }, () => attemptDelay('retry', 3)));
    expect(drawn.size).toBeGreaterThan(10);
    expect([...drawn].filter((ms) => ms < 1_000 || ms > 2_000)).toEqual([]);
  });

  it('is minutes for what passes by itself', () => {
    expect([1, 2].map((attempt) => attemptDelay('retryLater', attempt, 500, most))).toEqual([60_000, 120_000]);
  });
});
