import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deadline } from '../../../lib/base/deadline.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimEnhancedOptions } from '../../../lib/cim/operations/cim-enhanced-options.js';
import { type CimSession, newCimSession } from '../../../lib/cim/session/cim-session.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { typedExamples } from '../../../lib/emulator/test-namespace/all-types.js';
import { writeInteractiveResponse } from '../../../lib/wsman/enhanced/write-interactive-response.js';
import { ACTIONS, FULL_DUPLEX, ROBUST_CONNECTION } from '../../../lib/wsman/envelope/actions.js';
import { NS } from '../../../lib/wsman/envelope/namespaces.js';
import { writeControlMessage } from '../../../lib/wsman/envelope/write-control-message.js';
import { propertiesOf, valuesOf } from '../../support/values-of.js';
import { envelope } from '../call.js';
import { DHCP, PARTNER, SERVER, ServiceLab, TEST } from './session.js';

type Parameters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

const operations = { namespace: TEST, className: 'Cimlet_Operations' };

interface Heard {
  readonly lines: string[];
  readonly callbacks: CimEnhancedOptions;
}

/** Everything that an operation tells, as lines. */
function hear(more: CimEnhancedOptions = {}): Heard {
  const lines: string[] = [];
  return {
    lines,
    callbacks: {
      onWarning: (text) => lines.push(`warning ${text}`),
      onVerbose: (text) => lines.push(`verbose ${text}`),
      onDebug: (text) => lines.push(`debug ${text}`),
      onProgress: ({ currentOperation, percentComplete }) =>
        lines.push(`progress ${currentOperation} ${percentComplete}`),
      onError: (error) => lines.push(`error ${error.messageId}`),
      ...more,
    },
  };
}

async function run(
  session: CimSession,
  method: string,
  parameters: Parameters = {},
  callbacks: CimEnhancedOptions = {},
) {
  const streamed: unknown[] = [];
  let final: Readonly<Record<string, unknown>> = {};
  for await (const result of session.invokeMethodStreaming({ ...operations, method, parameters, ...callbacks })) {
    if (result.type === 'item') streamed.push(result.itemValue);
    else final = result.outParameters;
  }
  return { streamed, final: { ...final } };
}

