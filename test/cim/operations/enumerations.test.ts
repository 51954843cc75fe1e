import { describe, expect, it } from '@jest/globals';
import { markInferred } from '../../../lib/cim/codec/inferred-classes.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { propertiesOf, valuesOf } from '../../support/values-of.js';
import {
  all,
  FakeServer,
  instance,
  LAMP_CLASS,
  NO_METADATA,
  page,
  reference,
  referenceContent,
  SCHEMA,
  XSI,
} from './fake-server.js';

interface Lamp {
  readonly Id: number;
  readonly On: boolean;
  readonly Burnt: bigint | null;
}

const lamp = (id: number) =>
  instance('X_Lamp', { Id: String(id), On: 'true', Burnt: '18446744073709551615', Colors: 'red' });
const lamps = { namespace: 'root/test', className: 'X_Lamp' };

const server = (pages: readonly (readonly string[])[], metadata: Record<string, string> = { X_Lamp: LAMP_CLASS }) => {
  let at = 0;
  const fake = new FakeServer((request, what) => {
    if (what.startsWith('Get class ')) return metadata[what.slice('Get class '.length)] ?? NO_METADATA;
    if (what.startsWith('Release')) return undefined;
    const items = pages[at] ?? [];
    at += 1;
    return page(request, items, at < pages.length ? `c${at}` : undefined);
  });
  return Object.assign(fake, {
    /** From the first page again. */
    rewind: () => {
      at = 0;
    },
  });
};

/** The Enumerate, which the request for the class may go ahead of. */
const asked = (fake: FakeServer) => fake.asked.find(({ what }) => what.startsWith('Enumerate '));

