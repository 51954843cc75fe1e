import { describe, expect, it } from '@jest/globals';
import { NS } from '../../../lib/wsman/envelope/namespaces.js';
import {
  type RequestContent,
  writeIdentifyEnvelope,
  writeRequestEnvelope,
} from '../../../lib/wsman/envelope/write-request.js';
import { IDENTIFY_ACTION, readRequestEnvelope } from '../../../lib/wsman/service/read-request.js';
import { RequestFault } from '../../../lib/wsman/service/request-fault.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { xmlText } from '../../xml/arbitrary-tree.js';

const SOAP = 'application/soap+xml;charset=UTF-8';

const read = (text: string, contentType = SOAP) => readRequestEnvelope(Buffer.from(text, 'utf8'), contentType);

function refusal(text: string): RequestFault {
  try {
    read(text);
  } catch (error) {
    if (error instanceof RequestFault) return error;
    throw error;
  }
  throw new Error('the request was taken');
}

/** The Get request of MS-WSMV 4.1.1, its white space inside the values included. */
function printedRequest(changes: Readonly<Record<string, string>> = {}): string {
  const headers: Record<string, string> = {
    To: '<a:To>http://server:80/wsman</a:To>',
    ResourceURI:
      '<w:ResourceURI s:mustUnderstand="true">\n http://schemas.microsoft.com/wbem/wsman/1/wmi/root/mynamespace/myclass\n</w:ResourceURI>',
    ReplyTo:
      '<a:ReplyTo><a:Address s:mustUnderstand="true">\nhttp://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous\n</a:Address></a:ReplyTo>',
    Action: '<a:Action s:mustUnderstand="true">\nhttp://schemas.xmlsoap.org/ws/2004/09/transfer/Get\n</a:Action>',
    MaxEnvelopeSize: '<w:MaxEnvelopeSize s:mustUnderstand="true">\n51200\n</w:MaxEnvelopeSize>',
    MessageID: '<a:MessageID>\nuuid:5E6FD101-710A-4EEA-A50D-70C0BF863AA3\n</a:MessageID>',
    SelectorSet: '<w:SelectorSet><w:Selector Name="id">1</w:Selector></w:SelectorSet>',
    OperationTimeout: '<w:OperationTimeout>PT60.000S</w:OperationTimeout>',
    ...changes,
  };
  return `<s:Envelope xmlns:s="${NS.soap}" xmlns:a="${NS.addressing}" xmlns:w="${NS.wsman}" xmlns:p="${NS.wsmv}"><s:Header>${Object.values(headers).join('')}</s:Header><s:Body/></s:Envelope>`;
}

