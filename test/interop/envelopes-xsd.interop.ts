// Every kind of request that cimlet sends, judged by libxml2's xmllint against schemas/wsman.
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Transport } from '../../lib/transport/transport.js';
import { createWsManClient } from '../../lib/wsman/client.js';
import { FILTER_DIALECTS } from '../../lib/wsman/contract/enumeration-filter.js';
import type { WsManClient } from '../../lib/wsman/contract/wsman-client.js';
import { writeInteractiveResponse } from '../../lib/wsman/enhanced/write-interactive-response.js';
import { writePull, writeRelease } from '../../lib/wsman/enumeration/write-enumerate.js';
import { ACTIONS, FULL_DUPLEX, ROBUST_CONNECTION } from '../../lib/wsman/envelope/actions.js';
import { newMessageId } from '../../lib/wsman/envelope/message-id.js';
import { NS } from '../../lib/wsman/envelope/namespaces.js';
import { writeControlMessage } from '../../lib/wsman/envelope/write-control-message.js';
import { writeRequestEnvelope } from '../../lib/wsman/envelope/write-request.js';
import { writeRenew, writeUnsubscribe } from '../../lib/wsman/subscription/write-subscribe.js';
import { disposeDeadlines, newDeadline } from '../wsman/scripted-server.js';
import { type EnvelopeKind, openJudge } from './envelope-judge.js';

const judge = openJudge();
afterAll(() => {
  judge.dispose();
  disposeDeadlines();
});
const judged = judge.judge;

const CLASS = `${NS.cimSchema}/PS_DhcpServerv4Failover`;
const target = { resourceUri: CLASS, selectors: { __cimnamespace: 'root/Microsoft/Windows/DHCP', Name: 'a' } };
const ids = () => newMessageId();

/** The first request of an operation. */
async function requestOf(operation: Operation): Promise<string> {
  let sent = '';
  const transport: Transport = {
    url: 'http://dhcpserver.contoso.com:5985/wsman',
    host: 'dhcpserver.contoso.com',
    send: async ({ body }) => {
      if (sent === '') sent = Buffer.from(body).toString('utf8');
      throw new Error('sent');
    },
    close: async () => {},
  };
  const running = operation(createWsManClient(transport, { sessionId: ids() }));
  const end = async () => {
    if (Symbol.asyncIterator in running) for await (const _ of running) break;
    else await running;
  };
  await expect(end()).rejects.toThrow();
  return sent;
}

const deadline = () => newDeadline({});
const body = `<p:X xmlns:p="${CLASS}"/>`;
const options = [
  { name: 'wmi:__MI_OPERATIONOPTIONS_CHANNEL', value: '1', type: 'xs:unsignedInt' },
  { name: 'msftwinrm:UsePreciseArrays', value: 'true', type: 'xs:boolean' },
];
const enhanced = { warnings: true, errors: true, progress: true, confirm: true, streaming: true };

type Operation = (client: WsManClient) => Promise<unknown> | AsyncIterable<unknown>;

const enumerateReferences: Operation = (client) =>
  client.enumerate({ target, mode: 'reference', deadline: deadline() });
const withoutDerived: Operation = (client) => client.enumerate({ target, polymorphism: 'None', deadline: deadline() });
const associations: Operation = (client) =>
  client.enumerate({
    target,
    filter: {
      kind: 'associations',
      object: target,
      resultClassName: 'X_Y',
      role: 'Z',
      includeResultProperties: ['B'],
    },
    deadline: deadline(),
  });
const subscribe: Operation = (client) =>
  client.subscribe({
    target,
    filter: { kind: 'wql', query: 'select * from X' },
    expiresMs: 600_000,
    deadline: deadline(),
  });

