import { describe, expect, it } from '@jest/globals';
import { writePull } from '../../../lib/wsman/enumeration/write-enumerate.js';
import { ACTIONS } from '../../../lib/wsman/envelope/actions.js';
import { ALL_CLASSES } from '../../../lib/wsman/envelope/namespaces.js';
import { writeRenew, writeSubscribe } from '../../../lib/wsman/subscription/write-subscribe.js';
import { propertiesOf } from '../../support/values-of.js';
import { envelope, type RawReply, send } from '../call.js';
import { DHCP, PARTNER, SERVER, ServiceLab, TEST } from './session.js';

const subcode = (reply: RawReply) => reply.body.child('Code')?.child('Subcode')?.child('Value')?.text;
const messageId = (reply: RawReply) => reply.body.child('Detail')?.child('MSFT_WmiError')?.child('MessageID')?.text;

class Watcher {
  readonly lab: ServiceLab;
  readonly #namespace: string;
  readonly #transport;

  constructor(lab = new ServiceLab(), namespace = TEST) {
    this.lab = lab;
    this.#namespace = namespace;
    this.#transport = lab.lab.transport(SERVER);
  }

  send(action: string, body: string, more: object = {}): Promise<RawReply> {
    const selectors = { __cimnamespace: this.#namespace };
    return send(this.#transport, envelope({ action, resourceUri: ALL_CLASSES, selectors, body, ...more }));
  }

  subscribe(query: string, expiresMs?: number, heartbeatMs = 60_000): Promise<RawReply> {
    const filter = { kind: 'wql', query } as const;
    return this.send(
      ACTIONS.subscribe,
      writeSubscribe({ filter, heartbeatMs, expiresMs, locale: 'en-US', dataLocale: 'en-US' }),
    );
  }

  async context(query: string, expiresMs?: number, heartbeatMs?: number): Promise<string> {
    const { body } = await this.subscribe(query, expiresMs, heartbeatMs);
    return body.child('EnumerationContext')?.text ?? '';
  }

  /** The next events: their class, and the text of some properties. */
  async next(context: string, ...properties: string[]): Promise<string[][]> {
    const { body } = await this.lab.passing(this.send(ACTIONS.pull, writePull(context, 100)), 500);
    return (body.child('Items')?.children ?? []).map((item) => {
      const [event] = item.children;
      if (event === undefined) return [item.name, item.attribute('Action')?.split('/').at(-1) ?? '', item.text];
      const instance = event.child('TargetInstance') ?? event;
      return [event.name, ...properties.map((name) => instance.child(name)?.text ?? '')];
    });
  }

  async raise(text: string, times = 1): Promise<void> {
    const session = await this.lab.session();
    for (let number = 0; number < times; number++) {
      await session.invokeMethod({
        namespace: TEST,
        className: 'Cimlet_Operations',
        method: 'RaiseEvent',
        parameters: { Text: text, Number: number },
      });
    }
  }
}

describe('subscriptions', () => {
  it('give a provider’s events that fit, in order', async () => {
    const watcher = new Watcher();
    const context = await watcher.context("select * from Cimlet_Event where Text = 'a' and Number <> 1");
    await watcher.raise('b');
    await watcher.raise('a', 3);
    expect(await watcher.next(context, 'Text', 'Number')).toEqual([
      ['Cimlet_Event', 'a', '0'],
      ['Cimlet_Event', 'a', '2'],
    ]);
  });

  it('give changes of instances, at the interval after WITHIN', async () => {
    const watcher = new Watcher();
    const session = await watcher.lab.session();
    const context = await watcher.context(
      "select * from __InstanceOperationEvent within 2 where TargetInstance isa 'Cimlet_Item' and TargetInstance.Name <> 'beta'",
    );
    const get = (name: string) =>
      session.getInstance({ namespace: TEST, className: 'Cimlet_Item', keys: { Name: name } });
    for (const name of ['alpha', 'beta']) {
      const item = await get(name);
      item.cimInstanceProperties.set('Size', 99n);
      await session.modifyInstance({ instance: item });
    }
    await session.deleteInstance({ instance: await get('gamma') });
    expect(await watcher.next(context, 'Name', 'Size')).toEqual([
      ['__InstanceModificationEvent', 'alpha', '99'],
      ['__InstanceDeletionEvent', 'gamma', '3'],
    ]);
  });

  it('compare before and after', async () => {
    const watcher = new Watcher();
    const session = await watcher.lab.session();
    const context = await watcher.context(
      "select * from __InstanceModificationEvent within 1 where TargetInstance isa 'Cimlet_Thing' and TargetInstance.Size > PreviousInstance.Size",
    );
    for (const [name, size] of [
      ['alpha', 0n],
      ['beta', 50n],
    ] as const) {
      const item = await session.getInstance({ namespace: TEST, className: 'Cimlet_Item', keys: { Name: name } });
      item.cimInstanceProperties.set('Size', size);
      await session.modifyInstance({ instance: item });
    }
    expect(await watcher.next(context, 'Name')).toEqual([['__InstanceModificationEvent', 'beta']]);
  });

  it('let a console watch a pair', async () => {
    const watcher = new Watcher(new ServiceLab(), DHCP);
    const session = await watcher.lab.session();
    const states = await watcher.context('select * from DhcpServerv4FailoverStateChange');
    const instances = await watcher.context(
      "select * from __InstanceModificationEvent within 5 where TargetInstance isa 'DhcpServerv4Failover' and TargetInstance.State <> PreviousInstance.State",
    );
    await session.invokeMethod({
      namespace: DHCP,
      className: 'PS_DhcpServerv4Failover',
      method: 'AddByLoadBalance',
      parameters: { Name: 'r', PartnerServer: PARTNER, ScopeId: ['10.10.10.0'] },
    });
    watcher.lab.lab.clock.advance(6_000);
    await new Promise((resolve) => setImmediate(resolve));
    watcher.lab.lab.powerOff(PARTNER);
    const told = await watcher.next(states, 'Name', 'State');
    expect(told.at(-1)).toEqual(['DhcpServerv4FailoverStateChange', 'r', 'CommunicationInterrupted']);
    expect(await watcher.next(instances, 'Name', 'State')).toEqual([
      ['__InstanceModificationEvent', 'r', 'CommunicationInterrupted'],
    ]);
  });

  it('say that they are there, and how many events were lost', async () => {
    const watcher = new Watcher(new ServiceLab({ maxQueuedEvents: 2 }));
    const context = await watcher.context('select Text from Cimlet_Event', undefined, 5_000);
    expect(await watcher.next(context)).toEqual([['Event', 'Heartbeat', '']]);
    await watcher.raise('x', 5);
    const events = await watcher.next(context);
    expect(events[0]).toEqual(['DroppedEvents', 'DroppedEvents', '3']);
    expect(events.slice(1)).toEqual([['XmlFragment'], ['XmlFragment']]);
  });

  it('time out when OperationTimeout is shorter than the heartbeat', async () => {
    const watcher = new Watcher();
    const context = await watcher.context('select * from Cimlet_Event');
    const reply = await watcher.lab.passing(
      watcher.send(ACTIONS.pull, writePull(context, 1), { operationTimeout: 'PT2S' }),
    );
    expect(subcode(reply)).toBe('w:TimedOut');
  });

  it('expire, and are not renewed, as on Windows, unless a lab allows it', async () => {
    const watcher = new Watcher();
    const granted = await watcher.subscribe('select * from Cimlet_Event', 10_000);
    expect(granted.body.child('Expires')?.text).toBe('PT10.000S');
    const identifier =
      granted.body.child('SubscriptionManager')?.child('ReferenceParameters')?.child('Identifier')?.text ?? '';
    const headers = `<e:Identifier xmlns:e="http://schemas.xmlsoap.org/ws/2004/08/eventing">${identifier}</e:Identifier>`;
    expect(subcode(await watcher.send(ACTIONS.renew, writeRenew(10_000), { headers }))).toBe('e:UnableToRenew');
    watcher.lab.lab.clock.advance(10_000);
    const context = granted.body.child('EnumerationContext')?.text ?? '';
    expect(subcode(await watcher.send(ACTIONS.pull, writePull(context, 1)))).toBe('n:InvalidEnumerationContext');
  });

  it.each([
    ['select * from __InstanceModificationEvent within 5', 'HRESULT 0x80042001'],
    ["select * from __InstanceModificationEvent where TargetInstance isa 'Cimlet_Item'", 'HRESULT 0x80042002'],
    ["select * from __InstanceModificationEvent within 5 where TargetInstance isa 'Cimlet_None'", 'HRESULT 0x80041017'],
    ['select * from Cimlet_Item', 'HRESULT 0x80041059'],
    ['select * from Cimlet_Nothing', 'HRESULT 0x80041010'],
    ['select Nothing from Cimlet_Event', 'HRESULT 0x80041017'],
  ])('%s is refused with %s', async (query, code) => {
    expect(messageId(await new Watcher().subscribe(query))).toBe(code);
  });

  it('work through the session, and end with the iteration', async () => {
    const watcher = new Watcher();
    const session = await watcher.lab.session();
    const events = session.subscribe<{ Text: string }>({ namespace: TEST, query: 'select * from Cimlet_Event' });
    const iterator = events[Symbol.asyncIterator]();
    const first = iterator.next();
    await new Promise((resolve) => setImmediate(resolve));
    await watcher.raise('hello');
    const { value } = await watcher.lab.passing(first, 100);
    expect(propertiesOf(value?.instance)).toMatchObject({ Text: 'hello', Number: 0 });
    await iterator.return?.(undefined);
  });
});
