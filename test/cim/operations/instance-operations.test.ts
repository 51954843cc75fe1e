import { describe, expect, it } from '@jest/globals';
import { markInferred } from '../../../lib/cim/codec/inferred-classes.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { inferPropertyDeclaration } from '../../../lib/cim/instance/infer-declaration.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { propertiesOf, valuesOf } from '../../support/values-of.js';
import {
  all,
  CIM,
  FakeServer,
  instance,
  LAMP_CLASS,
  NO_METADATA,
  page,
  referenceContent,
  SCHEMA,
  XSI,
} from './fake-server.js';

const WMI = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/mynamespace/myclass';

// MS-WSMV 4.1.1 and 4.1.3: the class hierarchy in words, the instance with its Location, and its modification.
const myClass: CimClassDeclaration = {
  namespace: 'root/mynamespace',
  className: 'MyClass',
  superClassName: 'Base',
  properties: [
    { name: 'id', type: 'sint32', key: true },
    { name: 'Data1', type: 'string' },
  ],
  methods: [],
};
const printed = (data: string) =>
  `<p:myclass xmlns:p="${WMI}"><p:Data1>${data}</p:Data1><p:id>1</p:id><cim:Location xmlns:cim="${CIM}" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>${WMI}</wsman:ResourceURI><wsman:SelectorSet><wsman:Selector Name="id">1</wsman:Selector></wsman:SelectorSet></wsa:ReferenceParameters></cim:Location></p:myclass>`;

interface MyClass {
  readonly id: number;
  readonly Data1: string;
}

describe('the instance of MS-WSMV 4.1', () => {
  const fake = () =>
    new FakeServer((_request, what) => {
      if (what.startsWith('Get class')) return NO_METADATA;
      return what.startsWith('Put') ? printed('Test Message') : printed('Hello World');
    });
  const byKeys = { namespace: 'root/mynamespace', className: 'myclass', keys: { id: 1 } };

  it('is read by its class: a signed number and a string; its Location is not a property', async () => {
    const server = fake();
    const session = await server.session({ resourceUriSpelling: 'wmi' });
    const found = await session.getInstance<MyClass>({ ...byKeys, classes: [myClass] });
    expect(valuesOf(found)).toEqual({ id: 1, Data1: 'Hello World' });
    expect(server.asked[0]?.envelope.resourceUri).toBe(WMI);
    expect(server.asked[0]?.envelope.selectors).toEqual(Object.assign(Object.create(null), { id: '1' }));
    expect(server.trips).toEqual(['Get myclass']);
  });

  it('is read without its class as text', async () => {
    const session = await fake().session({ resourceUriSpelling: 'wmi' });
    const found = await session.getInstance(byKeys);
    expect(valuesOf(found)).toEqual({ Data1: 'Hello World', id: '1' });
  });

  it('is modified: keys and what was set are sent, and named as Windows’ client names them', async () => {
    const server = fake();
    const session = await server.session({ resourceUriSpelling: 'wmi' });
    const found = await session.getInstance<MyClass>({ ...byKeys, classes: [myClass] });
    found.cimInstanceProperties.set('Data1', 'Test Message');
    const modified = await session.modifyInstance<MyClass>({ instance: found, classes: [myClass] });
    expect(modified.Data1).toBe('Test Message');
    const put = server.asked[1]?.envelope;
    expect(put?.body?.children.map(({ name, text }) => [name, text])).toEqual([
      ['id', '1'],
      ['Data1', 'Test Message'],
    ]);
    expect(put?.options.map(({ name, value, type }) => [name, value, type])).toEqual([
      ['wmiarray:__MIInstanceModifiedPropertiesList', 'Data1', 'xs:string'],
      ['msftwinrm:UsePreciseArrays', 'true', 'xs:boolean'],
    ]);
  });
});

const lampServer = () =>
  new FakeServer((request, what) => {
    if (what === 'Get class X_Lamp') return LAMP_CLASS;
    if (what.startsWith('Enumerate')) {
      return page(request, [instance('X_Lamp', { Id: '1', On: 'false', Burnt: '5', Colors: 'red' })]);
    }
    if (what.startsWith('Create')) {
      return `<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer">${referenceContent('X_Lamp', { Id: '77' })}</x:ResourceCreated>`;
    }
    return what.startsWith('Get') ? instance('X_Lamp', { Id: '1', On: 'true' }) : undefined;
  });