const operations: Record<string, Operation> = {
  get: (client) => client.get({ target, options, deadline: deadline() }),
  put: (client) => client.put({ target, body, deadline: deadline() }),
  create: (client) => client.create({ target, body, deadline: deadline() }),
  delete: (client) => client.delete({ target, deadline: deadline() }),
  invoke: (client) => client.invoke({ target, options, method: 'Get', body, repeatable: true, deadline: deadline() }),
  enumerate: (client) => client.enumerate({ target, options, deadline: deadline() }),
  'enumerate references': enumerateReferences,
  'enumerate both': (client) =>
    client.enumerate({
      target,
      mode: 'objectAndReference',
      polymorphism: 'IncludeSubClassProperties',
      deadline: deadline(),
    }),
  'enumerate one by one': (client) =>
    client.enumerate({ target, optimize: false, maxElements: 1, deadline: deadline() }),
  query: (client) =>
    client.enumerate({ target, filter: { kind: 'wql', query: "select * from X where A < 'b'" }, deadline: deadline() }),
  'enumerate by selectors': (client) =>
    client.enumerate({ target, filter: { kind: 'selector', selectors: { A: 'b' } }, deadline: deadline() }),
  'enumerate without derived properties': (client) =>
    client.enumerate({ target, polymorphism: 'ExcludeSubClassProperties', deadline: deadline() }),
  'enumerate without derived instances': withoutDerived,
  'query in another dialect': (client) =>
    client.enumerate({
      target,
      filter: { kind: 'other', dialect: FILTER_DIALECTS.xpath, markup: '/X[A &lt; 1]' },
      deadline: deadline(),
    }),
  associated: (client) =>
    client.enumerate({
      target,
      filter: { kind: 'associated', object: target, associationClassName: 'X_Y', role: 'Z' },
      deadline: deadline(),
    }),
  'associated, with every part': (client) =>
    client.enumerate({
      target,
      filter: {
        kind: 'associated',
        object: target,
        associationClassName: 'X_Y',
        role: 'Z',
        resultClassName: 'X_Z',
        resultRole: 'A',
        includeResultProperties: ['B', 'C'],
      },
      mode: 'reference',
      deadline: deadline(),
    }),
  associations,
  'getClass, as little as can be': (client) =>
    client.getClass({
      namespace: 'root/cimv2',
      className: 'Win32_Service',
      includeQualifiers: false,
      includeInherited: false,
      deadline: deadline(),
    }),
  'enumerateClasses below one': (client) =>
    client.enumerateClasses({ namespace: 'root/cimv2', className: 'CIM_Service', deep: false, deadline: deadline() }),
  'subscribe to everything': (client) =>
    client.subscribe({ target, heartbeatMs: 1_500, maxElements: 10, deadline: deadline() }),
  getClass: (client) => client.getClass({ namespace: 'root/cimv2', className: 'Win32_Service', deadline: deadline() }),
  enumerateClasses: (client) => client.enumerateClasses({ namespace: 'root/cimv2', deadline: deadline() }),
  subscribe,
  invokeEnhanced: (client) =>
    client.invokeEnhanced({ target, options, method: 'Get', body, enhanced, deadline: deadline() }),
  'invokeEnhanced, with every option': (client) =>
    client.invokeEnhanced({
      target,
      method: 'Get',
      body,
      enhanced: {
        ...enhanced,
        verbose: true,
        debug: true,
        writeErrorMode: 'inquire',
        promptUserMode: 'ignore',
        promptUserAnswer: false,
        context: { PSCmdletName: 'Get-X', Count: 3, Flag: true },
      },
      deadline: deadline(),
    }),
  putEnhanced: (client) => client.putEnhanced({ target, body, enhanced, deadline: deadline() }),
  createEnhanced: (client) => client.createEnhanced({ target, body, enhanced, deadline: deadline() }),
  deleteEnhanced: (client) => client.deleteEnhanced({ target, enhanced, deadline: deadline() }),
  getEnhanced: (client) => client.getEnhanced({ target, enhanced, deadline: deadline() }),
  enumerateEnhanced: (client) => client.enumerateEnhanced({ target, enhanced, deadline: deadline() }),
};

const request = (action: string, content: string, more = {}) =>
  writeRequestEnvelope({
    to: 'http://dhcpserver.contoso.com:5985/wsman',
    resourceUri: CLASS,
    action,
    messageId: ids(),
    maxEnvelopeSize: 512_000,
    locale: 'en-US',
    dataLocale: 'en-US',
    sessionId: ids(),
    operationTimeoutMs: 60_000,
    body: content,
    ...more,
  });

