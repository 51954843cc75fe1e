import { describe, expect, it } from '@jest/globals';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { parseStringPromise, processors } from 'xml2js';
import { ANONYMOUS, NS } from '../../../lib/wsman/envelope/namespaces.js';
import { readFault } from '../../../lib/wsman/fault/read-fault.js';
import { FAULT_HTTP_STATUS, type FaultContent, writeFaultEnvelope } from '../../../lib/wsman/service/write-fault.js';
import { writeIdentifyResponse, writeResponseEnvelope } from '../../../lib/wsman/service/write-response.js';
import { parseXml } from '../../../lib/xml/parse.js';

/** Local names to content, as an independent reader sees it. */
const simplified = (xml: string) =>
  parseStringPromise(xml, { tagNameProcessors: [processors.stripPrefix], explicitArray: false });

function one(xml: string, namespace: string, name: string): Element {
  const found = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS(namespace, name);
  const [element] = Array.from(found);
  if (element === undefined || found.length !== 1) throw new Error(`${found.length} elements ${name}`);
  return element;
}

describe('writeResponseEnvelope', () => {
  it('has the headers of the responses in MS-WSMV 4.11', async () => {
    const xml = writeResponseEnvelope({
      action: 'urn:a/bResponse',
      relatesTo: 'uuid:R',
      messageId: 'uuid:M',
      operationId: 'uuid:O',
      sequenceId: 2,
      operationTimeoutMs: 120_000,
      body: '<q:b_OUTPUT xmlns:q="urn:a"/>',
    });
    const { Envelope } = await simplified(xml);
    expect(Object.keys(Envelope.Header)).toEqual([
      'Action',
      'MessageID',
      'OperationID',
      'SequenceId',
      'To',
      'RelatesTo',
      'OperationTimeout',
    ]);
    expect(Envelope.Header).toMatchObject({
      Action: 'urn:a/bResponse',
      MessageID: 'uuid:M',
      OperationID: { _: 'uuid:O', $: { 's:mustUnderstand': 'false' } },
      SequenceId: '2',
      To: ANONYMOUS,
      RelatesTo: 'uuid:R',
      OperationTimeout: 'PT120.000S',
    });
    expect(one(xml, 'urn:a', 'b_OUTPUT').parentNode).toMatchObject({ namespaceURI: NS.soap, localName: 'Body' });
  });

  it('makes a MessageID of its own, and leaves out what is not given', async () => {
    const { Envelope } = await simplified(writeResponseEnvelope({ action: 'a', relatesTo: undefined }));
    expect(Object.keys(Envelope.Header)).toEqual(['Action', 'MessageID', 'To']);
    expect(Envelope.Header.MessageID).toMatch(/^uuid:[0-9A-F-]{36}$/);
    expect(Envelope.Body).toBe('');
  });
});

describe('writeIdentifyResponse', () => {
  it('has the elements of DSP0226 11', async () => {
    const xml = writeIdentifyResponse({
      protocolVersion: 'v',
      productVendor: 'w',
      productVersion: 'x',
      securityProfiles: ['y', 'z'],
    });
    expect((await simplified(xml)).Envelope.Body.IdentifyResponse).toMatchObject({
      ProtocolVersion: 'v',
      ProductVendor: 'w',
      ProductVersion: 'x',
      SecurityProfiles: { SecurityProfileName: ['y', 'z'] },
    });
  });
});

describe('writeFaultEnvelope', () => {
  const content: FaultContent = {
    soapCode: 'Sender',
    soapSubcode: 'wsa:DestinationUnreachable',
    reason: 'cannot find <it>',
    faultDetail: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidResourceURI',
    wsmanCode: 0x80338000,
    machine: 'dhcpserver.contoso.com',
    relatesTo: 'uuid:B2C3F241-1C90-4B91-9D66-EEA0DEB81879',
  };

  it('has the shape of the fault in MS-WSMV 4.10', async () => {
    const xml = writeFaultEnvelope({
      ...content,
      provider: { id: 'D9A2A039-A4B3-4A70-8CB9-8D7714EAD776' },
      message: 'inner',
    });
    const { Header, Body } = (await simplified(xml)).Envelope;
    expect(Header.Action).toBe('http://schemas.xmlsoap.org/ws/2004/08/addressing/fault');
    expect(Header.RelatesTo).toBe('uuid:B2C3F241-1C90-4B91-9D66-EEA0DEB81879');
    expect(Body.Fault).toMatchObject({
      Code: { Value: 's:Sender', Subcode: { Value: 'a:DestinationUnreachable' } },
      Reason: { Text: { _: 'cannot find <it>', $: { 'xml:lang': 'en-US' } } },
      Detail: {
        FaultDetail: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidResourceURI',
        WSManFault: {
          $: { Code: '2150858752', Machine: 'dhcpserver.contoso.com' },
          Message: {
            ProviderFault: {
              $: { providerId: 'D9A2A039-A4B3-4A70-8CB9-8D7714EAD776' },
              WSManFault: { $: { Code: '2150858752' }, Message: 'inner' },
            },
          },
        },
      },
    });
    expect(FAULT_HTTP_STATUS).toBe(500);
  });

  it.each([
    ['wsa:ActionNotSupported', 'http://schemas.xmlsoap.org/ws/2004/08/addressing/fault'],
    ['wsman:TimedOut', 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault'],
    ['w:TimedOut', 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault'],
    ['wst:InvalidRepresentation', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/fault'],
    ['wsen:InvalidEnumerationContext', 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/fault'],
    ['wse:InvalidMessage', 'http://schemas.xmlsoap.org/ws/2004/08/eventing/fault'],
    [undefined, 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault'],
  ])('gives %s its action, and its prefix a namespace', (soapSubcode, action) => {
    const xml = writeFaultEnvelope({
      soapCode: 'Receiver',
      reason: 'r',
      relatesTo: undefined,
      ...(soapSubcode ? { soapSubcode } : {}),
    });
    expect(one(xml, NS.addressing, 'Action').textContent).toBe(action);
    const fault = parseXml(xml).child('Body')?.child('Fault');
    if (fault === undefined) throw new Error('no fault');
    const error = readFault(fault, 500);
    expect(error.soapSubcode).toBe(soapSubcode?.replace(/.*:/, ''));
    if (soapSubcode !== undefined)
      expect(action.startsWith(error.soapSubcodeNamespace?.replace(/wsman\.xsd$/, '') ?? '-')).toBe(true);
  });

  it('carries an error instance', () => {
    const errorInstance = '<e:MSFT_WmiError xmlns:e="urn:e"><e:error_Code>20114</e:error_Code></e:MSFT_WmiError>';
    const xml = writeFaultEnvelope({ soapCode: 'Receiver', reason: 'r', relatesTo: 'uuid:1', errorInstance });
    expect(one(xml, 'urn:e', 'error_Code').textContent).toBe('20114');
    expect(one(xml, 'urn:e', 'MSFT_WmiError').parentNode).toMatchObject({ namespaceURI: NS.soap, localName: 'Detail' });
  });

  it('names header blocks that were not understood', () => {
    const xml = writeFaultEnvelope({
      soapCode: 'MustUnderstand',
      reason: 'r',
      relatesTo: undefined,
      notUnderstood: [{ namespace: 'urn:x', name: 'New' }],
    });
    const block = one(xml, NS.soap, 'NotUnderstood');
    const [prefix, local] = (block.getAttribute('qname') ?? '').split(':');
    expect([block.lookupNamespaceURI(prefix ?? ''), local]).toEqual(['urn:x', 'New']);
    expect(xml).not.toContain('s:Detail');
  });
});
