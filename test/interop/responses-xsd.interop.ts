// What the server's codecs write, and damaged forms of it, judged by libxml2's xmllint against schemas/wsman.
import { afterAll, describe, expect, it } from '@jest/globals';
import { newMessageId } from '../../lib/wsman/envelope/message-id.js';
import { NS } from '../../lib/wsman/envelope/namespaces.js';
import { writeFaultEnvelope } from '../../lib/wsman/service/write-fault.js';
import {
  type InteractiveEventContent,
  writeInteractiveEvent,
} from '../../lib/wsman/service/write-interactive-event.js';
import { wrapItem, writeEnumerateResponse, writePullResponse } from '../../lib/wsman/service/write-page.js';
import { writeIdentifyResponse, writeResponseEnvelope } from '../../lib/wsman/service/write-response.js';
import { writeRenewResponse, writeSubscribeResponse } from '../../lib/wsman/service/write-subscribe-response.js';
import { SERVER, TEST } from '../emulator/service/session.js';
import { type EnvelopeKind, openJudge } from './envelope-judge.js';

const judge = openJudge();
afterAll(() => judge.dispose());

const CLASS = `${NS.cimSchema}/Cimlet_Item`;
const target = { resourceUri: CLASS, selectors: { __cimnamespace: TEST, Name: 'a' } };
const item = `<x:X xmlns:x="${CLASS}"/>`;
const reference = `<a:EndpointReference xmlns:a="${NS.addressing}"><a:Address>http://x</a:Address></a:EndpointReference>`;
const response = (action: string, body: string, more = {}) =>
  writeResponseEnvelope({ action: `${action}Response`, relatesTo: newMessageId(), body, ...more });
const event = (content: InteractiveEventContent) =>
  response(`${CLASS}/Go`, writeInteractiveEvent(content), {
    operationId: newMessageId(),
    sequenceId: 1,
    operationTimeoutMs: 120_000,
  });
const fault = (more = {}) =>
  writeFaultEnvelope({
    relatesTo: newMessageId(),
    soapCode: 'Sender',
    soapSubcode: 'wsman:InvalidSelectors',
    reason: 'No.',
    faultDetail: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidValue',
    wsmanCode: 0x80338041,
    machine: SERVER,
    ...more,
  });
const provider = { name: 'WMI Provider', path: '%systemroot%\\wmi.dll', id: 'A5E6A7B0-0000-0000-0000-00000000000F' };

const responses: Record<string, () => string> = {
  Get: () => response(`${NS.transfer}/Get`, item),
  'Put that gives the instance back': () => response(`${NS.transfer}/Put`, item),
  'Put that gives nothing': () => response(`${NS.transfer}/Put`, ''),
  Create: () => response(`${NS.transfer}/Create`, created()),
  Delete: () => response(`${NS.transfer}/Delete`, ''),
  Enumerate: () =>
    response(
      `${NS.enumeration}/Enumerate`,
      writeEnumerateResponse({ context: 'uuid:1', items: [item, wrapItem(item, reference)], isLast: false }),
    ),
  'Enumerate, the last page': () =>
    response(`${NS.enumeration}/Enumerate`, writeEnumerateResponse({ items: [item], isLast: true })),
  Pull: () => response(`${NS.enumeration}/Pull`, writePullResponse({ items: [item], isLast: true })),
  Release: () => response(`${NS.enumeration}/Release`, ''),
  Subscribe: () => response(`${NS.eventing}/Subscribe`, subscribed()),
  Renew: () => response(`${NS.eventing}/Renew`, writeRenewResponse(60_000)),
  Unsubscribe: () => response(`${NS.eventing}/Unsubscribe`, ''),
  'a fault': () => fault(),
  'a fault of a provider': () => fault({ provider }),
  'a fault without subcode or detail': () =>
    writeFaultEnvelope({ relatesTo: newMessageId(), soapCode: 'Receiver', reason: 'No.' }),
  'a fault for headers that are not understood': () =>
    writeFaultEnvelope({
      relatesTo: newMessageId(),
      soapCode: 'MustUnderstand',
      reason: 'What?',
      notUnderstood: [{ namespace: 'urn:x', name: 'New' }],
    }),
  ...Object.fromEntries(
    (['debug', 'verbose', 'warning'] as const).map((type) => [`the event ${type}`, () => event({ type, text: 'x' })]),
  ),
  'the event progress': () => event(progress),
  'the event confirm': () => event({ type: 'confirm', text: 'Sure?', promptType: 'critical' }),
  'the event errorAction': () => event({ type: 'errorAction', error: item, actionType: 'inquire' }),
  'the event streamingOutput': () => event(streamed),
};
const progress = {
  type: 'progress',
  activity: 'a',
  currentOperation: 'b',
  statusDescription: 'c',
} satisfies InteractiveEventContent;
const streamed = {
  type: 'streamingOutput',
  name: 'v',
  cimType: 'instance',
  isArray: true,
  value: item,
} satisfies InteractiveEventContent;

