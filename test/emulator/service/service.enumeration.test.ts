import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { resourceTarget } from '../../../lib/cim/instance/resource-uri.js';
import type { EnumerationFilter } from '../../../lib/wsman/contract/enumeration-filter.js';
import { writeEnumerate, writePull, writeRelease } from '../../../lib/wsman/enumeration/write-enumerate.js';
import { ACTIONS } from '../../../lib/wsman/envelope/actions.js';
import { ALL_CLASSES, NS } from '../../../lib/wsman/envelope/namespaces.js';
import type { XmlElement } from '../../../lib/xml/tree/element.js';
import { propertiesOf, valuesOf } from '../../support/values-of.js';
import { envelope, type RawReply, send } from '../call.js';
import { collect, DHCP, PARTNER, SERVER, ServiceLab, TEST } from './session.js';

const target = (className: string) => resourceTarget(TEST, className);
const all = { resourceUri: ALL_CLASSES, selectors: { __cimnamespace: TEST } };

class Raw {
  readonly lab: ServiceLab;
  readonly transport;

  constructor(lab = new ServiceLab()) {
    this.lab = lab;
    this.transport = lab.lab.transport(SERVER);
  }

  enumerate(className: string, maxElements: number, more: object = {}, headers: object = {}): Promise<RawReply> {
    return send(
      this.transport,
      envelope({
        action: ACTIONS.enumerate,
        ...target(className),
        body: writeEnumerate(more, maxElements),
        ...headers,
      }),
    );
  }

  pull(context: string, maxElements = 1, headers: object = {}): Promise<RawReply> {
    return send(
      this.transport,
      envelope({ action: ACTIONS.pull, ...target('Cimlet_Item'), body: writePull(context, maxElements), ...headers }),
    );
  }

  release(context: string): Promise<RawReply> {
    return send(
      this.transport,
      envelope({ action: ACTIONS.release, ...target('Cimlet_Item'), body: writeRelease(context) }).replace(
        '<s:Body></s:Body>',
        '<s:Body/>',
      ),
    ).catch((error) => {
      // A ReleaseResponse has an empty body.
      if (String(error).includes('No body')) return { status: 200, text: '', body: NOTHING };
      throw error;
    });
  }
}

const NOTHING = { name: '', children: [] } as unknown as XmlElement;
const contextOf = (reply: RawReply) => reply.body.child('EnumerationContext')?.text ?? '';
const items = (reply: RawReply) => reply.body.child('Items')?.children ?? [];
const isLast = (reply: RawReply) => reply.body.child('EndOfSequence') !== undefined;
const subcode = (reply: RawReply) => reply.body.child('Code')?.child('Subcode')?.child('Value')?.text;
const wsmanCode = (reply: RawReply) => Number(reply.body.child('Detail')?.child('WSManFault')?.attribute('Code') ?? 0);
const messageId = (reply: RawReply) => reply.body.child('Detail')?.child('MSFT_WmiError')?.child('MessageID')?.text;
const namesOf = (instances: readonly CimInstance[]) => instances.map((instance) => propertiesOf(instance)['Name']);

