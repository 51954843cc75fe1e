import { describe, expect, it } from '@jest/globals';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { CimletError } from '../../../lib/base/errors.js';
import { classLookup, readInstance, writeInstance } from '../../../lib/cim/codec/index.js';
import { markInferred } from '../../../lib/cim/codec/inferred-classes.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { parseXml } from '../../../lib/xml/parse.js';
import type { XmlElement } from '../../../lib/xml/tree/element.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { propertiesOf, valuesOf } from '../../support/values-of.js';

const WMI = 'http://schemas.microsoft.com/wbem/wsman/1/wmi';
const DMTF = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2';
const NAMESPACES =
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"';

const innerClass: CimClassDeclaration = {
  namespace: 'root/test',
  className: 'X_Inner',
  properties: [
    { name: 'Id', type: 'uint32', key: true },
    { name: 'Next', type: 'instance', className: 'X_Inner' },
  ],
  methods: [],
};
const outerClass: CimClassDeclaration = {
  namespace: 'root/test',
  className: 'X_Outer',
  properties: [
    { name: 'Key', type: 'string', key: true },
    { name: 'One', type: 'instance', className: 'X_Inner' },
    { name: 'Many', type: 'instance', className: 'X_Inner', isArray: true },
    { name: 'Ref', type: 'reference', className: 'X_Inner' },
    { name: 'Refs', type: 'reference', className: 'X_Inner', isArray: true },
  ],
  methods: [],
};
const classes = classLookup([innerClass, outerClass]);
const context = { namespace: 'root/test', classes };

const inner = (id: number, next: CimInstance | null = null) => CimInstance.create(innerClass, { Id: id, Next: next });

describe('the examples of MS-WSMV', () => {
  it('4.1.1: reads the instance and skips its cim:Location', () => {
    const body = `<p:myclass xmlns:p="${WMI}/root/mynamespace/myclass"><p:Data1>Hello World</p:Data1><p:id>1</p:id>
      <cim:Location xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
        xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
        <wsa:ReferenceParameters><wsman:ResourceURI>${WMI}/root/mynamespace/myclass</wsman:ResourceURI>
        <wsman:SelectorSet><wsman:Selector Name="id">1</wsman:Selector></wsman:SelectorSet></wsa:ReferenceParameters></cim:Location></p:myclass>`;
    const MyClass: CimClassDeclaration = {
      namespace: 'root/mynamespace',
      className: 'MyClass',
      properties: [
        { name: 'id', type: 'sint32', key: true },
        { name: 'Data1', type: 'string' },
      ],
      methods: [],
    };
    const instance = readInstance(parseXml(body), { namespace: 'root', classes: classLookup([MyClass]) });
    expect(instance.cimClass).toBe(MyClass);
    expect({ ...propertiesOf(instance) }).toEqual({ id: 1, Data1: 'Hello World' });
    const undeclared = readInstance(parseXml(body), { namespace: 'root' });
    expect({ ...propertiesOf(undeclared) }).toEqual({ Data1: 'Hello World', id: '1' });
    expect(undeclared.cimSystemProperties.namespace).toBe('root/mynamespace');
  });

  it('4.11.1: reads a null array', () => {
    const body = `<p:UTFPSSemantics_TestBase xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="${WMI}/root/cimv2/mytest4/UTFPSSemantics_TestBase" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" xsi:type="p:UTFPSSemantics_TestBase_Type">
      <p:octet xmlns:m="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" xsi:nil="true" m:IsNullArray="true"/>
      <p:uint32Key>100</p:uint32Key></p:UTFPSSemantics_TestBase>`;
    const instance = readInstance(parseXml(body), { namespace: 'root' });
    expect({ ...propertiesOf(instance) }).toEqual({ octet: null, uint32Key: '100' });
    expect(instance.cimInstanceProperties.get('octet')?.isArray).toBe(true);
    expect(instance.cimClass.className).toBe('UTFPSSemantics_TestBase');
    expect(instance.cimSystemProperties.namespace).toBe('root/cimv2/mytest4');
  });

  it('4.11.1: writes the root element as Windows does', () => {
    const instance = CimInstance.create(
      { namespace: 'root/cimv2/mytest4', className: 'UTFPSSemantics_TestBase', properties: [], methods: [] },
      {},
    );
    const root = parseXml(writeInstance(instance, { spelling: 'wmi' }));
    expect(root.name).toBe('UTFPSSemantics_TestBase');
    expect(root.namespace).toBe(`${WMI}/root/cimv2/mytest4/UTFPSSemantics_TestBase`);
    expect(root.attribute('type', 'http://www.w3.org/2001/XMLSchema-instance')).toMatch(
      /^\w+:UTFPSSemantics_TestBase_Type$/,
    );
  });
});

