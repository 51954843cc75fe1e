import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { Secret } from '../../../lib/base/secret.js';
import {
  classLookup,
  readMethodInput,
  readMethodOutput,
  writeMethodInput,
  writeMethodOutput,
} from '../../../lib/cim/codec/index.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { parseXml } from '../../../lib/xml/parse.js';

const WMI = 'http://schemas.microsoft.com/wbem/wsman/1/wmi';
const DMTF = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const create: CimMethodDeclaration = {
  name: 'Create',
  isStatic: true,
  returnType: 'uint32',
  parameters: [
    { name: 'CommandLine', type: 'string', direction: 'in' },
    { name: 'CurrentDirectory', type: 'string', direction: 'in' },
    { name: 'ProcessId', type: 'uint32', direction: 'out' },
  ],
};
const failoverClass: CimClassDeclaration = {
  namespace: 'root/Microsoft/Windows/DHCP',
  className: 'DhcpServerv4Failover',
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'ScopeId', type: 'string', isArray: true },
    { name: 'LoadBalancePercent', type: 'uint32' },
  ],
  methods: [],
};
const get: CimMethodDeclaration = {
  name: 'Get',
  isStatic: true,
  returnType: 'uint32',
  parameters: [
    { name: 'Name', type: 'string', isArray: true, direction: 'in' },
    { name: 'SharedSecret', type: 'string', direction: 'in' },
    { name: 'cmdletOutput', type: 'instance', isArray: true, className: 'DhcpServerv4Failover', direction: 'out' },
    { name: 'Both', type: 'uint8', direction: 'inout' },
  ],
};
const context = { namespace: 'root/cimv2', className: 'Win32_Process' };

describe('the examples of MS-WSMV', () => {
  it('4.1.4: writes and reads the input of Create', () => {
    const parameters = { CommandLine: 'notepad.exe', CurrentDirectory: 'C:\\' };
    const body = writeMethodInput({ resourceUri: `${WMI}/root/cimv2/Win32_Process`, method: create, parameters });
    const root = parseXml(body);
    expect([root.namespace, root.name]).toEqual([`${WMI}/root/cimv2/Win32_Process`, 'Create_INPUT']);
    expect(root.children.map((child) => [child.namespace, child.name, child.text])).toEqual([
      [`${WMI}/root/cimv2/Win32_Process`, 'CommandLine', 'notepad.exe'],
      [`${WMI}/root/cimv2/Win32_Process`, 'CurrentDirectory', 'C:\\'],
    ]);
    // As the specification prints it: another namespace than the class's.
    const printed = `<p:Create_INPUT xmlns:p="${WMI}/root/cim/Win32_Process"><p:CommandLine>notepad.exe</p:CommandLine><p:CurrentDirectory>C:\\</p:CurrentDirectory></p:Create_INPUT>`;
    expect({ ...readMethodInput(parseXml(printed), create, context) }).toEqual(parameters);
  });

  it('4.1.4: reads and writes the output of Create', () => {
    const printed = `<p:Create_OUTPUT xmlns:p="${WMI}/root/cimv2/Win32_Process"><p:ProcessId>4000</p:ProcessId><p:ReturnValue>0</p:ReturnValue></p:Create_OUTPUT>`;
    const result = readMethodOutput(parseXml(printed), create, context);
    expect(result.returnValue).toBe(0);
    expect({ ...result.outParameters }).toEqual({ ProcessId: 4000 });
    const body = writeMethodOutput({
      resourceUri: `${WMI}/root/cimv2/Win32_Process`,
      method: create,
      outParameters: { ProcessId: 4000 },
      returnValue: 0,
    });
    expect(parseXml(body).children.map((child) => [child.name, child.text])).toEqual([
      ['ProcessId', '4000'],
      ['ReturnValue', '0'],
    ]);
  });

  it('4.11.2: writes an input without parameters as Windows does', () => {
    const method: CimMethodDeclaration = {
      name: 'TestStreaming',
      isStatic: true,
      returnType: 'uint32',
      parameters: [],
    };
    const resourceUri = `${DMTF}/UTFPSSemantics_Test`;
    expect(writeMethodInput({ resourceUri, method, parameters: {} })).toBe(
      `<p0:TestStreaming_INPUT xmlns:xsi="${XSI}" xmlns:p0="${resourceUri}" xsi:type="TestStreaming_INPUT_Type"></p0:TestStreaming_INPUT>`,
    );
    const printed = `<p:TestStreaming_OUTPUT xmlns:xsi="${XSI}" xmlns:p="${resourceUri}" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"></p:TestStreaming_OUTPUT>`;
    expect(writeMethodOutput({ resourceUri, method })).toBe(printed);
    expect(readMethodOutput(parseXml(printed), method, context)).toEqual({ returnValue: null, outParameters: {} });
  });

  it('3.2.4.2.3: reads cim:cimunsignedInt', () => {
    const method: CimMethodDeclaration = {
      name: 'GetPhoneNumbers',
      isStatic: true,
      returnType: 'uint32',
      parameters: [],
    };
    const printed = `<p:GetPhoneNumbers_OUTPUT xmlns:p="${DMTF}/ContactInfo" xmlns:xsi="${XSI}"><p:ReturnValue xsi:type="cim:cimunsignedInt">0</p:ReturnValue></p:GetPhoneNumbers_OUTPUT>`;
    expect(readMethodOutput(parseXml(printed), method, context).returnValue).toBe(0);
  });
});

