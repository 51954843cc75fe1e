import { describe, expect, it } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import { NS } from '../../../lib/wsman/envelope/namespaces.js';
import {
  type RequestContent,
  writeIdentifyEnvelope,
  writeRequestEnvelope,
} from '../../../lib/wsman/envelope/write-request.js';
import { parseXml } from '../../../lib/xml/parse.js';
import { commonHeaders, EN_US, infoset, MUST, NEED_NOT } from '../infoset.js';

describe('writeRequestEnvelope', () => {
  it('is equal in infoset to the Invoke request of MS-WSMV 4.11.2', () => {
    const resourceUri = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/UTFPSSemantics_Test';
    const xml = writeRequestEnvelope({
      to: 'http://localhost:5985/wsman',
      resourceUri,
      action: `${resourceUri}/TestStreaming`,
      messageId: 'uuid:5C133D7F-2E87-4B7D-84F1-23B0BD81AF6B',
      maxEnvelopeSize: 512_000,
      locale: 'en-US',
      dataLocale: 'en-US',
      sessionId: 'uuid:EE770FC9-1696-44BC-B52A-B59051A709D8',
      operationId: 'uuid:F2277C3A-4F30-4099-97B2-1C2038576894',
      sequenceId: 1,
      selectors: { __cimnamespace: 'root/cimv2/mytest4' },
      options: [
        { name: '__MI_CallbackRegistration', type: 'xs:int', value: '4' },
        { name: 'msftwinrm:UsePreciseArrays', type: 'xs:boolean', value: 'true' },
      ],
      operationTimeoutMs: 60_000,
      body: `<p0:TestStreaming_INPUT xmlns:xsi="${NS.xsi}" xmlns:p0="${resourceUri}" xsi:type="TestStreaming_INPUT_Type"></p0:TestStreaming_INPUT>`,
    });
    expect(infoset(parseXml(xml))).toEqual([
      `{${NS.soap}}Envelope: `,
      ...commonHeaders(
        'http://localhost:5985/wsman',
        'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/UTFPSSemantics_Test',
        'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/UTFPSSemantics_Test/TestStreaming',
        '512000',
        'uuid:5C133D7F-2E87-4B7D-84F1-23B0BD81AF6B',
      ),
      `  {${NS.wsman}}Locale${NEED_NOT}${EN_US}: `,
      `  {${NS.wsmv}}DataLocale${NEED_NOT}${EN_US}: `,
      `  {${NS.wsmv}}SessionId${NEED_NOT}: uuid:EE770FC9-1696-44BC-B52A-B59051A709D8`,
      `  {${NS.wsmv}}OperationID${NEED_NOT}: uuid:F2277C3A-4F30-4099-97B2-1C2038576894`,
      `  {${NS.wsmv}}SequenceId${NEED_NOT}: 1`,
      `  {${NS.wsman}}SelectorSet: `,
      `   {${NS.wsman}}Selector Name=__cimnamespace: root/cimv2/mytest4`,
      `  {${NS.wsman}}OptionSet: `,
      `   {${NS.wsman}}Option Name=__MI_CallbackRegistration Type=xs:int: 4`,
      `   {${NS.wsman}}Option Name=msftwinrm:UsePreciseArrays Type=xs:boolean: true`,
      `  {${NS.wsman}}OperationTimeout: PT60.000S`,
      ` {${NS.soap}}Body: `,
      `  {http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/UTFPSSemantics_Test}TestStreaming_INPUT {${NS.xsi}}type=TestStreaming_INPUT_Type: `,
    ]);
  });

  it('is equal in infoset to the Get requests of MS-WSMV 4.11.1 and of the retransmission in 4.11.3', () => {
    const content: RequestContent = {
      to: 'http://localhost:5985/wsman',
      resourceUri: 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/MyTest4/UTFPSSemantics_TestBase',
      action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get',
      messageId: 'uuid:5BEBF248-219C-4771-963D-0833C321BB5E',
      maxEnvelopeSize: 512_000,
      locale: 'en-US',
      dataLocale: 'en-US',
      sessionId: 'uuid:42012234-A231-4FBF-BBCD-6F0B234E0CA5',
      operationId: 'uuid:CEB310A6-FB0B-441D-83E6-8B0C416192CF',
      sequenceId: 1,
      selectors: { uint32key: '10' },
      options: [
        { name: '__MI_CallbackRegistration', type: 'xs:int', value: '16' },
        { name: 'msftwinrm:UsePreciseArrays', type: 'xs:boolean', value: 'true' },
      ],
      operationTimeoutMs: 2000,
      body: '',
    };
    const lines = (mustUnderstand: string) => [
      `{${NS.soap}}Envelope: `,
      ...commonHeaders(
        'http://localhost:5985/wsman',
        'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/MyTest4/UTFPSSemantics_TestBase',
        'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get',
        '512000',
        'uuid:5BEBF248-219C-4771-963D-0833C321BB5E',
      ),
      `  {${NS.wsman}}Locale${NEED_NOT}${EN_US}: `,
      `  {${NS.wsmv}}DataLocale${NEED_NOT}${EN_US}: `,
      `  {${NS.wsmv}}SessionId${NEED_NOT}: uuid:42012234-A231-4FBF-BBCD-6F0B234E0CA5`,
      `  {${NS.wsmv}}OperationID${mustUnderstand}: uuid:CEB310A6-FB0B-441D-83E6-8B0C416192CF`,
      `  {${NS.wsmv}}SequenceId${NEED_NOT}: 1`,
      `  {${NS.wsman}}SelectorSet: `,
      `   {${NS.wsman}}Selector Name=uint32key: 10`,
      `  {${NS.wsman}}OptionSet: `,
      `   {${NS.wsman}}Option Name=__MI_CallbackRegistration Type=xs:int: 16`,
      `   {${NS.wsman}}Option Name=msftwinrm:UsePreciseArrays Type=xs:boolean: true`,
      `  {${NS.wsman}}OperationTimeout: PT2.000S`,
      ` {${NS.soap}}Body: `,
    ];
    expect(infoset(parseXml(writeRequestEnvelope(content)))).toEqual(lines(NEED_NOT));
    expect(infoset(parseXml(writeRequestEnvelope({ ...content, retransmission: true })))).toEqual(lines(MUST));
  });

  it('is equal in infoset to the Invoke request of MS-WSMV 4.1.4, which has no headers of the extensions', () => {
    const resourceUri = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Process';
    const xml = writeRequestEnvelope({
      to: 'http://server:80/wsman',
      resourceUri,
      action: `${resourceUri}/Create`,
      messageId: 'uuid:9A989269-283B-4624-BAC5-BC291F72E854',
      maxEnvelopeSize: 51_200,
      selectors: {},
      options: [],
      operationTimeoutMs: 60_000,
      body: '<p:Create_INPUT xmlns:p="urn:p"><p:CommandLine>notepad.exe</p:CommandLine></p:Create_INPUT>',
    });
    expect(infoset(parseXml(xml))).toEqual([
      `{${NS.soap}}Envelope: `,
      ...commonHeaders(
        'http://server:80/wsman',
        'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Process',
        'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Process/Create',
        '51200',
        'uuid:9A989269-283B-4624-BAC5-BC291F72E854',
      ),
      `  {${NS.wsman}}OperationTimeout: PT60.000S`,
      ` {${NS.soap}}Body: `,
      '  {urn:p}Create_INPUT: ',
      '   {urn:p}CommandLine: notepad.exe',
    ]);
  });

  it('lets an independent reader find what was put in, whatever it is', () => {
    const value = `a<b>&"'\t\n]]> ü😀`;
    const xml = writeRequestEnvelope({
      to: 'http://h/wsman?a=1&b=2',
      resourceUri: 'urn:r',
      action: 'urn:r/m',
      messageId: 'uuid:1',
      maxEnvelopeSize: 512_000,
      selectors: { [value]: value },
      options: [{ name: value, value, mustComply: true }],
      body: '',
    });
    const document = new DOMParser().parseFromString(xml, 'text/xml');
    const selector = document.getElementsByTagNameNS(NS.wsman, 'Selector')[0];
    const option = document.getElementsByTagNameNS(NS.wsman, 'Option')[0];
    expect([selector?.getAttribute('Name'), selector?.textContent]).toEqual([value, value]);
    expect([option?.getAttribute('Name'), option?.textContent, option?.getAttribute('MustComply')]).toEqual([
      value,
      value,
      'true',
    ]);
    expect(document.getElementsByTagNameNS(NS.addressing, 'To')[0]?.textContent).toBe('http://h/wsman?a=1&b=2');
  });
});

describe('writeIdentifyEnvelope', () => {
  it('has an empty header and wsmid:Identify (DSP0226 11)', () => {
    expect(infoset(parseXml(writeIdentifyEnvelope()))).toEqual([
      `{${NS.soap}}Envelope: `,
      ` {${NS.soap}}Header: `,
      ` {${NS.soap}}Body: `,
      '  {http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd}Identify: ',
    ]);
  });
});
