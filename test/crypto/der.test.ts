import { describe, expect, it } from '@jest/globals';
import { isCimletError } from '../../lib/base/errors.js';
import {
  applicationTag,
  contextTag,
  DerReader,
  DerTag,
  decodeBitString,
  decodeInteger,
  decodeOid,
  decodeSmallInteger,
  encodeBitString,
  encodeBoolean,
  encodeDer,
  encodeEnumerated,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../../lib/crypto/der.js';
import fc from '../fast-check.js';
import { fuzzRuns } from '../fuzz-runs.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const value = (encoded: Uint8Array) => new DerReader(encoded).next().value;

describe('DER values of the specifications', () => {
  // The tail of X.690 8.19.5 and the widely published encodings of the GSS-API mechanisms.
  it.each([
    ['2.999.3', '0603883703'],
    ['1.3.6.1.5.5.2', '06062b0601050502'],
    ['1.3.6.1.4.1.311.2.2.10', '060a2b06010401823702020a'],
    ['1.2.840.113554.1.2.2', '06092a864886f712010202'],
    ['1.2.840.48018.1.2.2', '06092a864882f712010202'],
    ['0.39', '060127'],
    ['2.5.4.3', '0603550403'],
  ])('object identifier %s', (dotted, encoded) => {
    expect(hex(encodeOid(dotted))).toBe(encoded);
    expect(decodeOid(value(bytes(encoded)))).toBe(dotted);
  });

  it.each([
    [0n, '020100'],
    [127n, '02017f'],
    [128n, '02020080'],
    [256n, '02020100'],
    [-1n, '0201ff'],
    [-128n, '020180'],
    [-129n, '0202ff7f'],
    [0xffffffffn, '020500ffffffff'],
  ])('integer %s (X.690 8.3)', (number, encoded) => {
    expect(hex(encodeInteger(number))).toBe(encoded);
    expect(decodeInteger(value(bytes(encoded)))).toBe(number);
    expect(BigInt(decodeSmallInteger(value(bytes(encoded))))).toBe(number);
  });

  it('bit string of X.690 8.6.4.2', () => {
    const encoded = '0307040a3b5f291cd0';
    const decoded = decodeBitString(value(bytes(encoded)));
    expect(decoded.unusedBits).toBe(4);
    expect(hex(decoded.bytes)).toBe('0a3b5f291cd0');
    expect(hex(encodeBitString(decoded))).toBe(encoded);
  });

  it('boolean, enumerated, and tags', () => {
    expect(hex(encodeBoolean(true))).toBe('0101ff');
    expect(hex(encodeBoolean(false))).toBe('010100');
    expect(hex(encodeEnumerated(3))).toBe('0a0103');
    expect(contextTag(0)).toBe(0xa0);
    expect(contextTag(2, false)).toBe(0x82);
    expect(applicationTag(0)).toBe(0x60);
  });

  it('reads and writes what `openssl asn1parse -genconf` generated', () => {
    // SEQUENCE { [0] { INTEGER:0x1234567890 }, OID:1.3.6.1.5.5.2, [2] { OCTETSTRING:abc }, ENUM:1 }
    const encoded = bytes('301ba0070205123456789006062b0601050502a20504036162630a0101');
    const top = new DerReader(encoded).enter(DerTag.sequence);
    expect(decodeInteger(top.enter(contextTag(0)).read(DerTag.integer))).toBe(0x1234567890n);
    expect(decodeOid(top.read(DerTag.oid))).toBe('1.3.6.1.5.5.2');
    expect(top.enterOptional(contextTag(1))).toBeUndefined();
    expect(Buffer.from(top.enter(contextTag(2)).read(DerTag.octetString)).toString()).toBe('abc');
    expect(decodeSmallInteger(top.read(DerTag.enumerated))).toBe(1);
    expect(() => top.end()).not.toThrow();
    const again = encodeSequence(
      encodeDer(contextTag(0), encodeInteger(0x1234567890n)),
      encodeOid('1.3.6.1.5.5.2'),
      encodeDer(contextTag(2), encodeOctetString(Buffer.from('abc'))),
      encodeEnumerated(1),
    );
    expect(hex(again)).toBe(hex(encoded));
  });
});

describe('what DER refuses', () => {
  it.each([
    ['an indefinite length', '30800000'],
    ['a length in two octets that fits one', '0481050000000000'],
    ['leading zero octets', `04820080${'00'.repeat(128)}`],
    ['a length beyond the data', '040500'],
    ['a length of five octets', '04850000000001ff'],
    ['a high tag number', '1f810100'],
    ['nothing', ''],
    ['an identifier alone', '30'],
    ['a cut length', '3082ff'],
  ])('%s', (_, encoded) => {
    expect(() => new DerReader(bytes(encoded)).next()).toThrow(/Malformed DER/);
  });

  it('padded and oversized values', () => {
    expect(() => decodeInteger(bytes('0001'))).toThrow(/shortest/);
    expect(() => decodeInteger(bytes('ffff'))).toThrow(/shortest/);
    expect(() => decodeInteger(bytes(''))).toThrow(/empty/);
    expect(() => decodeSmallInteger(bytes('0100000000'))).toThrow(/32 bits/);
    expect(() => decodeOid(bytes('2a8001'))).toThrow(/shortest/);
    expect(() => decodeOid(bytes('2a86'))).toThrow(/cut/);
    expect(() => decodeOid(bytes(`2a${'81'.repeat(18)}01`))).toThrow(/octets/);
    expect(() => decodeBitString(bytes('0301'))).toThrow(/unused/);
    expect(() => decodeBitString(bytes(''))).toThrow(/unused/);
    expect(() => encodeOid('1.40')).toThrow(/39/);
    expect(() => encodeOid('x')).toThrow(/object identifier/);
  });

  it('another tag, and bytes left over', () => {
    const reader = new DerReader(bytes('020101 0400'));
    expect(() => reader.read(DerTag.oid)).toThrow(/0x06 is expected but there is tag 0x02/);
    expect(decodeInteger(reader.read(DerTag.integer))).toBe(1n);
    expect(() => reader.end()).toThrow(/2 bytes are left over/);
    reader.next();
    expect(() => reader.read(DerTag.oid)).toThrow(/the data ends/);
  });
});

describe('properties', () => {
  it('any nesting of any octets reads back, at every size of length', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (parts) => {
        const encoded = encodeSequence(...parts.map(encodeOctetString));
        const read = [...new DerReader(encoded).enter(DerTag.sequence)].map((element) => hex(element.value));
        expect(read).toEqual(parts.map(hex));
      }),
      { numRuns: fuzzRuns(100) },
    );
    for (const length of [127, 128, 255, 256, 65535, 65536]) {
      expect(value(encodeOctetString(new Uint8Array(length))).length).toBe(length);
    }
  });

  it('any integer and any object identifier read back', () => {
    fc.assert(
      fc.property(fc.bigInt(), (number) => {
        expect(decodeInteger(value(encodeInteger(number)))).toBe(number);
      }),
      { numRuns: fuzzRuns(100) },
    );
    const arcs = fc.tuple(
      fc.constantFrom(0, 1, 2),
      fc.nat(39),
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 100n }), { maxLength: 8 }),
    );
    fc.assert(
      fc.property(arcs, ([top, second, tail]) => {
        const dotted = [top, second, ...tail].join('.');
        expect(decodeOid(value(encodeOid(dotted)))).toBe(dotted);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('arbitrary bytes give elements that encode to the same bytes, or an ERR_PROTOCOL', () => {
    const walk = (input: Uint8Array): void => {
      for (const element of new DerReader(input)) {
        expect(hex(encodeDer(element.tag, element.value))).toBe(hex(element.encoded));
        if ((element.tag & 0x20) !== 0) walk(element.value);
        if (element.tag === DerTag.oid) expect(hex(encodeOid(decodeOid(element.value)))).toBe(hex(element.encoded));
        if (element.tag === DerTag.integer)
          expect(hex(encodeInteger(decodeInteger(element.value)))).toBe(hex(element.encoded));
        if (element.tag === DerTag.bitString)
          expect(hex(encodeBitString(decodeBitString(element.value)))).toBe(hex(element.encoded));
      }
    };
    const seed = encodeSequence(
      encodeOid('1.3.6.1.5.5.2'),
      encodeInteger(300),
      encodeBitString({ bytes: bytes('f0'), unusedBits: 4 }),
    );
    const mutated = fc
      .array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 })
      .map((edits) => {
        const copy = Uint8Array.from(seed);
        for (const [at, octet] of edits) copy[at] = octet;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), mutated), (input) => {
        try {
          walk(input);
        } catch (error) {
          if (!isCimletError(error)) throw error;
          expect(error.code).toBe('ERR_PROTOCOL');
        }
      }),
      { numRuns: fuzzRuns(3000) },
    );
  });
});