describe('Enumerate, Pull and Release', () => {
  // DSP0226 8.2.3, 8.4: the optimized first page in wsman's namespace, later ones in the enumeration's, the end marked on the last.
  it('give pages of MaxElements, and mark the last one', async () => {
    const raw = new Raw();
    const first = await raw.enumerate('Cimlet_Item', 2);
    expect([items(first).length, isLast(first)]).toEqual([2, false]);
    expect(first.body.child('Items')?.namespace).toBe(NS.wsman);
    const second = await raw.pull(contextOf(first), 2);
    expect([items(second).length, isLast(second)]).toEqual([2, true]);
    expect(second.body.child('Items')?.namespace).toBe(NS.enumeration);
    expect(subcode(await raw.pull(contextOf(first)))).toBe('n:InvalidEnumerationContext');
  });

  it('give nothing at first when the request is not optimized, then one item a Pull', async () => {
    const raw = new Raw();
    const first = await raw.enumerate('Cimlet_Item', 1, { optimize: false });
    expect(first.body.child('Items')).toBeUndefined();
    const body = `<n:Pull xmlns:n="${NS.enumeration}"><n:EnumerationContext>${contextOf(first)}</n:EnumerationContext></n:Pull>`;
    const page = await send(raw.transport, envelope({ action: ACTIONS.pull, ...target('Cimlet_Item'), body }));
    expect([items(page).length, isLast(page)]).toEqual([1, false]);
  });

  it('keep pages within MaxEnvelopeSize', async () => {
    const raw = new Raw();
    let reply = await raw.enumerate('Cimlet_Sequence', 32_000, {}, { maxEnvelopeSize: 9_000 });
    const numbers: string[] = [];
    for (let pages = 0; pages < 5; pages++) {
      expect(Buffer.byteLength(reply.text)).toBeLessThanOrEqual(9_000);
      expect(items(reply).length).toBeGreaterThan(5);
      numbers.push(...items(reply).map((item) => item.child('Number')?.text ?? ''));
      reply = await raw.pull(contextOf(reply), 32_000, { maxEnvelopeSize: 9_000 });
    }
    expect(numbers).toEqual(numbers.map((_, index) => String(index)));
  });

  it('forget an enumeration that is released, and one that is not asked for 240 seconds long', async () => {
    const raw = new Raw();
    const released = contextOf(await raw.enumerate('Cimlet_Item', 1));
    expect((await raw.release(released)).status).toBe(200);
    expect(subcode(await raw.pull(released))).toBe('n:InvalidEnumerationContext');
    const forgotten = contextOf(await raw.enumerate('Cimlet_Item', 1));
    raw.lab.lab.clock.advance(239_000);
    expect(items(await raw.pull(forgotten))).toHaveLength(1);
    raw.lab.lab.clock.advance(240_000);
    expect(subcode(await raw.pull(forgotten))).toBe('n:InvalidEnumerationContext');
    expect(wsmanCode(await raw.pull('uuid:none'))).toBe(0x8033801b);
  });

  it('belong to their caller', async () => {
    const raw = new Raw(
      new ServiceLab(
        {},
        {
          users: [
            { userName: 'one', password: 'x' },
            { userName: 'two', password: 'x' },
          ],
        },
      ),
    );
    const context = contextOf(await raw.enumerate('Cimlet_Item', 1));
    const other = raw.lab.lab.transport(SERVER, { userName: 'two' });
    const reply = await send(
      other,
      envelope({ action: ACTIONS.pull, ...target('Cimlet_Item'), body: writePull(context, 1) }),
    );
    expect(subcode(reply)).toBe('w:AccessDenied');
  });

  it('give references, and references beside objects', async () => {
    const raw = new Raw();
    const [reference] = items(await raw.enumerate('Cimlet_Item', 1, { mode: 'reference' }));
    expect(reference?.name).toBe('EndpointReference');
    const selectors = reference?.child('ReferenceParameters')?.child('SelectorSet')?.childrenNamed('Selector') ?? [];
    expect(selectors.map((selector) => [selector.attribute('Name'), selector.text])).toEqual([
      ['__cimnamespace', TEST],
      ['Name', 'alpha'],
    ]);
    const [both] = items(await raw.enumerate('Cimlet_Item', 1, { mode: 'objectAndReference' }));
    expect(both?.children.map((child) => child.name)).toEqual(['Cimlet_Item', 'EndpointReference']);
    const [keyless] = items(await raw.enumerate('Cimlet_Setting', 1, { mode: 'reference' }));
    expect(keyless?.child('ReferenceParameters')?.child('ResourceURI')?.text).toContain('Cimlet_Setting');
  });

  it('wait for instances that come over time, say so when none came in time, and lose none', async () => {
    const raw = new Raw();
    const { lab } = raw;
    const first = await raw.enumerate('Cimlet_Slow', 10, { optimize: false });
    const context = contextOf(first);
    const early = await lab.passing(raw.pull(context, 10, { operationTimeout: 'PT0.400S' }), 200);
    expect([subcode(early), wsmanCode(early)]).toEqual(['w:TimedOut', 0x80338029]);
    const numbers: string[] = [];
    for (let reply = early; !isLast(reply); ) {
      reply = await lab.passing(raw.pull(context, 10, { operationTimeout: 'PT60S' }), 500);
      numbers.push(...items(reply).map((item) => item.child('Number')?.text ?? ''));
    }
    expect(numbers).toEqual(['0', '1', '2', '3', '4']);
  });

  it('refuse two Pulls at once, other dialects, and every class without a filter', async () => {
    const raw = new Raw();
    const context = contextOf(await raw.enumerate('Cimlet_Slow', 1, { optimize: false }));
    const waiting = raw.pull(context, 1);
    const second = await raw.pull(context, 1);
    expect(subcode(second)).toBe('w:Concurrency');
    expect(items(await raw.lab.passing(waiting))).toHaveLength(1);
    const filtered = (filter: EnumerationFilter) => raw.enumerate('Cimlet_Item', 10, { filter });
    expect(subcode(await filtered({ kind: 'other', dialect: 'urn:x', markup: '' }))).toBe(
      'n:FilterDialectRequestedUnavailable',
    );
    const everything = await send(
      raw.transport,
      envelope({ action: ACTIONS.enumerate, ...all, body: writeEnumerate({}, 1) }),
    );
    expect(subcode(everything)).toBe('n:CannotProcessFilter');
  });

  it('count against the quota of an account until they are over', async () => {
    const raw = new Raw(new ServiceLab({ maxConcurrentOperationsPerUser: 2 }));
    const context = contextOf(await raw.enumerate('Cimlet_Item', 1));
    const refused = await raw.enumerate('Cimlet_Item', 1);
    expect([subcode(refused), wsmanCode(refused)]).toEqual(['w:QuotaLimit', 0x803381a6]);
    await raw.release(context);
    expect(items(await raw.enumerate('Cimlet_Item', 10))).toHaveLength(4);
    expect(items(await raw.enumerate('Cimlet_Item', 10))).toHaveLength(4);
  });
});

