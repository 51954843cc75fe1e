import { describe, expect, it } from '@jest/globals';
import { formatDuration, parseDuration } from '../../../lib/wsman/envelope/duration.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

describe('formatDuration', () => {
  it.each([
    [60_000, 'PT60.000S'],
    [2000, 'PT2.000S'],
    [1, 'PT0.001S'],
    [0, 'PT0.001S'],
    [59_999.9, 'PT59.999S'],
    [3_600_000, 'PT3600.000S'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('parseDuration', () => {
  it.each([
    ['PT60.000S', 60_000],
    ['PT60S', 60_000],
    ['PT1M', 60_000],
    [' P1DT2H3M4.5S ', 93_784_500],
    ['P0Y0M1D', 86_400_000],
    ['PT0.0019S', 1],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    '60',
    'PT60',
    '-PT60S',
    'P1Y',
    'P1M',
    'PT1.S',
    'pt60s',
    'PT60.000Sx',
    `PT${'9'.repeat(400)}S`,
  ])('takes %j for no length of time', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('reads what formatDuration writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (ms) => expect(parseDuration(formatDuration(ms))).toBe(ms)),
      { numRuns: fuzzRuns(100) },
    );
  });
});
