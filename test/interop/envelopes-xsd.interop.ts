// Every kind of envelope that cimlet sends, judged by libxml2's xmllint against schemas/wsman.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createLab } from '../../lib/emulator/lab.js';
import type { Transport } from '../../lib/transport/transport.js';
import { createWsManClient } from '../../lib/wsman/client.js';
import { writeControlMessage } from '../../lib/wsman/control-message.js';
import { writePull, writeRelease } from '../../lib/wsman/enumeration-body.js';
import { wrapItem, writeEnumerateResponse, writePullResponse } from '../../lib/wsman/enumeration-messages.js';
import { writeFaultEnvelope } from '../../lib/wsman/fault-envelope.js';
import { newMessageId } from '../../lib/wsman/message-id.js';
import { NS } from '../../lib/wsman/namespaces.js';
import { writeRequestEnvelope } from '../../lib/wsman/request-writer.js';
import { writeResponseEnvelope } from '../../lib/wsman/response-envelope.js';
import { writeInteractiveResponse } from '../../lib/wsman/secondary-connection.js';
import { writeRenew, writeUnsubscribe } from '../../lib/wsman/subscription-body.js';
import { writeRenewResponse, writeSubscribeResponse } from '../../lib/wsman/subscription-messages.js';
import type { WsManClient } from '../../lib/wsman/wsman-client.js';
import { disposeDeadlines, newDeadline } from '../wsman/scripted-server.js';

const SCHEMAS = join(__dirname, '../../schemas/wsman');
const folder = mkdtempSync(join(tmpdir(), 'cimlet-xsd-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
  disposeDeadlines();
});

/** What xmllint finds wrong; empty for a valid envelope. */
function judged(kind: 'request' | 'response', envelope: string): string {
  // The types of CIM classes are of schemas that a server makes for each class; there is none to judge them by.
  const bare = envelope.replace(/ xsi:type="\w+:\w+_Type"/g, '');
  const file = join(folder, 'envelope.xml');
  writeFileSync(file, bare);
  const run = spawnSync('xmllint', ['--noout', '--nonet', '--schema', join(SCHEMAS, `${kind}.xsd`), file], {
    encoding: 'utf8',
  });
  return run.status === 0 ? '' : `${run.stderr}\n${bare}`;
}

const CLASS = `${NS.cimSchema}/PS_DhcpServerv4Failover`;
const target = { resourceUri: CLASS, selectors: { __cimnamespace: 'root/Microsoft/Windows/DHCP', Name: 'a' } };
const ids = () => newMessageId();

