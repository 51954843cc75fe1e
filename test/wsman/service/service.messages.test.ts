import { describe, expect, it } from '@jest/globals';
import { streamedTypeCode, streamedTypeOf } from '../../../lib/wsman/contract/streamed-type.js';
import { readAcknowledge } from '../../../lib/wsman/service/read-acknowledge.js';
import { readEnumerate, readPull, readRelease } from '../../../lib/wsman/service/read-enumerate.js';
import { readInteractiveResponse } from '../../../lib/wsman/service/read-interactive-response.js';
import { readSubscribe } from '../../../lib/wsman/service/read-subscribe.js';
import { parseXml } from '../../../lib/xml/parse.js';

const PREFIXES =
  'xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:e="http://schemas.xmlsoap.org/ws/2004/08/eventing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd" xmlns:i="http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"';

const parse = (markup: string) => parseXml(markup.replace(/^<[\w:]+/, (tag) => `${tag} ${PREFIXES}`));

describe('a server reads', () => {
  it('an Enumerate that asks for nothing: not optimized, one at a time, objects', () => {
    expect(readEnumerate(parse('<n:Enumerate/>'))).toEqual({ optimize: false, maxElements: 1, mode: 'object' });
  });

  it.each([
    ['n', 'http://schemas.microsoft.com/wbem/wsman/1/WQL', { kind: 'wql', query: 'select 1' }],
    ['w', 'http://schemas.microsoft.com/wbem/wsman/1/wql', { kind: 'wql', query: 'select 1' }],
    ['w', 'urn:other', { kind: 'other', dialect: 'urn:other', markup: ' select 1 ' }],
  ])('a filter in %s:Filter with dialect %s', (prefix, dialect, filter) => {
    const markup = `<n:Enumerate><${prefix}:Filter Dialect="${dialect}"> select 1 </${prefix}:Filter></n:Enumerate>`;
    expect(readEnumerate(parse(markup)).filter).toEqual(filter);
  });

  it('a Pull with all its limits', () => {
    const markup =
      '<n:Pull><n:EnumerationContext> c </n:EnumerationContext><n:MaxTime>PT5S</n:MaxTime><n:MaxElements>7</n:MaxElements><n:MaxCharacters>900</n:MaxCharacters></n:Pull>';
    expect(readPull(parse(markup))).toEqual({
      context: 'c',
      maxElements: 7,
      maxTimeMs: 5000,
      maxCharacters: 900,
    });
  });

  it('an Acknowledge with and without an element around', () => {
    const last = '<p:LastSequenceIdReceived>12</p:LastSequenceIdReceived>';
    expect(readAcknowledge(parse(last))).toBe(12);
    expect(readAcknowledge(parse(`<p:Acknowledge>${last}</p:Acknowledge>`))).toBe(12);
  });

  const refused: [string, () => unknown, string][] = [
    ['no Enumerate', () => readEnumerate(undefined), 'wsman:SchemaValidationError'],
    ['another body', () => readEnumerate(parse('<n:Pull/>')), 'wsman:SchemaValidationError'],
    [
      'MaxElements 0',
      () => readEnumerate(parse('<n:Enumerate><w:MaxElements>0</w:MaxElements></n:Enumerate>')),
      'wsman:SchemaValidationError',
    ],
    [
      'another mode',
      () => readEnumerate(parse('<n:Enumerate><w:EnumerationMode>constructor</w:EnumerationMode></n:Enumerate>')),
      'wsman:UnsupportedFeature',
    ],
    [
      'a Pull without context',
      () => readPull(parse('<n:Pull><n:MaxElements>1</n:MaxElements></n:Pull>')),
      'wsman:SchemaValidationError',
    ],
    [
      'a Pull of garbage time',
      () =>
        readPull(parse('<n:Pull><n:EnumerationContext>c</n:EnumerationContext><n:MaxTime>soon</n:MaxTime></n:Pull>')),
      'wsman:SchemaValidationError',
    ],
    ['a Release without context', () => readRelease(parse('<n:Release/>')), 'wsman:SchemaValidationError'],
    [
      'a push subscription',
      () => readSubscribe(parse('<e:Subscribe><e:Delivery/></e:Subscribe>')),
      'wse:DeliveryModeRequestedUnavailable',
    ],
    [
      'an answer of no kind',
      () =>
        readInteractiveResponse(
          parse(
            '<i:InteractiveResponse><i:EventType>Confirm</i:EventType><i:Response>perhaps</i:Response></i:InteractiveResponse>',
          ),
        ),
      'wsman:SchemaValidationError',
    ],
    [
      'an answer to a warning',
      () =>
        readInteractiveResponse(
          parse(
            '<i:InteractiveResponse><i:EventType>Warning</i:EventType><i:Response>yes</i:Response></i:InteractiveResponse>',
          ),
        ),
      'wsman:SchemaValidationError',
    ],
    ['an Acknowledge of nothing', () => readAcknowledge(undefined), 'wsman:SchemaValidationError'],
    // MS-WSMV 3.1.4.1.13
    [
      'a selector twice',
      () =>
        readEnumerate(
          parse(
            `<n:Enumerate>${selectorFilter('<w:Selector Name="a">1</w:Selector><w:Selector Name="a">2</w:Selector>')}</n:Enumerate>`,
          ),
        ),
      'wsen:CannotProcessFilter',
    ],
    [
      'a selector with a quote',
      () =>
        readEnumerate(parse(`<n:Enumerate>${selectorFilter('<w:Selector Name="a">it\'s</w:Selector>')}</n:Enumerate>`)),
      'wsen:CannotProcessFilter',
    ],
    [
      'an association filter without object',
      () =>
        readEnumerate(
          parse(
            '<n:Enumerate><w:Filter Dialect="http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter"><b:AssociatedInstances/></w:Filter></n:Enumerate>',
          ),
        ),
      'wsen:CannotProcessFilter',
    ],
  ];

  it.each(refused)('and refuses with a fault: %s', (_what, read, soapSubcode) => {
    expect(read).toThrow(expect.objectContaining({ fault: expect.objectContaining({ soapSubcode }) }));
  });
});

function selectorFilter(selectors: string): string {
  return `<w:Filter Dialect="http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter"><w:SelectorSet>${selectors}</w:SelectorSet></w:Filter>`;
}

describe('the types of streamed values (MS-WSMV 2.2.5.16)', () => {
  it.each([
    [0, 'boolean', false],
    [1, 'uint8', false],
    [5, 'uint32', false],
    [8, 'sint64', false],
    [11, 'char16', false],
    [13, 'string', false],
    [14, 'reference', false],
    [15, 'instance', false],
    [16, 'boolean', true],
    [17, 'uint8', true],
    [26, 'real64', true],
    [31, 'instance', true],
  ] as const)('%d is %s, array %s', (code, cimType, isArray) => {
    expect(streamedTypeOf(code)).toEqual({ cimType, isArray });
    expect(streamedTypeCode({ cimType, isArray })).toBe(code);
  });

  it.each([-1, 32, 1.5, Number.NaN])('%d is not a type', (code) => {
    expect(streamedTypeOf(code)).toBeUndefined();
  });
});
