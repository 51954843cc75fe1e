import { afterEach, describe, expect, it } from '@jest/globals';
import { createWsManClient } from '../../lib/wsman/client.js';
import { writeInteractiveResponse } from '../../lib/wsman/enhanced/write-interactive-response.js';
import { writeEnumerate, writePull } from '../../lib/wsman/enumeration/write-enumerate.js';
import { ANONYMOUS, NS } from '../../lib/wsman/envelope/namespaces.js';
import { readReference } from '../../lib/wsman/envelope/read-endpoint-reference.js';
import { writeControlMessage } from '../../lib/wsman/envelope/write-control-message.js';
import { writeRequestEnvelope } from '../../lib/wsman/envelope/write-request.js';
import { parseXml } from '../../lib/xml/parse.js';
import { commonHeaders, EN_US, infoset, MUST, NEED_NOT } from './infoset.js';
import { collect, connectionLost, disposeDeadlines, EMPTY, newDeadline, ScriptedServer } from './scripted-server.js';
import { TestClock } from './test-clock.js';

// Facts of the messages printed in MS-WSMV 4.1, 4.9 and 4.11: element names, values and their order.

afterEach(disposeDeadlines);

const MY_CLASS = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/mynamespace/myclass';
const TO = 'http://server:80/wsman';
const ENVELOPE = `{${NS.soap}}Envelope: `;
const BODY = ` {${NS.soap}}Body: `;
const TIMEOUT = `  {${NS.wsman}}OperationTimeout: PT60.000S`;
const ID_1 = [`  {${NS.wsman}}SelectorSet: `, `   {${NS.wsman}}Selector Name=id: 1`];

const printed = (action: string, messageId: string, more: object) =>
  infoset(
    parseXml(
      writeRequestEnvelope({
        to: TO,
        resourceUri: MY_CLASS,
        action,
        messageId,
        maxEnvelopeSize: 51_200,
        operationTimeoutMs: 60_000,
        body: '',
        ...more,
      }),
    ),
  );

describe('requests printed in 4.1 and 4.9', () => {
  it('Get (4.1.1)', () => {
    const action = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get';
    const messageId = 'uuid:5E6FD101-710A-4EEA-A50D-70C0BF863AA3';
    expect(printed(action, messageId, { selectors: { id: '1' } })).toEqual([
      ENVELOPE,
      ...commonHeaders(TO, MY_CLASS, action, '51200', messageId),
      ...ID_1,
      TIMEOUT,
      BODY,
    ]);
  });

  it('Enumerate (4.1.2.1)', () => {
    const action = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate';
    const messageId = 'uuid:C61CA1DC-51C0-4353-AE46-3E42ED0DA794';
    expect(printed(action, messageId, { body: writeEnumerate({ optimize: false }, 1) })).toEqual([
      ENVELOPE,
      ...commonHeaders(TO, MY_CLASS, action, '51200', messageId),
      TIMEOUT,
      BODY,
      `  {${NS.enumeration}}Enumerate: `,
    ]);
  });

  it.each([
    ['uuid:54E3FD6C-A83E-454C-A2F6-0BDABF5F14D7', 'uuid:22EB9809-5543-4020-A75C-FD95FF06217B'],
    ['uuid:2C2D261E-D2C3-4A5D-80DE-BB1A48E90BD2', 'uuid:2504CA0D-94B9-4F91-B2F7-9F4CD9A2A96C'],
  ])('Pull %s (4.1.2.3, 4.1.2.5)', (messageId, context) => {
    const action = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Pull';
    expect(printed(action, messageId, { body: writePull(context, 1) })).toEqual([
      ENVELOPE,
      ...commonHeaders(TO, MY_CLASS, action, '51200', messageId),
      TIMEOUT,
      BODY,
      `  {${NS.enumeration}}Pull: `,
      `   {${NS.enumeration}}EnumerationContext: ${context}`,
      `   {${NS.enumeration}}MaxElements: 1`,
    ]);
  });

  it('Put (4.1.3)', () => {
    const action = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Put';
    const messageId = 'uuid:D1408048-E0F6-4C6D-8B8A-515B9F7B641C';
    const body = `<p:myclass xmlns:p="${MY_CLASS}"><p:Data1>Test Message</p:Data1><p:id>1</p:id></p:myclass>`;
    expect(printed(action, messageId, { selectors: { id: '1' }, body })).toEqual([
      ENVELOPE,
      ...commonHeaders(TO, MY_CLASS, action, '51200', messageId),
      ...ID_1,
      TIMEOUT,
      BODY,
      `  {${MY_CLASS}}myclass: `,
      `   {${MY_CLASS}}Data1: Test Message`,
      `   {${MY_CLASS}}id: 1`,
    ]);
  });

  it('Enumerate with the selector filter dialect (4.9)', () => {
    const to = 'http://myhost/wsman';
    const resourceUri = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service';
    const action = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate';
    const messageId = 'uuid:B0AA1D80-F74F-4C39-8280-66273FB14D07';
    const selectors = { StartMode: 'Auto', State: 'Stopped' };
    const body = writeEnumerate({ optimize: false, filter: { kind: 'selector', selectors } }, 1);
    const headers = commonHeaders(to, resourceUri, action, '', messageId);
    expect(infoset(parseXml(writeRequestEnvelope({ to, resourceUri, action, messageId, body })))).toEqual([
      ENVELOPE,
      ...headers.filter((line) => !line.includes('MaxEnvelopeSize')),
      BODY,
      `  {${NS.enumeration}}Enumerate: `,
      `   {${NS.wsman}}Filter Dialect=http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter: `,
      `    {${NS.wsman}}SelectorSet: `,
      `     {${NS.wsman}}Selector Name=StartMode: Auto`,
      `     {${NS.wsman}}Selector Name=State: Stopped`,
    ]);
  });
});