/** The same operations over the dispatcher in memory and over sockets: in clear inside TLS, and sealed one by one. */
describe.each(['memory', 'https', 'sealed'] as const)('enhanced operations over %s', (way) => {
  let emulator: Emulator | undefined;
  let session: CimSession;

  beforeAll(async () => {
    if (way === 'memory') {
      session = await new ServiceLab().session();
      return;
    }
    emulator = await startEmulator({ lab: { testNamespace: true } });
    const [server] = emulator.servers;
    if (server === undefined) throw new Error('no server');
    const secure = way === 'https';
    session = await newCimSession(server.name, {
      credential: emulator.credential,
      authentication: 'Negotiate',
      connectTo: { host: '127.0.0.1', port: (secure ? server.https : server.http).port },
      ...(secure ? { useSsl: true, tls: { ca: emulator.ca } } : {}),
    });
  });

  afterAll(async () => {
    await session.close();
    await emulator?.close();
  });

  it('tell texts and progress in order', async () => {
    const heard = hear();
    await run(session, 'Talk', { Text: 'hello' }, heard.callbacks);
    expect(heard.lines).toEqual([
      'debug hello',
      'verbose hello',
      'warning hello',
      'progress first 0',
      'progress last 100',
    ]);
  });

  it('tell only what was registered for', async () => {
    const lines: string[] = [];
    await run(session, 'Talk', { Text: 'x' }, { onVerbose: (text) => lines.push(text) });
    expect(lines).toEqual(['x']);
  });

  it('stream values of every type', async () => {
    const { streamed, final } = await run(session, 'StreamAllTypes');
    expect(JSON.stringify(streamed, plain)).toBe(
      JSON.stringify(
        typedExamples.map(({ value }) => value),
        plain,
      ),
    );
    expect(final).toEqual({});
  });

  it('echo values of every type', async () => {
    const parameters = Object.fromEntries(typedExamples.map(({ declaration, value }) => [declaration.name, value]));
    const { outParameters } = await session.invokeMethod({ ...operations, method: 'EchoAllTypes', parameters });
    expect(JSON.stringify(outParameters, plain)).toBe(JSON.stringify(parameters, plain));
  });

  it('collect streamed output for a client that does not want it streamed', async () => {
    const { outParameters } = await session.invokeMethod({
      ...operations,
      method: 'StreamNumbers',
      parameters: { Count: 5 },
    });
    expect({ ...outParameters }).toEqual({ Numbers: [0, 1, 2, 3, 4] });
  });

  it('ask, and do as they are told; answers to all settle the rest', async () => {
    const answers = ['yes', 'no', 'noToAll'] as const;
    let asked = 0;
    const { final } = await run(
      session,
      'Ask',
      { Text: 'Really?', Times: 5 },
      { promptUser: () => answers[asked++] ?? 'yes' },
    );
    expect([final, asked]).toEqual([{ Yes: 1, No: 4 }, 3]);
  });

  it.each<[string, boolean, CimEnhancedOptions, number, number]>([
    [
      'answer normal questions by themselves when told so',
      false,
      { promptUserMode: 'ignore', promptUserAnswer: false },
      0,
      0,
    ],
    ['ask when nobody said what to answer', false, { promptUserMode: 'ignore' }, 1, 1],
    ['only report normal questions when told so', false, { promptUserMode: 'report', promptUserAnswer: true }, 1, 1],
    ['ask critical questions whatever was said', true, { promptUserMode: 'ignore', promptUserAnswer: false }, 1, 1],
  ])('%s', async (_, critical, callbacks, asked, yes) => {
    let count = 0;
    const promptUser = () => {
      count += 1;
      return 'yes' as const;
    };
    const { final } = await run(session, 'Ask', { Text: '?', Critical: critical }, { ...callbacks, promptUser });
    expect([count, final]).toEqual([asked, { Yes: yes, No: 1 - yes }]);
  });

  it('report errors of single items beside the good results', async () => {
    const heard = hear();
    const { streamed } = await run(session, 'FailSome', { Items: ['a', 'bad1', 'b', 'bad2'] }, heard.callbacks);
    expect([streamed, heard.lines]).toEqual([
      [['a'], ['b']],
      ['error WIN32 87', 'error WIN32 87'],
    ]);
  });

  it('ask whether to go on after an error, and stop', async () => {
    const { streamed } = await run(session, 'FailSome', { Items: ['a', 'bad', 'b'] }, { answerError: () => 'no' });
    expect(streamed).toEqual([['a']]);
  });

  it('fail with all errors for a client that did not register for them', async () => {
    const invocation = { ...operations, method: 'FailSome', parameters: { Items: ['a', 'bad'] } };
    await expect(session.invokeMethod(invocation)).rejects.toThrow('The item bad is not valid');
    await expect(run(session, 'Fail', { Code: 5, Message: 'no' }, hear().callbacks)).rejects.toThrow(
      expect.objectContaining({ messageId: 'WIN32 5', message: expect.stringContaining('no') }),
    );
  });

  it('enumerate with events, too', async () => {
    let count = 0;
    for await (const _ of session.enumerateInstances({
      namespace: TEST,
      className: 'Cimlet_Item',
      onWarning: () => {},
    }))
      count++;
    expect(count).toBe(4);
  });
});

/** Values as text, without the computer that instances come from. */
function plain(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const original = this[name];
  if (original instanceof CimInstance) return valuesOf(original);
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** Requests with the headers of an enhanced operation, and replies envelope by envelope. */
class RawOperation {
  readonly operationId = 'uuid:AAAAAAAA-0000-0000-0000-000000000001';
  readonly #transport;
  readonly #method: string;
  readonly #options: string;

  constructor(lab: ServiceLab, method: string, options = '', caller = {}) {
    this.#transport = lab.lab.transport(SERVER, caller);
    this.#method = method;
    this.#options = options;
  }

  request(more: { sequenceId?: number; retransmission?: boolean; parameters?: string } = {}) {
    const resourceUri = `${NS.cimSchema}/Cimlet_Operations`;
    return this.send(
      envelope({
        action: `${resourceUri}/${this.#method}`,
        resourceUri,
        selectors: { __cimnamespace: TEST },
        operationTimeout: 'PT60S',
        headers: this.#headers(more.sequenceId ?? 1, more.retransmission === true),
        body: `<p:${this.#method}_INPUT xmlns:p="${resourceUri}">${more.parameters ?? ''}</p:${this.#method}_INPUT>`,
      }),
    );
  }

  answer(answer: 'yes' | 'no', sequenceId: number) {
    return this.send(
      envelope({
        action: ACTIONS.interactiveResponse,
        resourceUri: `${NS.cimSchema}/Cimlet_Operations`,
        headers: this.#headers(sequenceId, false),
        body: writeInteractiveResponse('Confirm', answer),
      }),
    );
  }

  control(action: string, resourceUri: string, lastSequenceIdReceived?: number) {
    const { operationId } = this;
    return this.send(
      writeControlMessage({
        action,
        resourceUri,
        operationId,
        ...(lastSequenceIdReceived !== undefined && { lastSequenceIdReceived }),
      }),
    );
  }

  async send(text: string) {
    const deadline = new Deadline();
    const contentType = 'application/soap+xml;charset=UTF-8';
    const reply = await this.#transport.send({ body: Buffer.from(text), contentType, repeatable: false, deadline });
    return { status: reply.status, chunks: reply.body[Symbol.asyncIterator](), deadline };
  }

  #headers(sequenceId: number, retransmission: boolean): string {
    return `<p:OperationID s:mustUnderstand="${retransmission}">${this.operationId}</p:OperationID><p:SequenceId>${sequenceId}</p:SequenceId><w:OptionSet>${this.#options}</w:OptionSet>`;
  }
}

