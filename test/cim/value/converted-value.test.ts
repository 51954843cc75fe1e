// Expected values are .NET's Convert.ToUInt64, ToDouble, ToBoolean and ToString, which MMI's CimProperty.cs and CimMethodParameter.cs call.
import { expect, it } from '@jest/globals';
import type { CimInput } from '../../../lib/cim/value/cim-input.js';
import type { CimType } from '../../../lib/cim/value/cim-type.js';
import { convertedValue } from '../../../lib/cim/value/converted-value.js';

it.each<readonly [CimType, CimInput, CimInput]>([
  ['uint64', '9', 9n],
  ['uint64', ' +9 ', 9n],
  ['sint32', '-5', -5n],
  ['uint8', 9.5, 10n],
  ['uint8', 8.5, 8n],
  ['sint8', -2.5, -2n],
  ['uint8', 8.4, 8n],
  ['uint32', true, 1n],
  ['real64', '1.5', 1.5],
  ['real32', 2n, 2],
  ['boolean', 0, false],
  ['boolean', 2, true],
  ['boolean', ' False ', false],
  ['boolean', 'true', true],
  ['string', 5, '5'],
  ['string', 5n, '5'],
  ['string', false, 'False'],
])('%s of %p is %p', (type, value, expected) => {
  expect(convertedValue({ type }, value)).toBe(expected);
});

it.each<readonly [CimType, CimInput]>([
  ['uint64', '0x10'],
  ['uint64', '9.5'],
  ['uint64', ''],
  ['uint64', 2 ** 60 + 0.5],
  ['uint64', 9],
  ['boolean', '1'],
  ['boolean', 'yes'],
  ['real64', 'x'],
  ['string', null],
  ['datetime', '2026-01-01'],
])('%s of %p stays as it is, for the codec to judge', (type, value) => {
  expect(convertedValue({ type }, value)).toBe(value);
});

it('converts the elements of an array, and makes none of a scalar', () => {
  expect(convertedValue({ type: 'uint16', isArray: true }, ['1', 2.5])).toEqual([1n, 2n]);
  expect(convertedValue({ type: 'uint16', isArray: true }, '1')).toBe('1');
});
