import { describe, expect, it } from '@jest/globals';
import { BoundedMemo } from '../../../lib/base/collections/bounded-memo.js';

describe('BoundedMemo', () => {
  it('remembers up to its bound, then begins anew with what is new', () => {
    const memo = new BoundedMemo<string, number>(3);
    memo.set('a', 1).set('b', 2).set('c', 3);
    expect([...memo.keys()]).toEqual(['a', 'b', 'c']);
    memo.set('d', 4);
    expect([...memo]).toEqual([['d', 4]]);
  });

  it('keeps the others when a key it knows is set again', () => {
    const memo = new BoundedMemo<string, number>(2);
    memo.set('a', 1).set('b', 2).set('a', 3);
    expect([...memo]).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });
});