describe('enumerateInstances', () => {
  it('types the values by the class, which is fetched once, beside the first page', async () => {
    const fake = server([[lamp(1), lamp(2)]]);
    const session = await fake.session();
    const [first, second] = await all(session.enumerateInstances<Lamp>(lamps));
    expect([first?.Id, first?.On, first?.Burnt]).toEqual([1, true, 18446744073709551615n]);
    expect(first?.cimInstanceProperties.get('colors')?.value).toEqual(['red']);
    expect(first?.cimInstanceProperties.get('Id')?.flags.key).toBe(true);
    expect(first?.cimClass).toBe(second?.cimClass);
    expect(first?.PSComputerName).toBe('server');
    expect(fake.trips).toEqual(['Get class X_Lamp', 'Enumerate X_Lamp']);
    await all(session.enumerateInstances<Lamp>(lamps));
    expect(fake.trips).toEqual(['Get class X_Lamp', 'Enumerate X_Lamp', 'Enumerate X_Lamp']);
  });

  it('sends the class and the enumeration at the same time', async () => {
    const waiting: (() => void)[] = [];
    const fake = new FakeServer(async (request, what) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const release of waiting) release();
      });
      return what.startsWith('Get class') ? LAMP_CLASS : page(request, [lamp(1)]);
    });
    const session = await fake.session();
    expect(await all(session.enumerateInstances(lamps))).toHaveLength(1);
  });

  it('sends nothing before it is iterated, and releases what is left when it is left', async () => {
    const fake = server([[lamp(1), lamp(2)], [lamp(3)]]);
    const session = await fake.session();
    const items = session.enumerateInstances(lamps);
    expect(fake.trips).toEqual([]);
    for await (const item of items) {
      expect(item.cimInstanceProperties.get('Id')?.value).toBe(1);
      break;
    }
    expect(fake.trips).toEqual(['Get class X_Lamp', 'Enumerate X_Lamp', 'Release X_Lamp']);
  });

  it('takes pages one after the other', async () => {
    const fake = server([[lamp(1), lamp(2)], [lamp(3), lamp(4)], [lamp(5)]]);
    const session = await fake.session();
    const ids = (await all(session.enumerateInstances<Lamp>({ ...lamps, maxElements: 2 }))).map(({ Id }) => Id);
    expect(ids).toEqual([1, 2, 3, 4, 5]);
    expect(fake.trips.filter((trip) => !trip.includes('class'))).toEqual([
      'Enumerate X_Lamp',
      'Pull X_Lamp',
      'Pull X_Lamp',
    ]);
    expect(asked(fake)?.envelope.body?.child('MaxElements')?.text).toBe('2');
  });

  it('fetches each derived class that turns up, once', async () => {
    const strobe = LAMP_CLASS.replace('NAME="X_Lamp"', 'NAME="X_Strobe"').replace(
      '<METHOD NAME="Dim"',
      '<PROPERTY NAME="Hertz" TYPE="real64"/><METHOD NAME="Dim"',
    );
    const item = (id: number) => instance('X_Strobe', { Id: String(id), Hertz: '2.5' });
    const fake = server([[lamp(1), item(2), lamp(3), item(4)]], { X_Lamp: LAMP_CLASS, X_Strobe: strobe });
    const session = await fake.session();
    const found = await all(session.enumerateInstances(lamps));
    expect(found.map(({ cimClass }) => cimClass.className)).toEqual(['X_Lamp', 'X_Strobe', 'X_Lamp', 'X_Strobe']);
    expect(propertiesOf(found[3])?.['Hertz']).toBe(2.5);
    expect(fake.trips).toEqual(['Get class X_Lamp', 'Enumerate X_Lamp', 'Get class X_Strobe']);
  });

  // An enumeration, and `select * from X`, give instances of X and of what derives from it (DSP0227 8; WQL).
  it.each([
    ['the caller has declared only the base class', true],
    ['the server has metadata only of the base class', false],
  ])('types the properties that a derived class inherits where %s', async (_, isDeclared) => {
    const item = instance('X_Strobe', { Id: '7', On: 'false', Burnt: '1', Hertz: '2.5' });
    const fake = server([[lamp(1), item, lamp(3), item]]);
    const session = await fake.session();
    const options = isDeclared ? { classes: [await session.getClass(lamps)] } : {};
    for (const items of [
      session.enumerateInstances<Lamp>({ ...lamps, ...options }),
      session.queryInstances<Lamp>({ namespace: 'root/test', query: 'select * from X_Lamp', ...options }),
    ]) {
      const found = await all(items);
      for (const strobe of [found[1], found[3]]) {
        expect(strobe?.cimClass).toMatchObject({ className: 'X_Strobe', superClassName: 'X_Lamp' });
        expect(valuesOf(strobe)).toEqual({ Id: 7, On: false, Burnt: 1n, Hertz: '2.5' });
      }
      if (found.length === 0) throw new Error('Nothing came.');
      fake.rewind();
    }
  });

  // omi, class metadata on, no xsi:type: what a value's class is, its property's EmbeddedInstance qualifier says (DSP0227 13.2).
  it.each(['first', 'after other calls'])('types embedded instances by their class, asked %s', async (when) => {
    const holder =
      '<CLASS NAME="X_Holder"><PROPERTY NAME="Id" TYPE="uint32"><QUALIFIER NAME="Key" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PROPERTY>' +
      '<PROPERTY NAME="Part" TYPE="string"><QUALIFIER NAME="EmbeddedInstance" TYPE="string"><VALUE>X_Part</VALUE></QUALIFIER></PROPERTY>' +
      '<PROPERTY.ARRAY NAME="Lamps" TYPE="string"><QUALIFIER NAME="EmbeddedInstance" TYPE="string"><VALUE>X_Device</VALUE></QUALIFIER></PROPERTY.ARRAY></CLASS>';
    const part =
      '<CLASS NAME="X_Part"><PROPERTY NAME="Big" TYPE="uint64"/><PROPERTY NAME="When" TYPE="datetime"/>' +
      '<PROPERTY NAME="Inner" TYPE="string"><QUALIFIER NAME="EmbeddedInstance" TYPE="string"><VALUE>X_Inner</VALUE></QUALIFIER></PROPERTY></CLASS>';
    const inner = '<CLASS NAME="X_Inner"><PROPERTY NAME="Big" TYPE="sint64"/></CLASS>';
    const value =
      `<q:X_Holder xmlns:q="${SCHEMA}/X_Holder" xmlns:xsi="${XSI}"><q:Id>1</q:Id><q:Part><q:Big>18446744073709551615</q:Big>` +
      '<q:When>2001-02-03T00:00:00Z</q:When><q:Inner><q:Big>-7</q:Big></q:Inner></q:Part>' +
      `<q:Lamps xmlns:l="${SCHEMA}/X_Lamp" xsi:type="l:X_Lamp_Type"><l:Id>3</l:Id><l:On>false</l:On></q:Lamps>` +
      `<q:Lamps xmlns:n="urn:n" xsi:type="n:X_Nowhere_Type"><n:Id>4</n:Id></q:Lamps></q:X_Holder>`;
    const device = '<CLASS NAME="X_Device"><PROPERTY NAME="Id" TYPE="uint32"/></CLASS>';
    const metadata: Record<string, string> = {
      X_Holder: holder,
      X_Part: part,
      X_Inner: inner,
      X_Lamp: LAMP_CLASS,
      X_Device: device,
    };
    const fake = new FakeServer((request, what) => {
      if (what.startsWith('Get class ')) return metadata[what.slice('Get class '.length)] ?? NO_METADATA;
      return what.startsWith('Enumerate') ? page(request, [value, value]) : value;
    });
    const session = await fake.session();
    if (when !== 'first') {
      for (const className of ['X_Inner', 'X_Part']) await session.getClass({ namespace: 'root/test', className });
    }
    const holders = { namespace: 'root/test', className: 'X_Holder' };
    const [enumerated] = await all(session.enumerateInstances(holders));
    const fresh = await fake.session();
    const got = await fresh.getInstance({ ...holders, keys: { Id: 1 } });
    const again = await fresh.getInstance({ instance: got });
    for (const found of [enumerated, got, again]) {
      const { Part, Lamps }: Readonly<Record<string, CimValue>> = propertiesOf(found) ?? {};
      if (!(Part instanceof CimInstance) || !Array.isArray(Lamps)) throw new Error('There is no embedded instance.');
      expect(propertiesOf(Part)['Big']).toBe(18446744073709551615n);
      expect(propertiesOf(Part)['When']).toBeInstanceOf(CimDateTime);
      expect(propertiesOf(Part)['Inner']).toMatchObject({ Big: -7n });
      expect(Lamps.map((lampOf) => valuesOf(lampOf))).toEqual([{ Id: 3, On: false }, { Id: 4 }]);
      expect(Lamps[1].cimClass).toMatchObject({ className: 'X_Nowhere', superClassName: 'X_Device' });
    }
  });

  it('gives what it can of an instance whose embedded class cannot be had now', async () => {
    const holder =
      '<CLASS NAME="X_Holder"><PROPERTY NAME="Part" TYPE="string"><QUALIFIER NAME="EmbeddedInstance" TYPE="string"><VALUE>X_Part</VALUE></QUALIFIER></PROPERTY></CLASS>';
    const value = `<q:X_Holder xmlns:q="urn:q"><q:Part><q:Big>7</q:Big></q:Part></q:X_Holder>`;
    const fake = new FakeServer((_, what) => {
      if (what === 'Get class X_Holder') return holder;
      if (what === 'Get class X_Part') {
        return { soapCode: 'Receiver', soapSubcode: 'wsman:InternalError', reason: 'Too busy.', wsmanCode: 0x803380e2 };
      }
      return value;
    });
    const session = await fake.session();
    const found = await session.getInstance({ namespace: 'root/test', className: 'X_Holder', keys: {} });
    expect(propertiesOf(found)['Part']).toMatchObject({ Big: '7' });
  });

  it('reads by what the values say where the server has no metadata, and asks for it once', async () => {
    const typed = `<q:X_Lamp xmlns:q="urn:q" xmlns:xsi="${XSI}" xmlns:cim="urn:cim"><q:Id xsi:type="cim:cimUnsignedInt">7</q:Id><q:Name>n</q:Name></q:X_Lamp>`;
    const fake = server([[typed]], {});
    const session = await fake.session();
    const [found] = await all(session.enumerateInstances(lamps));
    expect(valuesOf(found)).toEqual({ Id: 7, Name: 'n' });
    await all(session.enumerateInstances(lamps));
    expect(fake.trips.filter((trip) => trip === 'Get class X_Lamp')).toHaveLength(1);
  });

  it('reads by what the values say where the metadata makes no sense', async () => {
    const fake = server([[lamp(1)]], { X_Lamp: '<CLASS NAME="X_Lamp"><PROPERTY NAME="Id" TYPE="quux"/></CLASS>' });
    const session = await fake.session();
    const [found] = await all(session.enumerateInstances(lamps));
    expect(propertiesOf(found)?.['Id']).toBe('1');
    await expect(session.getClass(lamps)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
  });

  it("with typeInformation 'wire' fetches no class, and knows the keys from the references", async () => {
    const fake = server([[`<w:Item>${lamp(1)}${reference('X_Lamp', { Id: '1' })}</w:Item>`]]);
    const session = await fake.session();
    const [found] = await all(session.enumerateInstances({ ...lamps, typeInformation: 'wire' }));
    expect(fake.trips).toEqual(['Enumerate X_Lamp']);
    expect(asked(fake)?.envelope.body?.child('EnumerationMode')?.text).toBe('EnumerateObjectAndEPR');
    expect(found?.cimInstanceProperties.get('Id')?.flags.key).toBe(true);
    expect(found?.cimInstanceProperties.get('On')?.flags.key).toBe(false);
    if (found === undefined) throw new Error('no instance');
    await session.deleteInstance({ instance: found });
    expect(fake.asked[1]?.envelope.selectors).toMatchObject({ __cimnamespace: 'root/test', Id: '1' });
  });

  it('with a declared class fetches nothing', async () => {
    const declared: CimClassDeclaration = {
      namespace: 'root/test',
      className: 'X_Lamp',
      properties: [{ name: 'Id', type: 'uint8', key: true }],
      methods: [],
    };
    const fake = server([[lamp(3)]]);
    const session = await fake.session();
    const [found] = await all(session.enumerateInstances<Lamp>({ ...lamps, classes: [declared] }));
    expect(found?.Id).toBe(3);
    expect(found?.cimClass).toBe(declared);
    expect(fake.trips).toEqual(['Enumerate X_Lamp']);
  });

  it('gives only keys on request, with their types', async () => {
    const fake = server([[reference('X_Lamp', { Id: '4' })]]);
    const session = await fake.session();
    const [found] = await all(session.enumerateInstances({ ...lamps, keysOnly: true }));
    expect(valuesOf(found)).toEqual({ Id: 4 });
    expect(asked(fake)?.envelope.body?.child('EnumerationMode')?.text).toBe('EnumerateEPR');
  });

  it('says how derived classes are wanted, and which instances', async () => {
    const fake = server([[]]);
    const session = await fake.session();
    await all(session.enumerateInstances({ ...lamps, polymorphism: 'shallow', selectors: { On: 'true' } }));
    const body = asked(fake)?.envelope.body;
    expect(body?.child('PolymorphismMode')?.text).toBe('None');
    expect(body?.child('Filter')?.attribute('Dialect')).toBe(
      'http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter',
    );
  });

  it('refuses an unknown wish for derived classes, before anything is sent', async () => {
    const fake = server([[lamp(1)]]);
    const session = await fake.session();
    for (const wrong of ['deepBasePropsOnly', 'Shallow', 'toString', '']) {
      const polymorphism = wrong as 'deep';
      await expect(all(session.enumerateInstances({ ...lamps, polymorphism }))).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringMatching(/polymorphism.*deep, basePropertiesOnly, shallow/),
      });
    }
    expect(fake.trips).toEqual([]);
  });

  it('sends the options that are asked for', async () => {
    const fake = server([[]]);
    const session = await fake.session();
    await all(
      session.enumerateInstances({
        ...lamps,
        resourceUri: 'http://example.com/lamps',
        customOptions: { Depth: 3, Loud: true },
        operationOptions: [{ name: 'plain', value: 'x' }],
      }),
    );
    expect(asked(fake)?.envelope.resourceUri).toBe('http://example.com/lamps');
    expect(asked(fake)?.envelope.options.map(({ name, value }) => [name, value])).toEqual([
      ['msftwinrm:UsePreciseArrays', 'true'],
      ['wmi:Depth', '3'],
      ['wmi:Loud', 'true'],
      ['plain', 'x'],
    ]);
  });

  it.each([
    [{ namespace: '', className: 'X' }, 'namespace'],
    [{ namespace: 'root/test', className: 'X Y' }, 'className'],
    [{ namespace: 'root/test', className: '' }, 'className'],
  ])('refuses %j before anything is sent', async (request, name) => {
    const fake = server([[]]);
    const session = await fake.session();
    await expect(all(session.enumerateInstances(request))).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringContaining(name),
    });
    expect(fake.trips).toEqual([]);
  });

  it('fails as an exception of CIM, and after the close of the session', async () => {
    const fake = new FakeServer(() => ({ soapCode: 'Sender', soapSubcode: 'wsman:AccessDenied', reason: 'No.' }));
    const session = await fake.session();
    await expect(all(session.enumerateInstances(lamps))).rejects.toBeInstanceOf(CimException);
    await session.close();
    await expect(all(session.enumerateInstances(lamps))).rejects.toMatchObject({ code: 'ERR_SESSION_CLOSED' });
  });

  it('does not wait for a silent server longer than the session lets it', async () => {
    const never = new FakeServer(() => new Promise(() => {}));
    const session = await never.session({ operationTimeoutMs: 20 });
    await expect(all(session.enumerateInstances(lamps))).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
  });

  it('ends when the caller says so', async () => {
    const never = new FakeServer(() => new Promise(() => {}));
    const session = await never.session();
    const signal = AbortSignal.abort();
    await expect(all(session.enumerateInstances({ ...lamps, signal }))).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    await expect(all(session.enumerateInstances({ ...lamps, timeoutMs: 5 }))).rejects.toMatchObject({
      code: 'ERR_TIMEOUT',
    });
  });
});

