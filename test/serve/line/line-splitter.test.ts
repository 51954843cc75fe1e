import { describe, expect, it } from '@jest/globals';
import { LineSplitter, TOO_LONG } from '../../../lib/serve/line/line-splitter.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

const split = (limit: number, ...chunks: (string | Uint8Array)[]) => {
  const splitter = new LineSplitter(limit);
  return chunks.flatMap((chunk) => [...splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)]);
};

describe('LineSplitter', () => {
  it('takes a line feed, with or without a carriage return, for the end of a line, and leaves empty lines out', () => {
    expect(split(99, 'a\nb\r\n\n\r\nc')).toEqual(['a', 'b']);
    expect(split(99, 'a', 'b', '\n', 'c\nd\n')).toEqual(['ab', 'c', 'd']);
  });

  it('joins a character whose bytes come in two pieces', () => {
    const bytes = Buffer.from('ü\n');
    expect(split(99, bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['ü']);
  });

  it('counts bytes, skips what is too long to its end, and goes on behind it', () => {
    expect(split(4, 'abcd\n')).toEqual(['abcd']);
    expect(split(4, 'abcde\nf\n')).toEqual([TOO_LONG, 'f']);
    expect(split(4, 'üüü\nf\n')).toEqual([TOO_LONG, 'f']);
    expect(split(4, 'abc', 'de', 'fgh', 'i\nj\n')).toEqual([TOO_LONG, 'j']);
  });

  it('gives the lines of any text, however it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(40)), (text, cuts) => {
        const bytes = Buffer.from(`${text}\n`);
        const places = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
        const chunks = places.map((place, index) => bytes.subarray(places[index - 1] ?? 0, place));
        const expected = bytes
          .toString()
          .split('\n')
          .map((line) => line.replace(/\r$/, ''))
          .filter((line) => line !== '');
        expect(split(10_000, ...chunks)).toEqual(expected);
      }),
      { numRuns: fuzzRuns(500) },
    );
  });
});
