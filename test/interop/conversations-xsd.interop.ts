// What goes over the wire while sessions work with the emulator, both ways, judged by libxml2's xmllint against schemas/wsman.
import { afterAll, describe, expect, it } from '@jest/globals';
import { Deadline } from '../../lib/base/deadline.js';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import { typedExamples } from '../../lib/emulator/test-namespace/all-types.js';
import { createWsManClient } from '../../lib/wsman/client.js';
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
import { envelope, send } from '../emulator/call.js';
import { collect, DHCP, PARTNER, SERVER, ServiceLab, TEST } from '../emulator/service/session.js';
import { type EnvelopeKind, openJudge } from './envelope-judge.js';
import { type RecordedEnvelope, recording } from './recording-transport.js';

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
    ['a fault code that is none', 'response', fault, '>s:Sender<', '>s:Client<'],
    ['a fault without reason', 'response', fault, /<s:Reason>.*<\/s:Reason>/, ''],
    ['a fault without code number', 'response', fault, /Code="\d+"/, ''],
    ['a fault whose code is no number', 'response', fault, /Code="\d+"/, 'Code="0x80338041"'],
    ['a fault of no machine', 'response', fault, /Machine=".*?"/, ''],
    ['a fault without message', 'response', fault, /<f:Message>.*<\/f:Message>/, ''],
    ['a provider’s identifier that is no UUID', 'response', () => fault({ provider }), '0000000F', '0000000G'],
    ['a kind of event that is none', 'response', () => event(progress), '>Progress<', '>Advance<'],
    ['an event of no kind', 'response', () => event(progress), /<i:EventType>.*?<\/i:EventType>/, ''],
    [
      'progress in another order',
      'response',
      () => event(progress),
      /(<i:Activity>.*?<\/i:Activity>)(<i:CurrentOperation>.*?<\/i:CurrentOperation>)/,
      '$2$1',
    ],
    ['a share that is no number', 'response', () => event(progress), '>4294967295<', '>half<'],
    ['an unknown part of an event', 'response', () => event(progress), /i:Activity>/g, 'i:Action>'],
    ['a type that is none', 'response', () => event(streamed), '<i:Type>31<', '<i:Type>32<'],
    [
      'a prompt that is none',
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
    ['an operation that is no UUID', 'response', () => event(progress), /(<p:OperationID .*?>)uuid:/, '$1id:'],
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

/** A lab whose conversations are kept. */
class Overheard extends ServiceLab {
  readonly envelopes: RecordedEnvelope[] = [];

  override session(server = SERVER): Promise<CimSession> {
    return newCimSession(server, { transport: () => recording(this.lab.transport(server), this.envelopes) });
  }

  client() {
    return createWsManClient(recording(this.lab.transport(SERVER), this.envelopes), { serverResumesOperations: true });
  }

  /** The last words of the actions that were seen, each once, in order. */
  get actions(): string[] {
    const seen = this.envelopes.map(({ text }) => /<a:Action[^>]*>[^<]*?\/(\w+)</.exec(text)?.[1] ?? 'identity');
    return [...new Set(seen)].sort();
  }
}

const operations = { namespace: TEST, className: 'Cimlet_Operations' };

/** A Get that no client of ours wrote. */
function request(headers = ''): string {
  return envelope({ action: `${NS.transfer}/Get`, resourceUri: CLASS, selectors: target.selectors, headers });
}
const alpha = { namespace: TEST, className: 'Cimlet_Item', keys: { Name: 'alpha' } };

describe('a conversation', () => {
  it('about instances and classes', async () => {
    const lab = new Overheard();
    const session = await lab.session();
    await session.testConnection();
    await session.testConnection({ anonymous: true });
    const item = await session.getInstance(alpha);
    await session.createInstance({
      namespace: TEST,
      instance: CimInstance.create(item.cimClass, { Name: 'new', Tags: ['x'] }),
    });
    item.cimInstanceProperties.set('Size', 99n);
    await session.modifyInstance({ instance: item });
    await session.deleteInstance({ ...alpha, keys: { Name: 'new' } });
    const { cimClass, properties } = await session.getInstance({
      namespace: TEST,
      className: 'Cimlet_AllTypes',
      keys: { Id: 1 },
    });
    await session.createInstance({
      namespace: TEST,
      instance: CimInstance.create(cimClass, { ...properties, Id: 77 }),
    });
    await session.invokeMethod({ instance: item, method: 'Resize', parameters: { Size: 5n } });
    await collect(session.enumerateClasses({ namespace: TEST }));
    await collect(session.enumerateClasses({ namespace: TEST, className: 'Cimlet_Thing', deep: false }));
    expect(lab.actions).toEqual([
      'Create',
      'CreateResponse',
      'Delete',
      'DeleteResponse',
      'Enumerate',
      'EnumerateResponse',
      'Get',
      'GetResponse',
      'Put',
      'PutResponse',
      'Resize',
      'ResizeResponse',
      'identity',
    ]);
    expect(judge.judgeAll(lab.envelopes)).toBe('');
  });

  it('of enumerations, queries and associations', async () => {
    const lab = new Overheard();
    const session = await lab.session();
    const things = { namespace: TEST, className: 'Cimlet_Thing' };
    for (const more of [
      {},
      { keysOnly: true },
      { maxElements: 1 },
      { polymorphism: 'shallow' as const },
      { selectors: { Name: 'alpha' } },
      { customOptions: { Text: 'x', Count: 3, Flag: true }, timeoutMs: 5_000 },
    ]) {
      await collect(session.enumerateInstances({ ...things, ...more }));
    }
    for await (const _ of session.enumerateInstances({ ...things, maxElements: 1 })) break;
    await collect(session.enumerateInstances({ namespace: TEST, className: 'Cimlet_AllTypes' }));
    await collect(session.enumerateInstances({ namespace: TEST, className: 'Cimlet_OddNames' }));
    await collect(session.queryInstances({ namespace: TEST, query: "select * from Cimlet_Item where Name <> 'beta'" }));
    const instance = await session.getInstance(alpha);
    await collect(session.enumerateAssociatedInstances({ instance }));
    await collect(
      session.enumerateAssociatedInstances({
        instance,
        associationClassName: 'Cimlet_GroupMember',
        resultClassName: 'Cimlet_Group',
        sourceRole: 'Member',
        resultRole: 'Group',
      }),
    );
    await collect(session.enumerateReferencingInstances({ instance, sourceRole: 'Member' }));
    await collect(session.enumerateReferencingInstances({ instance, keysOnly: true }));
    expect(lab.actions).toEqual(expect.arrayContaining(['Pull', 'PullResponse', 'Release', 'ReleaseResponse']));
    expect(judge.judgeAll(lab.envelopes)).toBe('');
  });

  it('of an enhanced operation: events of every kind, prompts and their answers', async () => {
    const lab = new Overheard();
    const session = await lab.session();
    const answers = ['yes', 'no', 'noToAll'] as const;
    let asked = 0;
    const callbacks = {
      onWarning: () => {},
      onVerbose: () => {},
      onDebug: () => {},
      onProgress: () => {},
      onError: () => {},
      promptUser: () => answers[asked++] ?? ('yes' as const),
      answerError: () => 'yes' as const,
    };
    const invoke = (method: string, parameters: Readonly<Record<string, string | number | readonly string[]>> = {}) =>
      collect(session.invokeMethodStreaming({ ...operations, method, parameters, ...callbacks }));
    await invoke('Talk', { Text: 'hello <&>' });
    await invoke('StreamAllTypes');
    await invoke('StreamNumbers', { Count: 3 });
    await invoke('Ask', { Text: 'Really?', Times: 5 });
    await invoke('FailSome', { Items: ['a', 'bad', 'b'] });
    await expect(invoke('Fail', { Code: 5, Message: 'no' })).rejects.toThrow('no');
    const parameters = Object.fromEntries(typedExamples.map(({ declaration, value }) => [declaration.name, value]));
    await session.invokeMethod({ ...operations, method: 'EchoAllTypes', parameters });
    const item = await session.getInstance({ ...alpha, ...callbacks });
    item.cimInstanceProperties.set('Size', 7n);
    await session.modifyInstance({ instance: item, ...callbacks });
    const instance = CimInstance.create(item.cimClass, { Name: 'new' });
    await session.createInstance({ namespace: TEST, instance, ...callbacks });
    await session.deleteInstance({ ...alpha, keys: { Name: 'new' }, ...callbacks });
    await collect(
      session.enumerateInstances({ namespace: TEST, className: 'Cimlet_Item', maxElements: 1, ...callbacks }),
    );
    for await (const _ of session.invokeMethodStreaming({
      ...operations,
      method: 'StreamNumbers',
      parameters: { Count: 100 },
      ...callbacks,
    }))
      break;
    await session.close();
    const events = lab.envelopes.map(({ text }) => /<i:InteractiveEvent.*?<i:EventType>(\w+)</.exec(text)?.[1]);
    expect([...new Set(events)].sort()).toEqual([
      'Confirm',
      'Debug',
      'ErrorAction',
      'Progress',
      'StreamingOutput',
      'Verbose',
      'Warning',
      undefined,
    ]);
    expect(lab.actions).toEqual(expect.arrayContaining(['InteractiveResponse', 'Cancel', 'End', 'fault']));
    expect(judge.judgeAll(lab.envelopes)).toBe('');
  });

  it('that breaks off and is taken up again', async () => {
    const lab = new Overheard({ retainedBytes: 4_096 });
    const client = lab.client();
    using deadline = new Deadline({ timeoutMs: 20_000 });
    lab.lab.injectFault({ kind: 'reset', afterBytes: 9_000, action: '/StreamNumbers', times: 1 });
    const { resourceUri } = { resourceUri: `${NS.cimSchema}/Cimlet_Operations` };
    const streaming = client.invokeEnhanced({
      target: { resourceUri, selectors: { __cimnamespace: TEST } },
      method: 'StreamNumbers',
      body: `<p:StreamNumbers_INPUT xmlns:p="${resourceUri}"><p:Count>30</p:Count></p:StreamNumbers_INPUT>`,
      enhanced: { streaming: true },
      deadline,
    });
    expect(await collect(streaming)).toHaveLength(31);
    expect(lab.actions).toEqual(expect.arrayContaining(['Acknowledge', 'AcknowledgeRequest']));
    expect(lab.envelopes.some(({ text }) => text.includes('OperationID s:mustUnderstand="true"'))).toBe(true);
    expect(judge.judgeAll(lab.envelopes)).toBe('');
  });

  it('of a subscription', async () => {
    const lab = new Overheard();
    const session = await lab.session();
    const controller = new AbortController();
    const heard: string[] = [];
    const listening = (async () => {
      for await (const { instance } of session.subscribe({
        namespace: TEST,
        query: 'select * from Cimlet_Event',
        expiresMs: 60_000,
        heartbeatMs: 1_000,
        onHeartbeat: () => heard.push('heartbeat'),
        signal: controller.signal,
      })) {
        heard.push(instance.cimClass.className);
        break;
      }
    })();
    const speaking = (async () => {
      while (!heard.includes('heartbeat')) await new Promise((resolve) => setImmediate(resolve));
      await session.invokeMethod({ ...operations, method: 'RaiseEvent', parameters: { Text: 'a', Number: 1 } });
    })();
    await lab.passing(Promise.all([listening, speaking]), 200);
    expect(heard.at(-1)).toBe('Cimlet_Event');
    expect(lab.actions).toEqual(
      expect.arrayContaining(['Subscribe', 'SubscribeResponse', 'Pull', 'PullResponse', 'Unsubscribe']),
    );
    expect(judge.judgeAll(lab.envelopes)).toBe('');
  });

  it('with every answer that is a fault', async () => {
    const lab = new Overheard();
    const session = await lab.session();
    const get = (more: object) => session.getInstance({ ...alpha, ...more });
    const item = await get({});
    item.cimInstanceProperties.set('Created', null);
    const refused: Promise<unknown>[] = [
      get({ keys: { Name: 'none' } }),
      get({ keys: { Name: 'alpha', Size: '1' } }),
      get({ className: 'Cimlet_None' }),
      get({ namespace: 'root/none' }),
      get({ resourceUri: 'http://example.com/none' }),
      session.modifyInstance({ instance: item }),
      session.createInstance({ namespace: TEST, instance: CimInstance.create(item.cimClass, { Name: 'alpha' }) }),
      session.createInstance({ namespace: TEST, instance: CimInstance.create(item.cimClass, { Size: 1n }) }),
      session.deleteInstance({ ...alpha, keys: { Name: 'none' } }),
      session.getClass({ namespace: TEST, className: 'Cimlet_None' }),
      collect(session.queryInstances({ namespace: TEST, query: 'select from where' })),
      collect(session.queryInstances({ namespace: TEST, query: '/X', queryDialect: 'http://example.com/dialect' })),
      collect(session.subscribe({ namespace: TEST, query: 'select' })),
      session.invokeMethod({ ...operations, method: 'Nothing' }),
      session.invokeMethod({ ...operations, method: 'Fail', parameters: { Code: 5, Message: 'no' } }),
      session.invokeMethod({ ...operations, method: 'FailSome', parameters: { Items: ['bad1', 'bad2'] } }),
    ];
    for (const outcome of await Promise.allSettled(refused)) expect(outcome.status).toBe('rejected');
    lab.lab.injectFault({ kind: 'quota', times: 1 });
    await expect(get({})).rejects.toThrow();
    const faults = lab.envelopes.filter(({ text }) => text.includes('<s:Fault>'));
    expect(faults.length).toBeGreaterThanOrEqual(refused.length);
    const subcodes = new Set(faults.map(({ text }) => /<s:Subcode><s:Value>([\w:]+)</.exec(text)?.[1]));
    expect([...subcodes].sort()).toEqual(
      expect.arrayContaining(['a:DestinationUnreachable', 'n:FilterDialectRequestedUnavailable', 'w:QuotaLimit']),
    );
    expect(judge.judgeAll(lab.envelopes)).toBe('');
  });

  it.each<[string, EnvelopeKind, string]>([
    ['nothing', 'unrelated', ''],
    ['no XML', 'unrelated', 'hello'],
    ['half a request', 'unrelated', request().slice(0, -9)],
    ['another version of SOAP', 'unrelated', '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>'],
    ['a request without MessageID', 'unrelated', request().replace(/<a:MessageID>.*<\/a:MessageID>/, '')],
    ['a request without Action', 'response', request().replace(/<a:Action>.*<\/a:Action>/, '')],
    ['a header that must be understood', 'response', request('<x:New xmlns:x="urn:x" s:mustUnderstand="1"/>')],
    ['a reply to elsewhere', 'response', request().replace('role/anonymous', 'role/none')],
    ['a reply that may have no size', 'response', request().replace('>512000<', '>1<')],
    ['an action that is none', 'response', request().replace('transfer/Get', 'transfer/Take')],
    ['a body that is none', 'response', request().replace('transfer/Get', 'transfer/Create')],
  ])('with a fault for %s', async (_name, kind, text) => {
    const { status, text: fault } = await send(new ServiceLab().lab.transport(SERVER), text);
    expect(status).toBe(500);
    expect(fault).toContain('<s:Fault>');
    expect(judge.judge(kind, fault)).toBe('');
  });

  it('about failover', async () => {
    const lab = new Overheard();
    const session = await lab.session();
    const relationship = { namespace: DHCP, className: 'PS_DhcpServerv4Failover' };
    await session.invokeMethod({
      ...relationship,
      method: 'AddByLoadBalance',
      parameters: { Name: 'a', PartnerServer: PARTNER, ScopeId: ['10.10.10.0'], LoadBalancePercent: 50 },
    });
    await session
      .invokeMethod({ ...relationship, method: 'GetByName', parameters: { Name: ['a', 'none'] } })
      .catch(() => {});
    await collect(session.enumerateInstances({ namespace: DHCP, className: 'DhcpServerv4Scope' }));
    expect(judge.judgeAll(lab.envelopes)).toBe('');
  });
});