describe('queryInstances', () => {
  it('asks all classes of the namespace, and fetches the class after FROM beside it', async () => {
    const fake = server([[lamp(1)]]);
    const session = await fake.session();
    const query = 'select * from X_Lamp where On = true';
    const [found] = await all(session.queryInstances<Lamp>({ namespace: 'root\\test', query }));
    expect(found?.Burnt).toBe(18446744073709551615n);
    const enumerate = asked(fake);
    expect(enumerate?.envelope.resourceUri).toBe('http://schemas.dmtf.org/wbem/wscim/1/*');
    expect(enumerate?.envelope.selectors).toMatchObject({ __cimnamespace: 'root/test' });
    expect(enumerate?.envelope.body?.child('Filter')?.text).toBe(query);
    expect(fake.trips).toEqual(['Get class X_Lamp', 'Enumerate *']);
  });

  it('reads the fragments that Windows gives for some of the properties', async () => {
    const fragment = `<w:XmlFragment><q:Id xmlns:q="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X_Lamp">5</q:Id></w:XmlFragment>`;
    const fake = server([[fragment]]);
    const session = await fake.session();
    const [found] = await all(session.queryInstances({ namespace: 'root/test', query: 'select Id from X_Lamp' }));
    expect([found?.cimClass.className, valuesOf(found)]).toEqual(['X_Lamp', { Id: 5 }]);
  });

  it('passes another dialect on', async () => {
    const fake = server([[]]);
    const session = await fake.session({ resourceUriSpelling: 'wmi' });
    await all(session.queryInstances({ namespace: 'root/test', query: 'a < b', queryDialect: 'urn:cql' }));
    const filter = asked(fake)?.envelope.body?.child('Filter');
    expect([filter?.attribute('Dialect'), filter?.text]).toEqual(['urn:cql', 'a < b']);
    expect(asked(fake)?.envelope.resourceUri).toBe('http://schemas.microsoft.com/wbem/wsman/1/wmi/root/test/*');
    await expect(all(session.queryInstances({ namespace: 'root/test', query: ' ' }))).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
    });
  });
});