describe('queries', () => {
  const run = async (query: string) =>
    collect((await new ServiceLab().session()).queryInstances({ namespace: TEST, query }));

  it.each([
    ["select * from Cimlet_Item where Size > 1 and not Name like 'd%'", ['beta', 'gamma']],
    ["select * from Cimlet_Thing where Name = 'RED' or Description is not null", ['delta', 'red']],
    ["select * from Cimlet_Thing where __this isa 'Cimlet_SpecialItem'", ['delta']],
    [
      "select * from Cimlet_Item where Created >= '20260101000000.000000+000' and Enabled = true",
      ['alpha', 'beta', 'gamma'],
    ],
  ])('%s', async (query, expected) => {
    expect(namesOf(await run(query))).toEqual(expected);
  });

  it('give some properties only, as Windows does: in a fragment', async () => {
    const [item] = await run("select Name, size from Cimlet_Item where Name = 'beta'");
    expect(valuesOf(item)).toEqual({ Name: 'beta', Size: 2n });
    expect(item?.cimClass.className).toBe('Cimlet_Item');
    const raw = new Raw();
    const body = writeEnumerate({ filter: { kind: 'wql', query: 'select Name from Cimlet_Item' } }, 1);
    expect(items(await send(raw.transport, envelope({ action: ACTIONS.enumerate, ...all, body })))[0]?.name).toBe(
      'XmlFragment',
    );
  });

  it.each([
    ['select * from', '0x80041017'],
    ['select * from Cimlet_Item where Colour = 1', '0x80041017'],
    ["select * from Cimlet_Item where Size = 'big'", '0x80041017'],
    ['select Colour from Cimlet_Item', '0x80041017'],
    ['select * from Cimlet_None', '0x80041010'],
    ['select * from Cimlet_Item within 5', '0x80041017'],
  ])('%s is refused with %s', async (query, code) => {
    const body = writeEnumerate({ filter: { kind: 'wql', query } }, 1);
    const reply = await send(new Raw().transport, envelope({ action: ACTIONS.enumerate, ...all, body }));
    expect(messageId(reply)).toBe(`HRESULT ${code}`);
    // Windows sends category 10, MetadataError, with an unknown class.
    await expect(run(query)).rejects.toThrow(
      expect.objectContaining(
        code === '0x80041010'
          ? { nativeErrorCode: 'InvalidClass', errorCategory: 'MetadataError' }
          : { nativeErrorCode: 'InvalidQuery', errorCategory: 'InvalidArgument' },
      ),
    );
  });

  it('go by selectors, too', async () => {
    const session = await new ServiceLab().session();
    const found = session.enumerateInstances({
      namespace: TEST,
      className: 'Cimlet_Item',
      selectors: { Enabled: 'true', size: '3' },
    });
    expect(namesOf(await collect(found))).toEqual(['gamma']);
    const wrong = session.enumerateInstances({
      namespace: TEST,
      className: 'Cimlet_Item',
      selectors: { Colour: 'red' },
    });
    await expect(collect(wrong)).rejects.toThrow('Colour');
  });
});

