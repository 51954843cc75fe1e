import { expect, it } from '@jest/globals';
import { chosenAfter } from '../../../examples/console/page/data/chosen-rows.js';

const SHOWN = ['a', 'b', 'c', 'd', 'e'];
const after = (chosen: readonly string[], key: string, before: string | null, isRange: boolean) =>
  [...chosenAfter(new Set(chosen), SHOWN, { key, before, isRange })].sort();

it('chooses one, and one no more', () => {
  expect(after([], 'b', null, false)).toEqual(['b']);
  expect(after(['b', 'c'], 'b', 'c', false)).toEqual(['c']);
});

it('with Shift all from the one before, in both directions, and what was chosen outside of it stays', () => {
  expect(after(['b'], 'd', 'b', true)).toEqual(['b', 'c', 'd']);
  expect(after(['a', 'd'], 'b', 'd', true)).toEqual(['a', 'b', 'c', 'd']);
  expect(after(['a', 'b', 'c', 'd'], 'd', 'b', true)).toEqual(['a']);
});

it('is the row alone where the one before is not shown any more, or there is none', () => {
  expect(after(['x'], 'c', 'x', true)).toEqual(['c', 'x']);
  expect(after([], 'c', null, true)).toEqual(['c']);
});