describe('input', () => {
  const resourceUri = `${DMTF}/PS_DhcpServerv4Failover`;

  it('is in the order of the declaration, names in any case, undefined left out, null as nil', () => {
    const body = writeMethodInput({
      resourceUri,
      method: get,
      parameters: { both: 1, SHAREDSECRET: null, Name: undefined },
    });
    const root = parseXml(body);
    expect(root.children.map((child) => child.name)).toEqual(['SharedSecret', 'Both']);
    const read = readMethodInput(root, get, context);
    expect({ ...read }).toEqual({ SharedSecret: null, Both: 1 });
    expect(Object.getPrototypeOf(read)).toBeNull();
  });

  it('reveals a secret only in the body', () => {
    const secret = new Secret('sEcReT & more');
    const body = writeMethodInput({ resourceUri, method: get, parameters: { SharedSecret: secret } });
    expect(body).toContain('sEcReT &amp; more');
    expect(readMethodInput(parseXml(body), get, context)['SharedSecret']).toBe('sEcReT & more');
  });

  it.each([
    [{ Nmae: ['x'] }, 'Nmae'],
    [{ cmdletOutput: null }, 'cmdletOutput'],
    [{ Both: 1, both: 2 }, 'twice'],
    [{ Name: 'x' }, 'PS_DhcpServerv4Failover.Get.Name'],
  ])('refuses %p', (parameters, named) => {
    expect(() => writeMethodInput({ resourceUri, method: get, parameters })).toThrow(named);
    expect(() => writeMethodInput({ resourceUri, method: get, parameters })).toThrow(CimletError);
  });

  it.each([
    ['<Other_INPUT/>', 'Other_INPUT'],
    ['<Get_INPUT><Nmae>x</Nmae></Get_INPUT>', 'Nmae'],
    ['<Get_INPUT><cmdletOutput/></Get_INPUT>', 'cmdletOutput'],
    ['<Get_INPUT><Both>256</Both></Get_INPUT>', 'Win32_Process.Get.Both'],
  ])('is refused by the server when it is %p', (xml, named) => {
    expect(() => readMethodInput(parseXml(xml), get, context)).toThrow(named);
  });

  it('may be absent altogether', () => {
    expect({ ...readMethodInput(undefined, get, context) }).toEqual({});
  });
});

describe('output', () => {
  const instance = CimInstance.create(failoverClass, { Name: 'a', ScopeId: ['10.10.10.0'], LoadBalancePercent: null });
  const resourceUri = `${DMTF}/PS_DhcpServerv4Failover`;
  const output = { namespace: 'root/Microsoft/Windows/DHCP', classes: classLookup([failoverClass]) };

  it('carries embedded instances', () => {
    const body = writeMethodOutput({
      resourceUri,
      method: get,
      outParameters: { cmdletOutput: [instance, instance], Both: undefined },
      returnValue: 0,
    });
    const { outParameters, returnValue } = readMethodOutput(parseXml(body), get, output);
    expect(returnValue).toBe(0);
    expect(JSON.stringify(outParameters)).toBe(JSON.stringify({ cmdletOutput: [instance, instance] }));
    expect('Both' in outParameters).toBe(false);
  });

  it.each([
    ['without _OUTPUT', '<Get><ReturnValue>0</ReturnValue><Both>1</Both></Get>'],
    [
      'in another namespace',
      '<x:Get_OUTPUT xmlns:x="urn:x"><x:Both>1</x:Both><y:ReturnValue xmlns:y="urn:y">0</y:ReturnValue></x:Get_OUTPUT>',
    ],
    ['ReturnValue first', '<Get_OUTPUT><ReturnValue>0</ReturnValue><Both>1</Both></Get_OUTPUT>'],
    ['in another case', '<GET_output><both>1</both><returnvalue>0</returnvalue></GET_output>'],
    ['as a response', '<GetResponse><Both>1</Both><ReturnValue>0</ReturnValue></GetResponse>'],
  ])('is read %s', (_, xml) => {
    const result = readMethodOutput(parseXml(xml), get, output);
    expect(result.returnValue).toBe(0);
    expect({ ...result.outParameters }).toEqual({ Both: 1 });
  });

  it('has a nil out parameter as null, an array of one as an array', () => {
    const xml = `<Get_OUTPUT xmlns:xsi="${XSI}"><cmdletOutput xsi:nil="true"/></Get_OUTPUT>`;
    expect(readMethodOutput(parseXml(xml), get, output).outParameters['cmdletOutput']).toBeNull();
    const one = '<Get_OUTPUT><cmdletOutput><Name>a</Name></cmdletOutput></Get_OUTPUT>';
    expect(readMethodOutput(parseXml(one), get, output).outParameters['cmdletOutput']).toHaveLength(1);
  });

  it('keeps what the method does not declare', () => {
    const xml = '<Get_OUTPUT><New>1</New><__proto__>2</__proto__></Get_OUTPUT>';
    const { outParameters } = readMethodOutput(parseXml(xml), get, output);
    expect(JSON.stringify(outParameters)).toBe('{"New":"1","__proto__":"2"}');
  });

  it('is refused when it is of another method, and on the server when it is unknown', () => {
    expect(() => readMethodOutput(parseXml('<Set_OUTPUT/>'), get, output)).toThrow('Set_OUTPUT');
    expect(() => writeMethodOutput({ resourceUri, method: get, outParameters: { Name: null } })).toThrow('"Name"');
  });
});