describe('a recorded reply of Windows', () => {
  // Win32_Process of a Windows server, shortened.
  const body = `<p:Win32_Process xmlns:p="${WMI}/root/cimv2/Win32_Process" ${NAMESPACES} xsi:type="p:Win32_Process_Type">
    <p:Caption>System Idle Process</p:Caption><p:CommandLine xsi:nil="true"/>
    <p:CreationDate><cim:Datetime>2014-04-03T14:45:50.46875+08:00</cim:Datetime></p:CreationDate>
    <p:AutomaticStartupActionDelay><cim:Interval>P0DT0H1M40S</cim:Interval></p:AutomaticStartupActionDelay>
    <p:IPAddress>192.168.1.103</p:IPAddress><p:IPAddress>fe80::6962:c157:2318:423d</p:IPAddress></p:Win32_Process>`;

  it('is read without a schema', () => {
    const instance = readInstance(parseXml(body), { namespace: 'root/cimv2' });
    expect(JSON.parse(JSON.stringify(instance))).toEqual({
      Caption: 'System Idle Process',
      CommandLine: null,
      CreationDate: '2014-04-03T14:45:50.468750+08:00',
      AutomaticStartupActionDelay: '00:01:40',
      IPAddress: ['192.168.1.103', 'fe80::6962:c157:2318:423d'],
    });
    const again = readInstance(parseXml(body), { namespace: 'root/cimv2' });
    expect(again.cimClass).toBe(instance.cimClass);
  });
});

describe('xsi:type without a schema', () => {
  it('decides the type, whatever its prefix and case', () => {
    const body = `<X ${NAMESPACES} xmlns:q="http://schemas.dmtf.org/wbem/wscim/1/common" xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <A xsi:type="cim:cimunsignedInt">0</A><B xsi:type="q:cimUnsignedLong">1</B><C xsi:type="xs:boolean">true</C>
      <D xsi:type="cim:cimBase64Binary">AP8Q</D><E xsi:type="cim:cimDouble">1</E><F xsi:type="cim:cimUnknown">1</F></X>`;
    expect({ ...propertiesOf(readInstance(parseXml(body), context)) }).toEqual({
      A: 0,
      B: 1n,
      C: true,
      D: [0, 255, 16],
      E: 1,
      F: '1',
    });
  });
});

