import { describe, expect, it } from '@jest/globals';
import { readInstance } from '../../../lib/cim/codec/read-instance.js';
import { readMethodInput } from '../../../lib/cim/codec/read-method-input.js';
import { readMethodOutput } from '../../../lib/cim/codec/read-method-output.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { parseXml } from '../../../lib/xml/parse.js';
import { propertiesOf } from '../../support/values-of.js';

const NAMESPACES =
  'xmlns:g="urn:g" xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:c="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

function reference(uri: string, selectors: string): string {
  return `<b:Address>default</b:Address><b:ReferenceParameters><c:ResourceURI>${uri}</c:ResourceURI><c:SelectorSet>${selectors}</c:SelectorSet></b:ReferenceParameters>`;
}

const method: CimMethodDeclaration = {
  name: 'AddKey',
  isStatic: true,
  returnType: 'uint32',
  parameters: [
    { name: 'Created', type: 'reference', direction: 'out' },
    { name: 'All', type: 'reference', isArray: true, direction: 'out' },
  ],
};

function output(content: string, classes?: readonly CimClassDeclaration[]) {
  const element = parseXml(
    `<g:AddKey_OUTPUT ${NAMESPACES}>${content}<g:ReturnValue>0</g:ReturnValue></g:AddKey_OUTPUT>`,
  );
  const context = { namespace: 'root/test' };
  const lookup = (name: string) => classes?.find(({ className }) => className === name);
  return readMethodOutput(element, method, classes === undefined ? context : { ...context, classes: lookup });
}

describe('references of any vendor', () => {
  // DSP0227 5.1: the class is the last segment; what stands before it is the vendor's (Intel, Dell, Microsoft: as recorded).
  it.each([
    ['http://intel.com/wbem/wscim/1/amt-schema/1/AMT_PublicKeyCertificate', 'AMT_PublicKeyCertificate', 'root/test'],
    ['http://schemas.dell.com/wbem/wscim/1/cim-schema/2/DCIM_LifecycleJob', 'DCIM_LifecycleJob', 'root/dcim'],
    ['http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Job', 'CIM_Job', 'root/test'],
    ['http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Job', 'Win32_Job', 'root/cimv2'],
    ['\n   http://vendor.example/x/V_Thing?a=b#c\n  ', 'V_Thing', 'root/test'],
  ])('%s is read', (uri, className, namespace) => {
    const within = namespace === 'root/dcim' ? '<c:Selector Name="__cimnamespace">root/dcim</c:Selector>' : '';
    const nested = `<c:Selector Name="Of"><b:EndpointReference>${reference(uri, '<c:Selector Name="K">v</c:Selector>')}</b:EndpointReference></c:Selector>`;
    for (const content of [
      `<g:Created>${reference(uri, `<c:Selector Name="Id">a</c:Selector>${within}${nested}`)}</g:Created>`,
      `<g:Created><b:EndpointReference>${reference(uri, `<c:Selector Name="Id">a</c:Selector>${within}${nested}`)}</b:EndpointReference></g:Created>`,
    ]) {
      const { Created } = output(content).outParameters;
      if (!(Created instanceof CimInstance)) throw new Error('It is not a reference.');
      expect([Created.cimClass.className, Created.cimSystemProperties.namespace]).toEqual([className, namespace]);
      expect(propertiesOf(Created)).toMatchObject({ Id: 'a', Of: { cimClass: { className }, K: 'v' } });
    }
  });

  // AMT's AddAlarm as recorded, and what else says nothing: the alarm was added, and its return value must not be lost.
  it.each([
    ['an empty ResourceURI', reference('', '')],
    ['a ResourceURI that ends in a slash', reference('http://vendor.example/', '')],
    ['no ResourceURI', '<b:Address>default</b:Address><b:ReferenceParameters/>'],
    ['an address alone', '<b:Address>default</b:Address>'],
    ['a text', '\\\\server\\root\\cimv2:Win32_Job.Id=1'],
    ['nothing', ''],
  ])('one with %s is null, and loses nothing of the result', (_, content) => {
    const good = reference('http://vendor.example/V_Thing', '<c:Selector Name="Id">a</c:Selector>');
    const { returnValue, outParameters } = output(
      `<g:Created>${content}</g:Created><g:All>${good}</g:All><g:All>${content}</g:All><g:Other>x</g:Other>`,
    );
    expect([returnValue, outParameters['Created'], outParameters['Other']]).toEqual([0, null, 'x']);
    expect(outParameters['All']).toMatchObject([{ Id: 'a' }, null]);
  });

  it('keep a key that is not of its declared type, and ignore a selector without a name', () => {
    const job: CimClassDeclaration = {
      namespace: 'root/test',
      className: 'CIM_Job',
      properties: [{ name: 'Id', type: 'uint32', key: true }],
      methods: [],
    };
    const created = (id: string) =>
      output(
        `<g:Created>${reference('http://vendor.example/CIM_Job', `<c:Selector>lost</c:Selector><c:Selector Name="id">${id}</c:Selector>`)}</g:Created>`,
        [job],
      ).outParameters['Created'];
    expect(created('7')).toMatchObject({ Id: 7, cimClass: job });
    expect(created('JID_7')).toMatchObject({ id: 'JID_7' });
  });

  it('are refused by a service that cannot read them', () => {
    const input = {
      ...method,
      parameters: [{ name: 'Of', type: 'reference', direction: 'in' }],
    } satisfies CimMethodDeclaration;
    const element = parseXml(`<g:AddKey_INPUT ${NAMESPACES}><g:Of>${reference('', '')}</g:Of></g:AddKey_INPUT>`);
    expect(() => readMethodInput(element, input, { namespace: 'root/test' })).toThrow(/Of.*not an endpoint reference/);
  });
});

describe('null within an array', () => {
  // DSP0230 9: an element that is nil has no value. dracclient's recorded DCIM_NICInteger has one beside another.
  it('is null', () => {
    const element = parseXml(
      `<g:X ${NAMESPACES}><g:A>2</g:A><g:A xsi:nil="true"/><g:B xsi:nil="true"/><g:B>x</g:B><g:B/></g:X>`,
    );
    const declared: CimClassDeclaration = {
      namespace: 'root/test',
      className: 'X',
      properties: [{ name: 'A', type: 'uint64', isArray: true }],
      methods: [],
    };
    const read = readInstance(element, { namespace: 'root/test', classes: () => declared });
    expect({ ...propertiesOf(read) }).toEqual({ A: [2n, null], B: [null, 'x', ''] });
    expect(JSON.stringify(readInstance(element, { namespace: 'root/test' }))).toContain('"A":["2",null]');
  });
});