describe('associations', () => {
  const owner: CimClassDeclaration = {
    namespace: 'root/test',
    className: 'X_Room',
    properties: [{ name: 'Name', type: 'string', key: true }],
    methods: [],
  };
  const room = CimInstance.create(owner, { Name: 'kitchen' });

  it('finds the instances at the other end', async () => {
    const fake = server([[lamp(1)]]);
    const session = await fake.session();
    const found = await all(
      session.enumerateAssociatedInstances({
        instance: room,
        associationClassName: 'X_LampInRoom',
        resultClassName: 'X_Lamp',
        sourceRole: 'Room',
        resultRole: 'Lamp',
      }),
    );
    expect(found).toHaveLength(1);
    const filter = asked(fake)?.envelope.body?.child('Filter')?.child('AssociatedInstances');
    expect(filter?.children.map(({ name, text }) => [name, text]).slice(1)).toEqual([
      ['AssociationClassName', 'X_LampInRoom'],
      ['Role', 'Room'],
      ['ResultClassName', 'X_Lamp'],
      ['ResultRole', 'Lamp'],
    ]);
    const selectors = filter?.child('Object')?.child('ReferenceParameters')?.child('SelectorSet')?.children;
    expect(selectors?.map((selector) => [selector.attribute('Name'), selector.text])).toEqual([
      ['__cimnamespace', 'root/test'],
      ['Name', 'kitchen'],
    ]);
  });

  it('finds the associations, whose references lead on', async () => {
    const association =
      `<q:X_LampInRoom xmlns:q="urn:q" xmlns:xsi="${XSI}">` +
      `<q:Room>${referenceContent('X_Room', { Name: 'kitchen' })}</q:Room><q:Lamp>${referenceContent('X_Lamp', { Id: '9' })}</q:Lamp></q:X_LampInRoom>`;
    const metadata = `<CLASS NAME="X_LampInRoom"><QUALIFIER NAME="Association" TYPE="boolean"/>${['Room', 'Lamp']
      .map(
        (name) =>
          `<PROPERTY.REFERENCE NAME="${name}" REFERENCECLASS="X_${name}"><QUALIFIER NAME="Key" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PROPERTY.REFERENCE>`,
      )
      .join('')}</CLASS>`;
    const fake = new FakeServer((request, what) => {
      if (what === 'Get class X_LampInRoom') return metadata;
      if (what === 'Get class X_Lamp') return LAMP_CLASS;
      if (what === 'Get X_Lamp') return lamp(Number(request.selectors['Id']));
      if (what.startsWith('Enumerate')) return page(request, [association]);
      if (what.startsWith('Delete')) return undefined;
      return NO_METADATA;
    });
    const session = await fake.session();
    const [link] = await all(
      session.enumerateReferencingInstances<{ Lamp: CimInstance }>({
        instance: room,
        associationClassName: 'X_LampInRoom',
      }),
    );
    expect(
      asked(fake)?.envelope.body?.child('Filter')?.child('AssociationInstances')?.child('ResultClassName')?.text,
    ).toBe('X_LampInRoom');
    if (link === undefined) throw new Error('no association');
    expect(link.Lamp.cimSystemProperties.className).toBe('X_Lamp');
    const found = await session.getInstance<Lamp>({ instance: link.Lamp });
    expect(found.Id).toBe(9);
    expect(link.cimSystemProperties.path).toBe(
      '\\\\server\\root\\test:X_LampInRoom.Room="\\\\\\\\server\\\\root\\\\test:X_Room.Name=\\"kitchen\\"",Lamp="\\\\\\\\server\\\\root\\\\test:X_Lamp.Id=\\"9\\""',
    );
    await session.deleteInstance({ instance: link });
    expect(fake.asked.at(-1)?.envelope.referenceSelectors).toMatchObject({
      Room: { selectors: { __cimnamespace: 'root/test', Name: 'kitchen' } },
      Lamp: { selectors: { Id: '9' } },
    });
  });

  it('are released when the loop over them is left, also those of a query', async () => {
    for (const isQuery of [false, true]) {
      const fake = new FakeServer((request, what) => {
        if (what.startsWith('Get class')) return NO_METADATA;
        return /^(?:Enumerate|Pull)/.test(what)
          ? page(request, [instance('X_Room', { Name: 'a' })], 'more')
          : undefined;
      });
      const session = await fake.session();
      const found = isQuery
        ? session.queryInstances({ namespace: 'root/test', query: 'select * from X_Room' })
        : session.enumerateAssociatedInstances({ instance: CimInstance.create(owner, { Name: 'kitchen' }) });
      for await (const { cimClass } of found) {
        expect(cimClass.className).toBe('X_Room');
        break;
      }
      expect(fake.trips.at(-1)).toMatch(/^Release/);
    }
  });

  it('refuses an instance whose keys nobody knows', async () => {
    const session = await server([[]]).session();
    const unknown = CimInstance.create(markInferred({ ...owner, properties: [] }), { Name: 'kitchen' });
    await expect(all(session.enumerateAssociatedInstances({ instance: unknown }))).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringContaining('getClass'),
    });
  });
});
