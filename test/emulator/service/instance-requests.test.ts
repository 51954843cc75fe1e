import { describe, expect, it } from '@jest/globals';
import { parseStringPromise } from 'xml2js';
import { writeInstance } from '../../../lib/cim/codec/index.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { resourceTarget } from '../../../lib/cim/instance/resource-uri.js';
import { ACTIONS } from '../../../lib/wsman/envelope/actions.js';
import { propertiesOf, valuesOf } from '../../support/values-of.js';
import { envelope, send } from '../call.js';
import { collect, DHCP, SERVER, ServiceLab, TEST } from './session.js';

const names = (instances: readonly CimInstance[]) => instances.map((instance) => propertiesOf(instance)['Name']);
const refused = (expected: object) => expect.objectContaining(expected);

describe('instances', () => {
  it('of every CIM type come as they are kept: values, nulls, empty arrays', async () => {
    const session = await new ServiceLab().session();
    const [values, nulls, empty] = await collect(
      session.enumerateInstances({ namespace: TEST, className: 'Cimlet_AllTypes' }),
    );
    expect(propertiesOf(values)).toMatchObject({
      Id: 1,
      BooleanValue: true,
      Uint64Value: 18446744073709551615n,
      Sint64Array: [-9223372036854775808n, 9223372036854775807n],
      Real64Array: [1.7976931348623157e308, -5e-324],
      Char16Value: 'Ω',
      StringArray: ['a <b> & "c" 😀', ''],
      Octets: [0, 1, 254, 255],
    });
    expect(String(propertiesOf(values)?.['IntervalValue'])).toBe('1.02:03:04.0000050');
    expect(String(propertiesOf(values)?.['DatetimeValue'])).toBe('2026-11-24T08:00:00.123456+01:00');
    expect(propertiesOf(values)?.['InstanceValue']).toMatchObject({ X: 1, Z: 3, Label: null });
    expect(propertiesOf(values)?.['ReferenceValue']).toMatchObject({ Name: 'alpha' });
    expect(Object.entries(valuesOf(nulls)).filter(([, value]) => value !== null)).toEqual([['Id', 2]]);
    const arrays = empty?.cimClass.properties.filter(({ isArray, octetString }) => isArray && !octetString) ?? [];
    expect(arrays.length).toBeGreaterThan(14);
    for (const { name } of arrays) expect(propertiesOf(empty)?.[name]).toEqual([]);
  });

  it('can be written back and created with every type', async () => {
    const session = await new ServiceLab().session();
    const key = { namespace: TEST, className: 'Cimlet_AllTypes', keys: { Id: 1 } };
    const first = await session.getInstance(key);
    const copy = CimInstance.create(first.cimClass, { ...propertiesOf(first), Id: 77 });
    await session.createInstance({ namespace: TEST, instance: copy });
    const again = await session.getInstance({ ...key, keys: { Id: 77 } });
    expect(JSON.stringify({ ...again.toJSON(), Id: 1 })).toBe(JSON.stringify(first.toJSON()));
  });

  it('of a class include those of the classes below it, in the order of the classes', async () => {
    const session = await new ServiceLab().session();
    const things = await collect(session.enumerateInstances({ namespace: TEST, className: 'cimlet_thing' }));
    expect(names(things)).toEqual(['alpha', 'beta', 'gamma', 'delta', 'red', 'blue']);
    expect(things[3]?.cimClass.className).toBe('Cimlet_SpecialItem');
  });

  it('are got by their keys, whatever the case, from the class or one above it', async () => {
    const session = await new ServiceLab().session();
    const get = (className: string, keys: Record<string, string>) =>
      session.getInstance({ namespace: TEST, className, keys });
    expect(propertiesOf(await get('Cimlet_Item', { name: 'ALPHA' }))).toMatchObject({ Name: 'alpha', Size: 1n });
    expect(propertiesOf(await get('Cimlet_Thing', { Name: 'delta' }))).toMatchObject({ Speciality: 'rare' });
    await expect(get('Cimlet_Item', { Name: 'none' })).rejects.toThrow(refused({ nativeErrorCode: 'NotFound' }));
    await expect(get('Cimlet_Item', { Name: 'alpha', Size: '1' })).rejects.toThrow('Size');
    await expect(get('Cimlet_AllTypes', { Id: 'one' })).rejects.toThrow('selectors');
    await expect(get('Cimlet_None', { Id: '1' })).rejects.toThrow(refused({ nativeErrorCode: 'InvalidClass' }));
  });

  it('are created with the class’s defaults, changed property by property, and deleted', async () => {
    const session = await new ServiceLab().session();
    const itemClass = await session.getClass({ namespace: TEST, className: 'Cimlet_Item' });
    const instance = CimInstance.create(itemClass, { Name: 'new', Tags: ['x'] });
    const created = await session.createInstance({ namespace: TEST, instance });
    const key = { namespace: TEST, className: 'Cimlet_Item', keys: { Name: 'NEW' } };
    const found = await session.getInstance(key);
    expect(propertiesOf(found)).toMatchObject({ Name: 'new', Size: 0n, Enabled: true, Created: null, Tags: ['x'] });
    await expect(session.createInstance({ namespace: TEST, instance: created })).rejects.toThrow(
      refused({ nativeErrorCode: 'AlreadyExists' }),
    );
    found.cimInstanceProperties.set('Size', 9n);
    const changed = await session.modifyInstance({ instance: found });
    expect(propertiesOf(changed)).toMatchObject({ Size: 9n, Tags: ['x'] });
    await session.deleteInstance({ instance: found });
    await expect(session.getInstance(key)).rejects.toThrow(refused({ nativeErrorCode: 'NotFound' }));
    await expect(session.deleteInstance({ instance: found })).rejects.toThrow(refused({ nativeErrorCode: 'NotFound' }));
  });

  // Openwsman's put and winrm set get an instance, change a property and put back the whole; MI lets providers change what differs only.
  it('may be put back whole: what may not be written is taken when it is as it was', async () => {
    const transport = new ServiceLab().lab.transport(SERVER);
    const target = resourceTarget(TEST, 'Cimlet_Item', { keys: { Name: 'alpha' } });
    const got = (await send(transport, envelope({ action: ACTIONS.get, ...target }))).text;
    const whole = /<s:Body>(.*)<\/s:Body>/s.exec(got)?.[1] ?? '';
    expect(whole).toMatch(/<p0:Created[ >]/);
    const put = async (body: string) =>
      (await send(transport, envelope({ action: ACTIONS.put, ...target, body }))).text;
    const changed = whole.replace(/(<p0:Size[^>]*>)\d+/, '$142');
    expect(await put(changed)).toMatch(/<p0:Size[^>]*>42</);
    const otherTime = changed.replace(
      /(<p0:Created.*?>)(\d{4})(-)/,
      (_, tag, year, dash) => `${tag}${Number(year) + 1}${dash}`,
    );
    expect(otherTime).not.toBe(changed);
    expect(await put(otherTime)).toContain('0x80041023');
  });

  it.each<[string, string, string]>([
    ['no key', '<p:Size>1</p:Size>', '0x80041028'],
    ['a required null', '<p:Name>n</p:Name><p:Enabled xsi:nil="true"/>', '0x80041028'],
    ['a property that the class lacks', '<p:Name>n</p:Name><p:Colour>red</p:Colour>', '0x80041031'],
    ['a value of another type', '<p:Name>n</p:Name><p:Size>big</p:Size>', '0x80041005'],
  ])('are not created with %s', async (_, properties, code) => {
    const target = resourceTarget(TEST, 'Cimlet_Item');
    const body = `<p:Cimlet_Item xmlns:p="${target.resourceUri}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${properties}</p:Cimlet_Item>`;
    const reply = await send(
      new ServiceLab().lab.transport(SERVER),
      envelope({ action: ACTIONS.create, ...target, body }),
    );
    expect(reply.body.child('Detail')?.child('MSFT_WmiError')?.child('MessageID')?.text).toBe(`HRESULT ${code}`);
  });

  it('cannot be changed where the class says so, nor get another’s keys', async () => {
    const session = await new ServiceLab().session();
    const item = await session.getInstance({ namespace: TEST, className: 'Cimlet_Item', keys: { Name: 'alpha' } });
    item.cimInstanceProperties.set('Created', null);
    await expect(session.modifyInstance({ instance: item })).rejects.toThrow('Created cannot be written');
    const target = resourceTarget(TEST, 'Cimlet_Item', { keys: { Name: 'alpha' } });
    const body = writeInstance(CimInstance.create(item.cimClass, { Name: 'beta', Size: 1n }));
    const reply = await send(
      new ServiceLab().lab.transport(SERVER),
      envelope({ action: ACTIONS.put, ...target, body }),
    );
    expect(reply.text).toContain('Name cannot be written');
    await expect(
      session.createInstance({
        namespace: DHCP,
        instance: CimInstance.create(item.cimClass, { Name: 'x' }, { namespace: DHCP }),
      }),
    ).rejects.toThrow(refused({ nativeErrorCode: 'InvalidClass' }));
    const [scope] = await collect(session.enumerateInstances({ namespace: DHCP, className: 'DhcpServerv4Scope' }));
    if (scope === undefined) throw new Error('no scope');
    await expect(session.deleteInstance({ instance: scope })).rejects.toThrow(
      refused({ nativeErrorCode: 'NotSupported' }),
    );
  });

  it('keep names of the language apart', async () => {
    const session = await new ServiceLab().session();
    const [odd] = await collect(session.enumerateInstances({ namespace: TEST, className: 'Cimlet_OddNames' }));
    expect(odd?.cimInstanceProperties.get('__proto__')?.value).toBe('value of __proto__');
    expect(odd?.cimInstanceProperties.get('constructor')?.value).toBe('value of constructor');
    odd?.cimInstanceProperties.set('__proto__', 'changed');
    if (odd !== undefined) await session.modifyInstance({ instance: odd });
    const query = "select * from Cimlet_OddNames where __proto__ = 'changed' and constructor like 'value of %'";
    expect(await collect(session.queryInstances({ namespace: TEST, query }))).toHaveLength(1);
  });

  it('have methods of their own', async () => {
    const session = await new ServiceLab().session();
    const key = { namespace: TEST, className: 'Cimlet_Item', keys: { Name: 'alpha' } };
    const item = await session.getInstance(key);
    const { outParameters } = await session.invokeMethod({
      instance: item,
      method: 'Resize',
      parameters: { Size: 50n },
    });
    expect(outParameters).toEqual({ Before: 1n });
    expect(propertiesOf(await session.getInstance(key))).toMatchObject({ Size: 50n });
    await expect(
      session.invokeMethod({ namespace: TEST, className: 'Cimlet_Item', method: 'Nothing' }),
    ).rejects.toThrow(refused({ nativeErrorCode: 'MethodNotFound' }));
  });

  it('of a class without keys are got by the class alone', async () => {
    const reply = await send(
      new ServiceLab().lab.transport(SERVER),
      envelope({ action: ACTIONS.get, ...resourceTarget(TEST, 'Cimlet_Setting') }),
    );
    expect(reply.body.child('Level')?.text).toBe('3');
    const keyless = envelope({ action: ACTIONS.get, ...resourceTarget(TEST, 'Cimlet_Item') });
    expect((await send(new ServiceLab().lab.transport(SERVER), keyless)).text).toContain('missing: Name');
  });

  it('of a class without keys are got through the session with no keys', async () => {
    const session = await new ServiceLab().session();
    const only = { namespace: TEST, className: 'Cimlet_Setting', keys: {} };
    expect((await session.getInstance<{ Level: number }>(only)).Level).toBe(3);
    await expect(session.getInstance({ ...only, className: 'Cimlet_Item' })).rejects.toThrow('missing: Name');
    await session.getClass({ namespace: TEST, className: 'Cimlet_Item' });
    await expect(session.getInstance({ ...only, className: 'Cimlet_Item' })).rejects.toThrow('give Name');
  });

  it('reads, with another reader of XML, as the specification prints an instance', async () => {
    const target = resourceTarget(TEST, 'Cimlet_Item', { keys: { Name: 'beta' } });
    const reply = await send(new ServiceLab().lab.transport(SERVER), envelope({ action: ACTIONS.get, ...target }));
    const [body] = (await parseStringPromise(reply.text))['s:Envelope']['s:Body'];
    expect(Object.keys(body)).toEqual(['p0:Cimlet_Item']);
    const [item] = body['p0:Cimlet_Item'];
    expect(item.$['xsi:type']).toBe('p0:Cimlet_Item_Type');
    expect(item['p0:Size'][0]._).toBe('2');
    expect(item['p0:Description'][0].$['xsi:nil']).toBe('true');
  });
});

