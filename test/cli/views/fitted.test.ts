import { describe, expect, it } from '@jest/globals';
import { fitted } from '../../../lib/cli/views/fitted.js';

describe('a text on a terminal', () => {
  it.each([
    ['a sentence that is long', 11, ['a sentence', 'that is', 'long']],
    ['    behind its blanks', 14, ['    behind', '    its blanks']],
    ['short\n\nlonger than that', 11, ['short', '', 'longer', 'than that']],
    ['  -Name  what it is for', 20, ['  -Name  what it is', '         for']],
    ['ok    name  a word or two', 24, ['ok    name  a word or', '            two']],
    ['  --a-long-option VALUE  what it does', 24, ['  --a-long-option VALUE', '      what it does']],
    ['    + Hint : read the whole page', 27, ['    + Hint : read the', '             whole page']],
    // A word that has no room in its column stands further to the left; one that has none anywhere stays whole.
    ['    + Id : Some,Very-Long', 22, ['    + Id :', '      Some,Very-Long']],
    ['x abcdefghijkl y', 10, ['x', 'abcdefghijkl', 'y']],
  ])('%j is broken between words at %i', (text, width, lines) => {
    expect(fitted(text, width)).toEqual(lines);
  });

  it('is left whole where no width is known', () => {
    const line = 'a sentence that is long '.repeat(20).trimEnd();
    expect(fitted(`${line}\n${line}`, undefined)).toEqual([line, line]);
  });
});