describe('modifyInstance', () => {
  it('has written, also when the class of the answer cannot be had at that moment', async () => {
    const server = new FakeServer((_request, what) =>
      what.startsWith('Put')
        ? instance('X_Lamp', { Id: '1', On: 'true' })
        : { soapCode: 'Receiver', soapSubcode: 'wsman:QuotaLimit', reason: 'Too busy.' },
    );
    const session = await server.session();
    const properties = [
      { name: 'Id', type: 'uint32' as const, key: true },
      { name: 'On', type: 'boolean' as const },
    ];
    const inferred = markInferred({ namespace: 'root/test', className: 'X_Lamp', properties, methods: [] });
    const changed = await session.modifyInstance({ instance: CimInstance.create(inferred, { Id: 1, On: true }) });
    expect(propertiesOf(changed)['Id']).toBe('1');
    expect(server.trips).toEqual(['Put X_Lamp', 'Get class X_Lamp']);
  });

  it('sends no property that was not set, even where it holds many', async () => {
    const server = lampServer();
    const session = await server.session();
    const [lamp] = await all(session.enumerateInstances({ namespace: 'root/test', className: 'X_Lamp' }));
    if (lamp === undefined) throw new Error('no lamp');
    lamp.cimInstanceProperties.set('On', null);
    lamp.cimInstanceProperties.set('Colors', []);
    const answer = await session.modifyInstance({ instance: lamp });
    expect(answer).toBe(lamp);
    const put = server.asked.at(-1)?.envelope;
    expect(put?.body?.children.map(({ name }) => name)).toEqual(['Id', 'On', 'Colors']);
    expect(put?.body?.child('On')?.attribute('nil', XSI)).toBe('true');
    expect(put?.options.filter(({ name }) => name.startsWith('wmiarray')).map(({ value }) => value)).toEqual([
      'On',
      'Colors',
    ]);
  });

  it('sends all of an instance that was made here', async () => {
    const server = lampServer();
    const session = await server.session();
    const cimClass = await session.getClass({ namespace: 'root/test', className: 'X_Lamp' });
    await session.modifyInstance({ instance: cimClass.newInstance({ Id: 3, Burnt: 2n }) });
    const put = server.asked.at(-1)?.envelope;
    expect(put?.body?.children.map(({ name, text }) => [name, text])).toEqual([
      ['Id', '3'],
      ['On', 'false'],
      ['Burnt', '2'],
    ]);
    expect(put?.options.map(({ value }) => value)).toEqual(['On', 'Burnt', 'true']);
  });

  it('refuses a value that is not of the property’s type before anything is sent', async () => {
    const server = lampServer();
    const session = await server.session();
    const cimClass = await session.getClass({ namespace: 'root/test', className: 'X_Lamp' });
    const instance = cimClass.newInstance({ Id: 3, On: 'yes' });
    await expect(session.modifyInstance({ instance })).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringContaining('X_Lamp.On'),
    });
    expect(server.trips).toEqual(['Get class X_Lamp']);
  });
});

describe('createInstance', () => {
  it('sends the instance, and gives its keys with their types', async () => {
    const server = lampServer();
    const session = await server.session();
    const cimClass = await session.getClass({ namespace: 'root/test', className: 'X_Lamp' });
    const created = await session.createInstance({ instance: cimClass.newInstance({ Colors: ['red', 'blue'] }) });
    expect(valuesOf(created)).toEqual({ Id: 77 });
    expect(created.cimClass).toBe(cimClass);
    expect(created.PSComputerName).toBe('server');
    const { envelope } = server.asked[1] ?? {};
    expect(envelope?.resourceUri).toBe(`${SCHEMA}/X_Lamp`);
    expect({ ...envelope?.selectors }).toEqual({ __cimnamespace: 'root/test' });
    expect(envelope?.body?.children.map(({ name, text }) => [name, text])).toEqual([
      ['On', 'false'],
      ['Colors', 'red'],
      ['Colors', 'blue'],
    ]);
    const whole = await session.getInstance({ instance: created });
    expect(propertiesOf(whole)['On']).toBe(true);
    expect(server.trips).toEqual(['Get class X_Lamp', 'Create X_Lamp', 'Get X_Lamp']);
  });
});