describe('the DHCP provider’s data', () => {
  it('can be enumerated on the emulator: scopes, relationships, the version', async () => {
    const lab = new ServiceLab();
    const session = await lab.session();
    const enumerate = (className: string) => collect(session.enumerateInstances({ namespace: DHCP, className }));
    expect((await enumerate('DhcpServerv4Scope')).map((scope) => propertiesOf(scope)['ScopeId'])).toEqual([
      '10.10.10.0',
      '10.20.20.0',
    ]);
    expect(await enumerate('DhcpServerv4Failover')).toEqual([]);
    expect(propertiesOf((await enumerate('DhcpServerVersion'))[0])).toMatchObject({ MajorVersion: 10 });
    await expect(enumerate('PS_DhcpServerv4Failover')).rejects.toThrow(refused({ nativeErrorCode: 'NotSupported' }));
  });

  it('is refused to callers without rights', async () => {
    const lab = new ServiceLab({}, { users: [{ userName: 'CONTOSO\\nobody', password: 'x', access: 'none' }] });
    const session = await lab.session();
    await expect(
      collect(session.enumerateInstances({ namespace: DHCP, className: 'DhcpServerv4Scope' })),
    ).rejects.toThrow(refused({ nativeErrorCode: 'AccessDenied' }));
  });
});
