import { describe, expect, it } from '@jest/globals';
import { XmlByteDecoder } from '../../../lib/xml/text/byte-decoder.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { decodeXmlBytes } from '../decode-bytes.js';
import { thrownBy } from '../thrown-by.js';

const TEXT = '<a>ä€😀</a>';
const utf8 = Buffer.from(TEXT, 'utf8');
const utf16le = Buffer.from(TEXT, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
const bom = (...bytes: number[]) => Buffer.from(bytes);

describe('decodeXmlBytes', () => {
  it.each([
    ['UTF-8', utf8, undefined],
    ['UTF-8 by charset', utf8, 'application/soap+xml;charset=UTF-8'],
    ['UTF-8 with a mark', Buffer.concat([bom(0xef, 0xbb, 0xbf), utf8]), undefined],
    ['UTF-8 with a mark against its charset', Buffer.concat([bom(0xef, 0xbb, 0xbf), utf8]), 'a/b; charset="utf-16"'],
    ['UTF-8 called UTF-16', utf8, 'application/soap+xml;charset=UTF-16'],
    ['UTF-16LE with a mark', Buffer.concat([bom(0xff, 0xfe), utf16le]), 'application/soap+xml;charset=UTF-16'],
    ['UTF-16BE with a mark', Buffer.concat([bom(0xfe, 0xff), utf16be]), undefined],
    ['UTF-16LE without a mark', utf16le, 'application/soap+xml;charset=UTF-16'],
    ['UTF-16LE called UTF-8', utf16le, 'application/soap+xml;charset=UTF-8'],
    ['UTF-16BE without a mark', utf16be, undefined],
  ])('decodes %s', (_what, bytes, contentType) => {
    expect(decodeXmlBytes(bytes, contentType)).toBe(TEXT);
  });

  it.each([
    ['a stray continuation byte', [0x3c, 0x61, 0x80, 0x3e]],
    ['an overlong form', [0x3c, 0x61, 0xc0, 0xaf]],
    ['a surrogate in UTF-8', [0x3c, 0x61, 0xed, 0xa0, 0x80]],
    ['a character cut short', [0x3c, 0x61, 0x3e, 0xe2, 0x82]],
    ['bytes that no UTF-8 has', [0x3c, 0x61, 0xff, 0x3e]],
    ['half a UTF-16 unit', [0xff, 0xfe, 0x3c, 0x00, 0x61]],
    ['an unpaired surrogate in UTF-16', [0xff, 0xfe, 0x3c, 0x00, 0x00, 0xd8, 0x61, 0x00]],
  ])('refuses %s', (_what, bytes) => {
    expect(thrownBy(() => decodeXmlBytes(Uint8Array.from(bytes))).code).toBe('ERR_XML');
  });

  it('refuses an encoding that it cannot read, and names it', () => {
    expect(thrownBy(() => decodeXmlBytes(utf8, 'text/xml; charset=ISO-8859-1')).message).toContain('"iso-8859-1"');
  });

  it('gives the same text however the bytes are cut, as Node decodes them whole', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 30 })
      .filter((one) => !one.includes('\0') && !one.startsWith('\uFEFF'));
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('utf8' as const, 'utf16le' as const),
        fc.integer({ min: 1, max: 5 }),
        (one, encoding, size) => {
          const bytes = Buffer.from(`<a>${one}`, encoding);
          const decoder = new XmlByteDecoder();
          let decoded = '';
          for (let at = 0; at < bytes.length; at += size) decoded += decoder.write(bytes.subarray(at, at + size));
          expect(decoded + decoder.end()).toBe(bytes.toString(encoding));
        },
      ),
      { numRuns: fuzzRuns(100) },
    );
  });
});
