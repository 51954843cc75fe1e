import { describe, expect, it } from '@jest/globals';
import { parseExactJson } from '../../../lib/base/text/exact-json.js';
import fc from '../../fast-check.js';

const asNumber = (_: string, one: unknown) => (typeof one === 'bigint' ? Number(one) : one);

describe('parseExactJson', () => {
  it.each([
    ['9007199254740993', 9007199254740993n],
    ['-18446744073709551616', -18446744073709551616n],
    ['[1, 9007199254740993 ,"9007199254740993"]', [1, 9007199254740993n, '9007199254740993']],
    ['{"9007199254740993":9007199254740993}', { '9007199254740993': 9007199254740993n }],
    ['"\\"9007199254740993"', '"9007199254740993'],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993.0', 9007199254740992],
    ['9007199254740993e0', 9007199254740992],
  ])('%s', (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
  });

  it('is JSON.parse of everything else', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), undefined, indent);
        // A fraction's large value is written as a whole number, too.
        expect(JSON.parse(JSON.stringify(parseExactJson(written), asNumber))).toEqual(JSON.parse(written));
      }),
      { examples: [['[9007199254740992]', undefined]] },
    );
    expect(() => parseExactJson('{')).toThrow(SyntaxError);
    expect(() => parseExactJson('00000000000000001')).toThrow(SyntaxError);
  });

  it('keeps big integers wherever they stand', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.bigInt({ min: 2n ** 53n })), { maxLength: 5 }), (values) => {
        const text = `[${values.map((one) => (typeof one === 'bigint' ? String(one) : JSON.stringify(one))).join(',')}]`;
        expect(parseExactJson(text)).toEqual(values);
      }),
    );
  });
});
