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
  ])('%s and %s: %s', (pattern, text, fits) => {
    expect(wildcard(pattern).test(text)).toBe(fits);
  });

  it('are found where they are not taken back', () => {
    expect(['a*', 'a?', '[a]', 'a', '12`*', '`[x`]'].map(hasWildcard)).toEqual([true, true, true, false, false, false]);
  });

  it('refuse a range that runs backwards', () => {
    expect(() => wildcard('[z-a]')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });
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