/** The first request of an operation. */
async function requestOf(
  operation: (client: WsManClient) => Promise<unknown> | AsyncIterable<unknown>,
): Promise<string> {
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
const interactive = { warnings: true, errors: true, progress: true, confirm: true, streaming: true };

const operations: Record<string, (client: WsManClient) => Promise<unknown> | AsyncIterable<unknown>> = {
  get: (client) => client.get({ target, options, deadline: deadline() }),
  put: (client) => client.put({ target, body, deadline: deadline() }),
  create: (client) => client.create({ target, body, deadline: deadline() }),
  delete: (client) => client.delete({ target, deadline: deadline() }),
  invoke: (client) => client.invoke({ target, options, method: 'Get', body, repeatable: true, deadline: deadline() }),
  enumerate: (client) => client.enumerate({ target, options, deadline: deadline() }),
  'enumerate references': (client) => client.enumerate({ target, mode: 'reference', deadline: deadline() }),
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
  associated: (client) =>
    client.enumerate({
      target,
      filter: { kind: 'associated', object: target, associationClassName: 'X_Y', role: 'Z' },
      deadline: deadline(),
    }),
  getClass: (client) => client.getClass({ namespace: 'root/cimv2', className: 'Win32_Service', deadline: deadline() }),
  enumerateClasses: (client) => client.enumerateClasses({ namespace: 'root/cimv2', deadline: deadline() }),
  subscribe: (client) =>
    client.subscribe({
      target,
      filter: { kind: 'wql', query: 'select * from X' },
      expiresMs: 600_000,
      deadline: deadline(),
    }),
  invokeInteractive: (client) =>
    client.invokeInteractive({ target, options, method: 'Get', body, interactive, deadline: deadline() }),
  getInteractive: (client) => client.getInteractive({ target, interactive, deadline: deadline() }),
  enumerateInteractive: (client) => client.enumerateInteractive({ target, interactive, deadline: deadline() }),
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
  InteractiveResponse: () => request('/InteractiveResponse', writeInteractiveResponse('Confirm', 'yes')),
  'a reference as a selector': () => request(`${NS.transfer}/Get`, '', { referenceSelectors: { Antecedent: target } }),
  Acknowledge: () =>
    writeControlMessage({
      action: 'http://schemas.microsoft.com/wbem/wsman/1/wsman/Acknowledge',
      resourceUri: 'http://schemas.microsoft.com/wbem/wsman/1/wsman/RobustConnection',
      operationId: ids(),
      lastSequenceIdReceived: 3,
    }),
};

describe('requests', () => {
  it.each(Object.entries(operations))('%s', async (_name, operation) => {
    expect(judged('request', await requestOf(operation))).toBe('');
  });

  it.each(Object.entries(laterRequests))('%s', (_name, write) => {
    expect(judged('request', write())).toBe('');
  });
});

const response = (action: string, content: string, more = {}) =>
  writeResponseEnvelope({ action: `${action}Response`, relatesTo: ids(), body: content, ...more });
const item = `<x:X xmlns:x="${CLASS}"/>`;
const reference = `<a:EndpointReference xmlns:a="${NS.addressing}"><a:Address>http://x</a:Address></a:EndpointReference>`;

const responses: Record<string, () => string> = {
  Enumerate: () =>
    response(
      `${NS.enumeration}/Enumerate`,
      writeEnumerateResponse({ context: 'uuid:1', items: [item, wrapItem(item, reference)], isLast: false }),
    ),
  'Enumerate, the last page': () =>
    response(`${NS.enumeration}/Enumerate`, writeEnumerateResponse({ items: [item], isLast: true })),
  Pull: () => response(`${NS.enumeration}/Pull`, writePullResponse({ items: [item], isLast: true })),
  Subscribe: () =>
    response(
      `${NS.eventing}/Subscribe`,
      writeSubscribeResponse({ manager: target, subscriptionId: ids(), expiresMs: 60_000, context: 'uuid:1' }),
    ),
  Renew: () => response(`${NS.eventing}/Renew`, writeRenewResponse(60_000)),
  'one of an interactive operation': () =>
    response(CLASS, item, { operationId: ids(), sequenceId: 2, operationTimeoutMs: 120_000 }),
  'a fault': () =>
    writeFaultEnvelope({
      relatesTo: ids(),
      soapCode: 'Sender',
      soapSubcode: 'wsman:InvalidSelectors',
      reason: 'No.',
      wsmanCode: 0x80338041,
    }),
};

describe('responses of the emulator', () => {
  it.each(Object.entries(responses))('%s', (_name, write) => {
    expect(judged('response', write())).toBe('');
  });

  it('its answers to an invoke, and to a class that it does not have', async () => {
    const lab = createLab({});
    const seen: string[] = [];
    const inner = lab.transport('dhcpserver.contoso.com');
    const transport: Transport = {
      url: inner.url,
      host: inner.host,
      send: async (sent) => {
        const reply = await inner.send(sent);
        const chunks: Uint8Array[] = [];
        for await (const chunk of reply.body) chunks.push(chunk);
        seen.push(Buffer.concat(chunks).toString('utf8'));
        return { ...reply, body: iterated(chunks) };
      },
      close: () => inner.close(),
    };
    const client = createWsManClient(transport, {});
    for (const resourceUri of [CLASS, `${NS.cimSchema}/X_None`]) {
      const input = `<p:GetByName_INPUT xmlns:p="${resourceUri}"/>`;
      const call = { target: { ...target, resourceUri }, method: 'GetByName', body: input, repeatable: true };
      await client.invoke({ ...call, deadline: deadline() }).catch(() => {});
    }
    expect(seen.map((envelope) => judged('response', envelope))).toEqual(['', '']);
    expect(seen[1]).toContain('Fault>');
  });
});

async function* iterated(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

describe('what the schemas refuse', () => {
  const pull = () => request(`${NS.enumeration}/Pull`, writePull('uuid:1', 100), { selectors: { A: 'b' } });
  it.each([
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
    ['a number that is none', '>100<', '>many<'],
    ['a time-out that is no duration', 'PT60.000S', '60s'],
    ['a selector without name', 'Selector Name="A"', 'Selector'],
    ['a language that is none', 'xml:lang="en-US"', 'xml:lang="*"'],
    ['mustUnderstand of another kind', 's:mustUnderstand="true"', 's:mustUnderstand="yes"'],
  ])('%s', (_name, from, to) => {
    const valid = pull();
    const broken = valid.replace(from, to);
    expect(broken).not.toBe(valid);
    expect(judged('request', broken)).not.toBe('');
  });
});
