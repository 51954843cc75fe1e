import { describe, expect, it } from '@jest/globals';
import { slipsBetween, suggestion } from '../../../lib/base/text/suggestion.js';

describe('the name that was meant', () => {
  it.each<[string, string[], string | undefined]>([
    ['Nmae', ['Mode', 'Name'], 'Name'],
    ['nam', ['Mode', 'NAME'], 'NAME'],
    ['Age', ['Name', 'Mode'], undefined],
    ['LoadBalancePercnt', ['LoadBalance', 'LoadBalancePercent'], 'LoadBalancePercent'],
    ['Serer', ['Server1', 'Server', 'Serverv4'], 'Server'],
    ['x', ['y'], 'y'],
    ['xy', ['ab'], undefined],
    ['anything', [], undefined],
  ])('%s of %j: %s', (text, candidates, meant) => {
    expect(suggestion(text, candidates)).toBe(meant);
  });

  it('is the nearest, wherever it stands, and the first of two that are as near', () => {
    expect(suggestion('ThrottleLimt', ['ThrottleLimits', 'ThrottleLimit'])).toBe('ThrottleLimit');
    expect(suggestion('Port', ['Fort', 'Sort'])).toBe('Fort');
  });
});

// Distances as the literature prints them: Levenshtein's kitten and Saturday, Damerau's swapped neighbours.
it.each<[string, string, number]>([
  ['kitten', 'sitting', 3],
  ['sunday', 'saturday', 3],
  ['ab', 'ba', 1],
  ['ca', 'abc', 3],
  ['', 'abc', 3],
])('%s and %s are %i apart', (a, b, apart) => {
  expect(slipsBetween(a, b, 10)).toBe(apart);
  expect(slipsBetween(b, a, 10)).toBe(apart);
  expect(slipsBetween(a, b, 2)).toBe(Math.min(apart, 2));
});
