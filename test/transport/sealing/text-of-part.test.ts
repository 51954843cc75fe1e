import { describe, expect, it } from '@jest/globals';
import { textOfPart } from '../../../lib/transport/sealing/text-of-part.js';
import fc from '../../fast-check.js';

const UTF8 = 'application/soap+xml;charset=UTF-8';
const UTF16 = 'application/soap+xml;charset=UTF-16';

describe('textOfPart', () => {
  it.each([
    [UTF8, 'utf8', 1],
    [UTF16, 'utf16le', 2],
  ] as const)('takes off the NULs that OMI seals with a text, and nothing else: %s', (contentType, encoding, unit) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(64), (content, count) => {
        const text = Buffer.from(`<a>${content}\0</a>`, encoding);
        const data = Buffer.concat([text, Buffer.alloc(count * unit)]);
        expect(Buffer.from(textOfPart({ contentType, data })).equals(text)).toBe(true);
      }),
    );
  });

  it('leaves half a code unit alone', () => {
    const data = Buffer.from([0x3e, 0, 0]);
    expect(textOfPart({ contentType: UTF16, data })).toEqual(data);
  });

  it('gives nothing of a part that is padding alone', () => {
    expect(textOfPart({ contentType: UTF8, data: Buffer.alloc(16) })).toHaveLength(0);
  });
});