/** Windows' printed responses have white space around every value. */
function response(action: string, relatesTo: string, headers: string, body: string): string {
  return `<s:Envelope xml:lang="en-US" xmlns:s="${NS.soap}" xmlns:wsa="${NS.addressing}" xmlns:wsman="${NS.wsman}"
    xmlns:wsen="${NS.enumeration}" xmlns:p="${NS.wsmv}" xmlns:x="${NS.transfer}">
    <s:Header>
      <wsa:Action s:mustUnderstand="true">
        ${action}
      </wsa:Action>
      <wsa:MessageID s:mustUnderstand="true">
        uuid:2DAB718A-0103-4E0A-AB17-06C8A5530D2B
      </wsa:MessageID>
      ${headers}
      <wsa:To>
        ${ANONYMOUS}
      </wsa:To>
      <wsa:RelatesTo s:mustUnderstand="true">
        ${relatesTo}
      </wsa:RelatesTo>
    </s:Header>
    <s:Body>
      ${body}
    </s:Body>
  </s:Envelope>`;
}

const located = (id: number, data: string) => `
  <p:myclass xmlns:p="${MY_CLASS}">
    <p:Data1>${data}</p:Data1>
    <p:id>${id}</p:id>
    <cim:Location xmlns:cim="${NS.cimCommon}">
      <wsa:Address>
        ${ANONYMOUS}
      </wsa:Address>
      <wsa:ReferenceParameters>
        <wsman:ResourceURI>
          ${MY_CLASS}
        </wsman:ResourceURI>
        <wsman:SelectorSet>
          <wsman:Selector Name="id">${id}</wsman:Selector>
        </wsman:SelectorSet>
      </wsa:ReferenceParameters>
    </cim:Location>
  </p:myclass>`;

describe('responses printed in 4.1', () => {
  it('GetResponse and PutResponse give the instance, and its location', async () => {
    const server = new ScriptedServer((request) => ({
      body: response(`${request.action}Response`, request.messageId, '', located(1, 'Hello World')),
    }));
    const client = createWsManClient(server);
    const target = { resourceUri: MY_CLASS, selectors: { id: '1' } };
    const got = await client.get({ target, deadline: newDeadline() });
    expect([got.name, got.child('Data1')?.text, got.child('id')?.text]).toEqual(['myclass', 'Hello World', '1']);
    const location = got.child('Location');
    expect(location && readReference(location)).toEqual({
      resourceUri: MY_CLASS,
      selectors: expect.objectContaining({ id: '1' }),
    });
    const put = await client.put({ target, body: '<x/>', deadline: newDeadline() });
    expect(put?.child('Data1')?.text).toBe('Hello World');
  });

  it('EnumerateResponse and two PullResponses give the two instances, with four messages', async () => {
    const contexts = ['uuid:22EB9809-5543-4020-A75C-FD95FF06217B', 'uuid:2504CA0D-94B9-4F91-B2F7-9F4CD9A2A96C'];
    const context = (index: number) => `<wsen:EnumerationContext>
      ${contexts[index]}
      </wsen:EnumerationContext>`;
    const bodies = [
      `<wsen:EnumerateResponse>${context(0)}</wsen:EnumerateResponse>`,
      `<wsen:PullResponse>${context(1)}<wsen:Items>${located(1, 'Test Message')}</wsen:Items></wsen:PullResponse>`,
      `<wsen:PullResponse><wsen:Items>${located(2, '"Hello again"')}</wsen:Items><wsen:EndOfSequence/></wsen:PullResponse>`,
    ];
    const server = new ScriptedServer((request, index) => ({
      body: response(`${request.action}Response`, request.messageId, '', bodies[index] ?? ''),
    }));
    const items = await collect(
      createWsManClient(server).enumerate({
        target: { resourceUri: MY_CLASS },
        optimize: false,
        maxElements: 1,
        deadline: newDeadline(),
      }),
    );
    expect(items.map((item) => [item.object?.child('id')?.text, item.object?.child('Data1')?.text])).toEqual([
      ['1', 'Test Message'],
      ['2', '"Hello again"'],
    ]);
    expect(server.requests.map(({ body }) => body?.child('EnumerationContext')?.text)).toEqual([
      undefined,
      ...contexts,
    ]);
  });
});