describe('embedded instances', () => {
  const instance = CimInstance.create(outerClass, {
    Key: 'k',
    One: inner(1, inner(2)),
    Many: [inner(3), inner(4)],
  });

  it.each(['dmtf', 'wmi'] as const)('round-trip (%s)', (spelling) => {
    const read = readInstance(parseXml(writeInstance(instance, { spelling })), context);
    expect(JSON.stringify(read)).toBe(JSON.stringify(instance));
    expect((propertiesOf(read)['One'] as CimInstance).cimClass).toBe(innerClass);
  });

  it('carry xsi:type ns:CLASS_Type, the class named by its resource URI', () => {
    const one = parseXml(writeInstance(instance)).child('One');
    const type = one?.attribute('type', 'http://www.w3.org/2001/XMLSchema-instance') ?? '';
    expect(type).toMatch(/:X_Inner_Type$/);
    expect(one?.resolvePrefix(type.slice(0, type.indexOf(':')))).toBe(`${DMTF}/X_Inner`);
    expect(one?.child('Id')?.namespace).toBe(`${DMTF}/X_Inner`);
  });

  it.each([
    ['bare', '<One><Id>1</Id></One>'],
    ['empty, typed', `<One xsi:type="i:X_Inner_Type" xmlns:i="${DMTF}/X_Inner"/>`],
    ['in a child named like the class', `<One><i:X_Inner xmlns:i="${DMTF}/X_Inner"><i:Id>1</i:Id></i:X_Inner></One>`],
    [
      'in a typed child',
      `<One><i:Anything xsi:type="i:X_Inner_Type" xmlns:i="${DMTF}/X_Inner"><i:Id>1</i:Id></i:Anything></One>`,
    ],
  ])('are read %s', (_, xml) => {
    const read = readInstance(parseXml(`<X_Outer ${NAMESPACES}>${xml}</X_Outer>`), context);
    const one = propertiesOf(read)['One'] as CimInstance;
    expect(one.cimClass).toBe(innerClass);
    expect([undefined, 1]).toContain(propertiesOf(one)['Id']);
  });

  it('of a derived class are read as that class', () => {
    const xml = `<X_Outer ${NAMESPACES}><One xsi:type="i:X_Derived_Type" xmlns:i="${WMI}/root/other/X_Derived"><i:New xsi:type="cim:cimUnsignedByte">9</i:New></One></X_Outer>`;
    const one = propertiesOf(
      readInstance(parseXml(xml), {
        ...context,
        classes: (name) => (name === 'X_Outer' ? outerClass : undefined),
      }),
    )['One'] as CimInstance;
    expect(one.cimSystemProperties).toMatchObject({ className: 'X_Derived', namespace: 'root/other' });
    expect(propertiesOf(one)['New']).toBe(9);
  });

  it('of a class derived from a known one keep its types and their own name', () => {
    const xml = `<X_Outer ${NAMESPACES}><One xsi:type="i:X_Derived_Type" xmlns:i="${DMTF}/X_Derived"><i:Id>1</i:Id><i:New>n</i:New></One></X_Outer>`;
    const [first, second] = [readInstance(parseXml(xml), context), readInstance(parseXml(xml), context)].map(
      (outer) => propertiesOf(outer)['One'] as CimInstance,
    );
    expect(first?.cimClass).toMatchObject({ className: 'X_Derived', superClassName: 'X_Inner' });
    expect(valuesOf(first)).toEqual({ Id: 1, New: 'n' });
    expect(JSON.stringify(first)).toBe('{"Id":1}');
    expect(second?.cimClass).toBe(first?.cimClass);
  });

  it('keep properties that the declared class lacks', () => {
    const xml = `<X_Inner ${NAMESPACES}><Id>1</Id><Added>a</Added><Added>b</Added></X_Inner>`;
    const read = readInstance(parseXml(xml), context);
    expect({ ...propertiesOf(read) }).toEqual({ Id: 1, Added: ['a', 'b'] });
    expect(read.cimClass).toBe(innerClass);
  });

  it('refuse to nest without end', () => {
    let chain = inner(0);
    for (let depth = 1; depth < 100; depth += 1) chain = inner(depth, chain);
    expect(() => writeInstance(chain)).toThrow(CimletError);
  });

  it('all have the origin of the whole', () => {
    const session = { computerName: 'srv', instanceId: 'x' };
    const read = readInstance(parseXml(writeInstance(instance)), { ...context, origin: { session } });
    expect(read.PSComputerName).toBe('srv');
    expect((propertiesOf(read)['One'] as CimInstance).cimSession).toBe(session);
  });
});

describe('references', () => {
  const target = inner(7);
  const instance = CimInstance.create(outerClass, { Key: 'k', Ref: target, Refs: [target, inner(8)] });

  it.each(['dmtf', 'wmi'] as const)('travel as endpoint references with selectors (%s)', (spelling) => {
    const xml = writeInstance(instance, { spelling });
    const reference = parseXml(xml).child('Ref');
    expect(reference?.children.map((child) => child.name)).toEqual(['Address', 'ReferenceParameters']);
    const read = readInstance(parseXml(xml), context);
    const back = propertiesOf(read)['Ref'] as CimInstance;
    expect({ ...propertiesOf(back) }).toEqual({ Id: 7 });
    expect(back.cimSystemProperties.namespace).toBe('root/test');
    expect(propertiesOf(read)['Refs']).toHaveLength(2);
  });

  it('without a schema hold their selectors as text keys', () => {
    const read = readInstance(parseXml(writeInstance(instance)), { namespace: 'root' });
    const back = propertiesOf(read)['Ref'] as CimInstance;
    expect({ ...propertiesOf(back) }).toEqual({ Id: '7' });
    expect(String(back)).toBe('X_Inner (Id = "7")');
    expect(back.cimSystemProperties.path).toBe('root\\test:X_Inner.Id="7"');
  });

  it('may be keys of references', () => {
    const association: CimClassDeclaration = {
      namespace: 'root/test',
      className: 'X_Link',
      properties: [{ name: 'Left', type: 'reference', key: true }],
      methods: [],
    };
    const holder: CimClassDeclaration = {
      namespace: 'root/test',
      className: 'X_Holder',
      properties: [{ name: 'Link', type: 'reference' }],
      methods: [],
    };
    const link = CimInstance.create(association, { Left: target });
    const xml = writeInstance(CimInstance.create(holder, { Link: link }));
    const read = readInstance(parseXml(xml), { namespace: 'root', classes: classLookup([holder, innerClass]) });
    const left = propertiesOf(propertiesOf(read)['Link'] as CimInstance)['Left'] as CimInstance;
    expect({ ...propertiesOf(left) }).toEqual({ Id: 7 });
  });

  it('to an instance of a class without keys name the class alone', () => {
    const keyless: CimClassDeclaration = { ...innerClass, properties: [{ name: 'Id', type: 'uint32' }] };
    const holder = CimInstance.create(outerClass, { Ref: CimInstance.create(keyless) });
    expect(writeInstance(holder)).toContain(
      '<w:SelectorSet><w:Selector Name="__cimnamespace">root/test</w:Selector></w:SelectorSet>',
    );
    expect(writeInstance(holder, { spelling: 'wmi' })).not.toContain('SelectorSet');
  });

  it('need a key with a value', () => {
    const inferred = markInferred({ ...innerClass, properties: [{ name: 'Id', type: 'uint32' }] });
    for (const bad of [
      CimInstance.create(inferred, { Id: 1 }),
      CimInstance.create(innerClass),
      CimInstance.create(innerClass, { Id: null }),
    ]) {
      expect(() => writeInstance(CimInstance.create(outerClass, { Ref: bad }))).toThrow(/X_Inner/);
    }
  });
});