const laterRequests: Record<string, () => string> = {
  Pull: () => request(`${NS.enumeration}/Pull`, writePull('uuid:1', 100)),
  Release: () => request(`${NS.enumeration}/Release`, writeRelease('uuid:1')),
  Renew: () =>
    request(`${NS.eventing}/Renew`, writeRenew(60_000), {
      extraHeaders: `<e:Identifier xmlns:e="${NS.eventing}">uuid:1</e:Identifier>`,
    }),
  Unsubscribe: () => request(`${NS.eventing}/Unsubscribe`, writeUnsubscribe()),
  'a retransmission': () =>
    request(`${NS.transfer}/Get`, '', { operationId: ids(), retransmission: true, sequenceId: 1 }),
  InteractiveResponse: () => request(ACTIONS.interactiveResponse, writeInteractiveResponse('Confirm', 'yes')),
  'a reference as a selector': () => request(`${NS.transfer}/Get`, '', { referenceSelectors: { Antecedent: target } }),
  ...Object.fromEntries(
    (['yes', 'no', 'yesToAll', 'noToAll'] as const).map((answer) => [
      `InteractiveResponse after an error, ${answer}`,
      () => request(ACTIONS.interactiveResponse, writeInteractiveResponse('ErrorAction', answer)),
    ]),
  ),
  Acknowledge: () => control(ACTIONS.acknowledge, ROBUST_CONNECTION, { lastSequenceIdReceived: 3 }),
  Keepalive: () => control(ACTIONS.keepAlive, FULL_DUPLEX),
  Cancel: () => control(ACTIONS.cancel, FULL_DUPLEX),
  End: () => control(ACTIONS.end, FULL_DUPLEX),
};

const control = (action: string, resourceUri: string, more = {}) =>
  writeControlMessage({ action, resourceUri, operationId: ids(), ...more });

describe('requests', () => {
  it.each(Object.entries(operations))('%s', async (_name, operation) => {
    expect(judged('request', await requestOf(operation))).toBe('');
  });

  it.each(Object.entries(laterRequests))('%s', (_name, write) => {
    expect(judged('request', write())).toBe('');
  });

  it('identify', async () => {
    expect(judged('identify', await requestOf((client) => client.identify({ deadline: deadline() })))).toBe('');
  });
});

