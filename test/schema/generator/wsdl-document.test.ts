// The WSDL of a class, read by @xmldom/xmldom, xml2js and node-soap.
import { describe, expect, it } from '@jest/globals';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { createClientAsync } from 'soap';
import { parseStringPromise, processors } from 'xml2js';
import type { CimClassDeclaration, CimParameterDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { allTypesClass, pointClass, thingClass } from '../../../lib/emulator/test-namespace/all-types.js';
import { generate } from '../../../lib/schema/generator/generate.js';
import { wsdlDocument } from '../../../lib/schema/generator/wsdl-document.js';
import { schemaFiles, WSDL_CLASSES } from '../schema-files.js';

const XS = 'http://www.w3.org/2001/XMLSchema';
const URI = 'http://schemas.microsoft.com/wbem/wsman/1/wmi';

function root(wsdl: string): Element {
  const { documentElement } = new DOMParser().parseFromString(wsdl, 'text/xml');
  if (documentElement === null) throw new Error('no root');
  return documentElement;
}

const named = (element: Element, name: string, namespace = XS) =>
  Array.from(element.getElementsByTagNameNS(namespace, name));

function classOf(parameters: readonly CimParameterDeclaration[]): CimClassDeclaration {
  const method = { name: 'Do', isStatic: true, returnType: 'uint32', parameters } as const;
  return { namespace: 'root/x', className: 'X_Doer', properties: [], methods: [method] };
}

describe('the WSDL of a class', () => {
  const { wsdl } = generate({
    cdxml: schemaFiles('.cdxml'),
    mof: schemaFiles('.mof'),
    schemaFolder: 'schemas/dhcp-server',
    wsdlClasses: WSDL_CLASSES,
    scriptCmdlets: [],
  });

  it('is there for the classes that are asked for', () => {
    expect([...wsdl.keys()].sort()).toEqual([
      'PS_DhcpServerVersion.wsdl',
      'PS_DhcpServerv4Failover.wsdl',
      'PS_DhcpServerv4FailoverReplication.wsdl',
      'PS_DhcpServerv4FailoverScope.wsdl',
      'PS_DhcpServerv4Scope.wsdl',
    ]);
  });

  it('has the methods, in SOAP 1.2, as xml2js reads it', async () => {
    const text = wsdl.get('PS_DhcpServerv4Failover.wsdl') ?? '';
    const { definitions } = await parseStringPromise(text, { tagNameProcessors: [processors.stripPrefix] });
    const names = ['AddByHotStandby', 'AddByLoadBalance', 'GetByName', 'GetByScopeId', 'Remove', 'Set'];
    const target = `${URI}/root/Microsoft/Windows/DHCP/PS_DhcpServerv4Failover`;
    expect(definitions.$).toMatchObject({
      targetNamespace: target,
      'xmlns:soap12': 'http://schemas.xmlsoap.org/wsdl/soap12/',
    });
    const [binding] = definitions.binding;
    const { binding: soapBinding, operation } = binding;
    expect(soapBinding[0].$).toEqual({ style: 'document', transport: 'http://schemas.xmlsoap.org/soap/http' });
    expect(
      operation.map((one: { $: { name: string }; operation: [{ $: object }] }) => [one.$.name, one.operation[0].$]),
    ).toEqual(names.map((name) => [name, { soapAction: `${target}/${name}`, style: 'document' }]));
    expect(definitions.message.map(({ $ }: { $: { name: string } }) => $.name)).toEqual(
      names.flatMap((name) => [`${name}_INPUT`, `${name}_OUTPUT`]),
    );
  });

  it('has each type in the terms of DSP0230, as @xmldom/xmldom reads it', () => {
    const inout = allTypesClass.properties.map((property) => ({ ...property, direction: 'inout' as const }));
    const document = root(wsdlDocument(classOf(inout), [pointClass, thingClass], 'of a test'));
    const [input, output] = named(document, 'complexType').filter((type) =>
      /_(IN|OUT)PUT_Type$/.test(type.getAttribute('name') ?? ''),
    );
    if (input === undefined || output === undefined) throw new Error('no messages');
    const typesOf = (element: Element) =>
      named(element, 'element').map((one) => [
        one.getAttribute('name'),
        one.getAttribute('type'),
        ...(one.getAttribute('maxOccurs') === 'unbounded' ? ['[]'] : []),
      ]);
    const types = [
      ['Id', 'cim:cimUnsignedInt'],
      ['BooleanValue', 'cim:cimBoolean'],
      ['BooleanArray', 'cim:cimBoolean', '[]'],
      ['Uint8Value', 'cim:cimUnsignedByte'],
      ['Uint8Array', 'cim:cimUnsignedByte', '[]'],
      ['Sint8Value', 'cim:cimByte'],
      ['Sint8Array', 'cim:cimByte', '[]'],
      ['Uint16Value', 'cim:cimUnsignedShort'],
      ['Uint16Array', 'cim:cimUnsignedShort', '[]'],
      ['Sint16Value', 'cim:cimShort'],
      ['Sint16Array', 'cim:cimShort', '[]'],
      ['Uint32Value', 'cim:cimUnsignedInt'],
      ['Uint32Array', 'cim:cimUnsignedInt', '[]'],
      ['Sint32Value', 'cim:cimInt'],
      ['Sint32Array', 'cim:cimInt', '[]'],
      ['Uint64Value', 'cim:cimUnsignedLong'],
      ['Uint64Array', 'cim:cimUnsignedLong', '[]'],
      ['Sint64Value', 'cim:cimLong'],
      ['Sint64Array', 'cim:cimLong', '[]'],
      ['Real32Value', 'cim:cimFloat'],
      ['Real32Array', 'cim:cimFloat', '[]'],
      ['Real64Value', 'cim:cimDouble'],
      ['Real64Array', 'cim:cimDouble', '[]'],
      ['Char16Value', 'cim:cimChar16'],
      ['Char16Array', 'cim:cimChar16', '[]'],
      ['StringValue', 'cim:cimString'],
      ['StringArray', 'cim:cimString', '[]'],
      ['DatetimeValue', 'cim:cimDateTime'],
      ['DatetimeArray', 'cim:cimDateTime', '[]'],
      ['Octets', 'cim:cimBase64Binary'],
      ['IntervalValue', 'cim:cimDateTime'],
      ['InstanceValue', 'c1:Cimlet_Point_Type'],
      ['InstanceArray', 'c1:Cimlet_Point_Type', '[]'],
      ['ReferenceValue', 'cim:cimReference'],
      ['ReferenceArray', 'cim:cimReference', '[]'],
    ];
    expect(typesOf(input)).toEqual(types);
    expect(typesOf(output)).toEqual([...types, ['ReturnValue', 'cim:cimUnsignedInt']]);
    const declared = named(document, 'complexType').flatMap((type) => type.getAttribute('name') ?? []);
    const used = new Set(named(document, 'element').flatMap((one) => one.getAttribute('type')?.split(':')[1] ?? []));
    expect(declared.filter((name) => !used.has(name))).toEqual([]);
  });

  it('takes instances within instances, of classes that refer to one another, and of classes that nobody declared', async () => {
    const inner = { name: 'Inner', type: 'instance', className: 'X_Inner' } as const;
    const outer: CimClassDeclaration = { namespace: 'root/x', className: 'X_Outer', properties: [inner], methods: [] };
    const other: CimClassDeclaration = {
      namespace: 'root/y',
      className: 'X_Inner',
      properties: [{ name: 'Outer', type: 'instance', className: 'x_outer', isArray: true }],
      methods: [],
    };
    const wsdl = wsdlDocument(
      classOf([
        { name: 'Outer', type: 'instance', className: 'X_Outer', direction: 'out' },
        { name: 'Unknown', type: 'instance', className: 'X_Unknown', direction: 'out' },
      ]),
      [outer, other],
      'of a test',
    );
    expect(named(root(wsdl), 'schema').map((schema) => schema.getAttribute('targetNamespace'))).toEqual([
      'http://schemas.dmtf.org/wbem/wscim/1/common',
      `${URI}/root/x/X_Outer`,
      `${URI}/root/y/X_Inner`,
      `${URI}/root/x/X_Doer`,
    ]);
    const client = await createClientAsync(wsdl, { disableCache: true });
    const { output } = client.describe().X_Doer.X_Doer_WSMan.Do;
    expect(output.Outer.Inner['Outer[]']).toMatchObject({ Inner: expect.anything() });
  });

  it('escapes what a schema says', () => {
    const text = 'a <b> & "c" -- ]]>';
    const described = {
      ...classOf([{ name: 'A', type: 'string', direction: 'in', description: text }]),
      description: text,
    };
    const document = root(wsdlDocument(described, [], 'of a test'));
    expect(named(document, 'documentation')[0]?.textContent).toBe(text);
    expect(named(document, 'documentation', 'http://schemas.xmlsoap.org/wsdl/')[0]?.textContent).toBe(text);
  });
});
