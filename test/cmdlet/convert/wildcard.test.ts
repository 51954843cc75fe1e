import { describe, expect, it } from '@jest/globals';
import { hasWildcard, wildcard } from '../../../lib/cmdlet/convert/wildcard.js';

// about_Wildcards of PowerShell's help: what each character stands for, and that a backtick takes it back.
describe('wildcards', () => {
  it.each([
    ['a*', 'apple', true],
    ['a*', 'banana', false],
    ['?n', 'an', true],
    ['?n', 'ran', false],
    ['[a-l]ook', 'Book', true],
    ['[a-l]ook', 'took', false],
    ['[bc]ook', 'cook', true],
    ['two words.txt', 'two wordsXtxt', false],
    ['12`*', '12*', true],
    ['12`*', '123', false],
    ['`[x`]', '[x]', true],
    // By PowerShell 7.6.9.
    ['[]a]', ']', true],
    ['[]a]', 'a', true],
    ['a[`]]', 'a]', true],
    ['a[[]', 'a[', true],
    ['x]', 'x]', true],
    ['x`', 'x', false],
  ])('%s and %s: %s', (pattern, text, fits) => {
    expect(wildcard(pattern).test(text)).toBe(fits);
  });

  it('are found where they are not taken back', () => {
    expect(['a*', 'a?', '[a]', 'a', '12`*', '`[x`]'].map(hasWildcard)).toEqual([true, true, true, false, false, false]);
  });

  // Each a WildcardPatternException in PowerShell 7.6.9.
  it.each(['[z-a]', '[', '[]', 'a[b', 'a[`]'])(
    'refuse %s: a range that runs backwards, a class without an end',
    (pattern) => {
      expect(() => wildcard(pattern)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
    },
  );
});

describe('a long value of a server', () => {
  it('takes time in proportion to its length', () => {
    const before = process.cpuUsage();
    expect(wildcard('*-*-*x').test('-'.repeat(100_000))).toBe(false);
    expect(wildcard('*a*b?*[c-d]').test(`${'ab'.repeat(100_000)}d`)).toBe(true);
    // It takes a few milliseconds. Backtracking needs years.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });
});