describe('what the schemas refuse', () => {
  const refuses = (kind: EnvelopeKind, valid: string, from: string | RegExp, to: string) => {
    expect(judged(kind, valid)).toBe('');
    const broken = valid.replace(from, to);
    expect(broken).not.toBe(valid);
    expect(judged(kind, broken)).toContain('Schemas validity error');
  };

  const pull = () => request(ACTIONS.pull, writePull('uuid:1', 100), { selectors: { A: 'b' }, options });
  it.each([
    ['a missing To', /<a:To>.*?<\/a:To>/, ''],
    ['a missing ResourceURI', /<w:ResourceURI .*?<\/w:ResourceURI>/, ''],
    ['a missing MessageID', /<a:MessageID>.*?<\/a:MessageID>/, ''],
    ['a missing Action', /<a:Action .*?<\/a:Action>/, ''],
    ['two Actions', /(<a:Action .*?<\/a:Action>)/, '$1$1'],
    ['an unknown header', '<a:MessageID>', '<a:Message/><a:MessageID>'],
    ['an unknown element of a body part', /MaxElements>/g, 'MaxItems>'],
    [
      'another order',
      /(<n:EnumerationContext>.*?<\/n:EnumerationContext>)(<n:MaxElements>.*?<\/n:MaxElements>)/,
      '$2$1',
    ],
    ['a number that is not a valid one', '>100<', '>many<'],
    ['a time-out that is not a duration', 'PT60.000S', '60s'],
    ['a selector without name', 'Selector Name="A"', 'Selector'],
    ['a selector twice', '</w:SelectorSet>', '<w:Selector Name="A">c</w:Selector></w:SelectorSet>'],
    ['an option without name', 'Option Name="wmi:__MI_OPERATIONOPTIONS_CHANNEL"', 'Option'],
    ['an option whose type is not a name', 'Type="xs:boolean"', 'Type="a boolean"'],
    ['a language that is not a valid one', 'xml:lang="en-US"', 'xml:lang="*"'],
    ['a session that is not a UUID', /SessionId (.*?)>uuid:....../, 'SessionId $1>uuid:'],
    ['mustUnderstand of another kind', 's:mustUnderstand="true"', 's:mustUnderstand="yes"'],
    ['the body of another operation', /<n:Pull .*<\/n:Pull>/, writeRelease('uuid:1')],
    ['an empty body where there must be one', /<n:Pull .*<\/n:Pull>/, ''],
    ['two bodies', /(<n:Pull .*<\/n:Pull>)/, '$1$1'],
    ['no body', /<s:Body>.*<\/s:Body>/, ''],
  ])('%s', (_name, from, to) => {
    refuses('request', pull(), from, to);
  });

  it.each<[string, () => string | Promise<string>, string | RegExp, string]>([
    ['a Get with a body', () => request(ACTIONS.get, ''), '</s:Body>', '<X xmlns="urn:x"/></s:Body>'],
    ['a Delete with a body', () => request(ACTIONS.delete, ''), '</s:Body>', '<X xmlns="urn:x"/></s:Body>'],
    ['a Put without an instance', () => request(ACTIONS.put, body), /<p:X .*?\/>/, ''],
    ['a Create of two instances', () => request(ACTIONS.create, body), /(<p:X .*?\/>)/, '$1$1'],
    ['a method without parameters’ element', () => request(`${CLASS}/Get`, body), /<p:X .*?\/>/, ''],
    [
      'an unknown answer',
      () => request(ACTIONS.interactiveResponse, writeInteractiveResponse('Confirm', 'yes')),
      '>yes<',
      '>maybe<',
    ],
    [
      'an answer to what is not a question',
      () => request(ACTIONS.interactiveResponse, writeInteractiveResponse('Confirm', 'yes')),
      '>Confirm<',
      '>Progress<',
    ],
    [
      'an acknowledgement of nothing',
      () => control(ACTIONS.acknowledge, ROBUST_CONNECTION, { lastSequenceIdReceived: 3 }),
      /<p:LastSequenceIdReceived>.*?<\/p:LastSequenceIdReceived>/,
      '',
    ],
    [
      'a Cancel with a body',
      () => control(ACTIONS.cancel, FULL_DUPLEX),
      /<s:Body><\/s:Body>|<s:Body\/>/,
      `<s:Body>${body}</s:Body>`,
    ],
    ['an unknown mode of enumeration', () => requestOf(enumerateReferences), '>EnumerateEPR<', '>EnumerateAll<'],
    ['an unknown mode of derived classes', () => requestOf(withoutDerived), '>None<', '>Some<'],
    ['an association filter without its object', () => requestOf(associations), /<b:Object>.*<\/b:Object>/, ''],
    ['an association filter with a part too many', () => requestOf(associations), '<b:Role>', '<b:Roll/><b:Role>'],
    ['a Subscribe without delivery', () => requestOf(subscribe), /<e:Delivery .*<\/e:Delivery>/, ''],
    ['a Subscribe that expires at no time', () => requestOf(subscribe), /<e:Expires>.*?</, '<e:Expires>soon<'],
    [
      'a Renew that expires at no time',
      () => request(ACTIONS.renew, writeRenew(60_000)),
      /<e:Expires>.*?</,
      '<e:Expires>soon<',
    ],
    [
      'an Unsubscribe with content',
      () => request(ACTIONS.unsubscribe, writeUnsubscribe()),
      /<e:Unsubscribe (.*?)\/>/,
      '<e:Unsubscribe $1>x</e:Unsubscribe>',
    ],
    [
      'a Release of nothing',
      () => request(ACTIONS.release, writeRelease('uuid:1')),
      /<n:EnumerationContext>.*?<\/n:EnumerationContext>/,
      '',
    ],
  ])('%s', async (_name, write, from, to) => {
    refuses('request', await write(), from, to);
  });

  it('an Identify that is not a valid one', async () => {
    const identify = await requestOf((client) => client.identify({ deadline: deadline() }));
    refuses('identify', identify, 'wsmid:Identify', 'wsmid:Identity');
  });
});
