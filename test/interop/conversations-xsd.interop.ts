// What goes over the wire while sessions work with the emulator, both ways, judged by libxml2's xmllint against schemas/wsman.
import { afterAll, describe, expect, it } from '@jest/globals';
import { Deadline } from '../../lib/base/deadline.js';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import { typedExamples } from '../../lib/emulator/test-namespace/all-types.js';
import { createWsManClient } from '../../lib/wsman/client.js';
import { NS } from '../../lib/wsman/envelope/namespaces.js';
import { envelope, send } from '../emulator/call.js';
import { collect, DHCP, PARTNER, SERVER, ServiceLab, TEST } from '../emulator/service/session.js';
import { valuesOf } from '../support/values-of.js';
import { type EnvelopeKind, openJudge } from './envelope-judge.js';
import { type RecordedEnvelope, recording } from './recording-transport.js';

const judge = openJudge();
afterAll(() => judge.dispose());

const CLASS = `${NS.cimSchema}/Cimlet_Item`;
const target = { resourceUri: CLASS, selectors: { __cimnamespace: TEST, Name: 'a' } };

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
    const whole = await session.getInstance({
      namespace: TEST,
      className: 'Cimlet_AllTypes',
      keys: { Id: 1 },
    });
    await session.createInstance({
      namespace: TEST,
      instance: CimInstance.create(whole.cimClass, { ...valuesOf(whole), Id: 77 }),
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
    ['an unknown action', 'response', request().replace('transfer/Get', 'transfer/Take')],
    ['a body that does not go with its action', 'response', request().replace('transfer/Get', 'transfer/Create')],
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
