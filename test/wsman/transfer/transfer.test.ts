import { afterEach, describe, expect, it } from '@jest/globals';
import { createWsManClient } from '../../../lib/wsman/client.js';
import type { ResourceTarget } from '../../../lib/wsman/contract/operation-request.js';
import { NS } from '../../../lib/wsman/envelope/namespaces.js';
import { writeReference } from '../../../lib/wsman/envelope/write-endpoint-reference.js';
import { writeEnumerateResponse } from '../../../lib/wsman/service/write-page.js';
import { XmlWriter } from '../../../lib/xml/writer.js';
import { collect, disposeDeadlines, fault, newDeadline, respond, ScriptedServer } from '../scripted-server.js';

afterEach(disposeDeadlines);

const CLASS = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/C';
const TARGET: ResourceTarget = {
  resourceUri: CLASS,
  selectors: { __cimnamespace: 'root/cimv2' },
  referenceSelectors: {
    Dependent: {
      resourceUri: `${CLASS}2`,
      selectors: { id: '7' },
      referenceSelectors: { deep: { resourceUri: 'urn:d' } },
    },
  },
};
const INSTANCE = `<p:C xmlns:p="${CLASS}"><p:id>1</p:id></p:C>`;

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('an instance', () => {
  it('is fetched, with selectors that are references', async () => {
    const server = new ScriptedServer((request) => ({ body: respond(request, INSTANCE) }));
    const got = await createWsManClient(server).get({ target: TARGET, deadline: newDeadline() });
    expect(got.child('id')?.text).toBe('1');
    const [request] = server.requests;
    expect(request?.action).toBe('http://schemas.xmlsoap.org/ws/2004/09/transfer/Get');
    expect(plain({ ...request?.selectors })).toEqual(TARGET.selectors);
    expect(plain(request?.referenceSelectors)).toEqual({
      Dependent: {
        resourceUri: `${CLASS}2`,
        selectors: { id: '7' },
        referenceSelectors: { deep: { resourceUri: 'urn:d', selectors: {} } },
      },
    });
    expect(request?.transport.repeatable).toBe(true);
  });

  it('is written, and given back when the server sends it', async () => {
    const server = new ScriptedServer((request, index) => ({ body: respond(request, index === 0 ? INSTANCE : '') }));
    const client = createWsManClient(server);
    const request = { target: TARGET, body: INSTANCE, deadline: newDeadline() };
    expect((await client.put(request))?.name).toBe('C');
    expect(await client.put(request)).toBeUndefined();
    expect(server.requests[0]?.body?.child('id')?.text).toBe('1');
    expect(server.requests[0]?.transport.repeatable).toBe(false);
  });

  it('is created, and its place told', async () => {
    const reference = new XmlWriter().open('x:ResourceCreated', {
      'xmlns:x': NS.transfer,
      'xmlns:a': NS.addressing,
      'xmlns:w': NS.wsman,
    });
    writeReference(reference, TARGET);
    const body = reference.close().toString();
    const server = new ScriptedServer((request, index) => ({ body: respond(request, index === 0 ? body : INSTANCE) }));
    const client = createWsManClient(server);
    const created = await client.create({ target: { resourceUri: CLASS }, body: INSTANCE, deadline: newDeadline() });
    expect(created && plain(created)).toMatchObject({
      resourceUri: CLASS,
      selectors: { __cimnamespace: 'root/cimv2' },
    });
    const untold = { target: { resourceUri: CLASS }, body: INSTANCE, deadline: newDeadline() };
    expect(await client.create(untold)).toBeUndefined();
  });

  it('is deleted', async () => {
    const server = new ScriptedServer((request) => ({ body: respond(request, '') }));
    expect(await createWsManClient(server).delete({ target: TARGET, deadline: newDeadline() })).toBeUndefined();
    expect(server.actions).toEqual(['Delete']);
  });

  it('that does not exist is a fault; an empty response to Get is not a valid one', async () => {
    const server = new ScriptedServer((request, index) =>
      index === 0 ? fault(request, { soapSubcode: 'wsa:DestinationUnreachable' }) : { body: respond(request, '') },
    );
    const client = createWsManClient(server);
    const request = { target: TARGET, deadline: newDeadline() };
    await expect(client.get(request)).rejects.toMatchObject({ soapSubcode: 'DestinationUnreachable' });
    await expect(client.get(request)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
  });

  it('cannot be named by references nested without end', async () => {
    let target: ResourceTarget = { resourceUri: CLASS };
    for (let depth = 0; depth < 20; depth++) target = { resourceUri: CLASS, referenceSelectors: { r: target } };
    const server = new ScriptedServer((request) => ({ body: respond(request, INSTANCE) }));
    await expect(
      (async () => createWsManClient(server).get({ target, deadline: newDeadline() }))(),
    ).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('class metadata', () => {
  const CLASS_XML = '<CLASS NAME="C" SUPERCLASS="B"><PROPERTY NAME="id" TYPE="uint32"/></CLASS>';

  it('is asked for as Windows’ client does', async () => {
    const server = new ScriptedServer((request) => ({ body: respond(request, CLASS_XML) }));
    const element = await createWsManClient(server).getClass({
      namespace: 'root/test',
      className: 'C',
      deadline: newDeadline(),
    });
    expect([element.name, element.attribute('SUPERCLASS')]).toEqual(['CLASS', 'B']);
    // Recorded from Windows' client by OMI's tests (TestWSMAN_GetClass_…).
    const [request] = server.requests;
    expect(request).toMatchObject({
      action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get',
      resourceUri: 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*',
      options: [
        { name: 'IncludeInheritanceHierarchy', type: 'xs:boolean', value: 'true' },
        { name: 'IncludeInheritedElements', type: 'xs:boolean', value: 'true' },
        { name: 'IncludeQualifiers', type: 'xs:boolean', value: 'true' },
      ],
    });
    expect({ ...request?.selectors }).toEqual({ __cimnamespace: 'root/test', ClassName: 'C' });
  });

  it('of all classes is enumerated', async () => {
    const server = new ScriptedServer((request) => ({
      body: respond(request, writeEnumerateResponse({ items: [CLASS_XML, `<x>${CLASS_XML}</x>`], isLast: true })),
    }));
    const classes = createWsManClient(server).enumerateClasses({
      namespace: 'root/test',
      includeQualifiers: false,
      includeInherited: false,
      deadline: newDeadline(),
    });
    expect((await collect(classes)).map((one) => one.attribute('NAME'))).toEqual(['C', 'C']);
    expect(server.requests[0]?.options).toEqual([{ name: 'IncludeSubClasses', type: 'xs:boolean', value: 'true' }]);
    expect({ ...server.requests[0]?.selectors }).toEqual({ __cimnamespace: 'root/test', ClassName: '' });
  });

  it('in another form is an error', async () => {
    const server = new ScriptedServer((request) => ({ body: respond(request, '<Metadata/>') }));
    await expect(
      createWsManClient(server).getClass({ namespace: 'n', className: 'C', deadline: newDeadline() }),
    ).rejects.toMatchObject({ code: 'ERR_PROTOCOL', hint: expect.stringMatching(/CIM-XML/) });
  });
});