describe('associations', () => {
  const associated = async (name: string, more: object = {}, className = 'Cimlet_Item') => {
    const session = await new ServiceLab().session();
    const instance = await session.getInstance({ namespace: TEST, className, keys: { Name: name } });
    return namesOf(await collect(session.enumerateAssociatedInstances({ instance, ...more })));
  };

  it('lead to the other ends, each once, and back', async () => {
    expect(await associated('alpha')).toEqual(['red', 'blue']);
    expect(await associated('red', {}, 'Cimlet_Group')).toEqual(['alpha', 'delta', 'blue']);
    expect(await associated('red', { resultClassName: 'Cimlet_SpecialItem' }, 'Cimlet_Group')).toEqual(['delta']);
    expect(await associated('red', { sourceRole: 'Member' }, 'Cimlet_Group')).toEqual(['blue']);
    expect(
      await associated('red', { resultRole: 'Member', associationClassName: 'Cimlet_GroupMember' }, 'Cimlet_Group'),
    ).toEqual(['alpha', 'delta']);
    expect(await associated('gamma')).toEqual([]);
    await expect(associated('alpha', { associationClassName: 'Cimlet_None' })).rejects.toThrow('Cimlet_None');
  });

  it('can be seen themselves', async () => {
    const session = await new ServiceLab().session();
    const instance = await session.getInstance({ namespace: TEST, className: 'Cimlet_Item', keys: { Name: 'alpha' } });
    const found = await collect(session.enumerateReferencingInstances({ instance }));
    expect(found.map((one) => propertiesOf(propertiesOf(one)['Group'] as CimInstance)['Name'])).toEqual([
      'red',
      'blue',
    ]);
  });

  it('tie scopes to relationships', async () => {
    const lab = new ServiceLab();
    const session = await lab.session();
    const scopes = ['10.10.10.0', '10.20.20.0'];
    await session.invokeMethod({
      namespace: DHCP,
      className: 'PS_DhcpServerv4Failover',
      method: 'AddByLoadBalance',
      parameters: { Name: 'r', PartnerServer: PARTNER, ScopeId: scopes },
    });
    const [relationship] = await collect(
      session.enumerateInstances({ namespace: DHCP, className: 'DhcpServerv4Failover' }),
    );
    if (relationship === undefined) throw new Error('no relationship');
    const found = await collect(session.enumerateAssociatedInstances({ instance: relationship }));
    expect(found.map((scope) => propertiesOf(scope)['ScopeId'])).toEqual(scopes);
    const [scope] = found;
    if (scope === undefined) throw new Error('no scope');
    expect(namesOf(await collect(session.enumerateAssociatedInstances({ instance: scope })))).toEqual(['r']);
  });
});
