import { expect, it } from '@jest/globals';
import { isReadAgainKey } from '../../../examples/console/page/data/read-again-key.js';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it.each([
  ['F5', {}, true],
  ['r', { ctrlKey: true }, true],
  ['R', { ctrlKey: true }, true],
  ['r', { metaKey: true }, true],
  ['r', {}, false],
  ['F5', { ctrlKey: true }, false],
  ['F5', { shiftKey: true }, false],
  ['r', { ctrlKey: true, shiftKey: true }, false],
  ['r', { ctrlKey: true, metaKey: true }, false],
  ['r', { metaKey: true, altKey: true }, false],
  ['e', { ctrlKey: true }, false],
])('%s with %j reads again: %s', (key, modifiers, reads) => {
  expect(isReadAgainKey({ ...none, ...modifiers, key })).toBe(reads);
});
