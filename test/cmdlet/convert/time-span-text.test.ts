import { expect, it } from '@jest/globals';
import { isUnitless, readTimeSpanText } from '../../../lib/cmdlet/convert/time-span-text.js';

// [timespan] of PowerShell 7.6.
it.each([
  ['2:00:00', '02:00:00'],
  ['1.12:00', '1.12:00:00'],
  ['12', '12.00:00:00'],
  [' 5 ', '5.00:00:00'],
  ['24:00:00', '24.00:00:00'],
  ['25:01:02', '25.01:02:00'],
])('%p is %s', (text, span) => {
  expect(String(readTimeSpanText(text))).toBe(span);
});

it.each(['', 'x', '1:60', '00:60:00', '1d'])('%p is none', (text) => {
  expect(readTimeSpanText(text)).toBeUndefined();
});

it('knows days that say no unit', () => {
  expect([' 12 ', '-1', '1:00', '1.5', ''].map(isUnitless)).toEqual([true, true, false, false, false]);
});