describe('an instance that was created without a declaration', () => {
  const inferred = (properties: Readonly<Record<string, CimValue>>) =>
    CimInstance.create(
      markInferred({
        namespace: 'root/test',
        className: 'X_Lamp',
        properties: Object.entries(properties).map(([name, value]) => inferPropertyDeclaration(name, value)),
        methods: [],
      }),
      properties,
    );
  const answering = (created: string | undefined) =>
    new FakeServer((_, what) => {
      if (what.startsWith('Create')) return created;
      return what === 'Get X_Lamp' ? instance('X_Lamp', { Id: '77', On: 'true' }) : NO_METADATA;
    });
  const createdAt = (keys: Readonly<Record<string, string>>) =>
    `<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer">${referenceContent('X_Lamp', keys)}</x:ResourceCreated>`;

  // DSP0226 7.5: ResourceCreated says where it is. OMI names all keys there (recorded: A, B, C, D).
  it('has the keys that the server names, typed as the caller gave them, and can be named by them', async () => {
    const fake = answering(createdAt({ Id: '77', Room: 'kitchen' }));
    const session = await fake.session();
    const created = await session.createInstance({ instance: inferred({ Id: 77, On: true }) });
    expect(valuesOf(created)).toEqual({ Id: 77, Room: 'kitchen' });
    expect([...created.cimInstanceProperties].filter(({ flags }) => flags.key).map(({ name }) => name)).toEqual([
      'Id',
      'Room',
    ]);
    expect(propertiesOf(await session.getInstance({ instance: created }))['On']).toBe('true');
    expect({ ...fake.asked.at(-1)?.envelope.selectors }).toEqual({
      __cimnamespace: 'root/test',
      Id: '77',
      Room: 'kitchen',
    });
  });

  it.each([
    ['nothing', undefined],
    ['something else', '<q:Thanks xmlns:q="urn:q"/>'],
    ['no resource', '<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer"/>'],
  ])('is given as it was written where the server says %s of where it is', async (_, answer) => {
    const session = await answering(answer).session();
    const created = await session.createInstance({ instance: inferred({ Id: 77, On: true }) });
    expect(valuesOf(created)).toEqual({ Id: 77, On: true });
    expect(created.PSComputerName).toBe('server');
  });

  it('has the keys of a provider with a resource URI of its own, and its own class', async () => {
    const uri = 'http://vendor.example/wbem/x/1/V_Shiny';
    const fake = answering(createdAt({ Id: '9' }).replace(`${SCHEMA}/X_Lamp`, uri));
    const session = await fake.session();
    const created = await session.createInstance({ instance: inferred({ Id: 9 }), resourceUri: uri });
    expect([created.cimClass.className, valuesOf(created)]).toEqual(['X_Lamp', { Id: 9 }]);
  });
});

describe('round trips', () => {
  it('are one where the instance knows its class, two where only its keys are known', async () => {
    const server = lampServer();
    const session = await server.session();
    const declared: CimClassDeclaration = {
      namespace: 'root/test',
      className: 'X_Lamp',
      properties: [
        { name: 'Id', type: 'uint8', key: true },
        { name: 'On', type: 'boolean' },
      ],
      methods: [],
    };
    const known = await session.getInstance({ instance: CimInstance.create(declared, { Id: 1 }) });
    expect([propertiesOf(known)['On'], known.cimClass]).toEqual([true, declared]);
    expect(server.trips).toEqual(['Get X_Lamp']);
    const found = await session.getInstance({ namespace: 'root/test', className: 'X_Lamp', keys: { Id: 1 } });
    expect(propertiesOf(found)['On']).toBe(true);
    expect(server.trips.slice(1).sort()).toEqual(['Get X_Lamp', 'Get class X_Lamp']);
    await session.getInstance({ namespace: 'root/test', className: 'X_Lamp', keys: { Id: 1 } });
    expect(server.trips).toHaveLength(4);
  });
});