const OPERATION = 'uuid:CEB310A6-FB0B-441D-83E6-8B0C416192CF';

describe('messages printed in 4.11', () => {
  const GET = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get';
  const resourceUri = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/MyTest4/UTFPSSemantics_TestBase';
  const PRECISE = { name: 'msftwinrm:UsePreciseArrays', type: 'xs:boolean', value: 'true' };

  it('a Get that prompts once: request, InteractiveResponse and End (4.11.1)', async () => {
    const server = new ScriptedServer(({ action, operationId = '', messageId }) => {
      if (action !== GET) return EMPTY;
      const message = (sequenceId: number, body: string) =>
        response(
          `${GET}Response`,
          messageId,
          `<p:OperationID s:mustUnderstand="false">${operationId}</p:OperationID><p:SequenceId>${sequenceId}</p:SequenceId>`,
          body,
        );
      return {
        body: [
          message(
            1,
            `<i:InteractiveEvent xmlns:i="${NS.interactive}"><i:EventType>Confirm</i:EventType>
              <i:Description>Please let me continue</i:Description><i:PromptType>Normal</i:PromptType></i:InteractiveEvent>`,
          ),
          message(
            2,
            `<p:UTFPSSemantics_TestBase xmlns:p="${resourceUri}"><p:uint32Key>100</p:uint32Key></p:UTFPSSemantics_TestBase>`,
          ),
        ],
      };
    });
    const client = createWsManClient(server, { sessionId: 'uuid:42012234-A231-4FBF-BBCD-6F0B234E0CA5' });
    const seen: unknown[] = [];
    const target = { resourceUri, selectors: { uint32key: '10' } };
    const enhanced = { confirm: true };
    const deadline = newDeadline({});
    for await (const event of client.getEnhanced({ target, options: [PRECISE], enhanced, deadline })) {
      if (event.type === 'confirm') {
        seen.push([event.text, event.promptType, event.needsAnswer]);
        await event.respond('yes');
      } else if (event.type === 'final') seen.push([event.body?.child('uint32Key')?.text, event.enhanced]);
    }
    expect(seen).toEqual([
      ['Please let me continue', 'normal', true],
      ['100', true],
    ]);
    const [get, answer, end] = server.requests;
    const lines = (action: string, sequenceId: number, body: string[]) => [
      ENVELOPE,
      ...commonHeaders(server.url, resourceUri, action, '512000', get?.messageId ?? ''),
      `  {${NS.wsman}}Locale${NEED_NOT}${EN_US}: `,
      `  {${NS.wsmv}}DataLocale${NEED_NOT}${EN_US}: `,
      `  {${NS.wsmv}}SessionId${NEED_NOT}: uuid:42012234-A231-4FBF-BBCD-6F0B234E0CA5`,
      `  {${NS.wsmv}}OperationID${NEED_NOT}: ${get?.operationId}`,
      `  {${NS.wsmv}}SequenceId${NEED_NOT}: ${sequenceId}`,
      `  {${NS.wsman}}SelectorSet: `,
      `   {${NS.wsman}}Selector Name=uint32key: 10`,
      `  {${NS.wsman}}OptionSet: `,
      `   {${NS.wsman}}Option Name=__MI_CallbackRegistration Type=xs:int: 16`,
      `   {${NS.wsman}}Option Name=msftwinrm:UsePreciseArrays Type=xs:boolean: true`,
      TIMEOUT,
      BODY,
      ...body,
    ];
    expect(infoset(parseXml(get?.text ?? ''))).toEqual(lines(GET, 1, []));
    expect(infoset(parseXml(answer?.text ?? ''))).toEqual(
      lines('/InteractiveResponse', 2, [
        `  {${NS.interactive}}InteractiveResponse: `,
        `   {${NS.interactive}}EventType: Confirm`,
        `   {${NS.interactive}}Response: yes`,
      ]),
    );
    expect(infoset(parseXml(end?.text ?? ''))).toEqual(
      controlLines('FullDuplex', 'End', end?.messageId ?? '', get?.operationId ?? ''),
    );
    expect(server.requests.map(({ transport }) => [transport.outOfBand ?? false, transport.repeatable])).toEqual([
      [false, false],
      [true, true],
      [true, true],
    ]);
  });

  it('a Get that is resumed: the same request, OperationID to be understood (4.11.3)', async () => {
    const clock = new TestClock();
    const body = '<TestProvGetReturn xmlns="urn:t">Hello Spain!</TestProvGetReturn>';
    const server = new ScriptedServer(({ operationId = '', messageId }, index) => {
      if (index === 0) throw connectionLost();
      const header = `<p:OperationID s:mustUnderstand="false">${operationId}</p:OperationID><p:SequenceId>1</p:SequenceId>`;
      return { body: [acknowledge(operationId, 1), response(`${GET}Response`, messageId, header, body)] };
    });
    const events = collect(
      createWsManClient(server, { clock, serverResumesOperations: true }).getEnhanced({
        target: { resourceUri },
        enhanced: {},
        deadline: newDeadline({}),
      }),
    );
    await clock.next();
    expect((await events).map((event) => event.type === 'final' && event.body?.text)).toEqual(['Hello Spain!']);
    const [first, second] = server.requests.map(({ text }) => text);
    const operation = /<p:OperationID s:mustUnderstand="(?:true|false)">/;
    expect(second).toContain('<p:OperationID s:mustUnderstand="true">');
    expect(second?.replace(operation, '')).toBe(first?.replace(operation, ''));
  });

  it('the messages about an operation (3.2.4.2.1, 4.11.1, 4.11.3)', () => {
    for (const name of ['End', 'Keepalive', 'Cancel']) {
      const message = writeControlMessage({
        action: `http://schemas.microsoft.com/wbem/wsman/1/wsman/${name}`,
        resourceUri: 'http://schemas.microsoft.com/wbem/wsman/1/wsman/FullDuplex',
        operationId: OPERATION,
        messageId: 'uuid:467C64F4-FC51-4433-80F2-7D9F04E9CEC8',
      });
      expect(infoset(parseXml(message))).toEqual(
        controlLines('FullDuplex', name, 'uuid:467C64F4-FC51-4433-80F2-7D9F04E9CEC8', OPERATION),
      );
    }
    expect(infoset(parseXml(acknowledge(OPERATION, 1)))).toEqual([
      ...controlLines('RobustConnection', 'Acknowledge', 'uuid:B4C2E4CA-9B86-463E-9C62-C02DEEB7BB58', OPERATION),
      `  {${NS.wsmv}}LastSequenceIdReceived: 1`,
    ]);
    expect(infoset(parseXml(writeInteractiveResponse('ErrorAction', 'noToAll')))).toEqual([
      `{${NS.interactive}}InteractiveResponse: `,
      ` {${NS.interactive}}EventType: ErrorAction`,
      ` {${NS.interactive}}Response: noToAll`,
    ]);
  });
});

function acknowledge(operationId: string, lastSequenceIdReceived: number): string {
  return writeControlMessage({
    action: 'http://schemas.microsoft.com/wbem/wsman/1/wsman/Acknowledge',
    resourceUri: 'http://schemas.microsoft.com/wbem/wsman/1/wsman/RobustConnection',
    operationId,
    messageId: 'uuid:B4C2E4CA-9B86-463E-9C62-C02DEEB7BB58',
    lastSequenceIdReceived,
  });
}

function controlLines(resource: string, action: string, messageId: string, operationId: string): string[] {
  return [
    ENVELOPE,
    ` {${NS.soap}}Header: `,
    `  {${NS.addressing}}To: ${ANONYMOUS}`,
    `  {${NS.wsman}}ResourceURI${MUST}: http://schemas.microsoft.com/wbem/wsman/1/wsman/${resource}`,
    `  {${NS.addressing}}Action${MUST}: http://schemas.microsoft.com/wbem/wsman/1/wsman/${action}`,
    `  {${NS.addressing}}MessageID: ${messageId}`,
    `  {${NS.wsmv}}OperationID: ${operationId}`,
    BODY,
  ];
}
