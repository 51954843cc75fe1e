// Every CIM type through node-soap, by a WSDL that is made of the class's declaration: what it is given and what it gives back.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Client, createClientAsync } from 'soap';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import {
  allTypesClass,
  pointClass,
  spacePointClass,
  thingClass,
  typedExamples,
} from '../../lib/emulator/test-namespace/all-types.js';
import { operationsClass } from '../../lib/emulator/test-namespace/operations.js';
import { wsdlDocument } from '../../lib/schema/generator/wsdl-document.js';
import { soapClientOptions } from '../../lib/soap/soap-client-options.js';
import { asNodeSoap, withoutAttributes } from './node-soap-values.js';

const WSDL = wsdlDocument(operationsClass, [allTypesClass, pointClass, spacePointClass, thingClass], 'of a test');

let lab: Lab;
let session: CimSession;
let client: Client;
beforeEach(async () => {
  lab = createLab({ testNamespace: true });
  session = await newCimSession('dhcpserver.contoso.com', {
    transport: ({ computerName }) => lab.transport(computerName),
  });
  client = await createClientAsync(WSDL, { ...soapClientOptions(session), disableCache: true });
});
afterEach(async () => {
  await session.close();
  lab.close();
});

async function echoed(parameters: object): Promise<Record<string, unknown>> {
  const [result] = await client['EchoAllTypesAsync'](parameters);
  const { ReturnValue, ...outParameters } = withoutAttributes(result) as Record<string, unknown>;
  expect(ReturnValue).toBe(0);
  return outParameters;
}

/** What our own client sends and gets back. */
async function ours(parameters: Record<string, CimValue>) {
  const { outParameters } = await session.invokeMethod({
    namespace: operationsClass.namespace,
    className: operationsClass.className,
    method: 'EchoAllTypes',
    parameters,
  });
  return outParameters;
}

/** Instances have a test of their own; references are endpoint references, which node-soap leaves as the elements that they are. */
const plain = typedExamples.filter(({ declaration: { type } }) => type !== 'reference' && type !== 'instance');

describe('a value', () => {
  it.each(plain)('$declaration.name is what our own client has', async ({ declaration, value }) => {
    const { name, octetString } = declaration;
    const own = (await ours({ [name]: value }))[name];
    expect(own).toEqual(value);
    const expected = octetString === true ? Buffer.from(value as number[]).toString('base64') : asNodeSoap(own ?? null);
    expect(await echoed({ [name]: expected })).toEqual({ [name]: expected });
  });

  it('has the whole range of its numbers, as bigint where a number cannot hold it', async () => {
    const { Uint64Value, Sint64Array, Real64Value } = await echoed({
      Uint64Value: '18446744073709551615',
      Sint64Array: [-9_223_372_036_854_775_808n, 7],
      Real64Value: 'INF',
    });
    expect([Uint64Value, Sint64Array, Real64Value]).toEqual([
      18_446_744_073_709_551_615n,
      [-9_223_372_036_854_775_808n, 7n],
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('is an array when it is declared as one, with one element too', async () => {
    expect(await echoed({ StringArray: ['one'], Uint32Array: 1 })).toEqual({ StringArray: ['one'], Uint32Array: [1] });
  });

  it('keeps its white space, and is not there when it is null', async () => {
    expect(await echoed({ StringValue: '  a\n b ', Sint32Value: null })).toEqual({ StringValue: '  a\n b ' });
    expect(await echoed({ StringValue: '' })).toEqual({ StringValue: '' });
  });
});

describe('an instance', () => {
  it('is an object of its properties, and names its class', async () => {
    const point = { X: 1, Y: -2, Label: 'p' };
    const [result] = await client['EchoAllTypesAsync']({ InstanceValue: point, InstanceArray: [point, { X: 3 }] });
    expect(withoutAttributes(result)).toMatchObject({ InstanceValue: point, InstanceArray: [point, { X: 3 }] });
    expect(result.InstanceValue.attributes['xsi:type']).toMatch(/:Cimlet_Point_Type$/);

    const instance = CimInstance.create(pointClass, { ...point, Label: null });
    const own = (await ours({ InstanceValue: instance }))['InstanceValue'];
    expect(asNodeSoap(own ?? null)).toEqual({ X: 1, Y: -2 });
    expect(await echoed({ InstanceValue: { X: 1, Y: -2 } })).toEqual({ InstanceValue: { X: 1, Y: -2 } });
  });
});
