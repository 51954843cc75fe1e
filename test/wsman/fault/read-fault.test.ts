import { describe, expect, it } from '@jest/globals';
import { WsManFaultError } from '../../../lib/wsman/contract/fault-error.js';
import { readFault } from '../../../lib/wsman/fault/read-fault.js';
import { parseXml } from '../../../lib/xml/parse.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { element, write } from '../../xml/arbitrary-tree.js';

const NAMESPACES =
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"';

function fault(code: string, subcode: string, reason: string, detail: string): WsManFaultError {
  const markup = `<s:Fault ${NAMESPACES}><s:Code><s:Value>${code}</s:Value>${subcode}</s:Code><s:Reason>${reason}</s:Reason>${detail}</s:Fault>`;
  return readFault(parseXml(markup), 500);
}

const subcode = (value: string) => `<s:Subcode><s:Value>${value}</s:Value></s:Subcode>`;
const text = (value: string, lang = 'en-US') => `<s:Text xml:lang="${lang}">${value}</s:Text>`;

describe('readFault', () => {
  it('decodes the fault of MS-WSMV 4.10', () => {
    const error = fault(
      's:Sender',
      subcode('a:DestinationUnreachable'),
      text('\n cannot find\n  the resource '),
      `<s:Detail><w:FaultDetail>
        wsman:faultDetail/ResourceNotFound </w:FaultDetail>
        <f:WSManFault Code="32768" Machine="http://localhost:80/wsman"><f:Message>
          <f:ProviderFault providerId="D9A2A039-A4B3-4A70-8CB9-8D7714EAD776">
            <f:WSManFault Code="32768" Machine=""><f:Message>the inner
            text</f:Message></f:WSManFault></f:ProviderFault></f:Message></f:WSManFault></s:Detail>`,
    );
    expect(error).toBeInstanceOf(WsManFaultError);
    expect(error).toMatchObject({
      code: 'ERR_WSMAN_FAULT',
      httpStatus: 500,
      soapCode: 'Sender',
      soapSubcode: 'DestinationUnreachable',
      soapSubcodeNamespace: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
      reason: 'cannot find the resource',
      faultDetail: 'wsman:faultDetail/ResourceNotFound',
      wsmanCode: 32768,
      machine: 'http://localhost:80/wsman',
      providerFaults: [
        {
          providerId: 'D9A2A039-A4B3-4A70-8CB9-8D7714EAD776',
          wsmanCode: 32768,
          message: 'the inner text',
          details: [],
        },
      ],
      retryable: false,
    });
    expect(error.wsmanMessage).toBeUndefined();
    expect(error.wsmanCodeName).toBeUndefined();
    expect(error.message).toBe('the inner text (0x00008000)');
    expect(error.hint).toContain('class name');
  });

  it('decodes a fault of the service itself: no provider, a code that can be tried again', () => {
    const error = fault(
      's:Receiver',
      subcode('w:TimedOut'),
      text('timed out'),
      '<s:Detail><f:WSManFault Code="2150858793" Machine="SRV"><f:Message>timed out</f:Message></f:WSManFault></s:Detail>',
    );
    expect(error).toMatchObject({
      soapCode: 'Receiver',
      soapSubcode: 'TimedOut',
      wsmanCode: 0x80338029,
      wsmanCodeName: 'ERROR_WSMAN_OPERATION_TIMEDOUT',
      wsmanMessage: 'timed out',
      machine: 'SRV',
      providerFaults: [],
      retryable: true,
    });
    expect(error.message).toBe('timed out (ERROR_WSMAN_OPERATION_TIMEDOUT, 0x80338029)');
    expect(error.hint).toContain('timeoutMs');
  });

  it('decodes a provider fault that is plain text, as the shell plug-in sends it', () => {
    const error = fault(
      's:Sender',
      subcode('w:InvalidParameter'),
      text('', ''),
      `<s:Detail><w:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidValue</w:FaultDetail>
       <f:WSManFault Code="87" Machine="S"><f:Message><f:ProviderFault provider="Shell cmd plugin" path="%systemroot%\\x.dll">incorrect. </f:ProviderFault></f:Message></f:WSManFault></s:Detail>`,
    );
    expect(error.faultDetail).toBe('http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidValue');
    expect(error.providerFaults).toEqual([
      { provider: 'Shell cmd plugin', path: '%systemroot%\\x.dll', message: 'incorrect.', details: [] },
    ]);
    expect(error.message).toBe('incorrect. (ERROR_INVALID_PARAMETER, 0x00000057)');
  });

  it('keeps what else a provider fault holds', () => {
    const error = fault(
      's:Receiver',
      '',
      text('x'),
      `<s:Detail><f:WSManFault Code="1" Machine=""><f:Message><f:ProviderFault><f:WSManFault Code="2" Machine="m"/><f:ExtendedError><q:__ExtendedStatus xmlns:q="urn:q"><q:Description>d</q:Description></q:__ExtendedStatus></f:ExtendedError></f:ProviderFault></f:Message></f:WSManFault></s:Detail>`,
    );
    expect(error.providerFaults[0]?.details.map(({ name }) => name)).toEqual(['ExtendedError']);
    expect(error.providerFaults[0]?.wsmanCode).toBe(2);
  });

  it('finds the error instance of Windows, and the code in it when there is no WSManFault', () => {
    const error = fault(
      's:Receiver',
      subcode('w:InternalError'),
      text('internal'),
      `<s:Detail><e:MSFT_WmiError xmlns:e="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd" b:IsCIM_Error="true">
        <e:CIMStatusCode>27</e:CIMStatusCode><e:Message>too many operations </e:Message><e:MessageID>HRESULT 0x803381a6</e:MessageID><e:error_Code>2150859174</e:error_Code></e:MSFT_WmiError></s:Detail>`,
    );
    expect(error.errorInstance?.child('MessageID')?.text).toBe('HRESULT 0x803381a6');
    expect(error).toMatchObject({
      wsmanCode: 0x803381a6,
      wsmanCodeName: 'ERROR_WSMAN_QUOTA_MAX_OPERATIONS',
      retryable: true,
    });
    expect(error.message).toBe('too many operations (ERROR_WSMAN_QUOTA_MAX_OPERATIONS, 0x803381A6)');
  });

  it('does not take a code of the provider for one of WS-Management', () => {
    const error = fault(
      's:Receiver',
      '',
      text('x'),
      '<s:Detail><MSFT_WmiError><error_Code>20114</error_Code></MSFT_WmiError></s:Detail>',
    );
    expect(error.wsmanCode).toBeUndefined();
    expect(error.errorInstance?.name).toBe('MSFT_WmiError');
  });

  it.each([
    ['OMI', '<x:OMI_Error xmlns:x="urn:x"><x:Message>m</x:Message></x:OMI_Error>', 'OMI_Error'],
    [
      'a server of the DMTF kind, deep in the Detail',
      '<y><z><CIM_Error><Message>m</Message></CIM_Error></z></y>',
      'CIM_Error',
    ],
    [
      'a class derived from CIM_Error',
      '<ACME_Error><CIMStatusCode>1</CIMStatusCode><Message>m</Message></ACME_Error>',
      'ACME_Error',
    ],
    [
      'a provider fault',
      '<f:WSManFault Code="1" Machine=""><f:Message><f:ProviderFault><p:MSFT_WmiError><p:Message>m</p:Message></p:MSFT_WmiError></f:ProviderFault></f:Message></f:WSManFault>',
      'MSFT_WmiError',
    ],
  ])('finds the error instance of %s', (_who, detail, name) => {
    const error = fault('s:Receiver', '', text('x'), `<s:Detail>${detail}</s:Detail>`);
    expect(error.errorInstance?.name).toBe(name);
    expect(error.message).toMatch(/^m/);
  });

  it('takes a fault with no Detail', () => {
    const error = fault('s:Sender', subcode('w:AccessDenied'), text('denied'), '');
    expect(error).toMatchObject({
      soapSubcode: 'AccessDenied',
      faultDetail: undefined,
      providerFaults: [],
      message: 'denied',
    });
    expect(error.hint).toContain('rights');
  });

  it('takes a fault with nothing in it at all', () => {
    const error = readFault(parseXml(`<s:Fault ${NAMESPACES}/>`), 400);
    expect(error).toMatchObject({
      httpStatus: 400,
      soapCode: 'Receiver',
      soapSubcode: undefined,
      reason: '',
      message: 'Receiver',
    });
  });

  it('says in its own words what a server left unsaid', () => {
    expect(fault('s:Receiver', subcode('w:QuotaLimit'), '', '')).toMatchObject({
      retryable: true,
      message: expect.stringContaining('busy'),
    });
    expect(fault('s:Receiver', '', '', '<s:Detail><f:WSManFault Code="5" Machine=""/></s:Detail>').message).toBe(
      'access is denied (ERROR_ACCESS_DENIED, 0x00000005)',
    );
  });

  it('prefers English, and takes the innermost subcode', () => {
    const nested = '<s:Subcode><s:Value>a:Outer</s:Value><s:Subcode><s:Value>w:Inner</s:Value></s:Subcode></s:Subcode>';
    const error = fault('s:Sender', nested, text('deutsch', 'de-DE') + text('english', 'en-GB'), '');
    expect([error.reason, error.soapSubcode, error.soapSubcodeNamespace]).toEqual([
      'english',
      'Inner',
      'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
    ]);
  });

  it.each([
    ['-2144108503', 0x80338029],
    ['0x80338029', 0x80338029],
    [' 5 ', 5],
    ['five', undefined],
    ['', undefined],
    ['99999999999', undefined],
  ])('reads the Code %j as %p', (code, expected) => {
    const error = fault('s:Receiver', '', text('x'), `<s:Detail><f:WSManFault Code="${code}" Machine=""/></s:Detail>`);
    expect(error.wsmanCode).toBe(expected);
  });

  it('keeps its message short, and never fails on what a Detail holds', () => {
    expect(fault('s:Receiver', '', text('x'.repeat(100_000)), '').message.length).toBeLessThan(2100);
    fc.assert(
      fc.property(element, (tree) => {
        expect(
          readFault(parseXml(`<s:Fault ${NAMESPACES}><s:Detail>${write(tree)}</s:Detail></s:Fault>`), 500).code,
        ).toBe('ERR_WSMAN_FAULT');
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});