describe('deleteInstance and getInstance', () => {
  it('name an instance by its keys, of any type', async () => {
    const server = new FakeServer(() => undefined);
    const session = await server.session();
    const born = CimDateTime.fromCim('20261124080000.000000+060');
    await session.deleteInstance({
      namespace: 'root/test',
      className: 'X_Person',
      keys: { Id: 18446744073709551615n, Born: born, Alive: true, Name: 'Ä "x"' },
    });
    expect({ ...server.asked[0]?.envelope.selectors }).toEqual({
      __cimnamespace: 'root/test',
      Id: '18446744073709551615',
      Born: '20261124080000.000000+060',
      Alive: 'true',
      Name: 'Ä "x"',
    });
  });

  it('keep names such as __proto__ and constructor apart from the language', async () => {
    const server = new FakeServer((_request, what) =>
      what.startsWith('Get class')
        ? '<CLASS NAME="constructor"><PROPERTY NAME="__proto__" TYPE="string"><QUALIFIER NAME="Key" TYPE="boolean"/></PROPERTY><PROPERTY NAME="toString" TYPE="uint8"/></CLASS>'
        : instance('constructor', { __proto__x: 'no', toString: '1' }).replaceAll('__proto__x', '__proto__'),
    );
    const session = await server.session();
    const keys = Object.fromEntries([['__proto__', 'a']]);
    const found = await session.getInstance({ namespace: 'root/test', className: 'constructor', keys });
    expect(server.asked.some(({ envelope }) => Object.hasOwn(envelope.selectors, '__proto__'))).toBe(true);
    expect(found.cimInstanceProperties.get('__PROTO__')?.flags.key).toBe(true);
    expect(found.cimInstanceProperties.get('tostring')?.value).toBe(1);
    expect(Object.getPrototypeOf(propertiesOf(found))).toBeNull();
    expect(found instanceof CimInstance).toBe(true);
  });

  it('refuse an instance without a complete key', async () => {
    const session = await lampServer().session();
    const cimClass = await session.getClass({ namespace: 'root/test', className: 'X_Lamp' });
    for (const keys of [{}, { Id: null }]) {
      await expect(session.deleteInstance({ instance: cimClass.newInstance(keys) })).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
      });
    }
    await expect(
      session.deleteInstance({ namespace: 'root/test', className: 'X_Lamp', keys: {} }),
    ).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining('give Id') });
    const none = undefined as unknown as Record<string, string>;
    await expect(
      session.getInstance({ namespace: 'root/test', className: 'X_Switch', keys: none }),
    ).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining('{}') });
  });

  it('of a class without a key are named by the class alone', async () => {
    const keyless = '<CLASS NAME="X_Clock"><PROPERTY NAME="Zone" TYPE="string"/></CLASS>';
    const server = new FakeServer((_request, what) =>
      what === 'Get class X_Clock' ? keyless : instance('X_Clock', { Zone: 'UTC' }),
    );
    const only = { namespace: 'root/test', className: 'X_Clock', keys: {} };
    for (const spelling of ['dmtf', 'wmi'] as const) {
      const session = await server.session({ resourceUriSpelling: spelling });
      const found = await session.getInstance<{ Zone: string }>(only);
      expect(found.Zone).toBe('UTC');
      const get = server.asked.findLast(({ what }) => what === 'Get X_Clock' || what === 'Get x_clock');
      expect({ ...get?.envelope.selectors }).toEqual(spelling === 'dmtf' ? { __cimnamespace: 'root/test' } : {});
      // The schema of WS-Management wants a selector in a SelectorSet (DSP0226 5.4.2).
      expect(get?.text.includes('SelectorSet')).toBe(spelling === 'dmtf');
      found.cimInstanceProperties.set('Zone', 'CET');
      await session.modifyInstance({ instance: found });
      expect({ ...server.asked.at(-1)?.envelope.selectors }).toEqual({ ...get?.envelope.selectors });
    }
  });

  it('without keys are left to the server where the class is not known', async () => {
    const server = new FakeServer(() => ({
      soapCode: 'Sender',
      soapSubcode: 'wsman:InvalidSelectors',
      reason: 'Name is missing.',
    }));
    const session = await server.session();
    await expect(session.getInstance({ namespace: 'root/test', className: 'X_Lamp', keys: {} })).rejects.toThrow(
      'Name is missing.',
    );
    expect(server.trips[0]).toMatch(/^Get /);
  });

  it('say what the server says', async () => {
    const server = new FakeServer(() => ({
      soapCode: 'Sender',
      soapSubcode: 'wsman:InvalidSelectors',
      reason: 'There is no such lamp.',
    }));
    const session = await server.session();
    const request = { namespace: 'root/test', className: 'X_Lamp', keys: { Id: 2 } };
    const error = await session.getInstance(request).then(undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(CimException);
    expect(error).toMatchObject({ nativeErrorCode: 'NotFound' });
  });
});