describe('independent readers', () => {
  interface Plain {
    readonly namespace: string;
    readonly name: string;
    readonly text: string;
    readonly children: readonly Plain[];
  }

  const ofOurs = (element: XmlElement): Plain => ({
    namespace: element.namespace,
    name: element.name,
    text: element.text,
    children: element.children.map(ofOurs),
  });

  const ofTheirs = (element: Element): Plain => {
    const nodes = Array.from({ length: element.childNodes.length }, (_, index) => element.childNodes[index]);
    const text = nodes.map((node) => (node?.nodeType === 3 ? (node.nodeValue ?? '') : '')).join('');
    const children = nodes.flatMap((node) => (node?.nodeType === 1 ? [ofTheirs(node as Element)] : []));
    return { namespace: element.namespaceURI ?? '', name: element.localName ?? '', text, children };
  };

  it('see in our instances what our reader sees', () => {
    const all = CimInstance.create(outerClass, {
      Key: 'a < b & "c" \u00e4\u{1F600}\r\n\t]]>',
      One: inner(1, inner(2)),
      Many: [inner(3)],
      Ref: inner(7),
      Refs: null,
    });
    const xml = writeInstance(all);
    const document = new DOMParser().parseFromString(xml, 'text/xml');
    const root = document.documentElement;
    expect(root && ofTheirs(root)).toEqual(ofOurs(parseXml(xml)));
  });
});

describe('whatever the peer sends', () => {
  const { tree } = fc.letrec<{ tree: string; children: string }>((tie) => ({
    tree: fc
      .record({
        name: fc.constantFrom(
          'Id',
          'Next',
          'One',
          'Many',
          'Ref',
          'X_Inner',
          '__proto__',
          'Location',
          'ReferenceParameters',
          'ResourceURI',
          'SelectorSet',
          'Selector',
          'Datetime',
          'Interval',
        ),
        attributes: fc.constantFrom(
          '',
          ' xsi:nil="true"',
          ' xsi:type="cim:cimUnsignedInt"',
          ' xsi:type="X_Inner_Type"',
          ' xsi:type="q:_Type"',
          ' Name="Id"',
          ' xsi:type="cim:cimBase64Binary"',
        ),
        children: tie('children'),
      })
      .map(({ name, attributes, children }) => `<${name}${attributes}>${children}</${name}>`),
    children: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('', '1', 'PT1H', 'text', `${DMTF}/X_Inner`, `${WMI}/root/x/X_Inner`, '__proto__'),
      fc.array(tie('tree'), { maxLength: 4 }).map((parts) => parts.join('')),
    ),
  }));

  it('is an instance or a CimletError', () => {
    fc.assert(
      fc.property(tree, fc.boolean(), (xml, declared) => {
        const root = parseXml(`<X_Outer ${NAMESPACES}>${xml}</X_Outer>`);
        try {
          const instance = readInstance(root, declared ? context : { namespace: 'root' });
          expect(JSON.parse(JSON.stringify(instance))).toBeDefined();
          expect(String(instance)).toContain('X_Outer');
        } catch (error) {
          expect(error).toBeInstanceOf(CimletError);
        }
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});

describe('hostile names', () => {
  it('are data on the way in', () => {
    const xml = `<X ${NAMESPACES}><__proto__>1</__proto__><constructor>2</constructor><toJSON>3</toJSON></X>`;
    const read = readInstance(parseXml(xml), context);
    const values = [...read.cimInstanceProperties].map(({ name, value }) => [name, value]);
    expect(values).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toJSON', '3'],
    ]);
    expect(Object.keys(read)).toEqual([]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('cannot break out of the markup on the way out', () => {
    const evil = CimInstance.create(innerClass, { 'a><b/><c ': 'x' });
    expect(() => writeInstance(evil)).toThrow(CimletError);
  });
});
