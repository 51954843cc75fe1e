import { describe, expect, it } from '@jest/globals';
import { LazyMap } from '../../../lib/base/collections/lazy-map.js';

describe('LazyMap', () => {
  const make = () => {
    const made: string[] = [];
    const loader = (name: string) => [name, () => `${name}${made.push(name)}`] as const;
    return { made, map: new LazyMap([loader('a'), loader('b'), loader('c')]) };
  };

  it('tells its names and its size without making a value', () => {
    const { made, map } = make();
    expect([...map.keys()]).toEqual(['a', 'b', 'c']);
    expect([map.size, map.has('b'), map.has('d')]).toEqual([3, true, false]);
    expect(made).toEqual([]);
  });

  it('makes a value when it is asked for, once', () => {
    const { made, map } = make();
    expect([map.get('b'), map.get('b'), map.get('d')]).toEqual(['b1', 'b1', undefined]);
    expect(made).toEqual(['b']);
  });

  it('gives all in their order, those that are made already as they are', () => {
    const { made, map } = make();
    map.get('c');
    expect([...map]).toEqual([
      ['a', 'a2'],
      ['b', 'b3'],
      ['c', 'c1'],
    ]);
    expect([...map.values()]).toEqual(['a2', 'b3', 'c1']);
    const seen: string[] = [];
    map.forEach((value, name, whole) => {
      seen.push(`${name}=${value} of ${whole.size}`);
    });
    expect(seen).toEqual(['a=a2 of 3', 'b=b3 of 3', 'c=c1 of 3']);
    expect(made).toEqual(['c', 'a', 'b']);
  });

  it('asks again for what could not be made', () => {
    let calls = 0;
    const map = new LazyMap<number>([
      [
        'a',
        () => {
          calls += 1;
          if (calls === 1) throw new Error('not yet');
          return calls;
        },
      ],
    ]);
    expect(() => map.get('a')).toThrow('not yet');
    expect(map.get('a')).toBe(2);
  });

  it('loads its names with the first question, too', () => {
    let loads = 0;
    const map = new LazyMap(() => {
      loads += 1;
      return [['a', () => 1]] as const;
    });
    expect(loads).toBe(0);
    expect([map.has('a'), map.get('b'), map.size]).toEqual([true, undefined, 1]);
    expect(loads).toBe(1);
  });

  it('joins tables, of which each keeps its values to itself', () => {
    const { made, map } = make();
    const joined = LazyMap.joined<string>([map, new Map([['a', 'other']])]);
    expect([...joined.keys()]).toEqual(['a', 'b', 'c']);
    expect(made).toEqual([]);
    expect([joined.get('a'), joined.get('c'), joined.get('d')]).toEqual(['other', 'c1', undefined]);
    expect(made).toEqual(['c']);
  });
});