describe('readRequestEnvelope', () => {
  it('reads the Get request of MS-WSMV 4.1.1', () => {
    const request = read(printedRequest());
    expect(request).toEqual({
      to: 'http://server:80/wsman',
      resourceUri: 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/mynamespace/myclass',
      action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get',
      messageId: 'uuid:5E6FD101-710A-4EEA-A50D-70C0BF863AA3',
      maxEnvelopeSize: 51_200,
      operationTimeoutMs: 60_000,
      selectors: expect.objectContaining({ id: '1' }),
      options: [],
      retransmission: false,
    });
    expect(Object.getPrototypeOf(request.selectors)).toBeNull();
  });

  it('reads what the writer writes, whatever it is', () => {
    const text = xmlText.map((one) => one.trim() || 'x');
    const content = fc.record<RequestContent>({
      to: text,
      resourceUri: text,
      action: text,
      messageId: text,
      maxEnvelopeSize: fc.integer({ min: 8192, max: 10_000_000 }),
      locale: fc.constantFrom('en-US', 'de-DE'),
      dataLocale: fc.constantFrom('en-US', 'de-DE'),
      sessionId: text,
      operationId: text,
      retransmission: fc.boolean(),
      sequenceId: fc.nat(),
      selectors: fc.dictionary(xmlText, xmlText, { noNullPrototype: false }),
      options: fc.array(fc.record({ name: xmlText, value: xmlText, type: xmlText, mustComply: fc.boolean() }), {
        maxLength: 3,
      }),
      operationTimeoutMs: fc.integer({ min: 1, max: 10_000_000 }),
      body: fc.constant('<b xmlns="urn:b">1</b>'),
    });
    fc.assert(
      fc.property(content, (one) => {
        const { body, selectors, ...rest } = one;
        const request = read(writeRequestEnvelope(one));
        expect(request).toMatchObject(rest);
        expect({ ...request.selectors }).toEqual({ ...selectors });
        expect([request.body?.name, request.body?.text]).toEqual(['b', '1']);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('reads or refuses a damaged request, with a fault for its sender', () => {
    const whole = writeRequestEnvelope({
      to: 'http://server:5985/wsman',
      resourceUri: 'urn:x',
      action: 'urn:x/Get',
      messageId: 'uuid:1',
      maxEnvelopeSize: 512_000,
      locale: 'en-US',
      operationId: 'uuid:2',
      sequenceId: 1,
      selectors: { A: 'b', C: 'd' },
      options: [{ name: 'wmi:X', value: '1', type: 'xs:int' }],
      operationTimeoutMs: 60_000,
      body: '<b xmlns="urn:b">1</b>',
    });
    const elements = whole.match(/<[^/][^>]*>[^<]*<\/[^>]*>/g) ?? [];
    const inserted = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom('<', '"', '</s:Header>', '<s:Body>', '-1', '1e9', '&#0;', ' Name="__proto__"', '\uFEFF'),
      fc.constantFrom(...elements),
    );
    const damage = fc.tuple(fc.nat(whole.length), fc.nat(80), inserted);
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        let text = whole;
        for (const [at, length, added] of damages) text = text.slice(0, at) + added + text.slice(at + length);
        try {
          expect(typeof read(text).action).toBe('string');
        } catch (error) {
          if (!(error instanceof RequestFault)) throw error;
          expect(['Sender', 'MustUnderstand', 'VersionMismatch']).toContain(error.fault.soapCode);
        }
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('reads UTF-16', () => {
    const bytes = Buffer.from(`\uFEFF${printedRequest()}`, 'utf16le');
    expect(readRequestEnvelope(bytes, 'application/soap+xml;charset=UTF-16').maxEnvelopeSize).toBe(51_200);
  });

  it('reads Identify, which has no headers', () => {
    const request = read(writeIdentifyEnvelope());
    expect(request).toMatchObject({ action: IDENTIFY_ACTION, messageId: '', to: '' });
    expect(request.body?.name).toBe('Identify');
  });

  it('takes names like __proto__ for names', () => {
    const request = read(
      printedRequest({ SelectorSet: '<w:SelectorSet><w:Selector Name="__proto__">x</w:Selector></w:SelectorSet>' }),
    );
    expect(Object.entries(request.selectors)).toEqual([['__proto__', 'x']]);
  });

  it('refuses a header block that must be understood and is not (SOAP 1.2, 5.4.8)', () => {
    const error = refusal(printedRequest({ Extra: '<x:New xmlns:x="urn:x" s:mustUnderstand="1">?</x:New>' }));
    expect(error.fault).toMatchObject({
      soapCode: 'MustUnderstand',
      notUnderstood: [{ namespace: 'urn:x', name: 'New' }],
    });
    expect(error.relatesTo).toBe('uuid:5E6FD101-710A-4EEA-A50D-70C0BF863AA3');
    expect(read(printedRequest({ Extra: '<x:New xmlns:x="urn:x" s:mustUnderstand="false">?</x:New>' })).to).toBe(
      'http://server:80/wsman',
    );
  });

  it.each([
    ['Locale', '<w:Locale xml:lang="en-US" s:mustUnderstand="true"/>'],
    ['DataLocale', '<p:DataLocale xml:lang="en-US" s:mustUnderstand="true"/>'],
  ])('refuses %s when it must be understood (MS-WSMV 3.1.4.1.8-9)', (name, header) => {
    expect(refusal(printedRequest({ [name]: header })).fault).toMatchObject({
      soapSubcode: 'wsman:UnsupportedFeature',
      faultDetail: `http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/${name}`,
    });
  });

  it('refuses a ReplyTo that is not anonymous (MS-WSMV 3.1.4.1.3)', () => {
    const header = '<a:ReplyTo><a:Address>http://elsewhere/</a:Address></a:ReplyTo>';
    expect(refusal(printedRequest({ ReplyTo: header })).fault).toMatchObject({
      soapSubcode: 'wsman:UnsupportedFeature',
      faultDetail: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/AddressingMode',
    });
  });

  it.each(['To', 'Action', 'ReplyTo', 'MessageID'])('refuses a request without %s', (name) => {
    const { fault } = refusal(printedRequest({ [name]: '' }));
    expect(fault.soapSubcode).toBe('wsa:MessageInformationHeaderRequired');
    expect(fault.reason).toContain(name);
  });

  it.each([
    ['OperationTimeout', '<w:OperationTimeout>soon</w:OperationTimeout>'],
    ['MaxEnvelopeSize', '<w:MaxEnvelopeSize>-1</w:MaxEnvelopeSize>'],
    ['SequenceId', '<p:SequenceId>first</p:SequenceId>'],
  ])('refuses an invalid %s', (name, header) => {
    const { fault } = refusal(printedRequest({ [name]: header }));
    expect(fault.soapSubcode).toBe('wsa:InvalidMessageInformationHeader');
    expect(fault.reason).toContain(name);
  });

  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['half a request', printedRequest().slice(0, -9)],
    ['a DTD', `<!DOCTYPE a [<!ENTITY b "c">]>${printedRequest()}`],
    ['two requests', printedRequest() + printedRequest()],
  ])('refuses %s', (_what, text) => {
    expect(refusal(text).fault).toMatchObject({ soapCode: 'Sender', wsmanCode: 0x80338043 });
  });

  it('refuses another version of SOAP', () => {
    expect(refusal('<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>').fault.soapCode).toBe(
      'VersionMismatch',
    );
  });
});
