import { describe, expect, it } from '@jest/globals';
import { Rc4 } from '../../lib/crypto/rc4.js';
import fc from '../fast-check.js';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');

describe('Rc4', () => {
  it.each([
    ['0102030405', 0, 'b2396305f03dc027ccc3524a0a1118a8'],
    ['0102030405', 16, '6982944f18fc82d589c403a47a0d0919'],
    ['0102030405', 240, '28cb1132c96ce286421dcaadb8b69eae'],
    ['0102030405', 1536, 'd8729db41882259bee4f825325f5a130'],
    ['0102030405', 4096, 'ff25b58995996707e51fbdf08b34d875'],
    ['0102030405060708090a0b0c0d0e0f10', 0, '9ac7cc9a609d1ef7b2932899cde41b97'],
    ['0102030405060708090a0b0c0d0e0f10', 16, '5248c4959014126a6e8a84f11d1a9e1c'],
    ['0102030405060708090a0b0c0d0e0f10', 240, '065902e4b620f6cc36c8589f66432f2b'],
    ['0102030405060708090a0b0c0d0e0f10', 1536, 'ffa0b514647ec04f6306b892ae661181'],
    ['0102030405060708090a0b0c0d0e0f10', 4096, 'a36a4c301ae8ac13610ccbc12256cacc'],
    ['833222772a', 4096, 'bf42c3018c2f7c66bfde524975768115'],
  ])('gives RFC 6229 for key %s at offset %i', (key, offset, expected) => {
    expect(hex(new Rc4(bytes(key)).update(new Uint8Array(offset + 16)).subarray(offset))).toBe(expected);
  });

  it('keeps its place in the key stream however the input is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 256 }), fc.array(fc.uint8Array()), (key, parts) => {
        const cut = new Rc4(key);
        const whole = new Rc4(key).update(Buffer.concat(parts));
        expect(Buffer.concat(parts.map((part) => cut.update(part)))).toEqual(Buffer.from(whole));
      }),
    );
  });

  it('clones its place, and the clone goes its own way', () => {
    const cipher = new Rc4(bytes('0102030405'));
    cipher.update(new Uint8Array(16));
    const copy = cipher.clone();
    cipher.update(new Uint8Array(100));
    expect(hex(copy.update(new Uint8Array(16)))).toBe('6982944f18fc82d589c403a47a0d0919');
  });

  it.each([0, 257])('refuses a key of %i bytes', (length) => {
    expect(() => new Rc4(new Uint8Array(length))).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });
});