function created(): string {
  return `<x:ResourceCreated xmlns:x="${NS.transfer}" xmlns:a="${NS.addressing}" xmlns:w="${NS.wsman}"><a:Address>http://x</a:Address><a:ReferenceParameters><w:ResourceURI>${CLASS}</w:ResourceURI><w:SelectorSet><w:Selector Name="Name">a</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>`;
}

function subscribed(): string {
  return writeSubscribeResponse({
    manager: target,
    subscriptionId: newMessageId(),
    expiresMs: 60_000,
    context: 'uuid:1',
  });
}

const identity = () =>
  writeIdentifyResponse({
    protocolVersion: NS.wsman,
    productVendor: 'Microsoft Corporation',
    productVersion: 'OS: 10.0.20348 SP: 0.0 Stack: 3.0',
    securityProfiles: [],
  });

describe('responses', () => {
  it.each(Object.entries(responses))('%s', (_name, write) => {
    expect(judge.judge('response', write())).toBe('');
  });

  it('Identify', () => {
    expect(judge.judge('identify', identity())).toBe('');
  });
});

describe('what the schemas refuse', () => {
  it.each<[string, EnvelopeKind, () => string, string | RegExp, string]>([
    [
      'a response to nothing',
      'response',
      () => response(`${NS.transfer}/Get`, item),
      /<a:RelatesTo>.*?<\/a:RelatesTo>/,
      '',
    ],
    ['a Get that gives nothing', 'response', () => response(`${NS.transfer}/Get`, item), item, ''],
    ['a Get that gives two', 'response', () => response(`${NS.transfer}/Get`, item), item, item + item],
    ['a Put that gives two', 'response', () => response(`${NS.transfer}/Put`, item), item, item + item],
    [
      'a Create that gives an instance',
      'response',
      () => response(`${NS.transfer}/Create`, created()),
      /<x:Res.*<\/x:ResourceCreated>/,
      item,
    ],
    [
      'a Create that does not say where',
      'response',
      () => response(`${NS.transfer}/Create`, created()),
      /<a:Address>.*?<\/a:Address>/,
      '',
    ],
    [
      'a Create that says it wrongly',
      'response',
      () => response(`${NS.transfer}/Create`, created()),
      ' Name="Name"',
      '',
    ],
    [
      'a Delete that gives something',
      'response',
      () => response(`${NS.transfer}/Delete`, ''),
      '</s:Body>',
      `${item}</s:Body>`,
    ],
    [
      'a page without context',
      'response',
      responses['Enumerate'] ?? fault,
      /<n:EnumerationContext>.*?<\/n:EnumerationContext>/,
      '',
    ],
    ['items in the namespace of the other page', 'response', responses['Pull'] ?? fault, /n:Items>/g, 'w:Items>'],
    [
      'a subscription without manager',
      'response',
      () => response(`${NS.eventing}/Subscribe`, subscribed()),
      /<e:Sub\w+Manager>.*<\/e:SubscriptionManager>/,
      '',
    ],
    [
      'a subscription that expires at no time',
      'response',
      () => response(`${NS.eventing}/Subscribe`, subscribed()),
      /<e:Expires>.*?</,
      '<e:Expires>never<',
    ],
    ['an unknown fault code', 'response', fault, '>s:Sender<', '>s:Client<'],
    ['a fault without reason', 'response', fault, /<s:Reason>.*<\/s:Reason>/, ''],
    ['a fault without code number', 'response', fault, /Code="\d+"/, ''],
    ['a fault whose code is not a number', 'response', fault, /Code="\d+"/, 'Code="0x80338041"'],
    ['a fault of no machine', 'response', fault, /Machine=".*?"/, ''],
    ['a fault without message', 'response', fault, /<f:Message>.*<\/f:Message>/, ''],
    ['a provider’s identifier that is not a UUID', 'response', () => fault({ provider }), '0000000F', '0000000G'],
    ['an unknown kind of event', 'response', () => event(progress), '>Progress<', '>Advance<'],
    ['an event of no kind', 'response', () => event(progress), /<i:EventType>.*?<\/i:EventType>/, ''],
    [
      'progress in another order',
      'response',
      () => event(progress),
      /(<i:Activity>.*?<\/i:Activity>)(<i:CurrentOperation>.*?<\/i:CurrentOperation>)/,
      '$2$1',
    ],
    ['a share that is not a number', 'response', () => event(progress), '>4294967295<', '>half<'],
    ['an unknown part of an event', 'response', () => event(progress), /i:Activity>/g, 'i:Action>'],
    ['an unknown type', 'response', () => event(streamed), '<i:Type>31<', '<i:Type>32<'],
    [
      'an unknown prompt',
      'response',
      () => event({ type: 'confirm', text: '?', promptType: 'normal' }),
      '>Normal<',
      '>Trivial<',
    ],
    [
      'an error that asks for nothing known',
      'response',
      () => event({ type: 'errorAction', error: item, actionType: 'report' }),
      '>Report<',
      '>Retry<',
    ],
    ['an operation that is not a UUID', 'response', () => event(progress), /(<p:OperationID .*?>)uuid:/, '$1id:'],
    ['an identity without protocol', 'identify', identity, /<wsmid:ProtocolVersion>.*?<\/wsmid:ProtocolVersion>/, ''],
    [
      'an identity in another order',
      'identify',
      identity,
      /(<wsmid:ProductVendor>.*?<\/wsmid:ProductVendor>)(<wsmid:ProductVersion>.*?<\/wsmid:ProductVersion>)/,
      '$2$1',
    ],
  ])('%s', (_name, kind, write, from, to) => {
    const valid = write();
    expect(judge.judge(kind, valid)).toBe('');
    const broken = valid.replace(from, to);
    expect(broken).not.toBe(valid);
    expect(judge.judge(kind, broken)).toContain('Schemas validity error');
  });

  it.each([
    ['boolean', 'yes'],
    ['uint8', '256'],
    ['sint8', '-129'],
    ['uint16', '65536'],
    ['sint16', '32768'],
    ['uint32', '-1'],
    ['sint32', '2147483648'],
    ['uint64', '18446744073709551616'],
    ['sint64', '1.0'],
    ['real32', 'much'],
    ['real64', 'one'],
    ['datetime', '24 November'],
  ])('a value that is no %s', (type, value) => {
    const names: Record<string, string> = {
      boolean: 'Boolean',
      uint8: 'UnsignedByte',
      sint8: 'Byte',
      uint16: 'UnsignedShort',
      sint16: 'Short',
      uint32: 'UnsignedInt',
      sint32: 'Int',
      uint64: 'UnsignedLong',
      sint64: 'Long',
      real32: 'Float',
      real64: 'Double',
      datetime: 'DateTime',
    };
    const body = `<x:X xmlns:x="${CLASS}" xmlns:xsi="${NS.xsi}" xmlns:cim="${NS.cimCommon}"><x:V xsi:type="cim:cim${names[type]}">${value}</x:V></x:X>`;
    expect(judge.judge('response', response(`${NS.transfer}/Get`, body))).toContain('Schemas validity error');
  });
});
