import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { Secret } from '../../../lib/base/secret.js';
import { readMethodInput, writeMethodInput } from '../../../lib/cim/codec/index.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimInput } from '../../../lib/cim/value/cim-input.js';
import type { CimType } from '../../../lib/cim/value/cim-type.js';
import type { CimMethodDeclaration, CimParameterDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { parseXml } from '../../../lib/xml/parse.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

const URI = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X_Test';
const CONTEXT = { namespace: 'root/test', className: 'X_Test' };

function methodWith(parameter: Omit<CimParameterDeclaration, 'direction' | 'name'>): CimMethodDeclaration {
  return {
    name: 'Set',
    isStatic: true,
    returnType: 'uint32',
    parameters: [{ name: 'V', direction: 'in', ...parameter }],
  };
}

/** The value element(s) as markup, without the root's start and end tag. */
function written(parameter: Omit<CimParameterDeclaration, 'direction' | 'name'>, value: CimInput): string {
  const xml = writeMethodInput({ resourceUri: URI, method: methodWith(parameter), parameters: { V: value } });
  return xml.slice(xml.indexOf('>') + 1, xml.lastIndexOf('</'));
}

function read(parameter: Omit<CimParameterDeclaration, 'direction' | 'name'>, elements: string): unknown {
  const xml =
    '<Set_INPUT xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"' +
    ` xmlns:m="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" xmlns="${URI}">${elements}</Set_INPUT>`;
  return readMethodInput(parseXml(xml), methodWith(parameter), CONTEXT)['V'];
}

function roundTrip(parameter: Omit<CimParameterDeclaration, 'direction' | 'name'>, value: CimInput): unknown {
  const method = methodWith(parameter);
  const xml = writeMethodInput({ resourceUri: URI, method, parameters: { V: value } });
  return readMethodInput(parseXml(xml), method, CONTEXT)['V'];
}

/** Points in time and intervals hold private fields, which toEqual does not see. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  return value instanceof TimeSpan || value instanceof CimDateTime
    ? `${value.constructor.name} ${value.toCim()}`
    : value;
}

function refusal(action: () => unknown): CimletError {
  try {
    action();
  } catch (error) {
    if (error instanceof CimletError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('what is written', () => {
  // The xsi:type of each element as Windows' client writes it (recorded by OMI, Unix/wsman/samples/Put2.xml); names from DSP0230 8.1.
  it.each<[CimType, CimInput, string]>([
    ['string', 'Osama', '<p0:V xsi:type="cim:cimString">Osama</p0:V>'],
    ['string', '', '<p0:V xsi:type="cim:cimString"></p0:V>'],
    ['string', 'a<b>&\r', '<p0:V xsi:type="cim:cimString">a&lt;b&gt;&amp;&#xD;</p0:V>'],
    ['string', new Secret('sEcReT'), '<p0:V xsi:type="cim:cimString">sEcReT</p0:V>'],
    ['boolean', true, '<p0:V xsi:type="cim:cimBoolean">true</p0:V>'],
    ['uint8', 255, '<p0:V xsi:type="cim:cimUnsignedByte">255</p0:V>'],
    ['uint32', 1, '<p0:V xsi:type="cim:cimUnsignedInt">1</p0:V>'], // MS-WSMV 4.11.2
    ['uint32', -0, '<p0:V xsi:type="cim:cimUnsignedInt">0</p0:V>'],
    ['uint64', 18446744073709551615n, '<p0:V xsi:type="cim:cimUnsignedLong">18446744073709551615</p0:V>'],
    ['sint64', 5, '<p0:V xsi:type="cim:cimLong">5</p0:V>'],
    ['real64', Number.NEGATIVE_INFINITY, '<p0:V xsi:type="cim:cimDouble">-INF</p0:V>'],
    ['real32', Number.NaN, '<p0:V xsi:type="cim:cimFloat">NaN</p0:V>'],
    ['char16', 'ä', '<p0:V xsi:type="cim:cimChar16">ä</p0:V>'],
    [
      'datetime',
      TimeSpan.from('0:01:40'),
      '<p0:V xsi:type="cim:cimDateTime"><cim:Interval>P0DT0H1M40S</cim:Interval></p0:V>',
    ],
    [
      'datetime',
      CimDateTime.from('2026-11-24T08:00:00Z'),
      '<p0:V xsi:type="cim:cimDateTime"><cim:Datetime>2026-11-24T08:00:00.000000Z</cim:Datetime></p0:V>',
    ],
    [
      'datetime',
      CimDateTime.from('********123000.000000-420'),
      '<p0:V xsi:type="cim:cimDateTime"><cim:CIM_DateTime>********123000.000000-420</cim:CIM_DateTime></p0:V>',
    ],
    ['uint32', null, '<p0:V xsi:nil="true"/>'],
  ])('%s %p', (type, value, expected) => {
    expect(written({ type }, value)).toBe(expected);
  });

  it('writes arrays as repeated elements, a null and an empty one apart', () => {
    const repeated = written({ type: 'uint16', isArray: true }, [1, 2]);
    expect(repeated.match(/>\d</g)).toEqual(['>1<', '>2<']);
    // MS-WSMV 4.11.1
    expect(written({ type: 'uint8', isArray: true }, null)).toBe(
      '<p0:V xmlns:m="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" xsi:nil="true" m:IsNullArray="true"/>',
    );
    expect(written({ type: 'uint8', isArray: true }, [])).toContain('m:IsNullArray="false"');
  });

  it('writes octets as base64 where the schema says so', () => {
    const octets = { type: 'uint8', isArray: true, octetString: true } as const;
    expect(written(octets, [0, 255, 16])).toBe('<p0:V xsi:type="cim:cimBase64Binary">AP8Q</p0:V>');
    expect(written(octets, new Uint8Array([0, 255, 16]))).toContain('>AP8Q<');
  });
});

describe('what is refused, named, before it is written', () => {
  it.each<[CimType, unknown, string]>([
    ['uint8', 256, '256'],
    ['uint8', -1, '0 to 255'],
    ['sint8', 128, '-128 to 127'],
    ['uint16', 65_536, '65536'],
    ['sint16', -32_769, '-32769'],
    ['uint32', 4_294_967_296, '4294967296'],
    ['uint32', 1.5, '1.5'],
    ['uint32', '7', '"7"'],
    ['sint32', 2_147_483_648n, '2147483648'],
    ['uint64', -1n, '-1'],
    ['uint64', 2 ** 53, 'Give it as a bigint, such as 9007199254740992n.'],
    ['uint64', '18446744073709551615', 'Give it as a bigint, such as 18446744073709551615n.'],
    ['sint64', -(2 ** 60), 'Give it as a bigint, such as -1152921504606846976n.'],
    ['uint64', '+5', 'such as 5n.'],
    ['uint64', 'many', '0 to 18446744073709551615.'],
    ['uint64', 1e30, '0 to 18446744073709551615.'],
    ['sint64', 9223372036854775808n, '9223372036854775808'],
    ['real32', 1e39, '1e+39'],
    ['real64', '1', '"1"'],
    ['boolean', 1, '1'],
    ['char16', 'ab', '"ab"'],
    ['char16', '', '""'],
    ['string', 5, '5'],
    ['datetime', '2:00:00', '"2:00:00"'],
    ['datetime', TimeSpan.from('-1:00'), '-01:00:00'],
    ['instance', {}, 'Object'],
    ['reference', 'x', '"x"'],
  ])('%s %p', (type, value, shown) => {
    const error = refusal(() => written({ type }, value as never));
    expect(error.code).toBe('ERR_INVALID_ARGUMENT');
    expect(error.message).toContain('X_Test.Set.V');
    expect(error.message).toContain(shown);
  });

  it('refuses a scalar for an array, and null among its elements', () => {
    expect(refusal(() => written({ type: 'uint8', isArray: true }, 5)).message).toContain('array of uint8');
    expect(refusal(() => written({ type: 'string', isArray: true }, ['a', null as never])).code).toBe(
      'ERR_INVALID_ARGUMENT',
    );
  });

  it('takes only an interval where the schema says interval', () => {
    const interval = { type: 'datetime', interval: true } as const;
    expect(written(interval, TimeSpan.from('1'))).toContain('P1DT0H0M0S');
    expect(refusal(() => written(interval, new Date(0))).message).toContain('TimeSpan');
  });

  it('never shows a secret', () => {
    for (const type of ['uint32', 'datetime', 'boolean', 'char16', 'instance'] as const) {
      expect(refusal(() => written({ type }, new Secret('sEcReT'))).message).not.toContain('sEcReT');
    }
    const control = refusal(() => written({ type: 'string' }, new Secret('sEcReT\u0001')));
    expect(control.message).not.toContain('sEcReT');
    expect(control.message).toContain('V');
  });
});

describe('what servers send', () => {
  it.each<[CimType, string, unknown]>([
    ['boolean', '<V>TRUE</V>', true],
    ['boolean', '<V> 1 </V>', true],
    ['boolean', '<q:V xmlns:q="urn:other">False</q:V>', false],
    ['uint32', '<V>+007</V>', 7],
    ['uint64', '<V>18446744073709551615</V>', 18446744073709551615n],
    ['sint64', '<V>-1</V>', -1n],
    ['real64', '<V>1.5E+300</V>', 1.5e300],
    ['real64', '<V>+Infinity</V>', Number.POSITIVE_INFINITY],
    ['real32', '<V>0.1</V>', Math.fround(0.1)],
    ['char16', '<V>x</V>', 'x'],
    ['char16', '<V>5</V>', '5'],
    ['char16', '<V>120</V>', 'x'],
    ['char16', '<V>0x0078</V>', 'x'],
    ['string', '<V/>', ''],
    ['string', '<V>  kept </V>', '  kept '],
    ['string', '<v>other case</v>', 'other case'],
    ['string', '<V xsi:nil="true"/>', null],
    ['string', '<V xsi:nil=" 1 "/>', null],
    ['datetime', '<V xsi:nil="TRUE"/>', null],
  ])('%s %p', (type, xml, expected) => {
    expect(read({ type }, xml)).toEqual(expected);
  });

  it.each([
    ['<V><cim:Interval>P0DT0H1M40S</cim:Interval></V>', '00:01:40'],
    ['<V><Interval>PT1H30M</Interval></V>', '01:30:00'],
    ['<V>PT1H30M</V>', '01:30:00'],
    ['<V> 00000001132312.000000:000 </V>', '1.13:23:12'],
    ['<V><cim:CIM_DateTime>00000001132312.000000:000</cim:CIM_DateTime></V>', '1.13:23:12'],
    ['<V><cim:Datetime>2014-04-03T14:45:50.46875+08:00</cim:Datetime></V>', '2014-04-03T14:45:50.468750+08:00'],
    ['<V><x:Datetime xmlns:x="urn:x">2014-04-03T14:45:50Z</x:Datetime></V>', '2014-04-03T14:45:50.000000Z'],
    ['<V>2014-04-03T14:45:50</V>', '2014-04-03T14:45:50.000000'],
    ['<V><cim:Date>2014-04-03</cim:Date></V>', '2014-04-03T00:00:00.000000'],
    ['<V><cim:Time>14:45:50Z</cim:Time></V>', '********144550.000000+000'],
    ['<V><CIM_DateTime>19990929195959.000000-420</CIM_DateTime></V>', '1999-09-29T19:59:59.000000-07:00'],
    ['<V>19990929195959.000000-420</V>', '1999-09-29T19:59:59.000000-07:00'],
  ])('datetime %p', (xml, expected) => {
    expect(String(read({ type: 'datetime' }, xml))).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['<V>7</V>', [7]],
    ['<V>7</V><V>8</V>', [7, 8]],
    ['<V xsi:nil="true" m:IsNullArray="true"/>', null],
    ['<V xsi:nil="true"/>', null],
    ['<V xsi:nil="true" m:IsNullArray="false"/>', []],
    ['', undefined],
    ['<V>AP8Q</V>', [0, 255, 16]],
  ])('uint8[] %p', (xml, expected) => {
    expect(read({ type: 'uint8', isArray: true }, xml)).toEqual(expected);
  });

  it('reads base64 of digits only where the schema says so', () => {
    expect(read({ type: 'uint8', isArray: true, octetString: true }, '<V>1234</V>')).toEqual([0xd7, 0x6d, 0xf8]);
    expect(refusal(() => read({ type: 'uint8', isArray: true }, '<V>1234</V>')).code).toBe('ERR_PROTOCOL');
  });

  it.each<[CimType, string]>([
    ['uint8', '<V>256</V>'],
    ['uint32', '<V/>'],
    ['uint32', '<V>1.0</V>'],
    ['uint32', `<V>${'9'.repeat(100_000)}</V>`],
    ['uint64', '<V>-1</V>'],
    ['boolean', '<V>yes</V>'],
    ['real64', '<V>1e</V>'],
    ['char16', '<V>65536</V>'],
    ['char16', '<V>abc</V>'],
    ['datetime', '<V>yesterday</V>'],
    ['datetime', '<V><cim:Interval>2014-13-03</cim:Interval></V>'],
    ['string', '<V><b/></V>'],
    ['uint32', '<V>1</V><V>2</V>'],
    ['instance', '<V>text</V>'],
    ['reference', '<V>text</V>'],
  ])('refuses %s %.40p as a protocol error that names it', (type, xml) => {
    const error = refusal(() => read({ type }, xml));
    expect(error.code).toBe('ERR_PROTOCOL');
    expect(error.message).toContain('X_Test.Set.V');
    expect(error.message.length).toBeLessThan(400);
  });
});

describe('round trips through the writer and the parser', () => {
  const inRange = (min: bigint, max: bigint) => fc.bigInt({ min, max });
  const small = (min: number, max: number) => fc.integer({ min, max });
  const text = fc
    .string({ unit: 'binary' })
    .filter((value) => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(value));
  // What .NET's time spans can hold, in microseconds.
  const micros = fc.bigInt({ min: 0n, max: (2n ** 63n - 1n) / 10n });
  const date = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
  const generators: Readonly<
    Record<
      Exclude<CimType, 'instance' | 'reference'>,
      fc.Arbitrary<string | number | bigint | boolean | TimeSpan | CimDateTime>
    >
  > = {
    boolean: fc.boolean(),
    uint8: small(0, 255),
    sint8: small(-128, 127),
    uint16: small(0, 65_535),
    sint16: small(-32_768, 32_767),
    uint32: small(0, 4_294_967_295),
    sint32: small(-2_147_483_648, 2_147_483_647),
    uint64: inRange(0n, 2n ** 64n - 1n),
    sint64: inRange(-(2n ** 63n), 2n ** 63n - 1n),
    real32: fc.float(),
    real64: fc.double(),
    char16: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    string: text,
    datetime: fc.oneof(
      micros.map((value) => new TimeSpan(value)),
      date.map((value) => CimDateTime.from(value)),
    ),
  };

  it.each(Object.entries(generators))('%s, alone and in an array', (type, generator) => {
    fc.assert(
      fc.property(generator, fc.array(generator, { maxLength: 4 }), (one, many) => {
        expect(comparable(roundTrip({ type: type as CimType }, one))).toEqual(comparable(one));
        expect(comparable(roundTrip({ type: type as CimType, isArray: true }, many))).toEqual(comparable(many));
      }),
      { numRuns: fuzzRuns(200) },
    );
    expect(roundTrip({ type: type as CimType }, null)).toBeNull();
    expect(roundTrip({ type: type as CimType, isArray: true }, null)).toBeNull();
  });

  it('octets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect(roundTrip({ type: 'uint8', isArray: true, octetString: true }, octets)).toEqual([...octets]);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('throws nothing but CimletError, whatever the peer sends', () => {
    const types: CimType[] = [...(Object.keys(generators) as CimType[]), 'instance', 'reference'];
    const content = fc.oneof(text, fc.stringMatching(/^[-+P0-9eE.:TZ*INFa]{0,30}$/));
    const plain = (value: string) => value.replaceAll(/[&<>]/g, '');
    const leaf = content.map((value) => `<V xsi:type="cim:cimString">${plain(value)}</V>`);
    const element = fc.oneof(
      leaf,
      content.map((value) => `<V><cim:Datetime>${plain(value)}</cim:Datetime></V>`),
      content.map((value) => `<V xsi:type="p:${plain(value).replaceAll('"', '')}_Type"><A>${plain(value)}</A><A/></V>`),
      content.map(
        (value) => `<V><ReferenceParameters><ResourceURI>${plain(value)}</ResourceURI></ReferenceParameters></V>`,
      ),
      fc.constantFrom('<V xsi:nil="true"/>', '<V><V/><V/></V>', '<V xsi:nil="maybe"/>', '<__proto__>1</__proto__>'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.boolean(),
        fc.array(element, { maxLength: 3 }),
        (type, isArray, elements) => {
          try {
            read({ type, isArray }, elements.join(''));
          } catch (error) {
            expect(error).toBeInstanceOf(CimletError);
          }
        },
      ),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