const STREAMING = '<w:Option Name="__MI_CallbackRegistration">31</w:Option>';

/** Sequence number and kind of an envelope: an event, a message about the operation, or the final body. */
function shown(bytes: Uint8Array | undefined): string {
  const text = Buffer.from(bytes ?? []).toString();
  const sequence = /<p:SequenceId>(\d+)</.exec(text)?.[1] ?? '-';
  const kind =
    /<i:EventType>(\w+)</.exec(text)?.[1] ??
    /wsman\/1\/wsman\/(Acknowledge\w*|Keepalive)</.exec(text)?.[1] ??
    /<s:Value>(\w:\w+)<\/s:Value><\/s:Subcode>/.exec(text)?.[1] ??
    (/_OUTPUT/.test(text) ? 'final' : text);
  const last = /LastSequenceIdReceived>(\d+)</.exec(text)?.[1];
  return `${sequence} ${kind}${last === undefined ? '' : ` ${last}`}`;
}

async function rest(reply: { readonly chunks: AsyncIterator<Uint8Array> }): Promise<string[]> {
  const all: string[] = [];
  for (let next = await reply.chunks.next(); next.done !== true; next = await reply.chunks.next())
    all.push(shown(next.value));
  return all;
}

describe('the messages of an enhanced operation', () => {
  const numbers = (count: number) => `<p:Count xmlns:p="${NS.cimSchema}/Cimlet_Operations">${count}</p:Count>`;

  // MS-WSMV 4.11.2: one envelope a chunk, numbered from 1, the value of each event below its own prefixes.
  it('are one envelope each, numbered, and well-formed alone', async () => {
    const operation = new RawOperation(new ServiceLab(), 'StreamNumbers', STREAMING);
    const reply = await operation.request({ parameters: numbers(2) });
    const first = (await reply.chunks.next()).value as Uint8Array;
    expect(Buffer.from(first).toString()).toContain(
      `<i:Value xmlns:xsi="${NS.xsi}" xmlns:p="${NS.cimSchema}/Cimlet_Operations"`,
    );
    expect([shown(first), ...(await rest(reply))]).toEqual(['1 StreamingOutput', '2 StreamingOutput', '3 final']);
  });

  it('are sent again from the first one that was not acknowledged; the operation runs once', async () => {
    const lab = new ServiceLab();
    const operation = new RawOperation(lab, 'RunLong', STREAMING);
    const parameters = `<p:DurationMs xmlns:p="${NS.cimSchema}/Cimlet_Operations">3000</p:DurationMs><p:Steps xmlns:p="${NS.cimSchema}/Cimlet_Operations">3</p:Steps>`;
    const lost = await operation.request({ parameters });
    expect(shown((await lost.chunks.next()).value)).toBe('1 Progress');
    await lost.chunks.return?.();
    lab.lab.clock.advance(1_000);
    await operation.control(ACTIONS.acknowledge, ROBUST_CONNECTION, 1);
    const resumed = await operation.request({ retransmission: true, parameters });
    const messages = await lab.passing(rest(resumed));
    expect(messages).toEqual(['- Acknowledge 1', '2 Progress', '3 Progress', '4 final']);
    const session = await lab.session();
    const { outParameters } = await session.invokeMethod({ ...operations, method: 'CountRuns' });
    expect(outParameters).toEqual({ Runs: 2 });
  });

  it('are kept for 185 seconds; then a retransmission is a new operation', async () => {
    const lab = new ServiceLab();
    const operation = new RawOperation(lab, 'CountRuns', STREAMING);
    const cut = async (retransmission: boolean) => {
      const reply = await operation.request({ retransmission });
      const chunks: string[] = [];
      if (retransmission) chunks.push(shown((await reply.chunks.next()).value));
      const { value } = await reply.chunks.next();
      await reply.chunks.return?.();
      return /Runs[^>]*>(\d+)</.exec(Buffer.from(value as Uint8Array).toString())?.[1];
    };
    expect(await cut(false)).toBe('1');
    lab.lab.clock.advance(184_000);
    expect(await cut(true)).toBe('1');
    lab.lab.clock.advance(186_000);
    const again = await operation.request({ retransmission: true });
    expect(Buffer.from((await again.chunks.next()).value as Uint8Array).toString()).toMatch(/Runs[^>]*>2</);
  });

  it('follow the rules of numbers: repeated answers are nothing new, others are refused', async () => {
    const lab = new ServiceLab();
    const operation = new RawOperation(lab, 'Ask', STREAMING);
    const times = `<p:Times xmlns:p="${NS.cimSchema}/Cimlet_Operations">2</p:Times>`;
    const reply = await operation.request({ parameters: times });
    expect(shown((await reply.chunks.next()).value)).toBe('1 Confirm');
    const duplicate = await operation.request({ parameters: times });
    expect([duplicate.status, ...(await rest(duplicate))]).toEqual([500, '- a:InvalidMessageInformationHeader']);
    expect(await rest(await operation.answer('yes', 3))).toEqual(['- a:InvalidMessageInformationHeader']);
    const answered = await operation.answer('no', 2);
    expect([answered.status, ...(await rest(answered))]).toEqual([204]);
    expect(shown((await reply.chunks.next()).value)).toBe('2 Confirm');
    expect((await operation.answer('yes', 2)).status).toBe(204);
    await operation.answer('yes', 3);
    expect(await rest(reply)).toEqual(['3 final']);
    expect(await rest(await operation.answer('yes', 4))).toEqual(['- a:InvalidMessageInformationHeader']);
  });

  it('tell that the server is at work, and end with Cancel', async () => {
    const lab = new ServiceLab();
    const operation = new RawOperation(lab, 'RunLong', '<w:Option Name="__MI_CallbackRegistration">1</w:Option>');
    const parameters = `<p:DurationMs xmlns:p="${NS.cimSchema}/Cimlet_Operations">900000</p:DurationMs>`;
    const sending = operation.request({ parameters });
    await new Promise((resolve) => setImmediate(resolve));
    lab.lab.clock.advance(42_000);
    const reply = await sending;
    const keepAlive = (await reply.chunks.next()).value as Uint8Array;
    expect(shown(keepAlive)).toBe('- Keepalive');
    // The sealed keepalives of real servers (OTRF/Security-Datasets) have 727 bytes: what MS-WSMV 3.2.4.2.1.2 prints and one more `uuid:` (<38>).
    expect(keepAlive).toHaveLength(727);
    expect(Buffer.from(keepAlive).toString()).toContain(`<p:OperationID>uuid:${operation.operationId}</p:OperationID>`);
    await operation.control(ACTIONS.cancel, FULL_DUPLEX);
    expect(await rest(reply)).toEqual(['1 w:InternalError']);
    expect((await operation.control(ACTIONS.end, FULL_DUPLEX)).status).toBe(204);
  });

  it('ask for an acknowledgement when too much is kept, and wait for it', async () => {
    const lab = new ServiceLab({ retainedBytes: 4_000 });
    const operation = new RawOperation(lab, 'StreamNumbers', STREAMING);
    const reply = await operation.request({ parameters: numbers(8) });
    const seen: string[] = [];
    for (let next = await reply.chunks.next(); next.done !== true; next = await reply.chunks.next()) {
      const message = shown(next.value);
      seen.push(message);
      const last = seen
        .map((one) => Number(one.split(' ')[0]))
        .filter(Number.isFinite)
        .at(-1);
      if (message.includes('AcknowledgeRequest')) await operation.control(ACTIONS.acknowledge, ROBUST_CONNECTION, last);
    }
    expect(seen.filter((message) => message.includes('StreamingOutput'))).toHaveLength(8);
    expect(seen.filter((message) => message.includes('AcknowledgeRequest')).length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe('9 final');
  });

  it('are not given to another account', async () => {
    const lab = new ServiceLab(
      {},
      {
        users: [
          { userName: 'one', password: 'x' },
          { userName: 'two', password: 'x' },
        ],
      },
    );
    const reply = await new RawOperation(lab, 'Ask', STREAMING).request();
    expect(shown((await reply.chunks.next()).value)).toBe('1 Confirm');
    const thief = new RawOperation(lab, 'Ask', STREAMING, { userName: 'two' });
    expect(await rest(await thief.request({ retransmission: true }))).toEqual(['- w:AccessDenied']);
    expect(await rest(await thief.answer('yes', 2))).toEqual(['- w:AccessDenied']);
  });

  it('do not exist on a server that knows nothing of them', async () => {
    const lab = new ServiceLab({ enhancedOperations: false });
    const reply = await new RawOperation(lab, 'StreamNumbers', STREAMING).request({ parameters: numbers(2) });
    const text = Buffer.from((await reply.chunks.next()).value as Uint8Array).toString();
    expect(text).not.toMatch(/OperationID|SequenceId/);
    expect(text).toMatch(/<p:Numbers[^>]*>0<.*<p:Numbers[^>]*>1</);
    const heard = hear();
    const { streamed, final } = await run(await lab.session(), 'Talk', { Text: 'x' }, heard.callbacks);
    expect([streamed, final, heard.lines]).toEqual([[], {}, []]);
  });
});

describe('the DHCP provider as an enhanced operation', () => {
  const add = { namespace: DHCP, className: 'PS_DhcpServerv4Failover', method: 'AddByLoadBalance' };
  const pair = { Name: 'r', PartnerServer: PARTNER, ScopeId: ['10.10.10.0', '10.20.20.0'] };

  it('asks before it deletes, changes a mode or sends a secret, but not with Force', async () => {
    const lab = new ServiceLab();
    const session = await lab.session();
    const asked: string[] = [];
    const callbacks = (answer: 'yes' | 'no'): CimEnhancedOptions => ({
      promptUser: ({ promptType, message }) => {
        asked.push(`${promptType} ${message.split(' ').slice(0, 3).join(' ')}`);
        return answer;
      },
    });
    const secret = { ...pair, SharedSecret: 'sEcReT' };
    await session.invokeMethod({ ...add, parameters: secret, ...callbacks('no') });
    expect(lab.lab.server(SERVER).relationships.size).toBe(0);
    await session.invokeMethod({ ...add, parameters: { ...secret, Force: true }, ...callbacks('no') });
    expect(lab.lab.server(SERVER).relationships.size).toBe(1);
    const remove = { ...add, method: 'Remove', parameters: { Name: ['r', 'none'] } };
    await session.invokeMethod({ ...remove, ...callbacks('no') });
    expect(lab.lab.server(SERVER).relationships.size).toBe(1);
    await session.invokeMethod({ ...remove, ...callbacks('yes'), onError: () => {} });
    expect(lab.lab.server(SERVER).relationships.size).toBe(0);
    expect(asked.map((text) => text.split(' ')[0])).toEqual(Array(5).fill('critical'));
    expect(asked.join()).not.toContain('sEcReT');
  });

  it('tells how a long replication gets on, and stops between two scopes when it is cancelled', async () => {
    const lab = new ServiceLab({ replicationMsPerScope: 10_000 });
    const session = await lab.session();
    await session.invokeMethod({ ...add, parameters: pair });
    const replicated: string[] = [];
    lab.lab.observe((event) => {
      if (event.type === 'scope-replicated') replicated.push(event.scopeId);
    });
    const invocation = { namespace: DHCP, className: 'PS_DhcpServerv4FailoverReplication', method: 'InvokeByName' };
    const heard = hear();
    await lab.passing(session.invokeMethod({ ...invocation, ...heard.callbacks }));
    expect(heard.lines).toEqual([
      'progress 10.10.10.0 0',
      expect.stringContaining('verbose The scope 10.10.10.0'),
      'progress 10.20.20.0 50',
      expect.stringContaining('verbose The scope 10.20.20.0'),
    ]);
    replicated.length = 0;
    const iterator = session.invokeMethodStreaming({ ...invocation, onProgress: () => {} })[Symbol.asyncIterator]();
    const first = await lab.passing(iterator.next());
    expect(first.value).toMatchObject({ type: 'item', itemValue: ['10.10.10.0'] });
    await iterator.return?.(undefined);
    lab.lab.clock.advance(60_000);
    expect(replicated).toEqual(['10.10.10.0']);
  });

  it('gives the good items and an error for each bad one', async () => {
    const session = await new ServiceLab().session();
    await session.invokeMethod({ ...add, parameters: pair });
    const heard = hear();
    const names: unknown[] = [];
    const get = { ...add, method: 'GetByName', parameters: { Name: ['none', 'r', 'neither'] }, ...heard.callbacks };
    for await (const result of session.invokeMethodStreaming(get)) {
      if (result.type === 'item')
        names.push(...[result.itemValue].flat().map((item) => propertiesOf(item as CimInstance)['Name']));
    }
    expect([names, heard.lines]).toEqual([['r'], ['error DHCP 20115', 'error DHCP 20115']]);
  });
});
